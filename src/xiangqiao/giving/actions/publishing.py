"""From verified to public: the lane by rule, the text through the guard, approved by a second person."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from django.utils.translation import gettext as _

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer
from xiangqiao.giving.actions.telling import step_appeal, tell
from xiangqiao.giving.kinds import APPEAL, KINDS
from xiangqiao.giving.models import Appeal
from xiangqiao.giving.queries.appeals import private_words
from xiangqiao.giving.rules.lanes import Charity, Lane, charity_faults, lane_for
from xiangqiao.kernel import publication as guard
from xiangqiao.kernel.clock import day_of
from xiangqiao.kernel.errors import ActionError, Conflict
from xiangqiao.kernel.record import Act, recording
from xiangqiao.places.queries import names


def propose_publication(
    *,
    act: Act,
    viewer: AnyViewer,
    appeal: Appeal,
    title: str,
    text: str,
    withdraw_on: date,
    consent_by: str,
    consent_on: date,
    charity: Charity | None = None,
) -> guard.Publication:
    """Fix the lane and hand the public text to a second person. The household's consent is named with its day.

    Raises LeakFound where the text shows who it is, ActionError without consent, or where the charity lacks something.
    """
    viewer.demand(Can.MANAGE_GIVING, appeal.division_code)
    today = day_of(act.at)
    _demand_ready(appeal, today, consent_by, consent_on, charity)
    lane = lane_for(appeal.needs.values_list("kind", flat=True), charity, today)
    with recording(
        "giving.publication_proposed", act, subject=appeal, division_code=appeal.division_code
    ) as record:
        record.change(
            appeal, lane=lane.value, public_title=title, public_text=text, consent_by=consent_by, consent_on=consent_on,
            charity={k: str(v) for k, v in asdict(charity).items()} if charity and lane == Lane.A else {},
        )  # fmt: skip
        return guard.submit(
            act=act.keyless(), kind=APPEAL, title=title, rows=[_row(appeal, text)], withdraw_on=withdraw_on,
            private=private_words(appeal, today), subject=appeal.public_id, division_code=appeal.division_code,
        )  # fmt: skip


def approve_appeal(*, act: Act, viewer: AnyViewer, publication: guard.Publication) -> Appeal:
    """Make an appeal or its closing report public, as a second person. Raises what the guard raises."""
    appeal = _appeal_of(viewer, publication)
    private = private_words(appeal, day_of(act.at))
    if publication.kind != APPEAL.code:
        guard.approve(act=act, kind=KINDS[publication.kind], publication=publication, private=private)
        return appeal
    with recording("giving.appeal_opened", act, subject=appeal, division_code=appeal.division_code) as record:
        guard.approve(act=act.keyless(), kind=APPEAL, publication=publication, private=private)
        step_appeal(record, appeal, Appeal.State.OPEN)
        tell(act, appeal, "求助已公开，编号 %(case)s", publication.public_id)
    return appeal


def send_back(*, act: Act, viewer: AnyViewer, publication: guard.Publication) -> None:
    """Refuse a public text, with the reason in `act`; the office writes another."""
    _appeal_of(viewer, publication)
    guard.send_back(act=act, publication=publication)


def _appeal_of(viewer: AnyViewer, publication: guard.Publication) -> Appeal:
    appeal = Appeal.objects.get(public_id=publication.subject or publication.public_id)
    viewer.demand(Can.APPROVE_PUBLICATION, appeal.division_code)
    return appeal


def _demand_ready(
    appeal: Appeal, today: date, consent_by: str, consent_on: date, charity: Charity | None
) -> None:
    if appeal.state != Appeal.State.VERIFIED:
        raise Conflict("giving.not_verified", _("要先由两人核实，才能公开。"))
    if guard.waiting(APPEAL.code).filter(subject=appeal.public_id).exists():
        raise Conflict("giving.waiting", _("公开稿正在等第二个人复核。"))
    if not consent_by.strip() or consent_on > today:
        raise ActionError(
            "giving.consent", _("公开以前要有农户同意：写明谁同意的、哪一天。"), field="consent_by"
        )
    if charity is None or not charity.name:
        return
    words = {
        "certificate": _("没有公开募捐资格证书编号"),
        "filing": _("没有募捐方案备案编号"),
        "expired": _("证书已过期，或没有写有效期"),
    }
    lacking = [words[fault] for fault in charity_faults(charity, today)]
    if lacking:
        raise ActionError(
            "giving.charity",
            _("慈善项目还缺：%(what)s。") % {"what": "、".join(lacking)},
            field="charity_certificate",
        )


def _row(appeal: Appeal, text: str) -> dict[str, str | int]:
    township = f"{appeal.division_code[:9]}000"
    needs = list(appeal.needs.order_by("id"))
    return {
        "case": appeal.case_no,
        "township": names([township])[township],
        "text": text,
        "needs": "、".join(need.what for need in needs),
        "cost": sum(need.cost_fen for need in needs),
    }
