"""The lines above an excerpt: the document, and the headings that it stands below."""

from bot.replies.origin import headed


def test_headings_stand_below_the_document() -> None:
    assert headed("<b>Luật</b>", ("Chương II", "Điều 13 <a>")) == (
        "<b>Luật</b>\n› Chương II › Điều 13 &lt;a&gt;"
    )
    assert headed("<b>Luật</b>", ()) == "<b>Luật</b>"


def test_of_a_long_path_the_lowest_headings_stay() -> None:
    path = ("Phần thứ nhất " * 9, "Chương II", "Điều 13")
    assert headed("Luật", path) == "Luật\n› Chương II › Điều 13"
    assert headed("Luật", ("x " * 90,)).endswith("x…")
