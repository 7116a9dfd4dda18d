"""Samples of giving for the access matrix."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from xiangqiao.accounts.rules import Role
from xiangqiao.kernel import clock

OFFICE = frozenset({Role.COUNTY_OFFICE, Role.AUDITOR, Role.VOLUNTEER, Role.GIVING_OFFICE})


def _appeal(world: Any, village: str, state: str = "OPEN") -> Any:
    from xiangqiao.giving.models import Appeal, Need

    def make() -> Any:
        row = Appeal.objects.create(
            case_no=f"2026-{village[-6:]}", household=world.household(village).public_id, division_code=village,
            source="CADRE", raised_label="某人", raised_at=clock.now(), title="过冬", story="缺棉被", state=state, lane="C",
            public_title="过冬",
        )  # fmt: skip
        Need.objects.create(
            appeal=row, kind="GOODS", what="棉被", quantity=4, unit_cost_fen=100, evidence="报价"
        )
        return row

    return world.once(f"appeal {state}", village, make)


def at_appeal(world: Any, village: str) -> Mapping[str, Any]:
    """Name an appeal of a village."""
    return {"appeal_id": _appeal(world, village).public_id}


def at_shown(world: Any, village: str) -> Mapping[str, Any]:
    """Name a public appeal by its case number."""
    row = _appeal(world, village)
    _publication(world, village, "APPROVED")
    return {"case_no": row.case_no}


def at_publication(world: Any, village: str) -> Mapping[str, Any]:
    """Name a public text that waits for a second person."""
    return {"publication_id": _publication(world, village, "SUBMITTED").public_id}


def _publication(world: Any, village: str, state: str) -> Any:
    from xiangqiao.giving.kinds import APPEAL
    from xiangqiao.kernel.models import Publication
    from xiangqiao.kernel.publication.actions import content_hash

    def make() -> Any:
        row = Publication(
            kind=APPEAL.code, title="过冬", division_code=village, subject=_appeal(world, village).public_id, state=state,
            columns=[{"key": c.key, "title": c.title, "of": c.of.value} for c in APPEAL.columns],
            rows=[{"case": "2026-1", "township": "梅江镇", "text": "缺棉被", "needs": "棉被", "cost": 400}],
            submitted_at=clock.now(), approved_at=clock.now(), withdraw_on=clock.today() + timedelta(days=30),
        )  # fmt: skip
        row.content_hash = content_hash(row, [])
        row.save()
        return row

    return world.once(f"publication {state}", village, make)


def at_gift(world: Any, village: str) -> Mapping[str, Any]:
    """Name a gift of somebody else that is not matched yet: it lies at the county."""
    from xiangqiao.giving.models import Gift

    return {
        "gift_id": world.once(
            "gift", village,
            lambda: Gift.objects.create(
                division_code="360730000000", donor_label="某人", what="棉被", unit="PIECE", amount=1, offered_at=clock.now()
            ),
        ).public_id
    }  # fmt: skip


def samples(sample: Callable[..., Any]) -> dict[str, Any]:
    """Return the samples of every address of giving."""
    return {
        "giving:board": sample(),
        "giving:feed": sample(),
        "giving:public_books": sample(),
        "giving:offer": sample(),
        "giving:thanks": sample(),
        "giving:follow": sample(),
        "giving:shown": sample(at_shown),
        "giving:poster": sample(at_shown),
        "giving:qr": sample(at_shown),
        "giving:mine": sample(),
        "giving:raise": sample(),
        "giving:gift": sample(at_gift, only=OFFICE),
        "giving:appeals": sample(),
        "giving:appeal": sample(at_appeal, scoped=True),
        "giving:gifts": sample(),
        "giving:approvals": sample(),
        "giving:approval": sample(at_publication, scoped=True),
        "giving:initiatives": sample(),
        "giving:books": sample(),
    }
