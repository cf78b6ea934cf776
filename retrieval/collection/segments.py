"""The segments of a live index: a large one, and small ones with what has changed since.

    segments.json   the names of the segments' folders, which lie beside this one, largest first
    order.npy       the segment of each document and its number there, by the documents' names
    duplicates.npy  which of these documents are the same report

An index that was built as a whole is its own only segment and has no `segments.json`. A segment is
never written again. A document that was removed or changed stays in its segment, unused, until the
whole is built again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from retrieval.collection.manifest import Manifest
from retrieval.documents import Document
from retrieval.encoding.used_texts import UsedTexts
from retrieval.index.array_file import mapped
from retrieval.index.arrays import Ids
from retrieval.index.corpus import DOCUMENTS, KEYS, load_documents
from retrieval.index.duplicates import Duplicates
from retrieval.index.file_index import FileIndex
from retrieval.index.numbering import Order

_NAMES, _ORDER = "segments.json", "order.npy"


@dataclass(frozen=True)
class Segments:
    """The folders of a live index and of its segments, the largest first."""

    live: Path
    folders: tuple[Path, ...]

    @classmethod
    def of(cls, live: Path) -> Segments:
        """Return the segments of the live index in a folder.

        Raises:
            OSError: A file cannot be read.
            ValueError: A file is damaged.
        """
        path = live / _NAMES
        if not path.exists():
            return cls(live, (live,))
        names = json.loads(path.read_text(encoding="utf-8"))
        return cls(live, tuple(live.parent / name for name in names))

    @staticmethod
    def save(folder: Path, segments: Iterable[Path], order: Order, duplicates: Duplicates) -> None:
        """Write into a folder what makes one index of several segments."""
        names = json.dumps([one.name for one in segments])
        (folder / _NAMES).write_text(names, encoding="utf-8")
        np.save(folder / _ORDER, order)
        duplicates.save(folder)

    @property
    def is_whole(self) -> bool:
        """Whether the index is its own only segment."""
        return self.folders == (self.live,)

    @property
    def order(self) -> Order:
        """The segment of each document and its number there; raises as `of` does."""
        if not self.is_whole:
            return np.asarray(np.load(self.live / _ORDER))
        numbers = np.arange(len(mapped(self.live / KEYS)), dtype=np.int32)
        return np.stack([np.zeros_like(numbers), numbers], axis=1)

    def check(self) -> None:
        """Compare all files of the index and its segments with their checksums.

        Raises CollectionError where one is missing or not what was written.
        """
        for folder in dict.fromkeys([self.live, *self.folders]):
            Manifest.load(folder).check(folder)

    def checked_documents(self) -> Iterator[Document]:
        """Yield the documents of the index, segment by segment, one in memory at a time.

        Raises CollectionError before the first one where a file that holds them is damaged.
        """
        if not self.is_whole:
            Manifest.load(self.live).check(self.live)
        for folder in self.folders:
            Manifest.load(folder).check(folder, DOCUMENTS)
        for segment, folder in enumerate(self.folders):
            documents = load_documents(folder / DOCUMENTS)
            yield from documents if self.is_whole else self._own(segment, documents)

    def _own(self, segment: int, documents: Iterable[Document]) -> Iterator[Document]:
        order = self.order
        own = set(order[order[:, 0] == segment, 1].tolist())
        yield from (one for number, one in enumerate(documents) if number in own)

    @property
    def used(self) -> UsedTexts | None:
        """The texts that the segments were made with, None where that is not known."""
        found = [UsedTexts.load(folder) for folder in self.folders]
        known = [one for one in found if one is not None]
        return UsedTexts.together(known) if len(known) == len(found) else None


@dataclass(frozen=True)
class OpenSegments:
    """A live index that is open.

    Attributes:
        live: Its folder.
        whole: The index.
        segments: Its segments by their folders, the largest first.
        order: The segment of each document and its number there.
        parsed_from: The SHA-256 of the file of each document, by the document's name.
    """

    live: Path
    whole: FileIndex
    segments: Mapping[Path, FileIndex]
    order: Order
    parsed_from: Mapping[str, str]

    @classmethod
    def load(
        cls, live: Path, manifest: Manifest, known: Mapping[Path, FileIndex] | None = None
    ) -> OpenSegments:
        """Open the live index in a folder; segments in `known` are open already.

        Raises:
            Exception: A part is missing or damaged; its library decides on the class.
        """
        segments = Segments.of(live)
        known, order = known or {}, segments.order
        opened = {one: known.get(one) or FileIndex.load(one) for one in segments.folders}
        if segments.is_whole:
            whole = opened[live]
        else:
            whole = FileIndex.joined(list(opened.values()), order, Duplicates.load(live))
        return cls(live, whole, opened, order, manifest.parsed_from)

    @property
    def largest(self) -> FileIndex:
        """The segment whose means and levels the others have."""
        return next(iter(self.segments.values()))

    @property
    def lengths(self) -> Ids:
        """The number of passages of each document."""
        return np.diff(self.whole.files.corpus.first_passage)
