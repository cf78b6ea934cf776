"""Levels: known pairs, fallbacks, files."""

from pathlib import Path

import numpy as np
import pytest

from retrieval.index.levels import BEST, Level, Levels, Scores

LEVELS = Levels(
    {
        ("vi", "vi"): Level(0.5, 0.9),
        ("en", "vi"): Level(0.3, 0.7),
        ("vi", "en"): Level(0.2, 0.6),
    }
)


def test_a_known_pair_of_languages_has_its_level() -> None:
    assert LEVELS.of("en", "vi") == Level(0.3, 0.7)
    assert LEVELS.candidate_scores("vi", ["vi", "en", "vi"]).tolist() == pytest.approx(
        [0.5, 0.2, 0.5]
    )


def test_another_language_of_questions_has_the_average() -> None:
    level = LEVELS.of("fr", "vi")
    assert (level.candidate_score, level.score) == pytest.approx((0.4, 0.8))


def test_passages_in_a_language_without_a_level_start_from_zero() -> None:
    assert LEVELS.of("vi", "fr") == Level(0, 0)


def test_saved_and_loaded(tmp_path: Path) -> None:
    LEVELS.save(tmp_path)
    assert Levels.load(tmp_path) == LEVELS


def scores(*questions: list[float]) -> Scores:
    """Return the scores of some questions, without tokens a tenth of those with all evidence."""
    rows = [[*each, *[np.nan] * (BEST - len(each))] for each in questions]
    return np.stack([np.array(rows) / 10, np.array(rows)], axis=-1)


def test_of_indexes_asked_together_the_best_of_all_count(tmp_path: Path) -> None:
    first = Levels.measured(
        {("vi", "vi"): scores([5, 4, 3, 2, 1], [9]), ("vi", "en"): scores([2], [4])}
    )
    second = Levels.measured({("vi", "vi"): scores([7, 6], [1, 1])})
    assert first.of("vi", "vi").score == pytest.approx(4)
    second.save(tmp_path)
    together = Levels.together([first, Levels.load(tmp_path)])
    # 7, 6, 5, 4, 3 for the first question, and 9, 1, 1 for the second
    assert together.of("vi", "vi").score == pytest.approx(36 / 8)
    assert together.of("vi", "vi").candidate_score == pytest.approx(3.6 / 8)
    assert together.of("vi", "en") == first.of("vi", "en")
    assert Levels.together([second]) is second
