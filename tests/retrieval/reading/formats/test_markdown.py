"""Markdown: no word of the source is lost, and its lines, items and rows stay what they are."""

from __future__ import annotations

import pytest

from retrieval.reading.draft import Paragraph, ParagraphKind
from retrieval.reading.formats import draft_of


def read(source: str) -> list[Paragraph]:
    return list(draft_of(source.encode(), ".md").paragraphs)


@pytest.mark.parametrize(
    ("source", "texts"),
    [
        ("```sh\none --a\n# note\n\ntwo --b\n```", ["one --a", "# note", "two --b"]),
        ("Run:\n\n    one <file>\n    two", ["Run:", "one <file>", "two"]),
        ("- a\n  - b\n    1. c\n- d\n", ["- a", "- b", "1. c", "- d"]),
        (
            "1) one\n1) two\n\n- [x] done\n- [ ] open",
            ["1) one", "1) two", "- [x] done", "- [ ] open"],
        ),
        ("| A | B |\n|---|---|\n| x<br>y | 1 \\| 2 |\n| | `c` |", ["A | B", "x y | 1 | 2", " | c"]),
        ("Told.[^1]\n\n[^1]: word\n[^b]: two words", ["Told.[1]", "[1]: word", "[b]: two words"]),
        ("`[^1]` and [a](b)", ["[^1] and a"]),
        ("Old ~~300~~ 200, 10<sup>6</sup>", ["Old 200, 10⁶"]),
        ("one<br>two\nthree", ["one\ntwo\nthree"]),
        ("> one\n>\n> - two", ["one", "- two"]),
    ],
)
def test_blocks(source: str, texts: list[str]) -> None:
    assert [each.text for each in read(source)] == texts


def test_a_long_table_keeps_every_row() -> None:
    rows = [f"Station {i} | {i}" for i in range(300)]
    table = "| Name | Count |\n|---|---|\n" + "".join(f"| {row} |\n" for row in rows)
    assert [each.text for each in read(table)] == ["Name | Count", *rows]


def test_headings_have_their_levels() -> None:
    kinds = [
        (each.text, each.kind, each.level) for each in read("# One\n\nTwo\n===\n\n### *Three*")
    ]
    heading = ParagraphKind.HEADING
    assert kinds == [("One", heading, 1), ("Two", heading, 1), ("Three", heading, 3)]


@pytest.mark.parametrize(
    ("source", "texts"),
    [
        (
            "<details>\n<summary>How much?</summary>\n\nTen **dong**.\n\n- cash\n\n</details>",
            ["How much?", "Ten dong.", "- cash"],
        ),
        (
            "<table><tr><td rowspan=2>A</td><td>1</td></tr><tr><td>2</td></tr></table>",
            ["A | 1", "A | 2"],
        ),
        ('Seen.\n\n<div style="display:none">\n\nun*seen*\n\n</div>\n\nToo.', ["Seen.", "Too."]),
        ("Seen <!-- not --> this.", ["Seen this."]),
        ("<!-- not\n\nthis -->\n\nSeen.", ["Seen."]),
        ("<style>\np {}\n\nb {}\n</style>\n\nSeen.", ["Seen."]),
    ],
)
def test_html_keeps_its_meaning(source: str, texts: list[str]) -> None:
    assert [each.text.strip() for each in read(source)] == texts


@pytest.mark.parametrize(
    "source",
    [
        "Open <file> with <b>the tool</b>.\n\nThe end.",
        "The tag <script> runs.\n\nThe end.",
        "<textarea>\nopen\n\nThe end.",
        "<!-- open\n\nThe end.",
        "<my-file>\n\nThe end.",
        "a < b <c\n\nThe end.",
        "<plaintext>\n\nThe end.",
    ],
)
def test_what_looks_like_a_tag_swallows_nothing(source: str) -> None:
    text = "\n".join(each.text for each in read(source))
    assert text.endswith("The end.")
    assert all(word in text for word in source.replace("<b>", "").replace("</b>", "").split())
