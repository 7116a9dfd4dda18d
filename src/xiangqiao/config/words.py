"""Words of the command line in both languages: it speaks before any database or catalogue is there."""

from __future__ import annotations

import os


def english() -> bool:
    """Tell whether the operator reads English: XIANGQIAO_LANG, else the locale of the shell; Chinese otherwise."""
    chosen = os.environ.get("XIANGQIAO_LANG") or os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    return chosen.lower().startswith("en")


def say(zh: str, en: str) -> str:
    """Return the sentence in the operator's language."""
    return en if english() else zh
