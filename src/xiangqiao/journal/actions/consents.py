"""Giving and taking back the consent that a station keeper acts for a household."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext as _

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import permit
from xiangqiao.journal.actions.doors import OwnSelf
from xiangqiao.journal.models import Consent
from xiangqiao.journal.queries.keepers import keeper_named
from xiangqiao.journal.queries.reach import household_for
from xiangqiao.kernel.act import Act
from xiangqiao.kernel.clock import day_of
from xiangqiao.kernel.errors import ActionError, NotAllowed
from xiangqiao.kernel.record import recording

MOST_DAYS = 366


def give_consent(
    *,
    act: Act,
    household: UUID,
    division_code: str,
    keeper: UUID,
    scope: str,
    given: str,
    witness: str = "",
    valid_to: date | None = None,
) -> Consent:
    """Record that a household lets a keeper act for it, for at most a year.

    Either the household itself says so on its own page (`act.by` is OwnSelf or a linked member; the page has checked the
    door), or a person who reaches the household writes it down with a witness. A keeper never records a consent to
    himself. Raises ActionError at the field, NotAllowed.
    """
    today = day_of(act.at)
    person = keeper_named(keeper, division_code, today)
    if person is None:
        raise ActionError("consent.keeper", _("这个人现在不是本村的站长，请重新选择。"), field="keeper")
    if given == Consent.Given.OWN_PAGE:
        _own(act)
    else:
        viewer = permit(act, Can.LOG_VISIT)
        household_for(viewer, household, Can.LOG_VISIT)
        if viewer.public_id == keeper:
            raise NotAllowed("consent.self", _("站长不能给自己登记授权，请村干部或帮扶干部来办。"))
    until = valid_to or today + timedelta(days=MOST_DAYS - 1)
    if not today < until <= today + timedelta(days=MOST_DAYS):
        raise ActionError("consent.day", _("到期日要在明天以后、一年以内。"), field="valid_to")
    if given == Consent.Given.WITNESS and not witness.strip():
        raise ActionError("consent.witness", _("请写见证人的姓名。"), field="witness")
    row = Consent(
        household=household, division_code=division_code, keeper=keeper, keeper_label=person, scope=scope, given=given,
        witness=witness.strip()[:60], recorded_label=act.by.label, valid_from=today, valid_to=until,
    )  # fmt: skip
    try:
        with recording("journal.consent_given", act, subject=row, division_code=division_code) as record:
            for older in Consent.objects.filter(
                household=household, keeper=keeper, withdrawn_at__isnull=True
            ):
                record.change(older, withdrawn_at=act.at)
            record.create(row, valid_from=today)
    except IntegrityError as clash:
        raise ActionError("consent.twice", _("刚刚已经登记过一次，请刷新页面看看。")) from clash
    return row


def withdraw_consent(*, act: Act, consent: UUID, household: UUID | None = None) -> Consent:
    """Take a consent back, at once. `household` is named by the household's own page; others need the post, there.

    Idempotent: what was withdrawn stays as it is.
    """
    if household is not None:
        row = Consent.objects.filter(public_id=consent, household=household).first()
    else:
        viewer = permit(act, Can.LOG_VISIT)
        row = Consent.objects.visible_to(viewer, Can.LOG_VISIT).filter(public_id=consent).first()
    if row is None:
        raise ActionError("consent.unknown", _("没有这条授权，或者不在您负责的范围。"))
    if row.withdrawn_at is None:
        with recording(
            "journal.consent_withdrawn", act, subject=row, division_code=row.division_code
        ) as record:
            record.change(row, withdrawn_at=act.at)
    return row


def _own(act: Act) -> None:
    if not isinstance(act.by, OwnSelf):
        permit(act, Can.OWN_HOUSEHOLD)
