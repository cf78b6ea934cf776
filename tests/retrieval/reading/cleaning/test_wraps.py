"""Lines of a block: which go on in the next, and which are of equal kind and stay lines."""

from __future__ import annotations

import pytest

from retrieval.reading.cleaning.wraps import unwrapped
from retrieval.reading.draft import ParagraphKind

NARROW = (
    "Sáng 12/5, đoàn do Thứ trưởng\n"
    "Lương Văn Suối dẫn đầu đến thăm\n"
    "xã Đồi Cọ. Đoàn tặng trường học\n"
    "1.200 quyển sách."
)
CAPITALS = (
    "Đoàn đã làm việc với lãnh đạo các xã trong vùng và Ủy ban\nMặt trận huyện về kế hoạch năm sau."
)


@pytest.mark.parametrize("text", [NARROW, CAPITALS])
def test_a_wrap_before_a_name_or_a_number_is_joined(text: str) -> None:
    assert [each.text for each in unwrapped(text.split("\n"))] == [text.replace("\n", " ")]


@pytest.mark.parametrize(
    "text",
    [
        "Họ tên,Phòng,Máy lẻ\nLúa,Hành chính,101\nNgô,Tài vụ,204",
        "Bà Hạ Thị Suối - Phó Giám đốc Sở\nÔng Cầm Văn Giếng - Chánh Văn phòng",
        "Địa điểm: phòng họp tầng ba\nNgười ghi: Lương Thị Nước",
        "Ai ơi uống nước nhớ nguồn\nSuối trong tuôn mấy ngả về\nNắng soi tận đáy làn nước",
        "gạo nếp\nmuối hột\nđường phèn",
        "Paracetamol 500mg\nAmoxicillin 250mg\nVitamin C",
    ],
)
def test_lines_of_equal_kind_stay_lines(text: str) -> None:
    paragraphs = unwrapped(text.split("\n"))
    assert [each.text for each in paragraphs] == text.split("\n")
    assert {each.kind for each in paragraphs} == {ParagraphKind.LINE}


@pytest.mark.parametrize(
    "text",
    [
        "Hỏi: Có nộp hồ sơ qua mạng được không?\nĐáp: Được. Ảnh tải lên phải có nền trắng.",
        "Chương I\nQUY ĐỊNH CHUNG",
        "Gửi về phòng, số 12, đường Lê Gốc. Điện thoại: 3555.014.\nNơi nhận:",
        "Điều 1. Phạm vi điều chỉnh của quy chế về nhà công vụ\nQuy chế áp dụng cho cán bộ.",
        "Nga | 3 | Brunei\nLào | 4 | Thái Lan. Hết",
        "BỘ TÀI NGUYÊN VÀ MÔI TRƯỜNG\nThông báo. Họ họp và\nđã bàn.",
    ],
)
def test_what_begins_anew_is_not_joined_to_the_line_before(text: str) -> None:
    first, second = text.split("\n")[:2]
    texts = [each.text for each in unwrapped(text.split("\n"))]
    assert texts[0] == first
    assert texts[1].startswith(second)


def test_lines_alike_within_a_block_are_told_apart() -> None:
    lines = ["Phòng mời họp.", "Ngày: 20/11/2024", "Địa điểm: tầng ba", "Các tổ chuẩn bị báo cáo."]
    kinds = [each.kind for each in unwrapped(lines)]
    line, prose = ParagraphKind.LINE, ParagraphKind.PROSE
    assert kinds == [prose, line, line, prose]
