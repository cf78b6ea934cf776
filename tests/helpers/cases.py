"""Cases: small folders of documents with what must be read, refused and answered of them.

They lie in `../shared/cases`, whose README tells their format. This prints what is wrong with each
of those that are named, or with all:

    python -m tests.helpers.cases [NAME...]
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from retrieval.answers import Answer
from retrieval.collection.builder import IndexBuilder
from retrieval.conversation import Conversation
from retrieval.documents import Document
from retrieval.encoding.cache import VectorCache
from retrieval.encoding.encoder import Encoder
from retrieval.encoding.loading import load_encoder
from retrieval.language.words import normal
from retrieval.passages import passages_of
from retrieval.reading.folder import FolderContents, FolderScan, read_folder
from retrieval.reading.parse_cache import ParseCache
from retrieval.reading.parser import parse
from retrieval.retriever import Retriever
from retrieval.settings import Limits
from tests.helpers.paths import SEEDS, SHARED

CASES = SHARED / "cases"
_METADATA = ("title", "date", "source", "language")


@dataclass(frozen=True)
class Case:
    """One case: its documents' folder, and what `case.json` expects of them.

    `read`, `if_read` and `refused` are by the names of files. `alone` is true where the documents
    of `seeds/` do not stand beside the case's own. `chat` is true where the questions are one
    conversation.
    """

    name: str
    docs: Path
    read: Mapping[str, Mapping[str, Any]]
    if_read: Mapping[str, Mapping[str, Any]]
    refused: Mapping[str, str]
    questions: tuple[Mapping[str, Any], ...]
    alone: bool
    chat: bool

    @classmethod
    def load(cls, folder: Path) -> Case:
        expected = json.loads((folder / "case.json").read_text("utf-8"))
        return cls(
            name=folder.name,
            docs=folder / "docs",
            read=expected.get("read", {}),
            if_read=expected.get("if_read", {}),
            refused=expected.get("refused", {}),
            questions=tuple(expected["questions"]),
            alone=expected.get("alone", False),
            chat=expected.get("chat", False),
        )


@dataclass(frozen=True)
class CaseReader:
    """Reads and asks cases in this process, and encodes no text twice."""

    encoder: Encoder
    vectors: VectorCache
    seeds: tuple[Document, ...]

    @classmethod
    @contextmanager
    def opened(cls, encoder: Encoder) -> Iterator[CaseReader]:
        """Give a reader whose vectors are kept as long as it is in use."""
        with TemporaryDirectory() as folder:
            vectors = VectorCache.open(Path(folder, "vectors.sqlite"), encoder)
            try:
                yield cls(encoder, vectors, _contents(SEEDS).documents)
            finally:
                vectors.close()

    def complaints(self, case: Case) -> list[str]:
        """Return what is not as the case expects it, one line each."""
        contents = _contents(case.docs)
        return [*_of_files(case, contents), *self._of_questions(case, contents.documents)]

    def _of_questions(self, case: Case, documents: tuple[Document, ...]) -> Iterator[str]:
        if not case.questions:
            return
        beside = () if case.alone else self.seeds
        collection = sorted((*documents, *beside), key=lambda document: document.name)
        passages = [passage for document in collection for passage in passages_of(document)]
        retriever = Retriever(IndexBuilder(self.vectors).build_temporary(passages), self.encoder)
        asked = Conversation(retriever) if case.chat else retriever
        for expected in case.questions:
            for complaint in _of_answer(asked.ask(expected["q"]), expected):
                yield f"{expected['q']!r}: {complaint}"


def all_cases() -> list[Case]:
    """Return the cases in the order of their names; none where the folder is absent."""
    return [Case.load(path.parent) for path in sorted(CASES.glob("*/case.json"))]


def _contents(folder: Path) -> FolderContents:
    """Return what a folder holds; nothing where a case has none."""
    if not folder.is_dir():
        return FolderContents((), ())
    return read_folder(FolderScan.of(folder, Limits().max_file_mb), ParseCache.of(parse, ()))


def _of_files(case: Case, contents: FolderContents) -> Iterator[str]:
    documents = {document.name: document for document in contents.documents}
    refused = {one.name: one.reason for one in contents.refused}
    warned = {one.name: "; ".join(map(str, one.warnings)) for one in contents.documents}
    reasons = {name: f"{name}: {reason}" for name, reason in {**warned, **refused}.items()}
    for name, expected in (*case.read.items(), *case.if_read.items()):
        if name in documents:
            yield from (f"{name}: {line}" for line in _of_document(documents[name], expected))
        elif name in case.read and not expected.get("or_refused"):
            yield f"is refused: {reasons[name]}"
    for name, part in case.refused.items():
        if part.casefold() not in reasons.get(name, "").casefold():
            yield f"{reasons.get(name, f'{name} is read')}; no reason that has {part!r}"


def _of_document(document: Document, expected: Mapping[str, Any]) -> Iterator[str]:
    whole = normal(f"{document.title}\n{document.text}")
    yield from (f"lacks {part!r}" for part in _missing(expected, "contains", whole))
    yield from (f"has {part!r}" for part in _present(expected, "lacks", whole))
    for field in _METADATA:
        found = getattr(document, field)
        if field in expected and normal(found) != normal(expected[field]):
            yield f"its {field} is {found!r}, not {expected[field]!r}"
    title = normal(document.title).casefold()
    parts = (part for part in expected.get("title_has", ()) if normal(part).casefold() not in title)
    yield from (f"its title {document.title!r} lacks {part!r}" for part in parts)


def _of_answer(answer: Answer, expected: Mapping[str, Any]) -> Iterator[str]:
    wanted = expected["answered"]
    if expected.get("or_refused") and not answer.answered:
        return
    if wanted is not None and answer.answered != wanted:
        yield f"is {'answered' if answer.answered else 'refused'}{_score(answer)}"
    if wanted is not False and answer.hits:
        yield from _of_hits(answer, expected)


def _of_hits(answer: Answer, expected: Mapping[str, Any]) -> Iterator[str]:
    first, texts = answer.hits[0], [hit.passage.text for hit in answer.hits[:3]]
    if first.document.name != expected.get("document", first.document.name):
        yield f"is answered from {first.document.name}, not {expected['document']}"
    if missing := _missing(expected, "first", texts[0]):
        yield f"the first passage lacks {missing}: {texts[0][:80]!r}"
    if present := _present(expected, "lacks", texts[0]):
        yield f"the first passage has {present}"
    if missing := _missing(expected, "bold", first.quote):
        yield f"the bold sentence lacks {missing}: {first.quote[:80]!r}"
    if present := _present(expected, "not_bold", first.quote):
        yield f"the bold sentence has {present}: {first.quote[:80]!r}"
    for part in _missing(expected, "top3", "\n".join(texts)):
        yield f"no passage of three has {part!r}"


def _score(answer: Answer) -> str:
    return f" with a score of {answer.hits[0].score:.2f}" if answer.hits else ""


def _missing(expected: Mapping[str, Any], key: str, text: str) -> list[str]:
    return [part for part in expected.get(key, ()) if normal(part) not in normal(text)]


def _present(expected: Mapping[str, Any], key: str, text: str) -> list[str]:
    return [part for part in expected.get(key, ()) if normal(part) in normal(text)]


def main(names: Iterable[str]) -> None:
    """Print what is wrong with the cases of these names, or with all, and how many are right."""
    wanted = set(names)
    cases = [case for case in all_cases() if not wanted or case.name in wanted]
    right = 0
    with CaseReader.opened(load_encoder()) as reader:
        for case in cases:
            complaints = reader.complaints(case)
            right += not complaints
            _say(f"{'wrong' if complaints else 'right'}  {case.name}")
            for line in complaints:
                _say(f"       {line}")
    _say(f"{right} of {len(cases)} cases are right")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
