"""The blocks that show data: table, data_table and data_visualization."""

from __future__ import annotations

from itertools import chain
from typing import Any

from playground.blockkit.parts import BLOCK_ID, RICH_TEXT, TYPE
from playground.blockkit.rules import Report, Rule, flag, many, number, one_of, shape, text, typed, whole

TABLE_CHARACTERS = 10_000
"""All cells of one table together."""

_RAW_TEXT = shape({**TYPE, "text": text()})
_RAW_NUMBER = shape({**TYPE, "value": number, "text": text()})
_CELL = typed({"raw_text": _RAW_TEXT, "raw_number": _RAW_NUMBER, "rich_text": RICH_TEXT})
_COLUMN = shape({}, {"align": one_of("left", "center", "right"), "is_wrapped": flag})


def _rows_of(value: Any) -> list[list[Any]]:
    rows = value.get("rows")
    return [row for row in rows if isinstance(row, list)] if isinstance(rows, list) else []


def _same_width(value: Any, at: str, report: Report) -> None:
    if len({len(row) for row in _rows_of(value)}) > 1:
        report.say("all rows must have the same number of cells", f"{at}/rows")


def _plain_header(value: Any, at: str, report: Report) -> None:
    for index, cell in enumerate(next(iter(_rows_of(value)), [])):
        if isinstance(cell, dict) and cell.get("type") == "rich_text":
            report.say("rich_text is not allowed in a header cell", f"{at}/rows/0/{index}")


def _few_characters(value: Any, at: str, report: Report) -> None:
    if sum(_length(cell) for cell in chain.from_iterable(_rows_of(value))) > TABLE_CHARACTERS:
        report.say(f"all cells together must be less than {TABLE_CHARACTERS + 1} characters", f"{at}/rows")


def _length(node: Any) -> int:
    if isinstance(node, dict):
        return sum(len(v) if k == "text" and isinstance(v, str) else _length(v) for k, v in node.items())
    return sum(_length(one) for one in node) if isinstance(node, list) else 0


_POINT = shape({"label": text(20, 1), "value": number})
_SERIES = shape({"name": text(20, 1), "data": many(_POINT, 20)})
_AXES = shape({"categories": many(text(20, 1), 20)}, {"x_label": text(50), "y_label": text(50)})


def _series_agree(chart: Any, at: str, report: Report) -> None:
    series, axes = chart.get("series"), chart.get("axis_config")
    if not isinstance(series, list) or not isinstance(axes, dict):
        return
    names = [one.get("name") for one in series if isinstance(one, dict)]
    if len(names) != len({str(name) for name in names}):
        report.say("series names must be unique", f"{at}/series")
    for index, one in enumerate(series):
        data = one.get("data") if isinstance(one, dict) else None
        labels = (
            [point.get("label") for point in data if isinstance(point, dict)]
            if isinstance(data, list)
            else []
        )
        if labels != axes.get("categories"):
            report.say("labels must match the categories of axis_config", f"{at}/series/{index}/data")


def _positive(segment: Any, at: str, report: Report) -> None:
    value = segment.get("value")
    if isinstance(value, int | float) and value <= 0:
        report.say("must be greater than 0", f"{at}/value")


_PLOT = shape({**TYPE, "series": many(_SERIES, 12), "axis_config": _AXES}, {}, _series_agree)
_PIE = shape(
    {**TYPE, "segments": many(shape({"label": text(20, 1), "value": number}, {}, _positive), 12)},
)
_CHART = typed({"pie": _PIE, "bar": _PLOT, "area": _PLOT, "line": _PLOT})

DATA_BLOCKS: dict[str, Rule] = {
    "table": shape(
        {**TYPE, "rows": many(many(_CELL, 20), 100)},
        {**BLOCK_ID, "column_settings": many(_COLUMN, 20, 0)},
        _same_width,
        _few_characters,
    ),
    "data_table": shape(
        {**TYPE, "caption": text(shortest=1), "rows": many(many(_CELL, 20), 101, 2)},
        {**BLOCK_ID, "page_size": whole(1, 100), "row_header_column_index": whole(0, 19)},
        _same_width,
        _plain_header,
        _few_characters,
    ),
    "data_visualization": shape({**TYPE, "title": text(50, 1), "chart": _CHART}, BLOCK_ID),
}
