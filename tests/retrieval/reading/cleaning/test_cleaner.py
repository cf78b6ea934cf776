"""Pasted documents cleaned: the real ones to the letter, any text without harm."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.language.words import normal
from retrieval.reading.cleaning.cleaner import clean
from retrieval.reading.draft import Draft, Metadata, Paragraph, ParagraphKind
from retrieval.refusals import UnreadableError
from tests.helpers.paths import SHARED

SEEDS = SHARED / "seeds"
needs_seeds = pytest.mark.skipif(not SEEDS.is_dir(), reason="../shared/seeds is not here")

TITLE_003 = "Vietnam strengthens cooperation in preventing transnational crime in ASEAN"
TITLE_004 = "Đoàn Việt Nam tham dự Hội nghị tham vấn lãnh đạo cấp cao ASEAN-Nga"
URL_004 = (
    "https://nguoilambao.vn/doan-viet-nam-tham-du-hoi-nghi-tham-van-lanh-dao-cap-cao-asean-nga"
)
HEADINGS_002 = [
    "Vietnam attends 1st ASEAN – Russia security consultation",
    "ASEAN ministers gather to discuss transnational crime fight",
]

METADATA = {
    "000": Metadata(language="vi"),
    "001": Metadata(date="2021-09", language="vi"),
    "002": Metadata(source="Vietnam News", language="en"),
    "003": Metadata(title=TITLE_003, language="en"),
    "004": Metadata(TITLE_004, "2022-08-23", "TTXVN", URL_004, "vi"),
}
GONE = {
    "000": [],
    "001": [],
    "002": ["{keywords}", *HEADINGS_002],  # of two alike, one stays
    "003": [TITLE_003, "You May Also Like", "More From Author"],
    "004": [],
}
ORIGINS = {
    "000": [],
    "001": ["date 2021-09"],
    "002": ["Source: Vietnam News"],
    "003": [],
    "004": [
        "14:21 23/08/2022",
        "Tác giả: Kim Dung",
        "Theo TTXVN",
        f"Link bài viết: <{URL_004}>",
    ],
}
CAPTIONS = {
    "000": [
        "Trung tướng Lương Tam Quang, Thứ trưởng Bộ Công an tham dự Phiên họp toàn thể Hội nghị Bộ"
        " trưởng ASEAN về phòng, chống tội phạm xuyên quốc gia lần thứ 15 (AMMTC 15) và các hội"
        " nghị liên quan theo hình thức trực tuyến. (Nguồn: TTXVN)"
    ],
    "001": [],
    "002": [
        "ASEAN officials attend the 15th ASEAN Ministerial Meeting on Transnational Crimes and"
        " Related Meetings on Wednesday. — VNA/VNS Photo"
    ],
    "003": [
        "Public Security Minister Sen. Lt. Gen. Luong Tam Quang meets with ASEAN Secretary-General"
        " Kao Kim Hourn in Vientiane on August 28. (Source: VNA)"
    ],
    "004": [
        "Đại tướng Tô Lâm, Bộ trưởng Bộ Công an dự Hội nghị tham vấn Lãnh đạo cấp cao an ninh"
        " ASEAN - Nga lần thứ 2 tại điểm cầu Hà Nội_Ảnh: Phạm Kiên/TTXVN"
    ],
}
each_seed = pytest.mark.parametrize("number", sorted(METADATA))


def pasted(text: str, metadata: Metadata | None = None) -> Draft:
    return clean(Draft((Paragraph(text),), metadata or Metadata()))


def raw(number: str) -> str:
    (path,) = SEEDS.glob(f"{number}_*.txt")
    return path.read_text("utf-8")


def lines(text: str) -> list[str]:
    """The lines of a raw text, with plain spaces, without the empty ones."""
    squeezed = (" ".join(normal(line).split()) for line in text.splitlines())
    return [line for line in squeezed if line]


def of_kind(draft: Draft, kind: ParagraphKind) -> list[str]:
    return [paragraph.text for paragraph in draft.paragraphs if paragraph.kind is kind]


@needs_seeds
@each_seed
def test_metadata_of_the_real_documents(number: str) -> None:
    assert pasted(raw(number)).metadata == METADATA[number]


@needs_seeds
@each_seed
def test_exactly_the_boilerplate_is_gone(number: str) -> None:
    left = Counter(lines(raw(number)))
    left.subtract(GONE[number])
    expected = [line for line, count in left.items() if count]
    assert min(left.values()) == 0 if GONE[number] else all(left.values())
    draft = pasted(raw(number))
    assert draft.text.replace("\n\n", " ") == " ".join(expected)
    assert Counter(draft.left_out) == Counter(GONE[number])


@needs_seeds
@each_seed
def test_lines_that_tell_the_origin_stay_as_paragraphs_of_their_own(number: str) -> None:
    assert of_kind(pasted(raw(number)), ParagraphKind.ORIGIN) == ORIGINS[number]


@needs_seeds
@each_seed
def test_captions_stay_as_paragraphs_of_their_own(number: str) -> None:
    assert of_kind(pasted(raw(number)), ParagraphKind.CAPTION) == CAPTIONS[number]


@needs_seeds
def test_headings_are_the_title_and_those_of_teasers() -> None:
    headings = {number: of_kind(pasted(raw(number)), ParagraphKind.HEADING) for number in METADATA}
    titles = {"003": [TITLE_003], "004": [TITLE_004]}
    assert headings == {"000": [], "001": [], "002": HEADINGS_002, **titles}


@needs_seeds
def test_cut_sentences_of_the_real_documents_are_joined_and_no_others() -> None:
    counts = {number: len(pasted(raw(number)).paragraphs) for number in METADATA}
    assert counts == {"000": 10, "001": 11, "002": 20, "003": 14, "004": 17}
    text = pasted(raw("004")).text
    assert "tác động của nó đối với an ninh trong khu vực; tình hình an ninh" in text
    assert "trong các nỗ lực đối thoại, hợp tác và xây dựng lòng tin" in text


def test_metadata_that_is_given_wins_over_what_is_found() -> None:
    given_metadata = Metadata(title="Given", date="2020", source="Us", language="vi")
    draft = pasted("A title of its own\n\nSource: Them\n\nThe ministers met.", given_metadata)
    assert draft.metadata == given_metadata
    assert draft.text == "A title of its own\n\nSource: Them\n\nThe ministers met."


def test_metadata_that_is_given_is_put_right() -> None:
    metadata = pasted(
        "The ministers met.", Metadata(title="Ho\u0302\u0323i\xa0 nghi\u0323\u202e")
    ).metadata
    assert metadata == Metadata(title="Hội nghị", language="en")


def test_the_title_stays_in_the_text_once_as_a_heading() -> None:
    text = "Hội nghị AMMTC 15\n\nHội nghị AMMTC 15\n\nCác bộ trưởng họp."
    draft = pasted(text, Metadata(title="HỘI NGHỊ AMMTC 15"))
    assert draft.text == "Hội nghị AMMTC 15\n\nCác bộ trưởng họp."
    assert of_kind(draft, ParagraphKind.HEADING) == ["Hội nghị AMMTC 15"]
    assert draft.left_out == ("Hội nghị AMMTC 15",)


@pytest.mark.parametrize(
    "text",
    [
        "Quy chế nhà công vụ\n\nĐiều 1. Phạm vi\n1. Quy chế này áp dụng cho cán bộ.",
        "Quy chế nhà công vụ\n\nAi được ở nhà công vụ?\nCán bộ đang công tác.",
        "Quy chế nhà công vụ\n\nBy John Smith\n\n5/3/2024\n\nCán bộ được ở nhà công vụ.",
        "Quy chế nhà công vụ\n\nLan - Tổ 1\nMinh - Tổ 2",
    ],
)
def test_a_title_above_a_part_a_question_an_origin_or_a_list(text: str) -> None:
    assert pasted(text).metadata.title == "Quy chế nhà công vụ"


def test_lines_of_a_list_are_no_headings() -> None:
    draft = pasted("Đại biểu\n\nLan - Tổ trưởng\nMinh - Tổ phó\n\nThẻ phát ở cửa.")
    assert of_kind(draft, ParagraphKind.LINE) == ["Lan - Tổ trưởng", "Minh - Tổ phó"]
    assert of_kind(draft, ParagraphKind.HEADING) == ["Đại biểu"]


def test_a_part_is_a_heading_with_the_headings_above_it() -> None:
    draft = pasted("Họp rồi.\n\nChương I\nQUY ĐỊNH CHUNG\n\nĐiều 1. Phạm vi\nLuật này có hiệu lực.")
    assert of_kind(draft, ParagraphKind.HEADING) == [
        "Chương I QUY ĐỊNH CHUNG",
        "Điều 1. Phạm vi",
    ]


def test_contact_lines_stay_and_are_no_headings() -> None:
    draft = pasted("Liên hệ\n\nZalo: 0912 345 678\n\nmailto:a@b.vn\n\nGọi giờ hành chính.\n\nZalo")
    assert draft.left_out == ("Zalo",)
    assert of_kind(draft, ParagraphKind.PROSE)[0] == "Zalo: 0912 345 678"


def test_nonsense_of_no_known_encoding_is_refused() -> None:
    with pytest.raises(UnreadableError, match="encoding"):
        pasted("X®x q¶q w±w z§z k®k v¶v. " * 3)


@pytest.mark.parametrize(
    "text",
    [
        "The ministers met on Tuesday. They agreed.\n\nThey will meet again.",
        "BỘ CÔNG AN\n\nBáo cáo kết quả hội nghị\n\nHội nghị đã diễn ra.",
        "Thời sự\n\nHội nghị đã diễn ra.",
        "A line without anything that follows",
        "The first line of a poem\nThe second of a poem\nThe third",
    ],
)
def test_no_title_is_guessed(text: str) -> None:
    assert pasted(text).metadata.title == ""


def test_a_short_line_that_prose_follows_is_a_heading() -> None:
    draft = pasted("Một câu mở đầu.\n\nHợp tác ASEAN - Nga\n\nHai bên hợp tác.\n\nKim Dung")
    assert of_kind(draft, ParagraphKind.HEADING) == ["Hợp tác ASEAN - Nga"]


pieces = st.lists(
    st.sampled_from(
        [
            "\n", "\n\n", " ", "Hội nghị AMMTC 15", "hội nghị", "The ministers met.", "and so on",
            "a sentence of more than eight words that does not end", "Ảnh: TTXVN", "(Source: VNA)",
            "{keywords}", "Theo TTXVN", "Source: VNA", "Xem thêm", "- item", "29/09/2021", ",",
            "By John Smith", "post-", "\xad", "\u200b", "Title: A b c", "“", "date 2021-09 ", "?",
        ]
    ),
    max_size=12,
).map("".join)  # fmt: skip


@given(st.text() | pieces)
def test_any_text_becomes_paragraphs_of_one_line(text: str) -> None:
    draft = pasted(text)
    for paragraph in draft.paragraphs:
        assert paragraph.text == " ".join(normal(paragraph.text).split()) != ""
    words = " ".join(text.split())  # a title may have stood in two lines
    assert draft.text.split("\n\n").count(draft.metadata.title) <= words.count(draft.metadata.title)


@given(st.text() | pieces)
def test_cleaning_what_is_clean_changes_nothing(text: str) -> None:
    once = pasted(text)
    assert pasted(once.text, once.metadata).text == once.text


sentences = st.lists(
    st.lists(st.sampled_from(["Hội", "nghị", "ASEAN", "met", "in", "2021,"]), min_size=1).map(
        lambda words: " ".join(words).capitalize() + "."
    ),
    min_size=1,
)
gaps = st.lists(st.sampled_from([" ", "\n", "\n\n", "\n{keywords}\n"]), min_size=20)


@given(sentences, gaps)
def test_no_sentence_is_lost_or_out_of_order(sentences: list[str], gaps: list[str]) -> None:
    layout = [sentence + gaps[i % len(gaps)] for i, sentence in enumerate(sentences)]
    assert pasted("".join(layout)).text.split() == " ".join(sentences).split()
