"""The context of passages: titles, headings and the numbers of clauses."""

from retrieval.context import addresses_of, searched_text, searched_words
from retrieval.documents import Document, Passage
from retrieval.passages import passages_of
from retrieval.reading.parser import parse

LONG = "Người đi đò phải mặc áo phao và ngồi đúng chỗ theo lời người lái. " * 6
RULES = f"""Quy định về bến đò ngang

Quy định này có hiệu lực từ năm nay.

Chương II
BẾN VÀ ĐÒ

Điều 4. Người đi đò
1. {LONG}
2. Hồ sơ gồm:
a) Đơn theo mẫu;
b) Ảnh mới chụp.
3. {LONG}
"""


def rules() -> Document:
    return parse("quy-dinh.txt", RULES.encode())


def with_words(words: str) -> Passage:
    return next(one for one in passages_of(rules()) if words in one.text)


def test_a_later_passage_knows_its_title_and_its_headings() -> None:
    searched = searched_text(with_words("Ảnh mới chụp"))
    head = "Quy định về bến đò ngang. Chương II BẾN VÀ ĐÒ. Điều 4. Người đi đò"
    assert searched.text.startswith(f"{head}\n\n")
    assert searched.text[searched.own :] == with_words("Ảnh mới chụp").text
    assert head[: searched.uncompared] == "Quy định về bến đò ngang"


def test_what_a_passage_holds_is_not_said_twice() -> None:
    assert searched_text(passages_of(rules())[0]).own == 0
    assert searched_text(with_words("1. ")).text.count("Điều 4. Người đi đò") == 1


def test_a_document_without_title_and_headings_has_no_context() -> None:
    passage = passages_of(Document("a.txt", "Một câu."))[0]
    assert searched_text(passage).text == "Một câu."


def test_a_title_that_the_text_lacks_is_compared_in_the_first_passage() -> None:
    titled = Document("a.txt", f"{LONG}{LONG}{LONG}", title="Nội quy bến đò")
    first, *others = map(searched_text, passages_of(titled))
    assert first.uncompared == 0
    assert [one.uncompared for one in others] == [len("Nội quy bến đò")] * len(others)


def test_clauses_and_points_are_addressed_within_their_article() -> None:
    passage = with_words("Ảnh mới chụp")
    addresses = dict(zip(passage.sentences, addresses_of(passage), strict=True))
    of_point = next(span for span in addresses if span.of(passage.document.text).startswith("b)"))
    assert addresses[of_point][-2:] == ("article 4 clause 2", "article 4 clause 2 point b")
    assert "article 4 clause 2 point b" in searched_words(passage)


def test_numbers_outside_of_articles_are_no_clauses() -> None:
    passage = passages_of(Document("a.txt", "1. Một.\n\n2. Hai."))[0]
    assert set(addresses_of(passage)) == {()}
