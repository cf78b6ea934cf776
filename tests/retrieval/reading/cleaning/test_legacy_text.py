"""Text that was saved in a wrong encoding: converted where Vietnamese comes out, else left."""

from __future__ import annotations

import pytest

from retrieval.reading.cleaning.legacy_text import from_legacy
from retrieval.refusals import UnreadableError

VIETNAMESE = "Tủ đựng tài liệu mật phải có hai ổ khóa"
TCVN3 = "Tñ ®ùng tµi liÖu mËt ph¶i cã hai æ khãa"
VNI = "Tuû ñöïng taøi lieäu maät phaûi coù hai oå khoùa"


@pytest.mark.parametrize(
    "text",
    [
        TCVN3,
        VNI,
        TCVN3.encode("latin-1").decode("cp1258"),
        VIETNAMESE.encode().decode("latin-1"),
    ],
    ids=["tcvn3", "vni", "tcvn3 as cp1258", "utf-8 as latin-1"],
)
def test_text_in_a_wrong_encoding_is_converted(text: str) -> None:
    assert from_legacy([text]) == [VIETNAMESE]


def test_short_lines_go_with_the_document_and_unicode_stays() -> None:
    assert from_legacy([TCVN3, "æ khãa", "Ends in ASCII"]) == [
        VIETNAMESE,
        "ổ khóa",
        "Ends in ASCII",
    ]


@pytest.mark.parametrize(
    "text",
    [
        VIETNAMESE,
        "Le ministre a déclaré à la presse que la réunion était très réussie.",
        "El niño comió la piña mañana; según él, también habrá más allí.",
        "Die Bürger müssen für größere Häuser höhere Gebühren zahlen.",
        "It’s a café – naïve, but fine.",
    ],
)
def test_other_text_stays(text: str) -> None:
    assert from_legacy([text]) == [text]


def test_nonsense_is_refused() -> None:
    with pytest.raises(UnreadableError):
        from_legacy(["X®x q¶q w±w z§z k®k"])
