"""What the documents name exists, and what exists is documented."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import pytest

from tests.tour import STOPS
from xiangqiao.config.cli.program import COMMANDS, _parser

ROOT = Path(__file__).resolve().parent.parent
GUIDES = [ROOT / "docs" / "operator.md", ROOT / "docs" / "operator.en.md"]
PAGES = sorted([*ROOT.glob("README*.md"), *(ROOT / "docs").rglob("*.md")])
# Set by Python's and Django's own rules, or only for tests.
NOT_OURS = {"DJANGO_SETTINGS_MODULE", "LC_ALL", "LANG", "XIANGQIAO_DRILLS"}


def settings_read() -> set[str]:
    """Return every variable that the product reads from its environment."""
    found: set[str] = set()
    for path in (ROOT / "src" / "xiangqiao").rglob("*.py"):
        if "tests" not in path.parts:
            found |= set(
                re.findall(r'(?:environ(?:\.get|\.setdefault)?[\[(]|_flag\()"([A-Z_]+)"', path.read_text())
            )
    return found - NOT_OURS


def commands_named(text: str) -> list[list[str]]:
    """Return the command lines in a page: inside code, after the program's name."""
    code = re.findall(r"```.*?```|`[^`]+`", text, re.DOTALL)
    lines = [line for block in code for line in block.strip("`").splitlines()]
    return [
        found.group(1).split()
        for line in lines
        if (found := re.search(r"(?:^|/|\s)xiangqiao ([A-Za-z-]+.*)", line))
    ]


def options_of(command: str) -> set[str]:
    """Return every option of a command and of its verbs."""
    found: set[str] = set()

    def gather(parser: argparse.ArgumentParser) -> None:
        for action in parser._actions:
            found.update(action.option_strings)
            if isinstance(action, argparse._SubParsersAction):
                for one in action.choices.values():
                    gather(one)

    gather(_parser([command]))
    return found


@pytest.mark.parametrize("page", GUIDES, ids=lambda page: page.name)
def test_the_table_of_settings_is_what_the_product_reads(page: Path) -> None:
    listed = set(re.findall(r"^\| `([A-Z_]+)` \|", page.read_text(), re.MULTILINE))
    assert listed == settings_read()


@pytest.mark.parametrize("page", GUIDES, ids=lambda page: page.name)
def test_every_command_is_in_the_guide(page: Path) -> None:
    assert set(COMMANDS) - {words[0] for words in commands_named(page.read_text())} == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_and_option_that_a_page_names_exists(page: Path) -> None:
    for words in commands_named(page.read_text()):
        if words[0].isupper() or words[0].startswith("-") or not words[0].isascii():
            continue
        assert words[0] in COMMANDS, " ".join(words)
        named = {word.split("=")[0].rstrip(",.;)`") for word in words if word.startswith("--")}
        assert named <= options_of(words[0]), " ".join(words)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_target_of_make_that_a_page_names_exists(page: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"`make ([a-z-]+)", page.read_text())) | set(
        re.findall(r"^make ([a-z-]+)", page.read_text(), re.MULTILINE)
    )
    assert named <= targets


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_command_says_what_it_does_in_both_languages(
    language: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XIANGQIAO_LANG", language)
    for name in COMMANDS:
        with pytest.raises(SystemExit):
            _parser([name]).parse_args([name, "--help"])
        said = capsys.readouterr().out
        assert (max(said) >= "一") == (language == "zh") or name == "init", name


@pytest.mark.parametrize(("name", "language"), [("README.zh.md", "zh"), ("README.md", "en")])
def test_every_stop_of_the_tour_is_told_with_its_picture_its_address_and_its_sign_in(
    name: str, language: str
) -> None:
    folder = ROOT / "docs" / "tour"
    told = re.split(r"^### ", (folder / name).read_text(), flags=re.MULTILINE)[1:]
    stops = [stop for chapter in STOPS.values() for stop in chapter]
    assert len(told) == len(stops)
    for text, stop in zip(told, stops, strict=True):
        assert f"images/{stop.key}.{language}.webp" in text, stop.key
        assert f"`{stop.address}`" in text, stop.key
        assert not stop.who or f"`{stop.who}`" in text, stop.key
    named = set(re.findall(r"images/([^)\"]+)", "".join(told)))
    assert named == {path.name for path in (folder / "images").glob(f"*.{language}.webp")}
