"""Of documents that are the same report, one is shown.

It is the newest of those that say as much about the question, and of equally new ones the longest.
What only another one of them says is shown too: a cut version may lack it.
"""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.documents import Passage
from retrieval.language.shingles import containment, shingles_of
from retrieval.ranking.judged import Judged, Scored

_AS_MUCH = 0.1  # behind the best score of the group: a file's format cuts passages differently
_SAME = 0.6  # of the shingles of the shorter passage are in the other one, or in the other document


def one_of_each(ranked: Sequence[Judged]) -> list[Judged]:
    """Return passages, the best first, without those that another document shown says as well.

    Documents of different collections are never taken for the same report.
    """
    kept: list[Judged] = []
    shown: dict[tuple[str, int], list[Judged]] = {}
    for judged in ranked:
        group = judged.scored.group
        if group is None:
            kept.append(judged)
        elif group not in shown:
            shown[group] = [_preferred(judged, ranked)]
            kept += shown[group]
        elif not any(_is_said(judged.scored, one.scored) for one in shown[group]):
            shown[group].append(judged)
            kept.append(judged)
    return kept


def _preferred(best: Judged, ranked: Sequence[Judged]) -> Judged:
    """Return the passage that says the same as the best one of a group, in the best document."""
    group, passage = best.scored.group, best.scored.passage
    same = [
        one
        for one in ranked
        if one.scored.group == group
        and one.score >= best.score - _AS_MUCH
        and _are_same(passage, one.scored.passage)
    ]
    return max(same, key=lambda one: _newness(one.scored))


def _newness(scored: Scored) -> tuple[int, int]:
    return scored.first_day, len(scored.passage.document.text)


def _is_said(scored: Scored, shown: Scored) -> bool:
    """Tell whether the document of a passage that is shown says the same as another passage."""
    if scored.number == shown.number:
        return True
    passage, other = scored.passage, shown.passage
    if passage.document.name == other.document.name:
        return False
    return containment(shingles_of(passage.text), shingles_of(other.document.text)) >= _SAME


def _are_same(one: Passage, other: Passage) -> bool:
    shorter, longer = sorted((shingles_of(one.text), shingles_of(other.text)), key=len)
    return containment(shorter, longer) >= _SAME
