"""The lines above an excerpt: the document, and the headings that it stands below."""

from dataclasses import replace

import pytest

from bot.citations import Citation
from bot.replies.origin import cited_origin, headed
from bot.texts import ENGLISH, VIETNAMESE, Texts

CITED = Citation("a.pdf", "", "Luật", "TTXVN", "", "", 0, 9, 0, 9, "Họp lúc ba giờ.", (2,), (2,))


def test_headings_stand_below_the_document() -> None:
    assert headed("<b>Luật</b>", ("Chương II", "Điều 13 <a>")) == (
        "<b>Luật</b>\n› Chương II › Điều 13 &lt;a&gt;"
    )
    assert headed("<b>Luật</b>", ()) == "<b>Luật</b>"


def test_of_a_long_path_the_lowest_headings_stay() -> None:
    path = ("Phần thứ nhất " * 9, "Chương II", "Điều 13")
    assert headed("Luật", path) == "Luật\n› Chương II › Điều 13"
    assert headed("Luật", ("x " * 90,)).endswith("x…")


@pytest.mark.parametrize(
    ("texts", "pages", "place"),
    [
        (VIETNAMESE, (2,), "nhận dạng chữ từ ảnh, trang 2"),
        (VIETNAMESE, (2, 3, 5), "nhận dạng chữ từ ảnh, trang 2–3, 5"),
        (ENGLISH, (2,), "text recognised in a picture, page 2"),
        (ENGLISH, (2, 3), "text recognised in a picture, pages 2–3"),
    ],
)
def test_what_was_recognised_in_a_picture_says_so(
    texts: Texts, pages: tuple[int, ...], place: str
) -> None:
    scanned = replace(CITED, pages=pages, recognised=True)
    assert cited_origin(scanned, texts) == f"Luật — <i>TTXVN, {place}</i>"
    assert cited_origin(CITED, VIETNAMESE) == "Luật — <i>TTXVN, tr. 2</i>"
