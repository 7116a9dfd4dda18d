"""The pairing desk: who is without a cadre, where and why, and the run that proposes one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_POST

from xiangqiao.accounts.access import DeskRequest, page
from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import Viewer
from xiangqiao.kernel import jobs
from xiangqiao.kernel.ui.cards import Empty, Figure
from xiangqiao.kernel.ui.charts import Chart, bar_chart
from xiangqiao.kernel.ui.marks import Meter, Tag
from xiangqiao.kernel.ui.numbers import whole
from xiangqiao.kernel.ui.tables import Column, DataTable, Row
from xiangqiao.pairing import queries
from xiangqiao.pairing.forms import RunForm
from xiangqiao.pairing.pages.parts import division_choices, tabs
from xiangqiao.pairing.tasks import PROPOSE
from xiangqiao.pairing.words import GAPS, RUN_STATES, language, place_name

if TYPE_CHECKING:
    from xiangqiao.pairing.models import Run

# A saving from here on is a household more with a cadre: the points, less what the worst pair may cost.
WITHOUT = 500_000


@page(Can.READ_PAIRING)
@require_GET
def desk(request: DeskRequest) -> HttpResponse:
    """Show how pairing stands and what was proposed last."""
    return _desk(request, None)


@page(Can.RUN_PAIRING)
@require_POST
def compute(request: DeskRequest) -> HttpResponse:
    """Start the run as a job and lead to its progress."""
    form = RunForm(request.POST, divisions=division_choices(request.viewer, Can.RUN_PAIRING))
    if not form.is_valid():
        return _desk(request, form)
    job = jobs.start(
        PROPOSE,
        owner=request.viewer.public_id,
        division_code=form.cleaned_data["division"],
        as_of=request.viewer.today,
        weights=form.weights(),
    )
    return redirect("job", job.public_id)


def _desk(request: DeskRequest, form: RunForm | None) -> HttpResponse:
    viewer = request.viewer
    state = queries.affairs(viewer, viewer.today)
    latest = queries.latest_run(viewer)
    may_run = viewer.can(Can.RUN_PAIRING)
    if may_run and form is None:
        form = RunForm(divisions=division_choices(viewer, Can.RUN_PAIRING))
    context = {
        "tabs": tabs("desk"),
        "figures": _figures(state),
        "gaps": _gaps(state),
        "load": _load(state.load),
        "run": latest,
        "run_state": RUN_STATES[latest.state] if latest else "",
        "run_place": place_name(latest.division_code) if latest else "",
        "certificate": latest.certificate[language()].splitlines() if latest else [],
        "one_more": _one_more(viewer, latest),
        "form": form,
        "as_of": viewer.today,
    }
    return render(request, "pairing/desk.html", context, status=422 if form and form.errors else 200)


def _one_more(viewer: Viewer, latest: Run | None) -> list[dict[str, object]]:
    """Cadres with whom one place more would have helped most: a household with a cadre, or points."""
    rows = queries.one_more_place(viewer, latest, on=viewer.today) if latest else []
    return [{"cadre": row, "points": points, "is_household": points >= WITHOUT} for row, points in rows]


def _figures(state: queries.Affairs) -> list[Figure]:
    load, has = state.load, state.needy - state.without
    of_all = _("需要的 %(n)s 户中") % {"n": whole(state.needy)}
    return [
        Figure(
            _("需要帮扶干部的户"),
            state.needy,
            meaning=_("在册未脱贫、返贫的户，和监测户。已注销的不算。"),
        ),
        Figure(_("已有干部的户"), has, note=of_all),
        Figure(_("还没有干部的户"), state.without, note=of_all, tone="orange" if state.without else ""),
        Figure(
            _("干部的空位"),
            max(0, load.places - load.used),
            href=f"{reverse('pairing:cadres')}?load=free",
            note=_("%(cadres)s 名干部共可帮 %(places)s 户")
            % {"cadres": whole(load.cadres), "places": whole(load.places)},
        ),
    ]


def _gaps(state: queries.Affairs) -> DataTable:
    rows = [
        Row(
            [
                place_name(one.code),
                one.needy,
                Meter(
                    (one.needy - one.without) / one.needy if one.needy else None, f"{one.needy - one.without}"
                ),
                one.without,
                ("; " if language() == "en" else "；").join(
                    f"{GAPS[why]} {count}" for why, count in one.why.most_common()
                )
                or Tag(_("都有干部"), "green"),
            ]
        )
        for one in state.townships
    ]
    return DataTable(
        id="gaps",
        caption=_("各乡镇结对情况"),
        columns=(
            Column("place", _("乡镇")),
            Column("needy", _("需要"), unit=_("户"), numeric=True),
            Column("has", _("已有干部"), unit=_("户")),
            Column("without", pgettext("column", "还没有"), unit=_("户"), numeric=True),
            Column(
                "why",
                _("为什么没有"),
                meaning=_("按村看：有没有单位、单位有没有可派的干部、干部有没有空位。"),
            ),
        ),
        rows=rows,
        empty=Empty(_("这里没有需要帮扶干部的农户"), _("导入农户台账后再看。")),
    )


def _load(load: queries.Load) -> Chart | None:
    if not load.cadres:
        return None
    bars = [
        (ngettext("%(n)d 户", "%(n)d 户", count) % {"n": count}, number)
        for count, number in enumerate(load.spread)
    ]
    return bar_chart(title=_("干部各帮几户"), bars=bars, unit=_("人"))
