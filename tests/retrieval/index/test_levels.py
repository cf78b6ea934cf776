"""Levels: known pairs, fallbacks, files."""

from pathlib import Path

import pytest

from retrieval.index.levels import Level, Levels

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
