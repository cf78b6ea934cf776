"""What cells show: numbers, dates and times by the codes of their formats."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from retrieval.reading.formats.excel.number_formats import Value, shown

ACCOUNTING = '_(* #,##0_);_(* \\(#,##0\\);_(* "-"??_);_(@_)'
DAY = date(2021, 9, 29)
MOMENT = datetime(2021, 9, 29, 14, 5, 7)


@pytest.mark.parametrize(
    ("value", "code", "expected"),
    [
        (1250000, "#,##0", "1,250,000"),
        (1234.5, "#,##0.00", "1,234.50"),
        (-1234.567, "#,##0.00;(#,##0.00)", "(1,234.57)"),
        (-5, "0", "-5"),
        (-0.3, "0", "0"),
        (2.5, "0", "3"),
        (0, ACCOUNTING, "-"),
        (5200.4, ACCOUNTING, "5,200"),
        (-52, ACCOUNTING, "(52)"),
        (0.125, "0.0%", "12.5%"),
        (3, '0 "%"', "3 %"),
        (12500000, "#,##0 [$₫-42A]", "12,500,000 ₫"),
        (12500000, '#,##0\\ "đồng"', "12,500,000 đồng"),
        (912345678, "0000 000 000", "0912 345 678"),
        (12, '"Số "0"/TB"', "Số 12/TB"),
        (7, "000", "007"),
        (1234567, '[>=1000000]0.0,,"M";0', "1.2M"),
        (999, '[>=1000000]0.0,,"M";0', "999"),
        (1234, "#,##0,", "1"),
        (1.5, "0.##", "1.5"),
        (12345.678, "0.00E+00", "1.23E+04"),
        (0.25, "# ?/?", "0.25"),
        (0, '0;-0;"không"', "không"),
        (0, ";;;", ""),
        (3.0, "General", "3"),
        (0.1 + 0.2, "General", "0.3"),
        (79123456789012, "General", "79123456789012"),
        (5, "", "5"),
        (True, "General", "TRUE"),
        ("  hai\ndòng ", "@", "hai dòng"),
    ],
)
def test_numbers(value: Value, code: str, expected: str) -> None:
    assert shown(value, code, "vi") == expected


@pytest.mark.parametrize(
    ("value", "code", "expected"),
    [
        (DAY, "dd/mm/yyyy", "29/09/2021"),
        (DAY, "[$-1010000]d/m/yyyy;@", "29/9/2021"),
        (DAY, "d-mmm-yy", "29-Sep-21"),
        (DAY, '"Ngày "d" tháng "m" năm "yyyy', "Ngày 29 tháng 9 năm 2021"),
        (DAY, '[$-42A]dddd, "ngày" dd mmmm yyyy', "Thứ Tư, ngày 29 Tháng Chín 2021"),
        (DAY, "dddd mmmm", "Wednesday September"),
        (MOMENT, "yyyy-mm-dd h:mm:ss", "2021-09-29 14:05:07"),
        (MOMENT, "mm:ss", "05:07"),
        (MOMENT, "h:mm AM/PM", "2:05 PM"),
        (time(8, 30), "h:mm AM/PM", "8:30 AM"),
        (timedelta(hours=30, minutes=4), "[h]:mm", "30:04"),
    ],
)
def test_dates_and_times(value: Value, code: str, expected: str) -> None:
    assert shown(value, code, "vi") == expected


@pytest.mark.parametrize(
    ("language", "expected"), [("vi", "29/09/2021"), ("en", "2021-09-29"), ("", "2021-09-29")]
)
def test_the_computers_own_dates_are_written_as_readers_of_the_language_do(
    language: str, expected: str
) -> None:
    assert shown(DAY, "mm-dd-yy", language) == expected
    assert shown(MOMENT, "m/d/yy h:mm", language) == f"{expected} 14:05"
    assert shown(DAY, "[$-F800]dddd, mmmm dd, yyyy", language) == expected
    assert shown(DAY, "General", language) == expected
