"""The drawing of the layers in the docs is that of the contracts."""

from __future__ import annotations

from docs.layers import PICTURE, Contracts, drawing


def test_the_picture_is_drawn_from_the_contracts_as_they_are() -> None:
    assert PICTURE.read_text(encoding="utf-8") == drawing(Contracts.load()), (
        "run `python docs/layers.py`"
    )


def test_every_box_names_its_module_and_what_it_is() -> None:
    picture = drawing(Contracts({"bot": [["settings"]], "retrieval": [["index", "errors"]]}))
    assert '<text class="name" x="34" y="76">settings</text>' in picture
    assert "Errors that are told to the user" in picture
    assert picture.count("<rect") == 4
