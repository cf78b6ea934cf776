"""Front matter: what it gives, what is no front matter, and what is read with a warning."""

from __future__ import annotations

import pytest

from retrieval.reading.draft import Draft, Metadata
from retrieval.reading.formats.frontmatter import split_front_matter

TEXT = "The ministers met.\n"
NO_YAML = "is no valid YAML (line {}); put it right: a value with a colon in it needs quotes"


def whole(*lines: str) -> Draft:
    return split_front_matter("\n".join(["---", *lines, "---", TEXT]))


def split(*lines: str) -> tuple[Metadata, str]:
    draft = whole(*lines)
    return draft.metadata, draft.text


def test_all_keys() -> None:
    metadata, text = split(
        "title: 'Hội nghị: AMMTC 15'",
        "Date: 2021-09-29",
        "source: TTXVN",
        "url: https://a.vn/b",
        "language: vi-VN",
        "tags: [a, b]",
    )
    assert metadata == Metadata("Hội nghị: AMMTC 15", "2021-09-29", "TTXVN", "https://a.vn/b", "vi")
    assert text == TEXT


@pytest.mark.parametrize(
    ("line", "metadata"),
    [
        ("date: 2021-09", Metadata(date="2021-09")),
        ("date: 2021", Metadata(date="2021")),
        ("date: 2021-09-29 10:00:00", Metadata(date="2021-09-29")),
        ("date: 29 September 2021", Metadata(date="2021-09-29")),
        ("language: no", Metadata(language="no")),
        ("title: 2021", Metadata(title="2021")),
        ("title:", Metadata()),
        ("title: ~", Metadata()),
        ("title: !!python/name:os.system x", Metadata(title="x")),
    ],
)
def test_values_are_read_as_written(line: str, metadata: Metadata) -> None:
    assert split(line)[0] == metadata


def test_a_vietnamese_date_has_its_day_first() -> None:
    assert split("date: 03/04/2022", "language: vi")[0].date == "2022-04-03"


@pytest.mark.parametrize(
    "text",
    [
        "No front matter.",
        "---\nA line between two rules.\n---\nMore.",
        "---\ntitle: never closed\n\nMore.",
        "----\ntitle: four dashes\n----\n",
        "",
    ],
)
def test_what_is_no_front_matter_is_text(text: str) -> None:
    draft = split_front_matter(text)
    assert (draft.metadata, draft.text) == (Metadata(), text)


@pytest.mark.parametrize(
    ("lines", "reason", "text"),
    [
        (["title: [a"], NO_YAML.format(3), "title: [a\n"),
        (["title: a\x01b"], "is no valid YAML; put it right", "title: a\x01b\n"),
        (["- a", "title: b"], NO_YAML.format(3), "- a\ntitle: b\n"),
        (["'", "title: b'"], "is no list of `key: value` lines; put it right", "'\ntitle: b'\n"),
        (["title: &a [*a]"], NO_YAML.format(2), "title: &a [*a]\n"),
        (["title: [a, b]"], "has no single title; write it in one line", "title: [a, b]\n"),
        (["date: yesterday"], "has no valid date; write it as 2021-09-29", "date: yesterday\n"),
        (["date: 03/04/2022"], "has no valid date; write it as 2021-09-29", "date: 03/04/2022\n"),
        (
            ["url: javascript:alert(1)"],
            "has no valid url; write it as https://…",
            "url: javascript:alert(1)\n",
        ),
        (["Language: Elvish"], "has no valid Language; write it as vi", "Language: Elvish\n"),
    ],
)
def test_what_cannot_be_understood_is_text_with_a_warning(
    lines: list[str], reason: str, text: str
) -> None:
    draft = whole(*lines)
    assert draft.metadata == Metadata()
    assert draft.text.replace("\n\n", "\n") == text + TEXT
    assert [str(warning) for warning in draft.warnings] == [f"its front matter {reason}"]


def test_a_deep_list_is_text_with_a_warning() -> None:
    draft = whole("title: " + "[" * 5000)
    assert [str(each) for each in draft.warnings] == [
        "its front matter is no valid YAML; put it right"
    ]


def test_a_value_with_a_colon_is_read_without_quotes() -> None:
    draft = whole("source: x", "title: Họp báo: cầu cũ", 'url: "https://a.vn/b"')
    assert draft.metadata == Metadata("Họp báo: cầu cũ", "", "x", "https://a.vn/b")
    assert draft.warnings == ()


def test_keys_and_languages_in_vietnamese() -> None:
    draft = whole(
        "Tiêu đề: Lịch trực",
        "Ngày đăng: 3/4/2022",
        "Nguồn: TTXVN",
        "Đường dẫn: https://a.vn/b",
        "Ngôn ngữ: Tiếng Việt",
    )
    assert draft.metadata == Metadata("Lịch trực", "2022-04-03", "TTXVN", "https://a.vn/b", "vi")
    assert (draft.text, draft.left_out) == (TEXT, ())


def test_dates_are_read_in_the_language_of_the_text() -> None:
    text = "---\ndate: 03/04/2022\n---\nCầu mới thông xe vào cuối tháng Tư.\n"
    assert split_front_matter(text).metadata.date == "2022-04-03"


@pytest.mark.parametrize(
    "written",
    ["2022-06-07 08:30:00 +0700", "2022-06-07T08:30:00Z", "Thứ Ba, 7 tháng 6 năm 2022"],
)
def test_dates_with_a_time_or_in_words(written: str) -> None:
    assert whole(f"date: {written}", "lang: vi").metadata.date == "2022-06-07"


def test_toml() -> None:
    text = f"+++\ntitle = 'A meeting'\ndate = 2022-05-01T10:00:00Z\ndraft = false\n+++\n{TEXT}"
    draft = split_front_matter(text)
    assert draft.metadata == Metadata("A meeting", "2022-05-01")
    assert (draft.text, draft.left_out) == (TEXT, ("draft = false",))


def test_an_author_stays_in_the_text_and_keys_of_programs_are_left_out() -> None:
    draft = whole("title: A", "author: Vừ A Dính", "tags:", "- a", "- b", "layout: post")
    assert [each.text for each in draft.paragraphs] == ["author: Vừ A Dính", TEXT]
    assert draft.left_out == ("tags:\n- a\n- b", "layout: post")
