"""A project: built on a day, accepted only with measurements at every point that waited for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer, SystemViewer
from xiangqiao.coverage.actions.measure import verify_site
from xiangqiao.coverage.models import Evidence, Project
from xiangqiao.coverage.rules import PROJECT_STEPS, may
from xiangqiao.journal.actions import add_line
from xiangqiao.kernel.clock import LOCAL, day_of
from xiangqiao.kernel.errors import ActionError, Conflict
from xiangqiao.kernel.record import Act, Recording, recording
from xiangqiao.people.queries import household as household_named
from xiangqiao.places.queries import sites
from xq_engine.coverage.evidence import GRADES_THAT_VERIFY

REACHED = gettext_noop("4G 信号通到家门口（%(project)s）")


def mark_built(*, act: Act, viewer: AnyViewer, project: Project, on: date) -> Project:
    """Put on record that a project stands since a day."""
    with recording("coverage.built", act, subject=project, division_code=project.division_code) as record:
        held = _step(record, viewer, project, "BUILT")
        if on > day_of(act.at):
            raise ActionError("coverage.future", _("建成日期不能晚于今天。"), field="on")
        record.change(held, state="BUILT", built_on=on)
    return held


def cancel_project(*, act: Act, viewer: AnyViewer, project: Project) -> Project:
    """Give a project up before acceptance, with a reason."""
    if not act.reason.strip():
        raise ActionError("coverage.reason", _("请写明取消的原因。"), field="reason")
    with recording("coverage.cancelled", act, subject=project, division_code=project.division_code) as record:
        held = _step(record, viewer, project, "CANCELLED")
        record.change(held, state="CANCELLED")
    return held


def accept_project(
    *, act: Act, viewer: AnyViewer, project: Project, households: tuple[UUID, ...] = ()
) -> Project:
    """Accept a built project: every point that waited must be measured as served since it was built, by grade A or B.

    Each point becomes verified; each household named gets a line on its timeline. Raises ActionError naming the points
    that are not measured.
    """
    with recording("coverage.accepted", act, subject=project, division_code=project.division_code) as record:
        held = _step(record, viewer, project, "ACCEPTED")
        missing = unmeasured(held)
        if missing:
            raise ActionError(
                "coverage.unmeasured",
                _("还有点位没有在建成后实测为有信号：%(names)s。请先实测。") % {"names": "、".join(missing)},
            )
        record.change(held, state="ACCEPTED", accepted_on=day_of(act.at))
        own = replace(act, key=None)
        for key in held.targets:
            verify_site(act=own, viewer=viewer, site=UUID(key), service="MOBILE", source_id=held.public_id)
        for household in households:
            home = household_named(SystemViewer("登记联网"), household, today=day_of(act.at))
            add_line(
                act=own, household=household, division_code=home.division_code, programme="COVERAGE",
                sentence=REACHED, source_id=held.public_id, project=held.name,
            )  # fmt: skip
    return held


def unmeasured(project: Project) -> list[str]:
    """Return the names of a project's points that nobody measured as served since it was built."""
    since = datetime.combine(project.built_on or date.max, time.min, tzinfo=LOCAL)
    measured = Evidence.objects.filter(
        site__in=project.targets, service="MOBILE", level="MEASURED", has_service=True, at__gte=since,
        grade__in=GRADES_THAT_VERIFY,
    )  # fmt: skip
    done = {str(key) for key in measured.values_list("site", flat=True)}
    return [
        one.name for one in sites().filter(public_id__in=project.targets) if str(one.public_id) not in done
    ]


def _step(record: Recording, viewer: AnyViewer, project: Project, then: str) -> Project:
    viewer.demand(Can.MANAGE_COVERAGE, project.division_code)
    held = Project.objects.select_for_update().get(pk=project.pk)
    if not may(PROJECT_STEPS, held.state, then):
        raise Conflict(
            "coverage.project_state",
            _("这个项目现在是“%(state)s”，这一步办不了。") % {"state": held.get_state_display()},
            theirs=held.state,
        )
    record.note(project=str(held.public_id))
    return held
