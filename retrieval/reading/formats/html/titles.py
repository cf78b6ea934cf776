"""The headline of a page, told from the publisher's name that stands beside it in the title.

Pages declare "Headline | Publisher", "Headline - Publisher" or "Section » Headline". The page's
first heading decides where it is one of the parts. Without it the publisher's part is left out: a
bar always parts, a dash may belong to the headline itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.language.words import fold

_BAR = re.compile(r"\s+(?:\||\|\||::|»|«|›|‹|•|·)\s+")
_SEPARATOR = re.compile(r"\s+(?:\||\|\||::|»|«|›|‹|•|·|-|–|—)\s+")
_PUBLISHER = re.compile(
    r"(?:(?i:báo(?: điện tử)?|tạp chí|tuần báo|nhật báo) (?=[A-ZĐÀ-Ỹ])|(?i:cổng (?:thông tin|ttđt"
    r"|dịch vụ)|trang (?:thông tin|tin|chủ|web)|website|thông tấn xã|đài (?:phát thanh|truyền hình"
    r"|tiếng nói|ptth|pt-th|pt&th)|nhà xuất bản)\b|TTXVN\b|VTV\d*\b|VOV\d*\b"
    r"|.*\b(?:News|Times|Post|Herald|Journal|Magazine|Daily|Tribune|Gazette|Wikipedia)$"
    r"|[\w-]+(?:\.[\w-]+)*\.(?:vn|com|net|org|info|gov|edu)(?:\.\w\w)?$)"
)
_GENERIC = frozenset(
    "home|homepage|index|untitled|untitled document|document|new page|no title|page|welcome|"
    "trang chu|tai lieu|khong co tieu de|tai lieu khong co tieu de|tin tuc|news|chi tiet|"
    "chi tiet tin|chi tiet tin tuc|chi tiet bai viet".split("|")
)
_FILE_NAME = re.compile(r"^Microsoft Word\b|^\S+\.(?:html?|docx?|pdf|aspx?|php|txt)$", re.I)
_LONGEST_NAME = 10  # words of a publisher's name


@dataclass(frozen=True, slots=True)
class Headline:
    """The title of a page, and the publisher that its declared title names; either may be empty."""

    title: str
    publisher: str = ""


def headline(declared: Sequence[str], heading: str, site: str) -> Headline:
    """Return the headline of a page.

    Args:
        declared: the titles that the page declares, best first.
        heading: the page's first heading of level 1, or "".
        site: the publisher's declared name, or "".

    >>> headline(["Khánh thành cầu treo | Báo Mẫu Sơn"], "", "")
    Headline(title='Khánh thành cầu treo', publisher='Báo Mẫu Sơn')
    >>> headline(["Hợp tác ASEAN - Nga"], "", "").title
    'Hợp tác ASEAN - Nga'
    """
    useful = [title for title in declared if not _is_no_headline(title, site)]
    heading = "" if _is_no_headline(heading, site) else heading
    if not useful:
        return Headline(heading)
    if _is_publisher(heading, site):  # a logo
        heading = ""
    title = useful[0]
    parts = [part for part in _SEPARATOR.split(title) if part.strip()]
    publisher = next((part for part in reversed(parts) if _is_publisher(part, "")), "")
    if heading and _names(title, parts, heading):
        return Headline(heading, publisher)
    return Headline(_without_publisher(title, site), publisher)


def _is_no_headline(title: str, site: str) -> bool:
    """Tell whether a title names no content: it is empty, generic, a file's name or the site's."""
    if not title or fold(title) in _GENERIC or _FILE_NAME.search(title):
        return True
    return _is_site(title, site)


def _names(title: str, parts: Sequence[str], heading: str) -> bool:
    """Tell whether the heading is the headline within a declared title that has other parts."""
    whole, inner = fold(title), fold(heading)
    if whole.endswith(("...", "…")) and inner.startswith(whole.rstrip(".… ")):
        return True  # the declared title is cut off
    longest = max(len(part.split()) for part in parts)
    stands_apart = any(
        fold(piece) == inner for piece in _runs(title) if fold(piece) != whole or len(parts) == 1
    )
    return stands_apart and 2 * len(heading.split()) >= longest


def _runs(title: str) -> list[str]:
    """Return every run of neighbouring parts, with the separators between them."""
    cuts = [(0, 0), *(found.span() for found in _SEPARATOR.finditer(title))][:20]
    starts = [end for _, end in cuts]
    ends = [start for start, _ in cuts[1:]] + [len(title)]
    return [title[start:end] for start in starts for end in ends if start < end]


def _without_publisher(title: str, site: str) -> str:
    """Return a declared title without the names of the publisher and of sections."""
    cuts = list(_SEPARATOR.finditer(title))
    while cuts and _is_other(title[cuts[-1].end() :], site):
        title = title[: cuts.pop().start()]
    while cuts and _is_other(title[: cuts[0].start()], site):
        title = title[cuts[0].end() :]
        cuts = list(_SEPARATOR.finditer(title))
    return max(_BAR.split(title), key=lambda part: len(part.split())).strip()


def _is_other(part: str, site: str) -> bool:
    return _is_publisher(part, site) or fold(part) in _GENERIC


def _is_publisher(part: str, site: str) -> bool:
    named = _PUBLISHER.match(part) is not None and len(part.split()) <= _LONGEST_NAME
    return named or _is_site(part, site)


def _is_site(part: str, site: str) -> bool:
    return bool(site) and fold(part.strip()) == fold(site.strip())
