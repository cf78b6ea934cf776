"""Letterheads of official papers: agency, number, date, kind and subject, in any layout."""

from __future__ import annotations

import pytest

from retrieval.reading.cleaning.letterhead import is_motto, letterhead_of
from retrieval.reading.draft import Draft, Metadata, Paragraph, ParagraphKind

COUNTRY, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
DECISION = Metadata(
    title="Quyết định 12/QĐ-UBND về việc lập đội cứu hộ",
    date="2024-03-05",
    source="ỦY BAN NHÂN DÂN TỈNH BẮC GÒ",
)
DATE = "Bắc Gò, ngày 5 tháng 3 năm 2024"
BELOW = ("QUYẾT ĐỊNH", "Về việc lập đội cứu hộ", "CHỦ TỊCH ỦY BAN NHÂN DÂN", "Căn cứ Luật;")


def headed(*lines: str) -> Draft:
    draft = letterhead_of([Paragraph(line) for line in lines])
    assert [each.text for each in draft.paragraphs] == list(lines)
    return draft


@pytest.mark.parametrize(
    "lines",
    [
        (f"ỦY BAN NHÂN DÂN TỈNH BẮC GÒ | {COUNTRY} {MOTTO}", f"Số: 12/QĐ-UBND | {DATE}"),
        ("ỦY BAN NHÂN DÂN", COUNTRY, "TỈNH BẮC GÒ", MOTTO, "Số: 12/QĐ-UBND", DATE),
        ("ỦY BAN NHÂN DÂN", "TỈNH BẮC GÒ", "Số: 12/QĐ-UBND", COUNTRY[:-9], "VIỆT NAM", MOTTO, DATE),
        (f"ỦY BAN NHÂN DÂN {COUNTRY}", f"TỈNH BẮC GÒ {MOTTO}", f"Số: 12/QĐ-UBND {DATE}"),
    ],
    ids=["rows", "in turn", "column by column", "run together"],
)
def test_a_decision_in_any_layout(lines: tuple[str, ...]) -> None:
    draft = headed(*lines, *BELOW)
    assert draft.metadata == DECISION
    kinds = [each.kind for each in draft.paragraphs]
    assert set(kinds[: len(lines) + 1]) == {ParagraphKind.ORIGIN}
    assert kinds[len(lines) + 1 :] == [ParagraphKind.HEADING] + [ParagraphKind.PROSE] * 2


def test_a_letter_has_its_subject_below_its_number() -> None:
    lines = ("BỘ Y TẾ", "CỤC DƯỢC", "Số: 45/CD-VP", "V/v kiểm tra kho", COUNTRY, MOTTO, DATE)
    metadata = headed(*lines, "Kính gửi: Các sở.").metadata
    assert metadata == Metadata("Công văn 45/CD-VP V/v kiểm tra kho", "2024-03-05", "CỤC DƯỢC")


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        ((COUNTRY, MOTTO, "ĐƠN XIN NGHỈ PHÉP", "Kính gửi: Ban."), "ĐƠN XIN NGHỈ PHÉP"),
        ((COUNTRY, MOTTO, "QUY CHẾ", "Sử dụng xe công"), "Quy chế sử dụng xe công"),
        (("NGHỊ ĐỊNH", "Quy định về chợ nổi", "Căn cứ Luật;"), "Nghị định quy định về chợ nổi"),
        (("TỜ TRÌNH", "VỀ VIỆC MUA XE", "Kính gửi: Ban."), "TỜ TRÌNH VỀ VIỆC MUA XE"),
        (("BÁO CÁO", "Mẫu Sơn năm 2024"), "Báo cáo Mẫu Sơn năm 2024"),
        ((COUNTRY, MOTTO, "Đây là một câu."), ""),
        (("BỘ CÔNG AN", "Báo cáo kết quả hội nghị", "Hội nghị đã diễn ra."), ""),
        (("HƯỚNG DẪN", "Hội nghị đã diễn ra."), ""),
        (("Họp báo.", "QUYẾT ĐỊNH", "Về việc lập đội"), ""),
    ],
)
def test_titles(lines: tuple[str, ...], title: str) -> None:
    assert headed(*lines).metadata.title == title


def test_a_day_left_to_be_written_in() -> None:
    lines = ("SỞ Y TẾ", "Số: 5/TB-SYT", "Hà Nội, ngày … tháng 3 năm 2024", "THÔNG BÁO", "Nghỉ lễ")
    assert headed(*lines).metadata.date == "2024-03"


def test_text_without_a_letterhead_is_left_as_it_is() -> None:
    draft = headed("Họp tổ dân phố", "Số 12/4 Lê Lợi", "Tổ họp ngày 5 tháng 3 năm 2024.")
    assert draft.metadata == Metadata()
    assert {each.kind for each in draft.paragraphs} == {ParagraphKind.PROSE}


@pytest.mark.parametrize(
    "line", [COUNTRY, MOTTO, "Độc lập – Tự do – Hạnh phúc", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"]
)
def test_the_motto(line: str) -> None:
    assert is_motto(line)
    assert not is_motto(f"Bài học về {line}")


def test_a_form_has_no_subject() -> None:
    lines = [Paragraph("Mã phiếu: TM-7", ParagraphKind.LINE), Paragraph("Lĩnh vực: Nước")]
    draft = letterhead_of([Paragraph("PHIẾU TIẾP NHẬN GÓP Ý"), *lines])
    assert draft.metadata.title == "PHIẾU TIẾP NHẬN GÓP Ý"
    assert draft.paragraphs[1].kind is ParagraphKind.LINE
