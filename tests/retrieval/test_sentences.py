"""Sentences: which stops end one, and which do not."""

import time

import pytest

from retrieval.documents import Document, Span
from retrieval.sentences import sentences_of

MARKS = "\u0301" * 10_000


def sentences(text: str, captions: tuple[Span, ...] = ()) -> list[str]:
    document = Document("test", text, captions=captions)
    return [span.of(text) for span in sentences_of(document)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Ông sinh tại TP. Hồ Chí Minh năm 1980.",
        "GS. TS. Nguyễn Văn A phát biểu.",
        "Lệ phí […] Việt Nam thu là […] 5 đồng [...] Chín.",
        "Các loại tội phạm như ma túy, mua bán người, v.v. Việt Nam đều tham gia phòng, chống.",
        "Sáng 29/9. tại Hà Nội có họp.",
        "Tội phạm mua bán người... cho các nước ASEAN.",
        "Sen. Lt. Gen. Luong Tam Quang met J. R. Smith.",
        "See No. 5 of the U.S. list.",
        "The U.S. Army sent No. 7.",
        "It grew by 3.5 percent at 10.30 a.m. on Monday.",
        "5. Thông qua Tuyên bố chung.",
    ],
)
def test_stops_that_end_no_sentence(sentence: str) -> None:
    assert sentences(sentence) == [sentence]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Một. Hai! Ba? Bốn…", ["Một.", "Hai!", "Ba?", "Bốn…"]),
        ("Ông nói: “Tốt.” Rồi ông đi.", ["Ông nói: “Tốt.”", "Rồi ông đi."]),
        ("It began in 2021. It ended.", ["It began in 2021.", "It ended."]),
        ("At 10.30 a.m. It ended.", ["At 10.30 a.m.", "It ended."]),
        ("会议结束。他们走了！为什么？", ["会议结束。", "他们走了！", "为什么？"]),
        ("他说：“好。”她走了。", ["他说：“好。”", "她走了。"]),
        ("He said no. She left.", ["He said no.", "She left."]),
        ("Đúng vậy. 15 nước dự họp.", ["Đúng vậy.", "15 nước dự họp."]),
        (
            "Giá tăng 4,6%.[1] Lãi giảm.[2][3] Hết.",
            ["Giá tăng 4,6%.[1]", "Lãi giảm.[2][3]", "Hết."],
        ),
        ("Tiêu đề\n\nĐoạn một. Câu hai.", ["Tiêu đề", "Đoạn một.", "Câu hai."]),
    ],
)
def test_stops_that_end_a_sentence(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_a_caption_is_one_sentence() -> None:
    caption = "Quang meets Kim Hourn on August 28. (Source: VNA)"
    assert sentences(caption) == ["Quang meets Kim Hourn on August 28.", "(Source: VNA)"]
    assert sentences(caption, captions=(Span(0, len(caption)),)) == [caption]


@pytest.mark.parametrize(
    "sentence",
    [
        "Hội đồng do PGS.TS. Mai Văn Bưởi và BS.CKI. Lê Thị Na, KTS. Vũ Văn Đá lập.",
        "Ông là Phó CT. HĐND xã, PGĐ. Sở Xây dựng.",
        "GS-TS. Đào Văn Cau phát biểu.",
        "Trụ sở ở Số 12, Đ. Trần Phú, P. Hàng Mơ, Q. 5, TP. Huế.",
        "Trụ sở ở 12,Đ.Trần Phú,P.Hàng Mơ,Q.5,TP.HCM",
        "Nhà ở TP.HCM, gần H. Củ Chi và X. Tân An.",
        "Xem tr. 3 và tr. 15, hình 2.",
        "Gọi ĐT. 0900 113 hoặc Tel. 113.",
        "Doors open at 9 a.m. Monday and close at 5 p.m. Friday.",
        "Dr. Ann Lee and Prof. J. A. Hill met Ms. Tran at Mt. Fansipan.",
        "It flew for Acme Co. Ltd. Vietnam and others, e.g. Beta Inc. Hanoi.",
        "See Article 12, No. 5, pp. 3 and Vol. 2.",
        "Điều 3. Phạm vi áp dụng.",
        "Chương II. Quy định chung.",
        "II. Tổ chức thực hiện.",
        "1.2. Phạm vi áp dụng.",
        "a. Đơn theo mẫu.",
        "Step 2. Open the box.",
    ],
)
def test_abbreviations_before_something_end_no_sentence(sentence: str) -> None:
    assert sentences(sentence) == [sentence]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Họp ở TP.HCM. Các đại biểu đến sớm.", ["Họp ở TP.HCM.", "Các đại biểu đến sớm."]),
        ("Ông làm ở HĐND. Nhà ông gần đó.", ["Ông làm ở HĐND.", "Nhà ông gần đó."]),
        ("Lúa, ngô, v.v. Những hộ khác nuôi cá.", ["Lúa, ngô, v.v.", "Những hộ khác nuôi cá."]),
        ("Thẻ phát ở cổng B. Người đến sau đợi.", ["Thẻ phát ở cổng B.", "Người đến sau đợi."]),
        ("Xem tr. 3. Hết.", ["Xem tr. 3.", "Hết."]),
        ("Đường dài 5 km. Cầu mới.", ["Đường dài 5 km.", "Cầu mới."]),
        ("Đầm có hoa sen. Mùa hạ sen nở.", ["Đầm có hoa sen.", "Mùa hạ sen nở."]),
        ("It opens at 7 a.m. Guests wait.", ["It opens at 7 a.m.", "Guests wait."]),
        ("He lived in the U.S. The army left.", ["He lived in the U.S.", "The army left."]),
        ("She runs Acme Inc. It sells tea.", ["She runs Acme Inc.", "It sells tea."]),
    ],
)
def test_abbreviations_may_end_a_sentence(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gửi về tòa báo.Mọi người chờ.", ["Gửi về tòa báo.", "Mọi người chờ."]),
        ("Họp ở Hà Nội.Trung tướng dự.", ["Họp ở Hà Nội.", "Trung tướng dự."]),
        ("Đợi ở cổng B.Người đến sau vào.", ["Đợi ở cổng B.", "Người đến sau vào."]),
        ("Bạn ở đâu?Tôi ở nhà!Còn bạn?", ["Bạn ở đâu?", "Tôi ở nhà!", "Còn bạn?"]),
        ("They left.Police came.", ["They left.", "Police came."]),
        ("Xong năm 2021.Các bên ký.", ["Xong năm 2021.", "Các bên ký."]),
    ],
)
def test_a_space_may_be_missing(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Ghi TP.HCM vào đơn.",
        "Viết bằng Node.js và Asp.Net Core.",
        "Xem example.com hoặc Example.Com nhé.",
        "Tăng 3.5 phần trăm ở U.S.A nhé.",
        "Gửi thư tới a.B@example.vn hoặc https://example.vn/Trang.Chu nhé.",
        "Ở Đ.Lê Lợi, TP.Hồ Chí Minh.",
        "1.Họ tên người nộp.",
    ],
)
def test_no_space_and_no_end(sentence: str) -> None:
    assert sentences(sentence) == [sentence]


@pytest.mark.parametrize("dots", ["." * 200_000, "。" * 200_000, " ." * 100_000, ".A" * 100_000])
def test_rows_of_dots_take_no_time(dots: str) -> None:
    started = time.process_time()
    assert sentences(f"Mục lục{dots}") == [f"Mục lục{dots}"]
    assert time.process_time() - started < 2  # seconds; ten minutes where each dot is tried anew


def test_many_marks_on_one_letter_stay_with_their_sentence() -> None:
    text = f"They met e{MARKS}. They left."
    assert sentences(text) == [f"They met e{MARKS}.", "They left."]
