"""Which documents of an index a question is put to."""

from __future__ import annotations

from dataclasses import dataclass

from retrieval.scopes import Scope


@dataclass(frozen=True, slots=True)
class Filter:
    """What a document must meet to be searched; as it stands, every document does.

    Attributes:
        scope: The limits in time and source.
        is_outside: Whether the documents outside of these limits are searched, not those within.
        digits: The first digits of the hashes of the texts that are searched (`Document.digits`);
            None for all.
    """

    scope: Scope = Scope()
    is_outside: bool = False
    digits: frozenset[str] | None = None

    @property
    def admits_all(self) -> bool:
        """Whether every document is searched."""
        return not self.scope.is_limited and self.digits is None
