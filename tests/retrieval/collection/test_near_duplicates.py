"""Which documents are the same report: small edits and other formats, and what only looks alike."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from retrieval.collection import near_duplicates
from retrieval.collection.near_duplicates import (
    NEW,
    Groups,
    are_duplicates,
    duplicate_groups,
    sketches_of,
)
from retrieval.documents import Document


def grouped(documents: list[Document], known: list[int] | None = None) -> Groups:
    before = None if known is None else np.array(known, dtype=np.int32)
    return duplicate_groups(documents, sketches_of(documents), before)


FERRY = Document(
    "ben-do.md",
    "Sáng 12/5, xã Sen Hạ đưa vào hoạt động bến đò mới trên sông Vạc, thay cho bến cũ đã xuống cấp "
    "sau mùa lũ năm ngoái.\n\n"
    "Bến dài 40 mét, có mái che, ghế chờ và đèn báo ban đêm. Mỗi chuyến đò chở tối đa 20 người, ai "
    "lên đò cũng phải mặc áo phao.\n\n"
    "Ông Lò Văn Pản, người lái đò ba mươi năm nay, cho biết bà con hai bên sông không còn phải đi "
    "vòng qua cầu treo. Học sinh được miễn vé vào giờ đến trường và giờ tan học.\n\n"
    "Kinh phí làm bến là 850 triệu đồng, do xã và bà con cùng đóng góp. Xã dự kiến làm thêm một "
    "bến ở hạ lưu trước khi mùa mưa bắt đầu.",
    title="Xã Sen Hạ có bến đò mới",
    language="vi",
)
ORCHARD = Document(
    "orchard.md",
    "The orchards above Penhallow lost a third of their blossom to frost on the night of 4 May, "
    "the growers' union said on Tuesday.\n\n"
    "Pickers had lit small fires between the rows, but the wind dropped and the smoke rose "
    "straight up instead of settling over the trees. Temperatures fell to minus 3 degrees before "
    "dawn.\n\n"
    "Zoë Quayle, who grows cider apples on 60 acres, said that the late varieties had escaped and "
    "that a fair summer could still bring a decent harvest. The union asked the county to put off "
    "the land tax by six months.\n\n"
    "A decision is expected when the council meets again, and the growers will learn by then how "
    "much of the fruit has set.",
    title="Frost takes a third of Penhallow's blossom",
    language="en",
)

EDITS: dict[str, Callable[[str], str]] = {
    "agency line": lambda text: f"(Theo hãng tin) {text}",
    "byline and end": lambda text: f"{text}\n\nBài và ảnh: Thu An\n\nChia sẻ bài viết này",
    "no marks": lambda text: text.replace(",", "").replace(".", ""),
    "capitals": str.upper,
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "lines of a page": lambda text: "\n".join(text.split(" ")),
    "last paragraph cut": lambda text: text.rpartition("\n\n")[0],
    "paragraph added": lambda text: (
        f"{text}\n\nTrước đó, cuối tháng ba, đoàn kiểm tra của tỉnh đã đến xem và góp ý thêm."
    ),
    "word changed": lambda text: text.replace("mái che", "mái lá").replace("small", "little"),
    "figure corrected": lambda text: text.replace("850", "870").replace("60 acres", "70 acres"),
    "words joined": lambda text: text.replace(" có ", "").replace(" the late ", " thelate "),
}
HEADLINES = {"": "", "other": "Tin trong ngày", "longer": "Mới cập nhật: chuyện bên sông, trên đồi"}


def edited(document: Document, edit: str) -> Document:
    return replace(document, name=f"{edit}.pdf", text=EDITS[edit](document.text))


@pytest.mark.parametrize("document", [FERRY, ORCHARD], ids=["vi", "en"])
@pytest.mark.parametrize("edit", EDITS)
def test_small_edits_and_other_formats_are_the_same_report(document: Document, edit: str) -> None:
    changed = edited(document, edit)
    assert changed.text != document.text
    assert are_duplicates(document, changed)
    assert grouped([document, changed]).tolist() == [0, 0]


@pytest.mark.parametrize("document", [FERRY, ORCHARD], ids=["vi", "en"])
@pytest.mark.parametrize("headline", HEADLINES.values())
def test_another_headline_makes_no_other_report(document: Document, headline: str) -> None:
    assert are_duplicates(document, replace(document, title=headline))


NOTICE = (
    "Ủy ban nhân dân xã {xã} thông báo: từ ngày {ngày} hằng tháng, cán bộ văn hóa nhận hồ sơ xin "
    "hỗ trợ sửa nhà tại trụ sở xã. Mỗi hộ được hỗ trợ {tiền} triệu đồng. Hồ sơ gồm đơn, ảnh ngôi "
    "nhà và giấy xác nhận của trưởng bản. Hộ nào đã được hỗ trợ trong năm thì không làm hồ sơ nữa."
)
BOILERPLATE = (
    "Mọi ý kiến xin gửi về hòm thư góp ý đặt tại cổng trụ sở, hoặc gọi đường dây nóng trong giờ "
    "hành chính. Người gửi được giữ kín tên. Trung tâm trả lời bằng văn bản trong vòng mười ngày "
    "làm việc."
)
OTHERS = {
    "a translation": (
        FERRY.text,
        "On the morning of 12 May, Sen Ha commune opened a new ferry pier on the river Vac in "
        "place of the old one, which had decayed after last year's floods. The pier is 40 metres "
        "long.",
    ),
    "a form with another name": (
        NOTICE.format(xã="Mường Sen", ngày=5, tiền=40),
        NOTICE.format(xã="Mường Vạc", ngày=5, tiền=40),
    ),
    "a form with another figure": (
        NOTICE.format(xã="Mường Sen", ngày=5, tiền=40),
        NOTICE.format(xã="Mường Sen", ngày=5, tiền=60),
    ),
    "a form with another number in words": (
        NOTICE.format(xã="Mường Sen", ngày="năm", tiền="bốn mươi"),
        NOTICE.format(xã="Mường Sen", ngày="sáu", tiền="bốn mươi"),
    ),
    "boilerplate": (f"{FERRY.text}\n\n{BOILERPLATE}", f"{ORCHARD.text}\n\n{BOILERPLATE}"),
    "a digest": (FERRY.text, f"{FERRY.text}\n\n{ORCHARD.text}\n\n{BOILERPLATE * 2}"),
    "one paragraph": (FERRY.text, FERRY.text.split("\n\n")[1]),
    "nothing in common": (FERRY.text, ORCHARD.text),
}


@pytest.mark.parametrize("kind", OTHERS)
def test_what_only_looks_alike_is_another_report(kind: str) -> None:
    one, other = (Document(f"{place}.txt", text) for place, text in enumerate(OTHERS[kind]))
    assert not are_duplicates(one, other)
    assert grouped([one, other]).tolist() == [-1, -1]


def test_another_name_in_the_same_headline_makes_another_report() -> None:
    titles = "Khánh thành cầu treo bản Sen", "Khánh thành cầu treo bản Vạc"
    text = "Chiều qua hội đồng đã họp và nghe báo cáo của các tổ. Kết quả niêm yết trong bảy ngày."
    one, other = (Document(f"{title}.txt", text, title=title) for title in titles)
    assert not are_duplicates(one, other)


def test_the_groups_name_their_first_document() -> None:
    documents = [ORCHARD, FERRY, edited(ORCHARD, "no marks"), edited(FERRY, "capitals")]
    documents += [Document("z.txt", "Một dòng khác hẳn."), edited(FERRY, "decomposed")]
    assert grouped(documents).tolist() == [0, 1, 0, 1, -1, 1]
    assert grouped([]).tolist() == []


@pytest.mark.parametrize("new", [{1}, {3}, {5}, {4}, {1, 3}])
def test_new_documents_join_the_groups_that_are_known(new: set[int]) -> None:
    documents = [ORCHARD, FERRY, edited(ORCHARD, "no marks"), edited(FERRY, "capitals")]
    documents += [Document("z.txt", "Một dòng khác hẳn."), edited(FERRY, "decomposed")]
    known = [70, 80, 70, 80, -1, 80]  # any numbers
    known = [NEW if number in new else group for number, group in enumerate(known)]
    assert grouped(documents, known).tolist() == [0, 1, 0, 1, -1, 1]


def test_a_group_of_which_one_document_is_left_is_none() -> None:
    assert grouped([ORCHARD, FERRY], [5, -1]).tolist() == [-1, -1]


def test_few_of_many_documents_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[tuple[str, str]] = []

    def counted(one: Document, other: Document) -> bool:
        compared.append((one.name, other.name))
        return are_duplicates(one, other)

    monkeypatch.setattr(near_duplicates, "are_duplicates", counted)
    words = [f"từ{number}" for number in range(4000)]
    documents = [
        Document(f"{n}.txt", f"{BOILERPLATE} {' '.join(words[n * 40 : n * 40 + 90])}")
        for n in range(90)
    ]
    assert set(grouped(documents).tolist()) == {-1}
    assert len(compared) <= 3 * len(documents)
