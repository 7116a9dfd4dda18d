"""Charts as SVG, drawn on the server by pure functions; each carries its numbers as a table."""

from __future__ import annotations

from xiangqiao.kernel.ui.charts.bars import bar_chart, stacked_chart
from xiangqiao.kernel.ui.charts.canvas import Chart
from xiangqiao.kernel.ui.charts.hexmap import HexCell, hex_layout, hex_map
from xiangqiao.kernel.ui.charts.line import line_chart

__all__ = ["Chart", "HexCell", "bar_chart", "hex_layout", "hex_map", "line_chart", "stacked_chart"]
