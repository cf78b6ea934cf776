from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.citations import Citation
from bot.replies.buttons import copied
from bot.replies.markup import units
from bot.texts import ENGLISH, VIETNAMESE, Texts
from tests.helpers.replies import SUMMIT_CITED, VISIT_CITED
from tests.helpers.samples import SUMMIT

words = st.text(st.sampled_from('aế<>&" \n😀\u0301'), max_size=300)


citations = st.builds(
    Citation,
    document=words,
    hash=st.just(SUMMIT.hash),
    title=words,
    source=words,
    date=words,
    url=words.map(lambda path: f"https://x.org/{path}"),
    start=st.just(0),
    end=st.just(9),
    highlight_start=st.just(0),
    highlight_end=st.just(9),
    quote=words,
)


def test_a_citation_that_fits_is_copied_whole_on_one_line() -> None:
    cited = replace(VISIT_CITED, title="T" * 120, quote="They\n met.", url="https://x.org/")
    whole = f"“They met.” — {'T' * 120}, 8/2024, https://x.org/"
    assert copied(cited, VIETNAMESE) == whole


def test_of_a_long_citation_the_title_and_the_words_are_cut() -> None:
    cited = replace(VISIT_CITED, title="T" * 120, quote="mười " * 99)
    assert copied(cited, VIETNAMESE) == f"“{'mười ' * 37}mười…” — {'T' * 49}…, 8/2024"


def test_an_address_too_long_to_be_copied_is_left_out() -> None:
    long = replace(SUMMIT_CITED, quote="mười " * 99, url="https://x.org/".ljust(120, "y"))
    line = copied(long, VIETNAMESE)
    assert line.endswith(f"mười…” — Hội nghị AMMTC 15, TTXVN, 29/9/2021, {long.url}")
    assert 250 < len(line) <= 256
    without = replace(long, url=f"{long.url}y")
    assert copied(without, VIETNAMESE).endswith("mười…” — Hội nghị AMMTC 15, TTXVN, 29/9/2021")


@given(citations, st.sampled_from([VIETNAMESE, ENGLISH]))
def test_any_citation_fits_into_what_can_be_copied(citation: Citation, texts: Texts) -> None:
    assert 0 < units(copied(citation, texts)) <= 256
