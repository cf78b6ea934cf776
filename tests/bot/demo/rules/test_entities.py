from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import MessageEntity

from bot.demo.rules.entities import ParsedText, ParseError, parse_html, utf16_length

TAGS = ["b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "tg-spoiler", "code", "pre"]
ENTITY = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "code": "code",
    "pre": "pre",
}


def entities(html: str) -> list[dict[str, Any]]:
    return [entity.to_dict() for entity in parse_html(html).entities]


@pytest.mark.parametrize("tag", TAGS)
def test_a_tag_is_an_entity(tag: str) -> None:
    assert parse_html(f"x <{tag}>y</{tag}>").text == "x y"
    assert entities(f"x <{tag}>y</{tag}>") == [{"type": ENTITY[tag], "offset": 2, "length": 1}]


@pytest.mark.parametrize(
    ("html", "text", "expected"),
    [
        ("", "", []),
        ("a &lt;b&gt; &amp;amp; &quot;c&quot;", 'a <b> &amp; "c"', []),
        ("&#65;&#x1F600;&#X42;", "A😀B", []),
        ("<B>x</b >", "x", [("bold", 0, 1)]),
        ("<b></b>x", "x", []),
        ("😀<b>đ</b>", "😀đ", [("bold", 2, 1)]),
        ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
        ("<i><b>a</b></i>", "a", [("italic", 0, 1), ("bold", 0, 1)]),
        ('<span class="tg-spoiler">a</span>', "a", [("spoiler", 0, 1)]),
        ("<blockquote>a\n<b>b</b></blockquote>", "a\nb", [("blockquote", 0, 3), ("bold", 2, 1)]),
        ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", 0, 1)]),
        ("<blockquote><pre>a</pre></blockquote>", "a", [("blockquote", 0, 1), ("pre", 0, 1)]),
        ("<a href='javascript:alert(1)'>a</a>", "a", []),
    ],
)
def test_markup_becomes_text_and_entities(
    html: str, text: str, expected: list[tuple[str, int, int]]
) -> None:
    parsed = parse_html(html)
    assert parsed.text == text
    assert [(e.type, e.offset, e.length) for e in parsed.entities] == expected


def test_a_link_keeps_its_address() -> None:
    assert entities('<a href="https://a.vn/?x=1&amp;y=2&z">a</a>') == [
        {"type": "text_link", "offset": 0, "length": 1, "url": "https://a.vn/?x=1&y=2&z"}
    ]


def test_code_in_pre_names_the_language() -> None:
    assert entities('<pre><code class="language-python">x = 1</code></pre>') == [
        {"type": "pre", "offset": 0, "length": 5, "language": "python"}
    ]
    assert entities('<code class="python">x</code>') == [{"type": "code", "offset": 0, "length": 1}]


@pytest.mark.parametrize(
    ("html", "message"),
    [
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("đ<p>x</p>", 'Unsupported start tag "p" at byte offset 2'),
        ("a<br/>b", 'Unsupported start tag "br/" at byte offset 1'),
        ("<!-- x -->", 'Unsupported start tag "!--" at byte offset 0'),
        ("1 < 2", "Unclosed start tag at byte offset 2"),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("R&D", 'Unescaped "&" at byte offset 1'),
        ("&nbsp;", 'Unescaped "&" at byte offset 0'),
        ("&lt", 'Unescaped "&" at byte offset 0'),
        ("&#xD800;", 'Unsupported character "&#xD800;" at byte offset 0'),
        ("&#0;", 'Unsupported character "&#0;" at byte offset 0'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<a>x</a>", 'Tag "a" must have attribute "href" at byte offset 0'),
        ('<b class="x">x</b>', 'Unsupported attribute in the tag "b" at byte offset 0'),
        ('<a href="x" onclick="y">x</a>', 'Unsupported attribute in the tag "a" at byte offset 0'),
        ("<code><b>x</b></code>", 'Tag "b" can\'t stand in tag "code" at byte offset 6'),
        ("<b><code>x</code></b>", 'Tag "code" can\'t stand in tag "b" at byte offset 3'),
        (
            "<blockquote><blockquote>x</blockquote></blockquote>",
            'Tag "blockquote" can\'t stand in tag "blockquote" at byte offset 12',
        ),
        (
            '<a href="https://a.vn"><a href="https://b.vn">x</a></a>',
            'Tag "a" can\'t stand in tag "a" at byte offset 23',
        ),
        ("\ud83d", "text must be encoded in UTF-8"),
    ],
)
def test_wrong_markup_is_refused(html: str, message: str) -> None:
    with pytest.raises(ParseError) as refusal:
        parse_html(html)
    assert str(refusal.value) == message


PIECES = st.sampled_from(
    [
        "<b>",
        "</b>",
        "<i",
        ">",
        "</",
        "&",
        "lt;",
        "&amp;",
        "&#",
        "x41;",
        '<a href="',
        '"',
        "😀",
        "<pre>",
    ]
)


@given(st.lists(PIECES | st.text(max_size=3), max_size=12).map("".join))
def test_anything_is_parsed_or_refused(html: str) -> None:
    try:
        parsed = parse_html(html)
    except ParseError:
        return
    end = utf16_length(parsed.text)
    assert all(e.length > 0 and e.offset + e.length <= end for e in parsed.entities)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_escaped_text_comes_back(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert parse_html(f"<i>{escaped}</i>").text == text


def test_white_space_at_the_ends_goes_and_entities_follow() -> None:
    spaced = ParsedText(" \n😀 a \n", (MessageEntity("bold", 0, 4), MessageEntity("italic", 5, 3)))
    stripped = spaced.stripped()
    assert stripped.text == "😀 a"
    assert [(e.type, e.offset, e.length) for e in stripped.entities] == [
        ("bold", 0, 2),
        ("italic", 3, 1),
    ]
