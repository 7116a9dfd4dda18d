"""Statistics for everybody: each with its meaning, a chart, its numbers, and a file to take along."""

from __future__ import annotations

import csv
import io

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from xiangqiao.accounts.access import public
from xiangqiao.kernel import clock
from xiangqiao.kernel.ui.charts import Chart, bar_chart, line_chart
from xiangqiao.site.statistics.series import LEAST, SERIES, Series, Value, series_named

_WIDTH = 560


@public
@require_GET
def statistics(request: HttpRequest) -> HttpResponse:
    """Show every public statistic."""
    today = clock.today()
    shown = [_shown(one, one.values(today)) for one in SERIES]
    return render(request, "site/statistics.html", {"statistics": shown, "least": LEAST, "today": today})


def _shown(one: Series, values: list[Value]) -> dict[str, object]:
    return {
        "key": one.key,
        "title": one.title,
        "meaning": one.meaning,
        "chart": _chart(one, values),
        "withheld": sum(value.shown is None for value in values),
        "file": reverse("site:statistics_file", args=[one.key]),
    }


def _chart(one: Series, values: list[Value]) -> Chart:
    title, unit = str(one.title), str(one.unit)
    if one.by_month:
        # Twelve whole months side by side would run into each other.
        labels = [value.label[2:] for value in values]
        return line_chart(
            title=title, labels=labels, values=[v.shown for v in values], unit=unit, width=_WIDTH
        )
    ranked = sorted(values, key=lambda value: -value.amount)
    return bar_chart(title=title, bars=[(v.label, v.shown) for v in ranked], unit=unit, width=_WIDTH)


@public
@require_GET
def statistics_file(_request: HttpRequest, key: str) -> HttpResponse:
    """Hand out the numbers of one statistic as CSV, with a mark of its encoding for spreadsheet programs."""
    one = series_named(key)
    if one is None:
        raise Http404
    kept = io.StringIO()
    sheet = csv.writer(kept)
    first = _("月份") if one.by_month else pgettext("statistics", "乡镇")
    sheet.writerow([first, f"{one.title} ({one.unit})"])
    for value in one.values(clock.today()):
        sheet.writerow([value.label, f"<{LEAST}" if value.shown is None else f"{value.shown:g}"])
    answer = HttpResponse("\ufeff" + kept.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{one.key}.csv"'
    return answer
