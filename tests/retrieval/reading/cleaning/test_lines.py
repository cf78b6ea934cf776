"""What a line is: boilerplate, a label, a caption, an item, a heading."""

from __future__ import annotations

import pytest

from retrieval.reading.cleaning.lines import (
    Label,
    attribution_of,
    is_boilerplate,
    is_caption,
    is_ended,
    is_heading,
    is_title,
    label_of,
)


@pytest.mark.parametrize(
    "line",
    [
        "{keywords}",
        "You May Also Like",
        "More From Author",
        "Read more...",
        "Xem thêm:",
        "Tin liên quan",
        "Chia sẻ",
        "Facebook Twitter Zalo Copy link",
        "Bình luận (0)",
        "https://www.facebook.com/sharer/sharer.php?u=https://a.vn/b",
        "Link bài viết:",
        "Share on Facebook",
        "Chia sẻ lên Zalo",
        "Tags: asean, nga",
        "Từ khóa: ASEAN, Nga",
        "Read more: Ministers meet in Hanoi",
        "Xem thêm: Hội nghị AMMTC 15 khai mạc",
        "© 2022 VNA. All rights reserved.",
        "Copyright © 2022 by VNA",
        "Copyright 2022 VNA.",
        "Bản quyền thuộc Báo Nhân Dân",
        "Bản quyền © TTXVN",
        "Bản quyền: TTXVN",
        "* * *",
        "—",
    ],
)
def test_boilerplate(line: str) -> None:
    assert is_boilerplate(line)


@pytest.mark.parametrize(
    "line",
    [
        "Comments.",
        "Xem thêm: Điều 5 quy định về tội này.",
        "Copyright law was discussed at the meeting.",
        "Bản quyền là một vấn đề được thảo luận",
        "Bản quyền: Quốc hội đã thông qua luật mới.",
        "On Facebook",
        "He asked them to share.",
        "Xem thêm quy định tại Điều 5",
        "https://nguoilambao.vn/doan-viet-nam",
        "Related crimes",
        "2021",
        "{two words}",
    ],
)
def test_words_of_the_author(line: str) -> None:
    assert not is_boilerplate(line)


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("Source: Vietnam News", Label("source", "Vietnam News")),
        ("Nguồn : TTXVN/Vietnam+", Label("source", "TTXVN/Vietnam+")),
        ("Tác giả: Kim Dung", Label("author", "Kim Dung")),
        ("Ngày đăng: 23/08/2022", Label("date", "23/08/2022")),
        ("Link bài viết: <https://a.vn/b>", Label("url", "https://a.vn/b")),
        ("Nguồn: https://a.vn/b", Label("url", "https://a.vn/b")),
        ("Source: the minister said so to the press on the very same day", None),
        ("Source: Vietnam News said so.", None),
        ("Link: the missing one", None),
        ("Sources differ", None),
    ],
)
def test_labels(line: str, label: Label | None) -> None:
    assert label_of(line) == label


@pytest.mark.parametrize(
    ("line", "publisher"),
    [
        ("Theo TTXVN", "TTXVN"),
        ("(Theo Báo Chính phủ)", "Báo Chính phủ"),
        ("Kim Dung (Theo VOV.VN)", "VOV.VN"),
        ("(TTXVN/Vietnam+)", "TTXVN/Vietnam+"),
        ("(Còn tiếp)", None),
        ("Theo đó", None),
        ("Theo TTXVN, hội nghị đã diễn ra", None),
        ("Theo Bộ Công an.", None),
    ],
)
def test_attributions(line: str, publisher: str | None) -> None:
    label = attribution_of(line)
    assert (label and label.value) == publisher


@pytest.mark.parametrize(
    "line",
    [
        "Các đại biểu dự hội nghị. (Nguồn: TTXVN)",
        "Ministers meet on Wednesday. — VNA/VNS Photo",
        "Đại tướng Tô Lâm tại điểm cầu Hà Nội_Ảnh: Phạm Kiên/TTXVN",
        "The ministers shake hands. Photo by Nguyen Van A",
        "Toàn cảnh hội nghị (Ảnh minh họa)",
        "Hình 2. Sơ đồ tổ chức",
    ],
)
def test_captions(line: str) -> None:
    assert is_caption(line)


@pytest.mark.parametrize(
    "line",
    [
        "Đây là một số hình ảnh: đẹp và rõ.",
        "Họ xây dựng một mô hình: nhanh, gọn.",
        "It was – he said – a photo.",
        "He took a well-known photo.",
        "Tình hình ổn định (theo báo cáo).",
    ],
)
def test_sentences_are_no_captions(line: str) -> None:
    assert not is_caption(line)


@pytest.mark.parametrize(
    ("line", "ended"),
    [
        ("ma túy”./.", True),
        ("an ninh mạng...", True),
        ('trong công nghệ thông tin."', True),
        ("tác động của nó đối với", False),
        ("gồm:", False),
    ],
)
def test_ends_of_sentences(line: str, ended: bool) -> None:
    assert is_ended(line) == ended


@pytest.mark.parametrize(
    ("line", "heading", "title"),
    [
        ("Đoàn Việt Nam tham dự Hội nghị tham vấn", True, True),
        ("Ai chủ trì hội nghị?", True, True),
        ("Thời sự", True, False),
        ("Microsoft Word - bao cao", True, False),
        ("Bao cao thang 9.docx", True, False),
        ("The ministers met.", False, False),
        ("the ministers met", False, False),
        ("- Một mục trong danh sách", False, False),
        ("Nga | 3 | Brunei", False, False),
        ("Nguồn: Bộ Công an", False, False),
        ("Kính gửi: Các cơ quan, đơn vị thuộc huyện", False, False),
        ("(Tổng hợp từ báo cáo của các xã)", False, False),
    ],
)
def test_headings_and_titles(line: str, heading: bool, title: bool) -> None:
    assert (is_heading(line), is_title(line)) == (heading, title)
