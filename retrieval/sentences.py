"""A document's sentences: where each begins and ends.

A paragraph is cut after a full stop, question or exclamation mark that is followed by a space and
a capital, a digit or a quotation mark. Where the space is missing, as in "tòa soạn.Các phóng viên",
the words around the mark decide. "[…]" ends none. A caption or a heading is one sentence.

A full stop after an abbreviation, an initial or a number in a list is the hard case. An
abbreviation that stands before something, such as "PGS.TS.", "Đ." or "Dr.", ends no sentence. One
that may stand at a sentence's end, such as "v.v.", "U.S." or "Inc.", ends it where the next word is
one that opens sentences and begins no name, such as "Các" or "The". Kiss and Strunk decide
abbreviations by such frequent sentence starters too (Unsupervised Multilingual Sentence Boundary
Detection, Computational Linguistics 32, 2006).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from retrieval.documents import Document, Span

# An abbreviation written here with a capital counts only where the text has a capital too: "hoa
# sen." and "gen." are Vietnamese words, "Sen." and "Gen." English ranks.
_TITLES = frozenset(
    # Vietnamese degrees, ranks and offices
    "gs pgs ts tskh ths Bs Bsck Cki Ckii Ck1 Ck2 Ds Dsck Ks Kts Ktv Ls Cn Ncs Gv Nsnd Nsưt "
    "Nnd Nnưt Ct Pct Gđ Pgđ Tgđ Ptgđ đ/c đc "
    # English ones
    "Mr Mrs Ms Messrs Dr Prof Assoc Asst Rev Hon Gov Sen Rep Pres Gen Lt Col Maj Capt Cmdr Sgt Adm "
    "Brig".split()
)
_BEFORE_SOMETHING = _TITLES | frozenset(
    "tp tx Tt Q P H X Đ Đg Kp Kđt Kcn cty Mt "  # before the name of a place or a company
    "vs e.g i.e cf viz approx".split()
)
_MAY_END = frozenset(
    "v.v vv etc al "  # and so on
    "Inc Ltd Co Corp Bros Dept Univ St Ave Rd Blvd Jr Sr Esq "
    "Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec".split()
)
# These are words too, or stand before names: they count only before a number, as in "No. 5".
_BEFORE_NUMBERS = frozenset(
    "no nos vol fig figs art arts sec ch pp p tel ext fax tr đ q stt sđt đt ms hotline".split()
)
_OF_THE_CLOCK = frozenset({"a.m", "p.m"})
_AFTER_THE_CLOCK = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may "
    "june july august september october november december jan feb mar apr jun jul aug sep sept oct "
    "nov dec gmt utc ict est edt et cst cdt ct mst pst pdt pt cet thứ chủ".split()
)
# Words that open sentences and hardly ever begin a name.
_OPENERS = frozenset(
    "các những người mọi mỗi một tại trong trên khi sau trước nếu ngoài để với ông bà chị tôi "
    "chúng họ đây đó đến việc không nhưng tuy hiện riêng ngày từ cùng bên qua vì do nhờ cả đối bởi "
    "còn cũng và như "
    "a an the this that these those it its he his she her they their we our you your there here "
    "in on at of for from by with as if when while after before since until but and or so no not "
    "then thus however also both each all some many most what who how why where which".split()
)
_DOMAINS = frozenset("com net org edu gov info vn io js".split())

_PARAGRAPH = re.compile(r"[^\n]+")
# Possessive quantifiers and the look-behind: backtracking on a long row of dots takes minutes.
_STOP = re.compile(
    r"(?<![.!?…\[])(?P<mark>[.!?…]++)[\"'”’»)\]]*+(?:\[\d{1,3}\])*+\s++(?=[\"'“‘«(\[–—-]?\s?[^\W_])"
    r"|(?<=[^\W_])(?P<glued>[.!?…]++)[\"”’»)\]]*+(?=[^\W\d_][^\W\d_]|[^\W\d_]\s)"
    r"|(?<![。！？])[。！？]++[\"'”’»）」』]*+\s*+(?=[^\s.!?…])"
)
_OPENING = "\"'“‘«(["
_LONGEST_WORD = 40  # characters of a word that is looked at
_BEFORE_A_WORD = re.compile(r".*[\s,;:()\[\]\"'“‘«–—-]", re.DOTALL)
_FIRST_WORD = re.compile(r"[^\W\d_]+(?=[\s,])|[^\W\d_]{2,}(?=[.!?…)](?!\w))")
_INITIALS = re.compile(r"(?:[^\W\d_]{1,2}\.)*[^\W\d_]")
_NUMBER = r"(?:\d+(?:\.\d+)*|[IVX]+)"
_LABEL = re.compile(rf"[{re.escape(_OPENING)}]?(?:[^\W\d_]+\s{_NUMBER}|{_NUMBER}|[^\W\d_])")
_IN_ADDRESSES = re.compile(r"[/@\\:_]\S*\Z")


def sentences_of(document: Document) -> list[Span]:
    """Return the spans of the document's sentences, in order, without the spaces between them."""
    headings = (heading.span for heading in document.headings)
    heads = (table.head for table in document.tables)
    whole = {*headings, *heads, *document.captions, *document.origins}
    spans: list[Span] = []
    for paragraph in _paragraphs(document.text):
        spans += [paragraph] if paragraph in whole else _split(document.text, paragraph)
    return spans


