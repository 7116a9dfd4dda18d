"""Bars: stacked ones by year, and lying ones with their names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from xiangqiao.kernel.ui.charts.canvas import Canvas, Chart, number, round_steps, size_of, text_width

MOST_SERIES = 5


def stacked_chart(
    *,
    title: str,
    labels: Sequence[str],
    series: Mapping[str, Sequence[float]],
    unit: str,
    width: int = 400,
    height: int = 230,
) -> Chart:
    """Draw one stacked bar for each label, the total above it, the names of the parts on top.

    Raises ValueError for more than five parts or a part with another number of values than labels.
    """
    if len(series) > MOST_SERIES:
        raise ValueError(f"{len(series)} parts in one bar: no more than {MOST_SERIES} can be told apart")
    if any(len(values) != len(labels) for values in series.values()):
        raise ValueError("each part needs one value for each label")
    totals = [sum(values[place] for values in series.values()) for place in range(len(labels))]
    ticks = round_steps(max([*totals, 0.0]))
    canvas = Canvas(width, height)
    left, top, bottom = 56.0, 48.0, height - 28.0
    scale = (bottom - top) / ticks[-1]
    for tick in ticks:
        level = bottom - tick * scale
        canvas.shape("line", "grid" if tick else "axis", x1=left, x2=width - 8, y1=level, y2=level)
        canvas.text(left - 8, level + 4, number(tick), "end t-small")
    step = (width - left - 8) / max(1, len(labels))
    breadth = min(34.0, step * 0.55)
    for place, label in enumerate(labels):
        middle, level = left + step * (place + 0.5), bottom
        for shade, values in enumerate(series.values(), start=1):
            tall = values[place] * scale
            level -= tall
            canvas.shape("rect", f"s{shade}", x=middle - breadth / 2, y=level, width=breadth, height=tall)
        canvas.text(middle, level - 6, number(totals[place]), "middle t-small t-strong")
        canvas.text(middle, bottom + 19, label, "middle")
    beside_legend = text_width(unit, 12) + 8 < _legend(canvas, list(series))
    canvas.text(0, 14 if beside_legend else 34, unit, "t-small")
    rows = [
        [label, *(number(values[place]) for values in series.values()), number(totals[place])]
        for place, label in enumerate(labels)
    ]
    words = "；".join(
        "，".join([row[0], *(f"{n} {v}" for n, v in zip(series, row[1:], strict=False))]) for row in rows
    )
    return Chart(
        title=title,
        svg=canvas.svg(title=title, description=f"{words}（{unit}）"),
        heads=[_("时间"), *series, _("合计")],
        rows=rows,
        size=size_of(width),
    )


def _legend(canvas: Canvas, names: Sequence[str]) -> float:
    """Draw the names of the parts and return where they begin."""
    begin = x = canvas.width - sum(text_width(name) + 30 for name in names)
    for shade, name in enumerate(names, start=1):
        canvas.shape("rect", f"s{shade}", x=x, y=3, width=13, height=13, rx=3)
        canvas.text(x + 18, 14.5, name, "t-label")
        x += text_width(name) + 30
    return begin


def bar_chart(
    *,
    title: str,
    bars: Sequence[tuple[str, float | None]],
    unit: str,
    goal: float | None = None,
    links: Sequence[str] = (),
    width: int = 400,
) -> Chart:
    """Draw lying bars with the name before and the number after; `goal` is a dashed mark through them.

    `links`, one for each bar, make each bar open its rows. None is not known and has no bar.
    """
    if links and len(links) != len(bars):
        raise ValueError("either a link for each bar or none")
    row, top = 30.0, 22.0 if goal is not None else 4.0
    left = max((text_width(name) for name, _value in bars), default=0.0) + 14
    canvas = Canvas(width, top + row * len(bars) + 4)
    highest = max([value for _name, value in bars if value is not None] + [goal or 0.0, 0.0]) or 1.0
    room = width - left - max((text_width(number(value)) for _name, value in bars), default=0.0) - 16
    for place, (name, value) in enumerate(bars):
        y = top + row * place
        words = f"{name} {number(value)} {unit}".strip()
        if links:
            canvas.open("a", href=links[place], aria_label=words)
        canvas.text(left - 10, y + 19, name, "end t-label")
        canvas.shape("rect", "bar-back", x=left, y=y + 8, width=room, height=14, rx=3)
        long = room * max(0.0, value or 0.0) / highest
        canvas.shape("rect", "s1", x=left, y=y + 8, width=long, height=14, rx=3)
        canvas.text(left + room + 8, y + 19, number(value), "t-strong")
        if links:
            canvas.close("a")
    if goal is not None:
        x = left + room * goal / highest
        canvas.shape("line", "threshold", x1=x, x2=x, y1=18, y2=canvas.height - 4)
        words = _("目标") + f" {number(goal)}"
        canvas.text(min(x, width - text_width(words) / 2), 13, words, "middle t-small t-alert")
    return Chart(
        title=title,
        svg=canvas.svg(
            title=title,
            description="，".join(f"{name} {number(value)}" for name, value in bars) + f"（{unit}）",
            interactive=bool(links),
        ),
        heads=[_("名称"), title + (_("（%(unit)s）") % {"unit": unit} if unit else "")],
        rows=[[name, number(value)] for name, value in bars],
        size=size_of(width),
    )
