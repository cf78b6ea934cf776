"""What of a live index stays when documents change: its segments, beside a new one for the rest.

A document that is new or has changed goes into a new segment, so that nothing else is written
again. The newest segment is taken up into the new one while it is small, so that there are never
many. Where a fifth has changed, the whole index is built again. So is a small one, which takes
seconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from retrieval.collection.near_duplicates import NEW, Groups
from retrieval.collection.segments import OpenSegments
from retrieval.documents import Document, Passage
from retrieval.index.arrays import Ids
from retrieval.index.numbering import Order
from retrieval.passages import passages_of
from retrieval.reading.parse_cache import ParsedFile

_SMALLEST = 5_000  # passages
_CHANGED = 0.2  # of the largest segment's passages
_TAKEN_UP = 0.01  # of these passages, or a thousand: a segment of this size is written again
_TAKEN_UP_FROM = 1_000


@dataclass(frozen=True)
class Increment:
    """The next state of a live index.

    Attributes:
        kept: The folders of the segments that stay, the largest first.
        passages: Those of the new segment, in the order of its documents; none where documents
            were only removed.
        documents: All documents that have a passage, in the order of their names.
        order: The segment of each document and its number there. The new segment comes last.
        groups: The groups of the documents that stay, as the live index has them, and `NEW`.
    """

    kept: tuple[Path, ...]
    passages: tuple[Passage, ...]
    documents: tuple[Document, ...]
    order: Order
    groups: Groups

    @classmethod
    def of(cls, live: OpenSegments, files: Sequence[ParsedFile]) -> Increment | None:
        """Return the next state, None where the whole is better built again.

        Args:
            live: The state now.
            files: The documents as they will be, in the order of their names.
        """
        staying = _staying(live, files)
        changed = [file.document for file, number in zip(files, staying, strict=True) if number < 0]
        cut = {document.name: passages_of(document) for document in changed}
        passages = tuple(passage for own in cut.values() for passage in own)
        if _is_outgrown(live, staying[staying >= 0], passages):
            return None
        return cls._laid_out(live, files, staying, passages)

    @classmethod
    def _laid_out(
        cls,
        live: OpenSegments,
        files: Sequence[ParsedFile],
        staying: Ids,
        passages: tuple[Passage, ...],
    ) -> Increment:
        order, folders = live.order, list(live.segments)
        kept = np.union1d([0], order[staying[staying >= 0], 0])
        new = {name: place for place, name in enumerate(dict.fromkeys(_names(passages)))}
        documents, rows, groups = [], [], []
        for file, number in zip(files, staying.tolist(), strict=True):
            name = file.document.name
            if number >= 0:
                segment, own = order[number].tolist()
                rows.append((int(np.searchsorted(kept, segment)), own))
                groups.append(live.whole.files.duplicates.group(number))
            elif name in new:
                rows.append((len(kept), new[name]))
                groups.append(NEW)
            else:
                continue  # it has no passage
            documents.append(file.document)
        return cls(
            tuple(folders[segment] for segment in kept),
            passages,
            tuple(documents),
            np.array(rows, dtype=np.int32).reshape(-1, 2),
            np.array([-1 if one is None else one for one in groups], dtype=np.int32),
        )


def is_large(passages: int) -> bool:
    """Tell whether an index of so many passages is worth keeping beside what has changed."""
    return passages >= _SMALLEST


def _staying(live: OpenSegments, files: Sequence[ParsedFile]) -> Ids:
    """Return the number of each file's document where it stays in its segment, else -1."""
    numbers = live.whole.documents.numbers_of([file.document for file in files])
    unchanged = [live.parsed_from.get(one.document.name) == one.sha256 for one in files]
    staying = np.where(unchanged, numbers, -1).astype(np.int64)
    newest = len(live.segments) - 1
    in_newest = live.order[:, 0] == newest
    small = max(_TAKEN_UP_FROM, _TAKEN_UP * live.largest.passage_count)
    if newest and live.lengths[in_newest].sum() <= small:
        staying[(staying >= 0) & in_newest[staying]] = -1
    return staying


def _is_outgrown(live: OpenSegments, staying: Ids, new: Sequence[Passage]) -> bool:
    """Tell whether so much has changed that the whole is better built again.

    Args:
        live: The state now.
        staying: The numbers of the documents that stay.
        new: The passages of all others.
    """
    size = live.largest.passage_count
    in_largest = live.order[staying, 0] == 0
    kept = int(live.lengths[staying[in_largest]].sum())
    beside = int(live.lengths[staying[~in_largest]].sum()) + len(new)
    # Without the means and levels of a language its passages cannot be compared with others.
    languages = {passage.document.language for passage in new}
    unknown = not languages <= set(live.largest.languages)
    return unknown or size - kept + beside > _CHANGED * size


def _names(passages: Sequence[Passage]) -> list[str]:
    return [passage.document.name for passage in passages]