def _paragraphs(text: str) -> Iterator[Span]:
    for match in _PARAGRAPH.finditer(text):
        stripped = match[0].strip()
        if stripped:
            start = match.start() + match[0].index(stripped)
            yield Span(start, start + len(stripped))


def _split(text: str, paragraph: Span) -> list[Span]:
    """Cut a paragraph after each stop that ends a sentence."""
    spans, start = [], paragraph.start
    for stop in _STOP.finditer(text, paragraph.start, paragraph.end):
        if _ends_sentence(text, start, stop):
            spans.append(Span(start, start + len(text[start : stop.end()].rstrip())))
            start = stop.end()
    return [*spans, Span(start, paragraph.end)]


def _ends_sentence(text: str, start: int, stop: re.Match[str]) -> bool:
    """Tell whether a stop ends the sentence that begins at `start`."""
    following = text[stop.end() : stop.end() + _LONGEST_WORD].lstrip(_OPENING + "–—- ")
    if following[:1].islower():
        return False
    before = text[max(start, stop.start() - _LONGEST_WORD) : stop.start()]
    if stop["mark"] == "." or stop["glued"]:
        is_whole = stop.start() - start == len(before)
        if is_whole and _LABEL.fullmatch(before):
            return False  # "5. Thông qua", "Điều 3. Thu hồi": what follows belongs to it
        if not _ends_after(_last_word(before), following):
            return False
    return not stop["glued"] or _ends_glued(before, following)


def _ends_after(word: str, following: str) -> bool:
    """Tell whether a full stop after `word` ends a sentence; `following` begins no small letter."""
    folded, opener = word.casefold(), _first_word(following) in _OPENERS
    if folded in _OF_THE_CLOCK:
        return _first_word(following) not in _AFTER_THE_CLOCK
    if folded in _BEFORE_NUMBERS and following[:1].isdigit():
        return False
    # Of several abbreviations in one word, such as "PGS.TS", the last one decides.
    if _is_one_of(word, _BEFORE_SOMETHING) or _is_one_of(word.split(".")[-1], _TITLES):
        return False
    if _is_one_of(word, _MAY_END) or (word[:1].isupper() and _INITIALS.fullmatch(word)):
        return opener
    return True


def _is_one_of(word: str, abbreviations: frozenset[str]) -> bool:
    folded = word.casefold()
    return folded in abbreviations or (word[:1].isupper() and folded.capitalize() in abbreviations)


def _ends_glued(before: str, following: str) -> bool:
    """Tell whether a mark without a space after it ends a sentence: "soạn.Các", not "Node.js".

    After a word in small letters a capital begins a sentence. After a name, an initial or a number
    it may be a part of it ("Asp.Net", "Đ.Lê Lợi"): there only a word that opens sentences begins
    one, or, after a name, any word with diacritics, which the names of programs have not.
    """
    word, first = _last_word(before), _first_word(following)
    if not first or first in _DOMAINS or _IN_ADDRESSES.search(before):
        return False
    if first in _OPENERS and len(first) > 1:
        return True
    if not word.isalpha() or word.isupper():
        return False
    has_diacritics = not (word + first).isascii()
    return has_diacritics or (word.islower() and following[1 : len(first)].islower())


def _last_word(text: str) -> str:
    """Return the word at the end, without brackets or a word joined by a comma before it."""
    return _BEFORE_A_WORD.sub("", text)


def _first_word(text: str) -> str:
    """Return the word at the start, in small letters; empty where it is an initial or in a name."""
    found = _FIRST_WORD.match(text)
    return found[0].casefold() if found else ""
