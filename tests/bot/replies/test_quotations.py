from __future__ import annotations

from dataclasses import replace

import pytest

from bot.citations import Citation
from bot.lookups import find_quotation
from bot.replies.quotations import Loss, Quotation, loss_reply
from bot.texts import VIETNAMESE
from retrieval.documents import Document, Passage, Span
from tests.helpers.samples import SUMMIT, SUMMIT_HIT, VISIT, FakeRetriever

CITED = Citation.of(SUMMIT_HIT)
CHANGED = replace(SUMMIT, text=SUMMIT.text + " Hết.")


def collection(*documents: Document) -> FakeRetriever:
    return FakeRetriever(documents=documents)


def test_a_hit_is_quoted_from_its_passage() -> None:
    assert Quotation.of(SUMMIT_HIT) == Quotation(CITED, SUMMIT_HIT.passage)


def test_the_words_are_found_again_with_the_sentences_around_them() -> None:
    found = find_quotation(CITED, collection(VISIT, SUMMIT))
    assert found == Quotation(CITED, SUMMIT_HIT.passage)


def test_the_same_text_under_another_name_is_as_good() -> None:
    moved = replace(SUMMIT, name="2022/ammtc.txt")
    found = find_quotation(CITED, collection(CHANGED, moved))
    assert found.passage == replace(SUMMIT_HIT.passage, document=moved)


@pytest.mark.parametrize(
    ("documents", "loss"),
    [
        ((CHANGED, VISIT), Loss.CHANGED),
        ((VISIT,), Loss.GONE),
        ((), Loss.GONE),
        ((replace(CHANGED, name="other.txt"),), Loss.GONE),
    ],
)
def test_another_text_is_not_quoted(documents: tuple[Document, ...], loss: Loss) -> None:
    assert find_quotation(CITED, collection(*documents)) == Quotation(CITED, loss)


def test_words_that_do_not_stand_where_the_citation_says_are_not_quoted() -> None:
    misplaced = replace(CITED, highlight_start=45)
    assert find_quotation(misplaced, collection(SUMMIT)).passage is Loss.CHANGED


def test_where_passages_are_cut_differently_the_cited_one_is_shown_all_the_same() -> None:
    part = replace(CITED, start=44)
    found = find_quotation(part, collection(SUMMIT))
    sentences = (Span(44, 94), Span(95, 118))
    assert found.passage == Passage(SUMMIT, Span(44, 118), sentences)


def test_where_it_is_not_known_what_became_of_a_document_both_are_named() -> None:
    assert loss_reply(None, VIETNAMESE) == VIETNAMESE.changed_or_gone
