"""Which documents are searched, as a condition of SQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from retrieval.documents import HASH_DIGITS
from retrieval.index.filters import Filter


@dataclass(frozen=True)
class Condition:
    """A condition on the column `document` of any table, empty where all documents are searched."""

    text: str = ""
    values: Mapping[str, object] = field(default_factory=dict)

    @classmethod
    def of(cls, among: Filter, sources: Sequence[str]) -> Condition:
        """Return the condition that documents meet.

        Args:
            among: Tells which documents are searched.
            sources: All sources of the documents; they are only looked at where `among` names one.
        """
        if among.admits_all:
            return cls()
        limits, values = _limits(among, sources)
        tests = [f"NOT ({limits})" if among.is_outside else limits]
        if among.digits is not None:
            tests.append("left(hash, %(count)s) = ANY(%(digits)s::text[])")
            values |= {"digits": sorted(among.digits), "count": HASH_DIGITS}
        return cls(_AMONG + f"{' AND '.join(tests)})", values)

    @property
    def where(self) -> str:
        """The condition as the only one of a statement."""
        return f"WHERE {self.text}" if self.text else ""

    @property
    def further(self) -> str:
        """The condition beside others of a statement."""
        return f"AND {self.text}" if self.text else ""


def _limits(among: Filter, sources: Sequence[str]) -> tuple[str, dict[str, object]]:
    tests, values, scope = ["true"], dict[str, object](), among.scope
    if scope.period:
        # A document without a date may be of any time.
        tests.append("(last_day = 0 OR (first_day < %(end)s AND last_day > %(first)s))")
        values["first"], values["end"] = scope.period.ordinals
    if scope.source:
        tests.append("source = ANY(%(sources)s::text[])")
        values["sources"] = [one for one in sources if scope.admits_source(one)]
    return " AND ".join(tests), values


_AMONG = "document IN (SELECT document FROM {schema}.documents WHERE "
