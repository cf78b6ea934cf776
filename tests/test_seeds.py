"""The documents that ship, and the questions asked of the five they were written from.

Each seed tells one original's facts in sentences of our own: it names the original, keeps every
name and figure, and shares no eight words in a row with it. Titles of office, names of meetings
and documents, and themes in quotation marks cannot be reworded, so they are taken out of ours
before the two are compared. Vietnamese is counted in syllables, which makes the limit stricter.

`questions.jsonl` asks about the originals as they are and quotes where each answer stands.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from retrieval.documents import Document
from retrieval.language.words import fold, normal, tokens
from retrieval.reading.formats.frontmatter import split_front_matter
from retrieval.reading.parser import parse
from tests.helpers.paths import SEEDS, SHARED

ORIGINALS = SHARED / "seeds"
QUESTIONS: list[dict[str, Any]] = [
    json.loads(line)
    for line in Path(__file__).with_name("questions.jsonl").read_text("utf-8").splitlines()
]
needs_originals = pytest.mark.skipif(
    not ORIGINALS.is_dir(), reason="the originals in ../shared/seeds are not here"
)


@dataclass(frozen=True)
class Seed:
    """One of our documents, the original it was written from, and what it must not lose."""

    name: str
    original: str
    language: str
    facts: str  # separated by "; "


WRITTEN = (
    Seed(
        "ammtc-15-hoi-nghi.md",
        "000_fa5e87cf73fddcb4.txt",
        "vi",
        "Lương Tam Quang; Nguyễn Thanh Sơn; Awang Halbi bin Mohd Yussof; 29/9; 11/2020; lần thứ 15;"
        " lần thứ hai; ba sáng kiến; We Care, We Prepare, We Prosper; Nhật Bản; Hàn Quốc; SOMTC",
    ),
    Seed(
        "ammtc-tham-van-doi-tac.md",
        "001_66fc1412d993b7f3.txt",
        "vi",
        "Lương Tam Quang; lần thứ 8; lần thứ 2; lần thứ 6; AMMTC + 3; 2018-2022; 2021-2024;"
        " vaccine; tội phạm mạng; cực đoan bạo lực; Tuyên bố chung",
    ),
    Seed(
        "ammtc-15-vietnam-proposals.md",
        "002_710f8d879e47fe9d.txt",
        "en",
        "Luong Tam Quang; Awang Halbi bin Mohd Yussof; 15th; 14th; three initiatives; hotlines;"
        " green lane; 2016-25; We Care, We Prepare, We Prosper; June 28; November 26; To Lam",
    ),
    Seed(
        "asean-secretary-general-meets-minister-quang.md",
        "003_58c2dca475975027.txt",
        "en",
        "Luong Tam Quang; Kao Kim Hourn; Vientiane; August 28; three times; 2025; 2045; AMMD; ten;"
        " SOMTC; from 2024 to 2027; 2023-2027; from 2021 to 2024; New Zealand",
    ),
    Seed(
        "asean-nga-tham-van-an-ninh.md",
        "004_be604aa76f18b6b3.txt",
        "vi",
        "Tô Lâm; Patrushev Nikolai Platonovich; Hun Manith; 22/8; lần thứ hai; hơn 30 năm; COC;"
        " UNCLOS; 1982; vũ khí hạt nhân; ma túy toàn cầu; công nghệ thông tin; Hà Nội",
    ),
)

LONGEST_SHARED_RUN = 7
OFFICIAL_NAMES = (
    "Hội nghị Bộ trưởng ASEAN về phòng, chống tội phạm xuyên quốc gia lần thứ 15 (AMMTC 15)",
    "Chương trình hành động ASEAN+3 giai đoạn 2018-2022 về phòng, chống khủng bố và tội phạm"
    " xuyên quốc gia",
    "Cuộc họp tham vấn cấp Bộ trưởng AMMTC + Hàn Quốc lần thứ 2 về phòng, chống tội phạm"
    " xuyên quốc gia",
    "Trung tướng Lương Tam Quang, Ủy viên Trung ương Đảng, Thứ trưởng Bộ Công an",
    "Trung tướng Nguyễn Thanh Sơn, Cục trưởng Cục Đối ngoại",
    "Datu Seri Awang Halbi bin Mohd Yussof, Bộ trưởng thứ hai Bộ Quốc phòng",
    "Chúng ta quan tâm, Chúng ta chuẩn bị, Chúng ta thịnh vượng (We Care, We Prepare, We Prosper)",
    "Hiệp hội các quốc gia Đông Nam Á (ASEAN)",
    "Đại tướng Tô Lâm, Ủy viên Bộ Chính trị, Bộ trưởng Bộ Công an",
    "Đại tướng Patrushev Nikolai Platonovich, Thư ký Hội đồng An ninh Liên bang Nga",
    "Trung tướng Hun Manith, Tổng Cục trưởng Tổng Cục Tình báo, Bộ Quốc phòng Campuchia",
    "Bộ Quy tắc ứng xử của các bên trên Biển Đông (COC)",
    "Công ước Liên hợp quốc về Luật Biển (UNCLOS) năm 1982",
    "Nghị định thư Hiệp ước Đông Nam Á không vũ khí hạt nhân",
    "Tuyên bố chung ASEAN - Nga trong lĩnh vực đấu tranh và giải quyết vấn đề ma túy toàn cầu",
    "Đối thoại ASEAN - Nga về các vấn đề an ninh trong công nghệ thông tin",
    "hành động cùng ứng phó các thách thức",
    "một khu vực hòa bình, ổn định, bền vững",
    "15th ASEAN Ministerial Meeting on Transnational Crimes (AMMTC)",
    "ASEAN Declaration on Preventing and Combating Transnational Crime in the post-pandemic period",
    "ASEAN Ministerial Meeting on Drug Matters (AMMD)",
    "ASEAN Senior Officials' Meeting on Transnational Crime (SOMTC)",
)


def read(seed: Seed) -> Document:
    return parse(seed.name, (SEEDS / seed.name).read_bytes())


def lines_of(original: str) -> list[str]:
    text = normal((ORIGINALS / original).read_text("utf-8"))
    return [" ".join(line.split()) for line in text.splitlines()]


def places_of(question: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the document and the quotation of every place where the answer stands."""
    for place in (question, *question.get("alternatives", ())):
        yield place["document"], place["evidence"]


