"""Gather the strings of every app and compile the English catalogues. Chinese is the source: it needs no catalogue.

Names of apps as arguments confine the work to these. `--check` changes nothing and fails where a string is untranslated,
doubtful or gone, a compiled file is stale, two apps translate one string differently, or a call hides from the gatherer.
"""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
PRODUCT = ROOT / "src" / "xiangqiao"
# The names under which xgettext, as makemessages calls it, finds a string.
FOUND = {"_"} | {
    f"{start}gettext{end}"
    for start in ("", "n", "p", "np")
    for end in ("", "_lazy", "_noop")
    if end != "_noop" or not start
}


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


def disagreements(product: Path) -> list[str]:
    """Return the strings that two apps under `product` translate differently, one line each.

    Django lays the catalogues of all apps over each other: of two wordings only one is ever shown, on both apps' pages.
    """
    wordings: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for path in catalogues(product):
        for entry in polib.pofile(str(path)):
            if entry.translated() and not entry.obsolete:
                plural = " / ".join(text for _, text in sorted(entry.msgstr_plural.items()))
                app = path.relative_to(product).parts[0]
                wordings[entry.msgctxt or "", entry.msgid][entry.msgstr or plural].append(app)
    return [
        f"{msgid}{f' (context {context})' if context else ''}: "
        + ", but ".join(f"{' and '.join(apps)} say “{text}”" for text, apps in said.items())
        + ". Agree on one wording, or give one of them a context."
        for (context, msgid), said in sorted(wordings.items())
        if len(said) > 1
    ]


def hidden(source: str) -> list[tuple[int, str]]:
    """Return the line and the text of the translations in a Python source that xgettext does not see.

    These stand inside an f-string (before Python 3.12 it is one string to xgettext), or are called by a name of one's own.
    """
    tree = ast.parse(source)
    names = {
        name.asname or name.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for name in node.names
        if name.name in FOUND
    }

    def calls(root: ast.AST) -> list[ast.Call]:
        return [
            node for node in ast.walk(root)
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names
        ]  # fmt: skip

    inside = [call for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for call in calls(node)]
    renamed = [call for call in calls(tree) if ast.unparse(call.func) not in FOUND]
    return sorted({(call.lineno, ast.unparse(call)) for call in inside + renamed})


def hidden_calls() -> list[str]:
    """Return the translations of the product that are never gathered, one line each."""
    return [
        f"{path.relative_to(ROOT)}:{line}: {call} is not gathered: take it out of the f-string and call it by a name of Django's or `_`"
        for path in sorted(PRODUCT.rglob("*.py"))
        for line, call in hidden(path.read_text(encoding="utf-8"))
    ]


def main() -> int:
    """Gather and compile, or with --check report."""
    if "--check" in sys.argv[1:]:
        faults = check() + disagreements(PRODUCT) + hidden_calls()
        sys.stdout.write("".join(f"{fault}\n" for fault in faults))
        return 1 if faults else 0
    gather(PRODUCT, sys.argv[1:])
    for path in catalogues(PRODUCT):
        polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
