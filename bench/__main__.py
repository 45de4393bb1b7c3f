"""`make bench`, or `python -m bench [NAME…]` for some of the measures."""

from __future__ import annotations

import sys

from rich.console import Console
from rich.table import Table

from bench import (
    api_speed,
    ask_speed,
    burst_speed,
    discovery_speed,
    dispatch_speed,
    docs_speed,
    every_question,
    impact_speed,
    import_speed,
    index_speed,
    oncall_speed,
    options_speed,
    pipeline_speed,
    socket_speed,
)
from bench.figures import Figure
from bench.machine import description

MEASURES = {
    "api": api_speed.measure,
    "import": import_speed.measure,
    "pipeline": pipeline_speed.measure,
    "discovery": discovery_speed.measure,
    "index": index_speed.measure,
    "ask": ask_speed.measure,
    "dispatch": dispatch_speed.measure,
    "questions": every_question.measure,
    "impact": impact_speed.measure,
    "oncall": oncall_speed.measure,
    "docs": docs_speed.measure,
    "options": options_speed.measure,
    "socket": socket_speed.measure,
    "burst": burst_speed.measure,
}


def main(chosen: list[str]) -> int:
    unknown = [name for name in chosen if name not in MEASURES]
    if unknown:
        sys.stderr.write(f"no such measure: {', '.join(unknown)}. There are: {', '.join(MEASURES)}\n")
        return 2
    console = Console(width=None if sys.stdout.isatty() else 150)
    console.print(f"[bold]{description()}[/bold]")
    figures: list[Figure] = []
    for name in chosen or MEASURES:
        with console.status(f"measuring {name} …"):
            figures += MEASURES[name]()
    console.print(_table(figures))
    return 0


def _table(figures: list[Figure]) -> Table:
    table = Table("what", "measured", "promised", "", box=None, pad_edge=False)
    for each in figures:
        promised = (
            "" if each.promised is None else f"{'≥' if each.at_least else '≤'} {each.promised:,g} {each.unit}"
        )
        verdict = {
            None: each.note,
            True: f"[green]kept[/green] {each.note}",
            False: f"[red]missed[/red] {each.note}",
        }
        table.add_row(each.what, f"{each.measured:,.3g} {each.unit}", promised, verdict[each.kept])
    return table


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
