"""The technique texts that come with the product: drafts until a county's own people publish them."""

from __future__ import annotations

import tomllib
from pathlib import Path

from xiangqiao.journal.actions.techniques import Text, draft_technique
from xiangqiao.journal.models import Technique
from xiangqiao.kernel.act import Act

_FILE = Path(__file__).parent.parent / "data" / "techniques.toml"
_SOURCE, _LICENCE = "乡桥自编，据通行做法整理", "CC0-1.0"


def shipped_texts() -> list[Text]:
    """Return the texts of the file."""
    rows = tomllib.loads(_FILE.read_text(encoding="utf-8"))["text"]
    return [
        Text(**{**row, "body": row["body"].strip(), "source": _SOURCE, "licence": _LICENCE}) for row in rows
    ]


def draft_shipped_texts(*, act: Act) -> int:
    """Put the texts that come with the product before a second person. Return how many are new; idempotent by address."""
    known = set(Technique.objects.values_list("slug", flat=True))
    fresh = [text for text in shipped_texts() if text.slug not in known]
    for text in fresh:
        draft_technique(act=act, text=text)
    return len(fresh)
