"""Questions whose answers are rows of a workbook, a slide or an attachment, asked end to end."""

from __future__ import annotations

from email.message import EmailMessage

import openpyxl
import pytest
from pptx import Presentation

from retrieval.answers import Answer
from retrieval.collection.collection import Collection
from retrieval.encoding.loading import load_encoder
from retrieval.retriever import Retriever
from retrieval.settings import RetrievalSettings

STOCK = (
    ("Mã hàng", "Tên hàng", "Số lượng", "Đơn giá", "Người giữ"),
    ("K-01", "Máy bơm nước", 12, 3450000, "Lò Thị Suối"),
    ("K-02", "Dây điện", 300, 15000, "Vàng A Páo"),
    ("K-03", "Xi măng", 85, 92000, "Giàng Thị Mỷ"),
)


@pytest.fixture(scope="module")
def retriever(tmp_path_factory: pytest.TempPathFactory) -> Retriever:
    folder = tmp_path_factory.mktemp("seeds")
    book = openpyxl.Workbook()
    book.active.title = "Kho vật tư"
    for row in STOCK:
        book.active.append(row)
    for cell in book.active["D"][1:]:
        cell.number_format = '#,##0 "đồng"'
    book.create_sheet("Xe").append(["Xe tải đỗ ở bãi sau."])
    book.save(str(folder / "kho.xlsx"))
    deck = Presentation()
    for title, text in (
        ("Kế hoạch sửa cầu Nà Lơi", "Phòng Hạ tầng trình bày."),
        ("Kinh phí", "Kinh phí sửa cầu là 4,2 tỷ đồng."),
    ):
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        slide.shapes.title.text, slide.placeholders[1].text = title, text
    deck.save(str(folder / "cau.pptx"))
    (folder / "moi.eml").write_bytes(_message())
    settings = RetrievalSettings(seeds=folder, index=tmp_path_factory.mktemp("index"))
    encoder = load_encoder("")
    return Retriever(Collection.open(settings, encoder).index, encoder, settings)


def _message() -> bytes:
    made = EmailMessage()
    made["Subject"], made["From"] = "Mời họp tổ dân phố số 7", "Tổ trưởng <to7@mau.example>"
    made["Date"] = "Wed, 29 Sep 2021 08:00:00 +0700"
    made.set_content("Chương trình họp ở tệp đính kèm.")
    agenda = "Buổi họp bắt đầu lúc 19 giờ 30 tại nhà văn hóa.\n"
    made.add_attachment(agenda, filename="chuong-trinh.txt")
    return made.as_bytes()


def first(answer: Answer) -> str:
    return answer.hits[0].passage.text


def test_a_row_of_a_workbook(retriever: Retriever) -> None:
    answer = retriever.ask("Đơn giá của máy bơm nước là bao nhiêu?")
    hit = answer.hits[0]
    assert hit.passage.document.name == "kho.xlsx"
    assert hit.passage.pages == (1,)
    assert hit.highlight.of(hit.passage.document.text) == (
        "K-01 | Máy bơm nước | 12 | 3,450,000 đồng | Lò Thị Suối"
    )


def test_a_slide_with_its_number(retriever: Retriever) -> None:
    answer = retriever.ask("Kinh phí sửa cầu Nà Lơi là bao nhiêu?")
    assert "4,2 tỷ đồng" in first(answer)
    assert 2 in answer.hits[0].passage.pages


def test_an_attachment_of_a_message(retriever: Retriever) -> None:
    answer = retriever.ask("Buổi họp tổ dân phố bắt đầu lúc mấy giờ?")
    document = answer.hits[0].passage.document
    assert "19 giờ 30" in first(answer)
    assert (document.name, document.date, document.source) == ("moi.eml", "2021-09-29", "Tổ trưởng")
