"""The results as Markdown: a table for each measure, with a row for each system."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.peers.result import Result

_TITLES = {
    "first hit relevant": "First hit right (where one document is relevant, this is recall@1)",
    "recall@3": "Recall@3",
    "MRR@10": "MRR@10",
}


def tables(results: Sequence[Result]) -> str:
    """Return the tables, with the best figure of each slice in bold."""
    return "\n\n".join(f"{title}:\n\n{_table(results, name)}" for name, title in _TITLES.items())


def _table(results: Sequence[Result], measure: str) -> str:
    slices = list(dict.fromkeys(result.slice for result in results))
    cells = {(r.system, r.slice): _shown(r.figures[measure]) for r in results}
    best = {s: max(shown for (_, slice), shown in cells.items() if slice == s) for s in slices}
    lines = [_row(["", *slices]), _row(["---", *["---:"] * len(slices)])]
    for system in dict.fromkeys(result.system for result in results):
        shown = [(cells[system, slice], best[slice]) for slice in slices]
        lines.append(_row([system, *(f"**{s}**" if s == top else s for s, top in shown)]))
    return "\n".join(lines)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _shown(share: float) -> str:
    """Return three decimals without a leading zero. As texts they sort like the numbers."""
    return f"{share:.3f}".removeprefix("0")
