"""Words that ask for the newest: "mới nhất", "hiện nay", "latest".

They limit nothing. Of documents that answer alike, the newer ones come first.
"""

from __future__ import annotations

import re

from retrieval.asking.phrases import pattern

_NEWEST = re.compile(
    r"\b(?:"
    + pattern("mới nhất|mới đây|gần đây(?: nhất)?|hiện nay|hiện tại|hiện hành|vừa qua")
    + r"|latest|newest|most recent(?:ly)?|recent|recently|lately|currently|at present|nowadays"
    r"|up[- ]to[- ]date)\b",
    re.IGNORECASE,
)


def asks_for_newest(question: str) -> bool:
    """Tell whether a question in normal form C asks for what is newest.

    >>> asks_for_newest("Mức hỗ trợ mới nhất là bao nhiêu?"), asks_for_newest("Ai hỗ trợ xã?")
    (True, False)
    """
    return _NEWEST.search(question) is not None
