"""kill -9 while sealing, again and again: nothing half-written, nothing lost, nothing sealed twice."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

KILLS = 6
START = (
    "import os, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'xiangqiao.config.settings'; django.setup()\n"
)
FILL = """
from django.core.management import call_command
call_command("migrate", verbosity=0)
from xiangqiao.kernel import clock
from xiangqiao.kernel.keyring import create_keys
from xiangqiao.kernel.models import Event
create_keys()
Event.objects.bulk_create(
    [Event(kind="x.y", at=clock.now(), actor_label=str(n), source="JOB") for n in range(3000)], batch_size=500
)
"""
SEAL = """
from xiangqiao.kernel import clock, seal
seal.AT_ONCE = 3
print("ready", flush=True)
seal.seal_pending(clock.now())
"""
PROVE = """
import json
from xiangqiao.kernel import audit, chain, clock, seal
seal.seal_pending(clock.now())
report = audit.verify()
lines = [json.loads(line) for line in chain.file_path().read_text().splitlines()]
print(json.dumps({
    "clean": report.is_clean, "waiting": report.waiting, "events": report.events, "seals": report.seals,
    "lines": len(lines), "in file": sum(len(line["events"]) for line in lines),
}))
"""


def run(code: str, home: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", START + code],
        env={**os.environ, "XIANGQIAO_HOME": str(home)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def test_a_killed_sealer_loses_and_doubles_nothing(tmp_path: Path) -> None:
    home, chance = tmp_path / "county", random.Random(7)
    run(FILL, home)
    for _ in range(KILLS):
        sealer = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", START + SEAL],
            env={**os.environ, "XIANGQIAO_HOME": str(home)}, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        assert sealer.stdout is not None
        sealer.stdout.readline()
        time.sleep(chance.uniform(0.05, 0.6))
        sealer.kill()
        sealer.wait()
        sealer.stdout.close()
    found = json.loads(run(PROVE, home))
    assert (found["clean"], found["waiting"], found["events"], found["in file"]) == (True, 0, 3000, 3000)
    assert found["seals"] == found["lines"] > 1
