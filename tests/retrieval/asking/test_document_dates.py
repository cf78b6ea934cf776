"""Questions with dates: which are of the documents that are asked for, and which of the matter.

Today is 26 November 2025, a Wednesday.
"""

from __future__ import annotations

import re
from datetime import date

import pytest

from retrieval.asking.document_dates import of_documents
from retrieval.scopes import Scope

TODAY = date(2025, 11, 26)

# The words in brackets tell when the documents were published.
OF_DOCUMENTS = [
    # A month, a year, a day, a quarter
    ("Bài viết [tháng 3/2024] về mùa sen", "after:2024-03 before:2024-04"),
    ("bai viet [thang 3/2024] ve mua sen", "after:2024-03 before:2024-04"),
    ("Tin [năm 2022] về cầu phao", "after:2022 before:2023"),
    ("Tin tức [ngày 5/9/2024] về đê sông", "after:2024-09-05 before:2024-09-06"),
    ("bản tin [5 tháng 9 năm 2024] về đê", "after:2024-09-05 before:2024-09-06"),
    ("Phóng sự [tháng tám năm 2023] về chợ", "after:2023-08 before:2023-09"),
    ("thông cáo [quý II/2024] về chè", "after:2024-04 before:2024-07"),
    ("Tin của Báo Sen [trong tháng 3/2024] về đò", "after:2024-03 before:2024-04"),
    ("Show me news [from March 2024] about lotus", "after:2024-03 before:2024-04"),
    ("documents [from 2022] about ferries", "after:2022 before:2023"),
    ("articles [published on 5 September 2024] about dykes", "after:2024-09-05 before:2024-09-06"),
    ("articles [dated September 5, 2024] about dykes", "after:2024-09-05 before:2024-09-06"),
    ("[March 2024] articles about lotus", "after:2024-03 before:2024-04"),
    # Since, before, after, between
    ("Tin [từ tháng 6] về giá chè", "after:2025-06"),
    ("Tin [từ tháng 12] về giá chè", "after:2024-12"),
    ("Báo cáo [từ năm 2021 đến nay] về rừng tràm", "after:2021"),
    ("văn bản [ban hành trước 2023] về phép năm", "before:2023"),
    ("văn bản [trước năm 2023] về phép năm", "before:2023"),
    ("Tài liệu [sau tháng 5/2024] về phao", "after:2024-06"),
    ("bài báo [từ tháng 2 đến tháng 4/2024] về sen", "after:2024-02 before:2024-05"),
    ("Các bài viết [từ 1/6/2024 đến 15/6/2024] về đò", "after:2024-06 before:2024-06-16"),
    ("Những nghị định [trước 2020] về đê điều", "before:2020"),
    ("reports [since June] on lotus", "after:2025-06"),
    ("Which reports [since 2021] mention ferries?", "after:2021"),
    ("What do articles [published before 2023] say about leave?", "before:2023"),
    ("reports [after May 2024] regarding buoys", "after:2024-06"),
    ("articles [between February and April 2024] about lotus", "after:2024-02 before:2024-05"),
    ("reports [from 2021 to 2023] about dykes", "after:2021 before:2024"),
    # Which of them, before them, further on
    ("Những văn bản nào [được ban hành trước năm 2023]?", "before:2023"),
    ("Văn bản nào về đò ngang [được ban hành trước 2023]?", "before:2023"),
    ("Có bài nào [đăng trong tháng 3] nói về sen không?", "after:2025-03 before:2025-04"),
    ("[Tháng 3/2024] có tin gì về sen?", "after:2024-03 before:2024-04"),
    ("Which reports about dykes [were published before 2023]?", "before:2023"),
    # Counted from today
    ("Tin [hôm nay] về giá chè", "after:2025-11-26 before:2025-11-27"),
    ("tin [hôm qua] về giá chè", "after:2025-11-25 before:2025-11-26"),
    ("bản tin [tuần trước] nói gì về giá lúa?", "after:2025-11-17 before:2025-11-24"),
    ("Các bài viết [tháng này] về đò", "after:2025-11 before:2025-12"),
    ("bài viết [năm ngoái] về đò", "after:2024 before:2025"),
    ("tin [3 ngày qua] về bão", "after:2025-11-23 before:2025-11-27"),
    ("[last week's] news about tea", "after:2025-11-17 before:2025-11-24"),
    ("news [from last month] about tea", "after:2025-10 before:2025-11"),
    ("articles [in the past 7 days] about tea", "after:2025-11-19 before:2025-11-27"),
    ("reports [this year] on dykes", "after:2025 before:2026"),
]

OF_THE_MATTER = [
    "Ngân sách năm 2022 của xã là bao nhiêu?",
    "Tháng 8/2024 xã thu được bao nhiêu?",
    "Lũ tháng 8/2024 gây thiệt hại gì?",
    "Từ tháng 6 ai phụ trách bến đò?",
    "Trước 2023 lệ phí qua đò là bao nhiêu?",
    "Báo cáo năm 2022 về rừng tràm nói gì?",  # about 2022, and published later
    "Báo cáo tài chính năm 2022 ghi lỗ bao nhiêu?",
    "Ai công bố báo cáo tháng 6?",
    "Nghị định 15 ban hành năm 2020 quy định gì?",
    "Một bài báo năm 2008 về hổ cho biết điều gì?",
    "Công nghệ thông tin năm 2022 tăng trưởng bao nhiêu?",
    "Hôm qua ai đến thăm bến đò?",
    "Giai đoạn 2018-2022 trồng bao nhiêu cây?",
    "What was the budget in 2022?",
    "What happened in June 2023?",
    "Who was chairman before 2012?",
    "What did a report published in 2014 say about tigers?",
    "How many articles published in 1905 did he write?",
    "Who filed reports before 2012?",
    "What were the reports of 2008 floods?",
    "Which agency has brought the news since 1946?",
    "Who visited last week?",
]


@pytest.mark.parametrize(("marked", "typed"), OF_DOCUMENTS)
def test_the_date_of_documents_is_set_apart(marked: str, typed: str) -> None:
    before, _, after = re.split(r"[][]", marked)
    dated = of_documents(re.sub(r"[][]", "", marked), TODAY)
    assert dated is not None
    assert dated.text == re.sub(r" (?=\?)", "", " ".join(f"{before}{after}".split()))
    assert Scope(dated.period).typed == typed


@pytest.mark.parametrize("question", OF_THE_MATTER)
def test_a_date_of_the_matter_limits_nothing(question: str) -> None:
    assert of_documents(question, TODAY) is None


def test_what_is_no_day_is_no_date() -> None:
    assert of_documents("tin 31/2/2024 về đê", TODAY) is None
