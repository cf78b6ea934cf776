"""The settings of retrieval, read from an environment."""

import pytest

from retrieval.errors import SettingsError
from retrieval.settings import Limits, RetrievalSettings


@pytest.mark.parametrize("value", ["0", "-1", "1.5", "much"])
def test_limits_are_whole_numbers_above_nothing(value: str) -> None:
    with pytest.raises(SettingsError) as error:
        Limits.from_env({"PARSE_SECONDS": value})
    assert str(error.value) == f"PARSE_SECONDS must be a whole number above 0, not '{value}'"


@pytest.mark.parametrize(("value", "ocr"), [("", True), ("on", True), ("off", False)])
def test_pictures_are_read_unless_it_is_switched_off(value: str, ocr: bool) -> None:
    assert Limits.from_env({"OCR": value}) == Limits(ocr=ocr)


def test_the_switch_has_two_values() -> None:
    with pytest.raises(SettingsError) as error:
        Limits.from_env({"OCR": "maybe"})
    assert str(error.value) == "OCR must be on or off, not 'maybe'"


def test_collections_are_kept_in_postgresql_alone() -> None:
    with pytest.raises(SettingsError) as error:
        RetrievalSettings.from_env({"COLLECTION_URL": "mysql://bot:pass-word@db/documents"})
    assert str(error.value) == (
        "COLLECTION_URL must be a URL such as postgresql://user@host/database"
    )


def test_neighbours_in_view_are_as_many_as_pgvector_takes() -> None:
    assert RetrievalSettings.from_env({}).ef_search == 200
    assert RetrievalSettings.from_env({"HNSW_EF_SEARCH": "1000"}).ef_search == 1000
    for value in ("49", "1001", "many"):
        with pytest.raises(SettingsError) as error:
            RetrievalSettings.from_env({"HNSW_EF_SEARCH": value})
        assert str(error.value) == (
            f"HNSW_EF_SEARCH must be a whole number from 50 to 1000, not {value!r}"
        )
