"""Written dates: Vietnamese ones day first, English ones only where they mean one day."""

from __future__ import annotations

import pytest

from retrieval.reading.cleaning.dates import iso_date


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("14:21 23/08/2022", "2022-08-23"),
        ("03/04/2022", "2022-04-03"),
        ("Thứ ba, ngày 23 tháng 8 năm 2022", "2022-08-23"),
        ("Thứ Ba, 23/08/2022, 14:21 (GMT+7)", "2022-08-23"),
        ("T3, 23/08/2022 - 14:21", "2022-08-23"),
        ("Cập nhật lúc 14h21 ngày 23/8/2022", "2022-08-23"),
        ("Hà Nội, ngày 29 tháng 9 năm 2021", "2021-09-29"),
        ("tháng 11/2020", "2020-11"),
        ("2021-09-08", "2021-09-08"),
        ("2021-09", "2021-09"),
        ("2021", "2021"),
        ("31/02/2022", ""),
        ("Chiều 22/8", ""),
        ("giai đoạn 2018-2022", ""),
        ("1/1/2022 - 5/1/2022", ""),
        ("Hội nghị AMMTC 15 năm 2021", ""),
        ("", ""),
    ],
)
def test_vietnamese(written: str, iso: str) -> None:
    assert iso_date(written, "vi") == iso


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("August 28, 2024", "2024-08-28"),
        ("Aug. 28, 2024 10:00 AM", "2024-08-28"),
        ("Wednesday, 28 August 2024 | 10:00 GMT+7", "2024-08-28"),
        ("Last updated: 28/08/2024", "2024-08-28"),
        ("2024-08-28T10:00:00+07:00", "2024-08-28"),
        ("May 2021", "2021-05"),
        ("04/04/2022", "2022-04-04"),
        ("03/04/2022", ""),
        ("June 28", ""),
        ("the 2016-25 period", ""),
        ("2021-W05", ""),
        ("2021-W05-1", ""),
        ("2021 in review", ""),
    ],
)
def test_english(written: str, iso: str) -> None:
    assert iso_date(written, "en") == iso
