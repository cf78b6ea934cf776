"""Why a file gives no document, or not all of it."""

from retrieval.refusals import Cause, ReadingWarning, Refusal, UnreadableError, shown


def test_a_warning_is_one_line_of_characters_that_can_be_seen() -> None:
    warning = ReadingWarning(Cause.NO_VALUE, {"key": "da\x07te", "example": "2021-09-29"})
    assert str(warning) == (r"its front matter has no valid da\x07te; write it as 2021-09-29")


def test_a_warning_names_the_part_that_it_is_about() -> None:
    warning = ReadingWarning(Cause.DAMAGED, {"suffix": ".pdf"}, part="a.pdf")
    assert str(warning) == "a.pdf: it is damaged or no .pdf file; save it again"


def test_a_warning_comes_back_from_its_record() -> None:
    warning = ReadingWarning(Cause.PICTURE_PAGES, {"pages": "2, 5-7"}, part="a.pdf")
    assert ReadingWarning.from_record(warning.to_record()) == warning


def test_a_refusal_shows_any_name_on_one_line() -> None:
    refusal = Refusal.of("a\nb.txt", UnreadableError(Cause.LARGE, limit="20"))
    assert refusal == Refusal(r"a\nb.txt", "it is larger than 20 MB; split it")


def test_what_can_be_seen_is_shown_as_it_is() -> None:
    assert shown("họp báo.txt") == "họp báo.txt"
