"""Write small policy files for tests."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any


def write_policy(
    folder: Path,
    policy_id: str,
    *,
    when: Sequence[str],
    unit: str = "household",
    region: str = "",
    expr: str = "",
    cap_fen: int | None = None,
    **changes: Any,
) -> Path:
    """Write a complete document with these criteria; `changes` replaces whole keys."""
    words = {"zh": "字", "en": "word"}
    document: dict[str, Any] = {
        "id": policy_id,
        "name": words,
        "summary": words,
        "category": "social",
        "issuer": words,
        "document": {"title": "", "number": "", "date": "", "clause": ""},
        "source_status": "unverified",
        "sources": [],
        "level": "county",
        "region": region,
        "valid": {"from": "2016-01-01", "to": None},
        "unit": unit,
        "criteria": [
            {"id": f"c{place}", **words, "clause": "", "when": text}
            for place, text in enumerate(when, start=1)
        ],
        "amount": {"expr": expr, "period": "year"} if expr else {"none": True},
        "papers": [],
        "where": words,
        "pays": "household",
        "examples": [],
    }
    if cap_fen is not None:
        document["amount"]["cap_fen"] = cap_fen
    path = folder / f"{policy_id}.yaml"
    path.write_text(json.dumps(document | changes, ensure_ascii=False, indent=1), encoding="utf-8")
    return path
