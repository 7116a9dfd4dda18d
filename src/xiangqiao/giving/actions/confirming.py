"""The household's word: what arrived is confirmed or declined by itself, its keeper with consent, or before a witness."""

from __future__ import annotations

from django.utils.translation import gettext as _

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer, Viewer
from xiangqiao.giving.actions.gifts import release, settle
from xiangqiao.giving.actions.telling import step_gift, tell
from xiangqiao.giving.models import Appeal, Gift
from xiangqiao.giving.words import amount_in_words
from xiangqiao.journal.queries.consents import standing_consent
from xiangqiao.journal.queries.doors import linked_households
from xiangqiao.kernel.errors import ActionError, NotAllowed
from xiangqiao.kernel.record import Act, recording

How = Gift.How


def confirm_gift(*, act: Act, viewer: AnyViewer, gift: Gift, witness: str = "") -> None:
    """Confirm that a gift arrived: the ledger's pending row stands, and the household's timeline says so."""
    appeal = _appeal(gift)
    how = _how(act, viewer, gift, appeal, witness)
    with recording("giving.gift_confirmed", act, subject=gift, division_code=gift.division_code) as record:
        step_gift(
            record, gift, Gift.State.CONFIRMED, confirmed_by=act.by.public_id, confirmed_how=how, witness=witness.strip()[:60]
        )  # fmt: skip
        settle(act, gift, confirm=True)
        Gift.objects.filter(pk=gift.pk).update(ended_at=act.at)
        tell(
            act, appeal, "收到爱心捐助：%(what)s", gift.public_id,
            what=f"{gift.what} {amount_in_words(gift.unit, gift.amount)}", amount_fen=gift.value_fen or None,
        )  # fmt: skip
    gift.refresh_from_db()


def decline_gift(*, act: Act, viewer: AnyViewer, gift: Gift, witness: str = "") -> None:
    """Say that the household does not want a gift, or that it never came; what it held of the need is open again."""
    how = _how(act, viewer, gift, _appeal(gift), witness)
    with recording("giving.gift_declined", act, subject=gift, division_code=gift.division_code) as record:
        step_gift(
            record, gift, Gift.State.DECLINED, confirmed_by=act.by.public_id, confirmed_how=how,
            witness=witness.strip()[:60], reason=act.reason[:200],
        )  # fmt: skip
        release(act, gift)


def _appeal(gift: Gift) -> Appeal:
    if gift.appeal is None:
        raise ActionError("giving.not_matched", _("这份捐助还没有对接到哪一户。"))
    return gift.appeal


def _how(act: Act, viewer: AnyViewer, gift: Gift, appeal: Appeal, witness: str) -> Gift.How:
    """Return by which way the household's word reaches us. Raises NotAllowed for who may not bring it."""
    if gift.donor is not None and gift.donor == act.by.public_id:
        raise NotAllowed("giving.own_gift", _("捐助人不能替农户确认。"))
    if isinstance(viewer, Viewer):
        if appeal.household in linked_households(viewer):
            return How.OWN_PAGE
        consent = standing_consent(viewer, appeal.household)
        if consent is not None and consent.scope == "REPLY":
            return How.KEEPER
    if not (
        viewer.can(Can.VERIFY_APPEAL, appeal.division_code)
        or viewer.can(Can.KEEP_STATION, appeal.division_code)
    ):
        raise NotAllowed("not_allowed", _("要由农户本人、有授权的站长，或村里的人当面确认。"))
    if not witness.strip() or witness.strip() == act.by.label:
        raise ActionError("giving.witness", _("请写在场见证人的姓名，不能是您自己。"), field="witness")
    return How.WITNESS
