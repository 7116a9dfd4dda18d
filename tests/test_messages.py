"""The catalogues of all apps are one catalogue to the reader: what `tools/messages.py --check` refuses."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import polib
import pytest

TOOL = Path(__file__).resolve().parent.parent / "tools" / "messages.py"


@pytest.fixture(scope="module")
def messages() -> ModuleType:
    spec = importlib.util.spec_from_file_location("messages_tool", TOOL)
    assert spec
    assert spec.loader
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    return tool


def _catalogue(product: Path, app: str, *entries: polib.POEntry) -> None:
    path = product / app / "locale" / "en" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    kept = polib.POFile()
    kept.extend(entries)
    kept.save(str(path))


def test_two_apps_that_word_one_string_differently_are_named_with_their_words(
    messages: ModuleType, tmp_path: Path
) -> None:
    _catalogue(tmp_path, "journal", polib.POEntry(msgid="登记", msgstr="Record"))
    _catalogue(tmp_path, "people", polib.POEntry(msgid="登记", msgstr="Registered"))
    (line,) = messages.disagreements(tmp_path)
    assert line.startswith("登记: journal say “Record”, but people say “Registered”.")


def test_a_context_keeps_two_meanings_apart(messages: ModuleType, tmp_path: Path) -> None:
    _catalogue(tmp_path, "journal", polib.POEntry(msgid="登记", msgctxt="button", msgstr="Record"))
    _catalogue(tmp_path, "people", polib.POEntry(msgid="登记", msgstr="Registered"))
    assert messages.disagreements(tmp_path) == []


def test_plurals_disagree_too_and_the_context_is_told(messages: ModuleType, tmp_path: Path) -> None:
    for app, many in (("journal", "%(n)d visits"), ("clinic", "%(n)d times")):
        entry = polib.POEntry(
            msgid="%(n)d 次", msgid_plural="%(n)d 次", msgctxt="count", msgstr_plural={0: "once", 1: many}
        )
        _catalogue(tmp_path, app, entry)
    (line,) = messages.disagreements(tmp_path)
    assert "%(n)d 次 (context count)" in line
    assert "journal say “once / %(n)d visits”" in line


@pytest.mark.parametrize(
    "line", ["said = f'{_(\"有\")} · 1'", "said = f'{(_(\"有\") if 1 else 2)}'", "said = mine('有')"]
)
def test_a_translation_in_an_f_string_or_by_a_name_of_ones_own_is_found(
    messages: ModuleType, line: str
) -> None:
    start = "from django.utils.translation import gettext as _, gettext as mine\n"
    ((number, call),) = messages.hidden(start + line)
    assert number == 2
    assert "有" in call


def test_plain_calls_are_gathered(messages: ModuleType) -> None:
    source = "from django.utils.translation import pgettext_lazy, gettext as _\nx = _('有') + f'{pgettext_lazy}'\ny = pgettext_lazy('unit', '次')\n"
    assert messages.hidden(source) == []


def test_no_app_disagrees_with_another_and_no_translation_hides(messages: ModuleType) -> None:
    assert messages.disagreements(messages.PRODUCT) == []
    assert messages.hidden_calls() == []
