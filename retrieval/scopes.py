"""What a question limits the documents to, by their dates and sources, and which it prefers."""

from __future__ import annotations

from dataclasses import dataclass, replace

from retrieval.language.words import tokens
from retrieval.periods import Period, shortest


@dataclass(frozen=True, slots=True)
class Scope:
    """The documents that a question asks.

    Attributes:
        period: When they were published, None for any time. A document without a date may be of
            any time, so it is within every period.
        source: Words of their source, in any case and without diacritics; empty for any source.
        newest: Whether the newer of documents that answer alike come first.
    """

    period: Period | None = None
    source: str = ""
    newest: bool = False

    @property
    def is_limited(self) -> bool:
        """Whether some documents are not asked."""
        return self.period is not None or bool(self.source)

    @property
    def typed(self) -> str:
        """The limits as they can be typed: "after:2024-08 before:2024-10 source:TTXVN"."""
        words = []
        if self.period and self.period.first:
            words.append(f"after:{shortest(self.period.first)}")
        if self.period and self.period.end:
            words.append(f"before:{shortest(self.period.end)}")
        if self.source:
            quote = '"' if " " in self.source else ""
            words.append(f"source:{quote}{self.source}{quote}")
        return " ".join(words)

    def within(self, other: Scope) -> Scope:
        """Return the scope with the limits of another one that it has not itself."""
        return replace(self, period=self.period or other.period, source=self.source or other.source)

    def admits(self, date: str, source: str) -> bool:
        """Tell whether a document with this ISO 8601 date and this source is within the limits."""
        dated = Period.of_iso(date)
        in_period = self.period is None or dated is None or self.period.overlaps(dated)
        return in_period and self.admits_source(source)

    def admits_source(self, source: str) -> bool:
        """Tell whether a source has the words that are asked for, one after the other."""
        wanted = f" {' '.join(tokens(self.source))} "
        return not self.source or wanted in f" {' '.join(tokens(source))} "
