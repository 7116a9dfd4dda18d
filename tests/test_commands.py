"""The program as an operator meets it: what it says, what it refuses, what it leaves behind."""

from __future__ import annotations

import json
import os
import signal
import socket
import ssl
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.homes import HOUSEHOLDS, Home, divisions_file, register_files
from xiangqiao.config.cli.lan import address
from xiangqiao.config.cli.program import main
from xiangqiao.config.county import create_county
from xiangqiao.kernel import clock

CODE = "360730000000"


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XIANGQIAO_LANG", "en")


@pytest.fixture
def small_county(db: None, tmp_path: Path) -> None:
    """A county with one village, and nobody in it yet."""
    create_county(code=CODE, name="宁都县", divisions=divisions_file(tmp_path), now=clock.now())


def told(capsys: pytest.CaptureFixture[str], *words: object, fails: int = 0) -> dict[str, object]:
    """Run a command here and return its JSON."""
    capsys.readouterr()
    assert main([*map(str, words), "--json"]) == fails, capsys.readouterr().err
    answer: dict[str, object] = json.loads(capsys.readouterr().out)
    return answer


def refused(capsys: pytest.CaptureFixture[str], *words: object) -> str:
    """Run a command that must be refused and return the reason."""
    assert main(list(map(str, words))) == 1
    return capsys.readouterr().err


def test_a_spreadsheet_is_checked_with_no_county_and_no_home(tmp_path: Path) -> None:
    files = register_files(tmp_path / "s")
    files[1].write_text(files[1].read_text().replace("1960-01-01", "1961-13-40", 1))
    nowhere = Home(tmp_path / "nowhere")
    done = nowhere.run("problems", *files, "--out", tmp_path / "marked", "--json")
    answer = json.loads(done.stdout)
    assert done.returncode == 1
    assert any(p["row"] == 2 and p["workbook"] == files[1].name for p in answer["problems"])
    assert all(p["text"] and p["hint"] for p in answer["problems"])
    assert [Path(name).exists() for name in answer["marked"]] == [True]
    assert any("not checked" in note for note in answer["notes"])
    assert not nowhere.folder.exists()


def test_bad_input_is_named_in_the_operators_language(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["problems", "nothing.xlsx"]) == 1
    assert "nothing.xlsx: the file is not there" in capsys.readouterr().err
    monkeypatch.setenv("XIANGQIAO_LANG", "zh")
    assert main(["problems", "nothing.xlsx"]) == 1
    assert "《nothing.xlsx》找不到文件" in capsys.readouterr().err
    with pytest.raises(SystemExit) as ended:
        main(["import", "--what"])
    assert ended.value.code == 2
    assert "命令写得不对" in capsys.readouterr().err


@pytest.mark.sqlite_only
def test_where_no_county_is_every_command_says_so_and_makes_no_database(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    for words in (["screen"], ["backup"], ["serve"]):
        done = home.run(*words)
        assert done.returncode == 1
        assert "no county here yet" in done.stderr
    assert not (home.folder / "xiangqiao.db").exists()


@pytest.mark.django_db(databases=["default", "clinic"])
def test_an_import_is_tried_applied_repeated_and_taken_back(
    small_county: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = register_files(tmp_path / "s")
    tried = told(capsys, "import", *files, "--year", 2025, "--dry-run")
    assert tried["mapping"]
    (tmp_path / "mapping.json").write_text(json.dumps(tried["mapping"]))
    done = told(capsys, "import", *files, "--year", 2025, "--mapping", tmp_path / "mapping.json")
    assert (done["state"], done["counts"]["household_accepted"]) == ("APPLIED", HOUSEHOLDS)  # type: ignore[index]
    again = told(capsys, "import", *files, "--year", 2025)
    assert again["counts"].get("changed", 0) == 0  # type: ignore[attr-defined]
    target = tmp_path / "out.xlsx"
    assert told(capsys, "export", "--to", target, "--year", 2025)["rows"] == HOUSEHOLDS * 2
    assert told(capsys, "screen", "--as-of", "2025-12-31")["policies"]
    assert told(capsys, "import", "--undo", done["batch"])["state"] == "UNDONE"
    told(capsys, "audit", "seal")
    assert told(capsys, "audit", "verify")["clean"]
    assert "no import" in refused(capsys, "import", "--undo", "01a209cd-53f5-7018-bdab-f6fe58b3cd0e")
    assert "is no id" in refused(capsys, "import", "--apply", "x")
    assert "no division 99" in refused(capsys, "export", "--to", target, "--division", "99")
    assert "--year" in refused(capsys, "import", *files)


@pytest.mark.django_db(databases=["default", "clinic"])
def test_people_are_made_listed_and_reset(small_county: None, capsys: pytest.CaptureFixture[str]) -> None:
    made = told(capsys, "user", "create", "Wang", "--name", "王", "--role", "county_office")
    listed = told(capsys, "user", "list")["users"]
    assert listed == [
        {
            "username": "wang",
            "name": "王",
            "active": True,
            "posts": [{"role": "COUNTY_OFFICE", "division": CODE}],
        }
    ]
    assert told(capsys, "user", "reset", "wang", "--second-factor")["password"] != made["password"]
    assert "Nobody signs in as li" in refused(capsys, "user", "reset", "li")
    assert "no post KING" in refused(capsys, "user", "create", "li", "--name", "李", "--role", "KING")


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answer_of(url: str) -> dict[str, object]:
    """Ask until the server answers."""
    trusting = ssl._create_unverified_context()
    last = time.monotonic() + 30
    while True:
        try:
            with urllib.request.urlopen(url, context=trusting, timeout=5) as answer:
                said: dict[str, object] = json.load(answer)
                return said
        except OSError:
            if time.monotonic() > last:
                raise
            time.sleep(0.2)


@pytest.mark.sqlite_only
def test_the_website_serves_phones_says_how_it_is_and_ends_when_told(tmp_path: Path) -> None:
    home, port = Home(tmp_path / "home"), free_port()
    home.told("init", divisions_file(tmp_path), "--code", "360730", "--name", "宁都县")
    line = [
        sys.executable,
        "-m",
        "xiangqiao.config.cli",
        "serve",
        "--lan",
        "--port",
        str(port),
        "--workers",
        "1",
    ]
    server = subprocess.Popen(line, env=home.environment, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        assert answer_of(f"https://{address()}:{port}/healthz")["database"] == "ok"
        assert f"Port {port} cannot be used" in home.run("serve", "--port", port).stderr
        assert "is running" in home.run("upgrade").stderr
        begun = time.monotonic()
        server.send_signal(signal.SIGTERM)
        assert server.wait(12) == 0
        assert time.monotonic() - begun < 10
    finally:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGKILL)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("0.0.0.0", port))
