"""Collections of made-up documents, each with words that no other document holds."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path

from retrieval.language.detection import is_vietnamese_syllable
from retrieval.language.syllables import general_words
from retrieval.language.tones import with_tone
from retrieval.language.words import fold, normal

COLLECTIONS = ("kzpress", "kzsports", "kzlegal", "kzopen")
DOCUMENTS_EACH = 3
_ONSETS = ("ngh", "kh", "ph", "tr", "th", "gi", "qu", "nh", "ch", "ng")
_RIMES = ("oang", "uynh", "oach", "uych", "eng", "oet", "ich", "uat", "iec")
_DOT = "\u0323"


@dataclass(frozen=True)
class Paper:
    """A document with its own words: `plain` ones of no language, and a `marked` syllable.

    The syllable is no word in general: only who knows the document can put its mark back.
    """

    number: int
    marked: str

    @property
    def plain(self) -> tuple[str, ...]:
        return tuple(f"zq{part}w{self.number:02}x" for part in ("title", "first", "second", "name"))

    @property
    def secrets(self) -> tuple[str, ...]:
        """All that tells of the document: words of its title, its text and its file's name."""
        return (*self.plain, self.marked)

    @property
    def file_name(self) -> str:
        return f"{self.plain[3]}.txt"

    @property
    def content(self) -> str:
        title, first, second, _ = self.plain
        if self.number % 3 == 0:
            return (
                f"---\ntitle: Meeting {title}\n---\nThe common meeting was about {first}. "
                f"Who chaired it was {second}. They spoke of {self.marked} for long.\n"
            )
        return (
            f"---\ntitle: Hội nghị {title}\n---\nHội nghị chung bàn về {first} trong hai ngày. "
            f"Người chủ trì là {second}. Ông {self.marked} dự hội nghị chung.\n"
        )


@cache
def papers() -> tuple[Paper, ...]:
    """Return all documents, those of the first collection first."""
    count = DOCUMENTS_EACH * len(COLLECTIONS)
    found = []
    for onset, rime in product(_ONSETS, _RIMES):
        marked = normal(with_tone(onset + rime, _DOT))
        known = general_words()
        if is_vietnamese_syllable(fold(marked)) and not {marked, onset + rime} & known.keys():
            found.append(marked)
    if len(found) < count:
        raise ValueError(f"only {len(found)} syllables are unknown")
    return tuple(Paper(number, found[number]) for number in range(count))


def title_of(collection: str) -> str:
    """Return what people call a collection; no document holds the word."""
    return f"Kho zqtitle{collection[2:]}"


def write_all(seeds: Path) -> dict[Paper, str]:
    """Write all documents into the folders of their collections, and return which is whose."""
    homes = {}
    for paper in papers():
        home = COLLECTIONS[paper.number // DOCUMENTS_EACH]
        path = seeds / home / paper.file_name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(paper.content, encoding="utf-8")
        homes[paper] = home
    return homes
