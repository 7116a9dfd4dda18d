"""Two independent people go and see; who decides otherwise says why."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError
from django.utils.translation import gettext as _

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer, SystemViewer
from xiangqiao.giving.actions.closing import hold_with_none_on_the_way, take_text_back
from xiangqiao.giving.actions.telling import step_appeal, tell
from xiangqiao.giving.models import Appeal, Verification
from xiangqiao.giving.rules import verifying
from xiangqiao.kernel.clock import day_of
from xiangqiao.kernel.errors import ActionError, Conflict, NotAllowed
from xiangqiao.kernel.record import Act, recording
from xiangqiao.pairing.queries import cadre_of

_REGISTER = SystemViewer("网络公益：核实人回避")
State = Appeal.State


def verify_appeal(
    *, act: Act, viewer: AnyViewer, appeal: Appeal, visited_on: date, notes: str, confirms: bool
) -> Verification:
    """Note what a verifier found at the household. The second confirmation makes the appeal verified.

    Raises NotAllowed for who raised it, the household's own cadre, the same person or the same body twice.
    """
    viewer.demand(Can.VERIFY_APPEAL, appeal.division_code)
    body = body_of(viewer, appeal.division_code)
    _demand_independent(act, appeal, body)
    verifier = act.by.public_id
    if verifier is None or appeal.state != State.RAISED:
        raise Conflict("giving.verified", _("这份求助已经核实完了，请刷新页面看看。"))
    if not notes.strip() or visited_on > day_of(act.at):
        raise ActionError("giving.notes", _("请写明哪天去看的、看到什么；日期不能晚于今天。"), field="notes")
    row = Verification(
        appeal=appeal, verifier=verifier, verifier_label=act.by.label, body=body, visited_on=visited_on,
        notes=notes, confirms=confirms,
    )  # fmt: skip
    try:
        with recording(
            "giving.appeal_verified", act, subject=appeal, division_code=appeal.division_code
        ) as record:
            # Held, so that the two confirmations that arrive together count as two.
            held = Appeal.objects.select_for_update().get(pk=appeal.pk)
            record.create(row)
            agreed = held.verifications.filter(confirms=True).count()
            if held.state == State.RAISED and agreed >= verifying.NEEDED:
                step_appeal(record, held, State.VERIFIED)
                tell(act, held, "求助已由两人核实，编号 %(case)s", row.public_id)
    except IntegrityError as clash:
        raise Conflict("giving.verified_twice", _("您或您的单位已经核实过这份求助。")) from clash
    appeal.refresh_from_db()
    return row


def reject_appeal(*, act: Act, viewer: AnyViewer, appeal: Appeal) -> None:
    """Refuse an appeal, with the reason in `act`; what was public of it goes too.

    Raises Conflict while a gift is on its way: it would belong to nobody.
    """
    viewer.demand(Can.MANAGE_GIVING, appeal.division_code)
    if not act.reason.strip():
        raise ActionError("giving.reason", _("请写明原因，告诉求助的人。"), field="reason")
    with recording(
        "giving.appeal_rejected", act, subject=appeal, division_code=appeal.division_code
    ) as record:
        hold_with_none_on_the_way(appeal)
        step_appeal(record, appeal, State.REJECTED)
        take_text_back(act, appeal, act.reason.strip())


def body_of(viewer: AnyViewer, division_code: str) -> str:
    """Return the post by which a person verifies there."""
    if isinstance(viewer, SystemViewer):
        return "SYSTEM"
    held = [
        p.role
        for p in viewer.posts
        if p.carries(Can.VERIFY_APPEAL) and viewer.can(Can.VERIFY_APPEAL, division_code)
    ]
    return str(held[0])


def _demand_independent(act: Act, appeal: Appeal, body: str) -> None:
    pair = cadre_of(_REGISTER, appeal.household, on=day_of(act.at))
    why = verifying.refusal(
        verifier=act.by.public_id,
        body=body,
        raised_by=appeal.raised_by,
        cadre=pair.cadre.user if pair else None,
        before=appeal.verifications.values_list("verifier", "body"),
    )
    sentences = {
        "raiser": _("提出求助的人不能自己核实，请另一位同事去。"),
        "cadre": _("这一户的帮扶干部不能核实，请别的单位的人去。"),
        "twice": _("您已经核实过这份求助，还要另一个单位的人去看。"),
        "body": _("同一类岗位已经核实过，第二次要由别的单位的人去看。"),
    }
    if why:
        raise NotAllowed(f"giving.verifier_{why}", sentences[why])
