"""Example questions: those that documents hold, and others about their titles."""

from __future__ import annotations

from retrieval.asking.examples import example_questions
from retrieval.documents import Document

FAQ = Document(
    "faq.md",
    "# Hỏi đáp\n\n## Thẻ thư viện làm ở đâu?\n\nỞ quầy số 2.\n\n1. Mượn sách được mấy ngày?\n\n"
    "Mười ngày.\n\nVậy ư?\n\nMất thẻ thì báo cho ai?\n\nCho thủ thư.",
    title="Thư viện huyện",
    language="vi",
)
NEWS = Document("news.txt", "The library opens on Monday.", title="Library hours", language="en")
BARE = Document("bare.txt", "Nothing to see.", language="en")


def test_a_documents_own_questions_come_before_those_about_titles() -> None:
    assert list(example_questions([BARE, NEWS, FAQ], "vi")) == [
        "Thẻ thư viện làm ở đâu?",
        "Mượn sách được mấy ngày?",
        "Tài liệu nói gì về “Thư viện huyện”?",
        "Tài liệu nói gì về “Library hours”?",
    ]


def test_documents_in_the_language_come_first() -> None:
    assert list(example_questions([FAQ, NEWS], "en")) == [
        "What do the documents say about “Library hours”?",
        "What do the documents say about “Thư viện huyện”?",
    ]


def test_of_many_documents_few_are_looked_into() -> None:
    assert len(list(example_questions([NEWS] * 1000, "en"))) == 12
