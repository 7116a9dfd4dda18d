"""A line over years (or months), with a threshold and direct labels."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from xiangqiao.kernel.ui.charts.canvas import Canvas, Chart, number, round_steps, size_of, text_width

LEFT, RIGHT, TOP, BOTTOM = 56.0, 26.0, 30.0, 28.0
_LINE_OF_WORDS = 15.0


def line_chart(
    *,
    title: str,
    labels: Sequence[str],
    values: Sequence[float | None],
    unit: str,
    threshold: float | None = None,
    threshold_name: str = "",
    width: int = 400,
    height: int = 220,
) -> Chart:
    """Draw one line; a value of None is not known and leaves a gap.

    The first and last known points bear their numbers. Raises ValueError if labels and values differ in number.
    """
    if len(labels) != len(values):
        raise ValueError(f"{len(labels)} labels for {len(values)} values")
    known = [value for value in values if value is not None]
    ticks = round_steps(max([*known, threshold or 0.0, 0.0]))
    canvas = Canvas(width, height)
    bottom = height - BOTTOM
    step = (width - LEFT - RIGHT) / max(1, len(labels))

    def x(place: int) -> float:
        return LEFT + step * (place + 0.5)

    def y(value: float) -> float:
        return bottom - (bottom - TOP) * value / ticks[-1]

    _axis(canvas, ticks, y)
    for place, label in enumerate(labels):
        canvas.text(x(place), bottom + 19, label, "middle")
    for run in _runs(values):
        points = [(x(place), y(value)) for place, value in run]
        path = " L".join(f"{px:.1f} {py:.1f}" for px, py in points)
        if len(points) > 1:
            canvas.shape(
                "path", "area", d=f"M{path} L{points[-1][0]:.1f} {bottom} L{points[0][0]:.1f} {bottom} Z"
            )
            canvas.shape("path", "line", d=f"M{path}")
        for px, py in points:
            canvas.shape("circle", "dot", cx=px, cy=py, r=4)
    if threshold is not None:
        canvas.shape("line", "threshold", x1=LEFT, x2=width - RIGHT, y1=y(threshold), y2=y(threshold))
        _threshold_words(
            canvas, f"{threshold_name} {number(threshold)}".strip(), y(threshold), [y(v) for v in known]
        )
    _end_labels(canvas, values, x, y)
    canvas.text(0, 14, unit, "t-small")
    return Chart(
        title=title,
        svg=canvas.svg(title=title, description=_describe(labels, values, unit, threshold, threshold_name)),
        heads=[_("时间"), title + (_("（%(unit)s）") % {"unit": unit} if unit else "")],
        rows=[[label, number(value)] for label, value in zip(labels, values, strict=True)],
        size=size_of(width),
    )


def _threshold_words(canvas: Canvas, words: str, line: float, points: Sequence[float]) -> None:
    """Write what the threshold is over its left end, over the right one or under the line: where no number of a point stands."""
    clear = [abs((point - 10) - (line - 6)) >= _LINE_OF_WORDS for point in (*points[:1], *points[-1:])]
    if all(clear[:1]):
        canvas.text(LEFT + 4, line - 6, words, "t-small t-alert")
    elif clear[-1]:
        canvas.text(canvas.width - RIGHT - 4, line - 6, words, "end t-small t-alert")
    else:
        canvas.text(LEFT + 4, line + 16, words, "t-small t-alert")


def _axis(canvas: Canvas, ticks: Sequence[float], y: Callable[[float], float]) -> None:
    for tick in ticks:
        css = "axis" if tick == 0 else "grid"
        canvas.shape("line", css, x1=LEFT, x2=canvas.width - RIGHT, y1=y(tick), y2=y(tick))
        canvas.text(LEFT - 8, y(tick) + 4, number(tick), "end t-small")


def _runs(values: Sequence[float | None]) -> list[list[tuple[int, float]]]:
    runs: list[list[tuple[int, float]]] = [[]]
    for place, value in enumerate(values):
        if value is not None:
            runs[-1].append((place, value))
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def _end_labels(
    canvas: Canvas,
    values: Sequence[float | None],
    x: Callable[[int], float],
    y: Callable[[float], float],
) -> None:
    known = [(place, value) for place, value in enumerate(values) if value is not None]
    for place, value in known[:1] + known[1:][-1:]:
        words = number(value)
        half = text_width(words) / 2
        centre = min(max(x(place), half), canvas.width - half)
        canvas.text(centre, y(value) - 10, words, "middle t-green")


def _describe(
    labels: Sequence[str],
    values: Sequence[float | None],
    unit: str,
    threshold: float | None,
    threshold_name: str,
) -> str:
    words = "，".join(f"{label} {number(value)}" for label, value in zip(labels, values, strict=True))
    if threshold is not None:
        words += f"。{threshold_name} {number(threshold)}"
    return f"{words}（{unit}）" if unit else words
