"""Answers as the command line prints them."""

import json
from dataclasses import replace
from datetime import date

from retrieval.answers import Answer, Courtesy, Hit, Outcome, Part
from retrieval.documents import Document, Heading, Passage, Span
from retrieval.pages import PageStart
from retrieval.periods import Period
from retrieval.printing import as_json, as_text
from retrieval.scopes import Scope

DOCUMENT = Document(
    "họp.md", "Mở đầu. Câu trả lời. Kết.", "Tiêu đề", "2021-09-29", "TTXVN", language="vi"
)
HIT = Hit(
    Passage(DOCUMENT, Span(8, 25), (Span(8, 20), Span(21, 25))), highlight=Span(8, 20), score=0.875
)
BARE = Hit(Passage(Document("b.txt", "Một."), Span(0, 4), (Span(0, 4),)), Span(0, 4), 0.5)


def test_an_answer_for_people() -> None:
    answer = Answer("cau tra loi?", "vi", "câu trả lời?", Outcome.ANSWER, (HIT, BARE))
    assert as_text(answer) == (
        "Understood as: câu trả lời?\n\n"
        "1. Tiêu đề (TTXVN, 2021-09-29)  [0.875]\n**Câu trả lời.** Kết.\n\n"
        "2. b.txt  [0.500]\n**Một.**"
    )


def test_no_answer_for_people() -> None:
    assert as_text(Answer("gì?", "vi", None, Outcome.NONE, (BARE,))) == (
        "Not found in these documents. The nearest passages:\n\n1. b.txt  [0.500]\n**Một.**"
    )
    assert as_text(Answer("?", "", None, Outcome.NONE, ())) == (
        "Not found: the question holds no word to look for."
    )
    greeting = Answer("xin chào", "vi", None, Outcome.NONE, (), courtesy=Courtesy.GREETING)
    assert as_text(greeting) == "Not searched: this asks nothing of the documents."
    alone = Answer("And then?", "en", None, Outcome.NONE, (), incomplete=True)
    assert as_text(alone).startswith("What is this about?")


def test_the_nearest_passages_for_people() -> None:
    nearest = Answer("gì?", "vi", None, Outcome.NEAREST, (BARE,), ("Hà Nội", "2022"))
    assert as_text(nearest) == (
        "These documents do not mention: Hà Nội, 2022. The nearest passages:\n\n"
        "1. b.txt  [0.500]\n**Một.**"
    )
    assert as_text(replace(nearest, missing=())).startswith("No certain answer in these documents.")
    shown = json.loads(as_json(nearest))
    assert (shown["answered"], shown["outcome"]) == (False, "nearest")
    assert shown["missing"] == ["Hà Nội", "2022"]


def test_an_answer_as_json() -> None:
    line = as_json(Answer("cau tra loi?", "vi", "câu trả lời?", Outcome.ANSWER, (HIT,)))
    assert "\n" not in line
    assert json.loads(line) == {
        "question": "cau tra loi?",
        "language": "vi",
        "restored": "câu trả lời?",
        "answered": True,
        "outcome": "answer",
        "missing": [],
        "scope": {"after": None, "before": None, "source": None, "newest": False},
        "outside": False,
        "hits": [
            {
                "document": "họp.md",
                "title": "Tiêu đề",
                "headings": [],
                "pages": None,
                "recognised": False,
                "date": "2021-09-29",
                "source": "TTXVN",
                "url": "",
                "language": "vi",
                "text": "Câu trả lời. Kết.",
                "start": 8,
                "end": 25,
                "highlight": [0, 12],
                "score": 0.875,
                "also_in": [],
            }
        ],
    }


def test_what_a_score_is_made_of() -> None:
    parts = (Part("dense", 0.75, 0.5), Part("level", 0.25, -1.0))
    explained = Hit(BARE.passage, BARE.highlight, 0.125, parts)
    answer = Answer("gì?", "vi", None, Outcome.ANSWER, (explained,))
    assert as_text(answer, explain=True) == (
        "1. b.txt  [0.125]\n**Một.**\n"
        "   dense                   0.750 x  0.5 =  0.375\n"
        "   level                   0.250 x -1.0 = -0.250\n"
        "   score                                   0.125"
    )
    assert json.loads(as_json(answer, explain=True))["hits"][0]["parts"] == [
        ["dense", 0.75, 0.5],
        ["level", 0.25, -1.0],
    ]


