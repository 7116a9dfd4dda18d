"""Gather the strings of every app and compile the English catalogues. Chinese is the source: it needs no catalogue.

Names of apps as arguments confine the work to these. `--check` changes nothing and fails where a string is untranslated, doubtful or gone, or a compiled file is stale.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
PRODUCT = ROOT / "src" / "xiangqiao"


def gather(product: Path, names: list[str]) -> None:
    """Write the strings of the named apps under `product`, of all without names, into their English catalogues."""
    apps = sorted(path.parent for path in product.glob("*/apps.py"))
    for app in (app for app in apps if not names or app.name in names):
        (app / "locale").mkdir(exist_ok=True)
        command = ["makemessages", "-l", "en", "--no-location", "--no-wrap", "--no-obsolete", "-v", "0"]
        # -P: an app may have a module named like one of the standard library.
        subprocess.run([sys.executable, "-P", "-m", "django", *command], cwd=app, check=True)


def catalogues(product: Path) -> list[Path]:
    """Return the English catalogues under `product`."""
    return sorted(product.glob("*/locale/en/LC_MESSAGES/*.po"))


def check() -> list[str]:
    """Return what is wrong with the catalogues, one line each."""
    faults = []
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "xiangqiao"
        shutil.copytree(PRODUCT, copy, ignore=shutil.ignore_patterns("static", "__pycache__"))
        gather(copy, [])
        for fresh_path in catalogues(copy):
            path = PRODUCT / fresh_path.relative_to(copy)
            fresh = {(entry.msgctxt, entry.msgid) for entry in polib.pofile(str(fresh_path)) if entry.msgid}
            kept = polib.pofile(str(path)) if path.exists() else polib.POFile()
            known = {(e.msgctxt, e.msgid) for e in kept if e.translated() and not e.fuzzy and not e.obsolete}
            faults += [
                f"{path.relative_to(ROOT)}: untranslated: {msgid}"
                for _, msgid in sorted(fresh - known, key=str)
            ]
            compiled = path.with_suffix(".mo")
            if path.exists() and (not compiled.exists() or compiled.read_bytes() != kept.to_binary()):
                faults.append(f"{compiled.relative_to(ROOT)}: stale, run `make messages`")
    return faults


def main() -> int:
    """Gather and compile, or with --check report."""
    if "--check" in sys.argv[1:]:
        faults = check()
        sys.stdout.write("".join(f"{fault}\n" for fault in faults))
        return 1 if faults else 0
    gather(PRODUCT, sys.argv[1:])
    for path in catalogues(PRODUCT):
        polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
