"""Front matter: what it gives, what is no front matter, and what is refused."""

from __future__ import annotations

import pytest

from retrieval.reading.draft import Metadata
from retrieval.reading.formats.frontmatter import split_front_matter
from retrieval.reading.refusals import UnreadableError

TEXT = "The ministers met.\n"
NO_YAML = "is no valid YAML (line {}); put it right: a value with a colon in it needs quotes"


def split(*lines: str) -> tuple[Metadata, str]:
    draft = split_front_matter("\n".join(["---", *lines, "---", TEXT]))
    return draft.metadata, draft.text


def refusal(*lines: str) -> str:
    with pytest.raises(UnreadableError) as error:
        split(*lines)
    return str(error.value)


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
    ("lines", "reason"),
    [
        (["source: x", "title: a: b"], NO_YAML.format(3)),
        (["title: [a"], NO_YAML.format(3)),
        (["title: a\x01b"], "is no valid YAML; put it right"),
        (["title: " + "[" * 5000], "is no valid YAML; put it right"),
        (["- a", "title: b"], NO_YAML.format(3)),
        (["'", "title: b'"], "is no list of `key: value` lines; put it right"),
        (["title: [a, b]"], "has no single title; write it in one line"),
        (["title: &a [*a]"], NO_YAML.format(2)),
        (["date: yesterday"], "has no valid date; write it as 2021-09-29"),
        (["date: 03/04/2022"], "has no valid date; write it as 2021-09-29"),
        (["url: javascript:alert(1)"], "has no valid url; write it as https://…"),
        (["language: Vietnamese"], "has no valid language; write it as vi"),
    ],
)
def test_what_is_wrong_is_said(lines: list[str], reason: str) -> None:
    assert refusal(*lines) == f"its front matter {reason}"