def test_a_hit_quotes_the_answering_sentence() -> None:
    assert HIT.quote == "Câu trả lời." == HIT.highlight_in_text.of(HIT.passage.text)


def test_the_headings_above_an_excerpt_stand_after_its_document() -> None:
    document = replace(DOCUMENT, headings=(Heading(Span(0, 7)),))
    hit = replace(HIT, passage=replace(HIT.passage, document=document))
    answer = Answer("gì?", "vi", None, Outcome.ANSWER, (hit,))
    assert as_text(answer).startswith("1. Tiêu đề (TTXVN, 2021-09-29) › Mở đầu.  [0.875]\n")
    assert json.loads(as_json(answer))["hits"][0]["headings"] == ["Mở đầu."]


def test_the_pages_of_an_excerpt_stand_after_its_document() -> None:
    for starts, shown, pages in (
        ((PageStart(0, 3),), "p. 3", [3]),
        ((PageStart(0, 3), PageStart(21, 4)), "pp. 3–4", [3, 4]),
    ):
        document = replace(DOCUMENT, page_starts=starts)
        hit = replace(HIT, passage=replace(HIT.passage, document=document))
        answer = Answer("gì?", "vi", None, Outcome.ANSWER, (hit,))
        assert as_text(answer).startswith(f"1. Tiêu đề (TTXVN, 2021-09-29), {shown}  [0.875]\n")
        assert json.loads(as_json(answer))["hits"][0]["pages"] == pages


def test_an_excerpt_that_was_recognised_in_a_picture_says_so() -> None:
    for starts, said in (
        ((PageStart(0, 2),), "text recognised in a picture, page 2"),
        ((PageStart(0, 2), PageStart(21, 3)), "text recognised in a picture, pages 2–3"),
    ):
        scanned = replace(DOCUMENT, page_starts=starts, recognised=(Span(8, 25),))
        found = replace(HIT, passage=replace(HIT.passage, document=scanned))
        answer = Answer("gì?", "vi", None, Outcome.ANSWER, (found,))
        assert as_text(answer).startswith(f"1. Tiêu đề (TTXVN, 2021-09-29), {said}  [0.875]")
        assert json.loads(as_json(answer))["hits"][0]["recognised"] is True


def test_the_limits_of_a_question_are_told() -> None:
    scope = Scope(Period(date(2024, 8, 1), None), "TTXVN", newest=True)
    within = Answer("gì?", "vi", f"gì? {scope.typed}", Outcome.ANSWER, (BARE,), scope=scope)
    assert as_text(within) == (
        "Understood as: gì? after:2024-08 source:TTXVN\n\n"
        "Of documents that answer alike, the newest come first.\n\n"
        "1. b.txt (undated)  [0.500]\n**Một.**"
    )
    assert json.loads(as_json(within))["scope"] == {
        "after": "2024-08-01",
        "before": None,
        "source": "TTXVN",
        "newest": True,
    }
    outside = replace(within, outcome=Outcome.NEAREST, outside=True)
    assert "No document within after:2024-08 source:TTXVN answers." in as_text(outside)
    assert json.loads(as_json(outside))["outside"] is True


def test_the_other_documents_of_the_same_report_are_named() -> None:
    found = replace(BARE, also_in=(DOCUMENT, replace(DOCUMENT, name="họp.pdf")))
    answer = Answer("gì?", "vi", None, Outcome.ANSWER, (found,))
    assert "1. b.txt  [0.500]\n   also in: họp.md, họp.pdf\n**Một.**" in as_text(answer)
    assert json.loads(as_json(answer))["hits"][0]["also_in"] == ["họp.md", "họp.pdf"]
