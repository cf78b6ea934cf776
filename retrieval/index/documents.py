"""The documents of an index, each read when it is asked for."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence

from retrieval.documents import Document


class Documents(Sequence[Document]):
    """The documents that have a passage, in the order of their names."""

    @property
    @abstractmethod
    def digits(self) -> frozenset[str]:
        """The first `HASH_DIGITS` of the hash of every document's text."""

    @abstractmethod
    def with_hash(self, digits: str) -> Document | None:
        """Return a document whose hash begins with `digits`, hexadecimal, if there is one."""

    @abstractmethod
    def named(self, name: str) -> Document | None:
        """Return the document of this name, if there is one."""
