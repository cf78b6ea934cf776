"""The doctor's page."""

from bot.doctor.finding import Finding, page, would_run

GOOD = Finding.good("Python", "3.11")
NOTE = Finding.note("index", "none yet", "build it")
BAD = Finding.bad("token", "none")


def test_a_page_has_a_line_for_each_finding_and_the_advice_below_it() -> None:
    assert page([GOOD, NOTE, BAD], in_colour=False).splitlines() == [
        "✓ Python  3.11",
        "! index   none yet",
        "          → build it",
        "✗ token   none",
    ]


def test_a_terminal_gets_green_yellow_and_red() -> None:
    signs = [line[:10] for line in page([GOOD, BAD], in_colour=True).splitlines()]
    assert signs == ["\033[32m✓\033[0m", "\033[31m✗\033[0m"]


def test_only_what_is_bad_keeps_the_bot_from_running() -> None:
    assert would_run([GOOD, NOTE])
    assert not would_run([GOOD, BAD])
