import numpy as np

from benchmarks.figure import Figure, ratio, table

FASTER = Figure("torch / ours", 7.312, 7)
SLOWER = Figure("txtai / ours", 4.956, 5)
SHORT = Figure("seconds", 0.18, 0.5, at_most=True)
LONG = Figure("share", 0.47, 0.4, at_most=True)


def test_a_figure_is_met_on_the_side_of_its_bound_that_was_asked_for() -> None:
    assert [figure.met for figure in (FASTER, SLOWER, SHORT, LONG)] == [True, False, True, False]
    assert [Figure("even", 5, 5).met, Figure("even", 5, 5, at_most=True).met] == [True, True]


def test_the_table_sets_what_falls_short_in_italics() -> None:
    assert table([FASTER, SLOWER, SHORT, LONG]) == (
        "| | reached | asked |\n"
        "| --- | ---: | ---: |\n"
        "| torch / ours | 7.31 | 7 or more |\n"
        "| txtai / ours | *4.96* | 5 or more |\n"
        "| seconds | 0.18 | 0.5 or less |\n"
        "| share | *0.47* | 0.4 or less |"
    )


def test_a_ratio_is_the_median_over_turns_of_theirs_over_ours() -> None:
    seconds = np.array([[6.0, 9.0, 40.0], [8.0, 2.0, 2.0], [2.0, 1.0, 10.0]])
    assert ratio(seconds) == 4.0  # 3, 9 and 4: a busy turn slows both alike
    assert ratio(seconds, theirs=1) == 2.0
