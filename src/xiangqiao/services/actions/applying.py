"""An application's way: handed in, papers wanted, papers brought, decided, collected."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from xiangqiao.journal.actions import add_line
from xiangqiao.kernel.clock import day_of
from xiangqiao.kernel.crypto import Place
from xiangqiao.kernel.errors import ActionError, Conflict
from xiangqiao.kernel.keyring import vault
from xiangqiao.kernel.record import Act, recording
from xiangqiao.services.actions.doors import demand_asker, demand_may_ask, demand_office, demand_step
from xiangqiao.services.following import Asker, code_hash, followed_values, new_code
from xiangqiao.services.models import Application, Matter
from xiangqiao.services.office_calendar import office_calendar
from xiangqiao.services.rules.applying import fits, next_state


class Applied(NamedTuple):
    """What the applicant is given: the application, and the code by which it is followed and collected."""

    application: Application
    code: str


def apply_for(
    *, act: Act, asker: Asker, matter: Matter, entries: dict[str, str], papers: list[str]
) -> Applied:
    """Hand in an application; return it with its code.

    Raises NotAllowed where somebody may not speak for another, ActionError naming the field that does not fit.
    """
    demand_may_ask(act, asker)
    today, code = day_of(act.at), new_code()
    if matter.valid_to is not None and matter.valid_to <= today:
        raise ActionError("services.matter_ended", _("这一项已经换了新的办法，请从办事目录重新打开。"))
    kept = _checked(matter, entries)
    row = Application(
        matter=matter, applied_on=today, due_on=office_calendar().after(today, matter.working_days),
        papers_have=[paper for paper in matter.papers if paper in papers],
    )  # fmt: skip
    text = json.dumps(kept, ensure_ascii=False, sort_keys=True)
    row.entries_sealed = vault().seal(text, Place(row._meta.db_table, "entries_sealed", row.public_id))
    row.entries_hash = vault().blind("services.entries", text)
    for name, value in followed_values(asker, row, code, by=act.by).items():
        setattr(row, name, value)
    with recording("services.applied", act, subject=row, division_code=asker.division_code) as record:
        record.create(row)
        _tell(act, row, gettext_noop("申请办理：%(matter)s"))
    return Applied(row, code)


def want_papers(*, act: Act, application: Application, wanted: str, version: int | None = None) -> None:
    """The office says what is still missing. Raises NotAllowed to other offices."""
    demand_office(act, application.matter.office, application.division_code)
    if not wanted.strip():
        raise ActionError("services.wanted", _("请写清楚还缺什么、到哪里开。"), field="wanted")
    _move(act, application, "ask_supplement", "services.papers_wanted", version, wanted=wanted.strip())


def supplement(*, act: Act, application: Application, papers: list[str]) -> None:
    """The applicant brings what was missing; the time limit begins anew. Raises NotAllowed to others."""
    demand_asker(act, application)
    have = [p for p in application.matter.papers if p in {*papers, *application.papers_have}]
    due = office_calendar().after(day_of(act.at), application.matter.working_days)
    _move(act, application, "supplement", "services.papers_brought", None, papers_have=have, due_on=due)


def decide(
    *, act: Act, application: Application, granted: bool, reason: str, version: int | None = None
) -> None:
    """Grant or deny, with the reason. Raises NotAllowed to other offices, Conflict to a second hand."""
    demand_office(act, application.matter.office, application.division_code)
    if not reason.strip():
        raise ActionError(
            "services.reason", _("请写决定的依据；不予办理的，写清楚差什么、还能找谁。"), field="reason"
        )
    _move(
        act, application, "grant" if granted else "deny", "services.decided", version,
        decision=reason.strip(), decided_on=day_of(act.at),
    )  # fmt: skip


def collect(*, act: Act, application: Application, code: str) -> None:
    """Hand over what was granted against the code, once. Raises ActionError on a wrong code, Conflict to a second hand."""
    demand_office(act, application.matter.office, application.division_code)
    if code_hash(code) != application.code_hash:
        raise ActionError(
            "services.code", _("查询码不对。请看申请时给的 8 位码，或核对身份后由负责人补发。"), field="code"
        )
    if application.state == "COLLECTED":
        raise Conflict("services.collected", _("这一件已经领走了。"))
    _move(act, application, "collect", "services.collected", None, collected_on=day_of(act.at))
    _tell(act, application, gettext_noop("办成并领取：%(matter)s"))


def _move(act: Act, row: Application, step: str, kind: str, version: int | None, **values: Any) -> None:
    state = demand_step(next_state(row.state, step))
    with recording(kind, act, subject=row, division_code=row.division_code) as record:
        record.change(row, version=version, state=state, **values)


def _tell(act: Act, row: Application, sentence: str) -> None:
    if row.household is not None:
        add_line(
            act=act.keyless(), household=row.household, division_code=row.division_code, programme="SERVICES",
            sentence=sentence, source_id=row.public_id, matter=row.matter.name,
        )  # fmt: skip


def _checked(matter: Matter, entries: dict[str, str]) -> dict[str, str]:
    kept: dict[str, str] = {}
    for field in matter.fields:
        value = str(entries.get(field["name"], "")).strip()
        if not value and field.get("required"):
            raise ActionError(
                "services.required", _("请填写“%(label)s”。") % {"label": field["label"]}, field=field["name"]
            )
        if not fits(field["kind"], value, field.get("choices")):
            raise ActionError(
                "services.field",
                _("“%(label)s”写得不对，请按提示重写。") % {"label": field["label"]},
                field=field["name"],
            )
        if value:
            kept[field["name"]] = value
    return kept