def language_of(document: str) -> str:
    return next(seed.language for seed in WRITTEN if seed.original == document)


answerable = [question for question in QUESTIONS if question["kind"] != "none"]
by_id = pytest.mark.parametrize("question", answerable, ids=lambda question: question["id"])
by_seed = pytest.mark.parametrize("seed", WRITTEN, ids=lambda seed: seed.name)


def test_seeds_are_these_five_and_nothing_else() -> None:
    assert {path.name for path in SEEDS.iterdir()} == {seed.name for seed in WRITTEN}


@by_seed
def test_front_matter_names_the_original(seed: Seed) -> None:
    front = split_front_matter((SEEDS / seed.name).read_text("utf-8")).metadata
    assert all((front.title, front.date, front.source))
    assert front.language == seed.language


@by_seed
def test_language_is_the_one_it_says(seed: Seed) -> None:
    words = read(seed).text.lower().split()
    marked = sum(word != fold(word) for word in words) / len(words)
    assert marked > 0.5 if seed.language == "vi" else marked < 0.02


@by_seed
def test_seed_keeps_names_and_figures(seed: Seed) -> None:
    text = read(seed).text.lower()
    assert [fact for fact in seed.facts.lower().split("; ") if fact not in text] == []


@needs_originals
@by_seed
def test_sentences_are_our_own(seed: Seed) -> None:
    ours = " ".join(tokens(read(seed).text))
    for name in OFFICIAL_NAMES:
        ours = ours.replace(" ".join(tokens(name)), "|")
    words, length = ours.split(), LONGEST_SHARED_RUN + 1
    runs = [" ".join(words[i : i + length]) for i in range(len(words) - length + 1)]
    theirs = f" {' '.join(tokens(' '.join(lines_of(seed.original))))} "
    assert [run for run in runs if f" {run} " in theirs] == []


def test_questions_of_every_kind() -> None:
    kinds = Counter((question["kind"], question["language"]) for question in QUESTIONS)
    assert kinds == {
        ("same", "vi"): 14,
        ("same", "en"): 14,
        ("cross", "vi"): 14,
        ("cross", "en"): 15,
        ("plain", "vi"): 24,
        ("none", "vi"): 10,
        ("none", "en"): 8,
    }
    assert len({question["id"] for question in QUESTIONS}) == len(QUESTIONS)
    assert len({question["question"] for question in QUESTIONS}) == len(QUESTIONS)


@by_id
def test_question_is_of_its_kind(question: dict[str, Any]) -> None:
    languages = {language_of(document) for document, _ in places_of(question)}
    if question["kind"] == "same":
        assert language_of(question["document"]) == question["language"]
    elif question["kind"] == "cross":
        assert languages == {"vi", "en"} - {question["language"]}
    else:
        assert question["question"].isascii()


def test_unanswerable_questions_name_no_place() -> None:
    for question in QUESTIONS:
        if question["kind"] == "none":
            assert question.keys() == {"id", "question", "language", "kind"}


@needs_originals
@by_id
def test_evidence_stands_once_and_whole_on_one_line(question: dict[str, Any]) -> None:
    for document, evidence in places_of(question):
        assert 5 <= len(evidence.split()) <= 15
        assert sum(line.count(evidence) for line in lines_of(document)) == 1
