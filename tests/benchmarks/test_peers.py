from xml.etree.ElementTree import fromstring

from benchmarks.peers.chart import chart
from benchmarks.peers.result import MEASURES, Result
from benchmarks.peers.table import tables
from retrieval.evaluation.dataset import Dataset

SVG = "{http://www.w3.org/2000/svg}"


def result(system: str, slice: str, share: float) -> Result:
    return Result(system, slice, dict.fromkeys(MEASURES, share))


RESULTS = [
    result("ours", "vi-vi", 1.0),
    result("ours", "mixed", 0.25),
    result("theirs", "vi-vi", 0.9876),
    result("theirs", "mixed", 0.25),
]


def test_rankings_are_scored_by_their_order() -> None:
    dataset = Dataset(
        documents=(),
        questions={"one": "?", "two": "?"},
        relevant={"one": frozenset({"a", "b"}), "two": frozenset({"a"})},
        answers={},
        unanswerable=(),
    )
    rankings = {"one": ["b", "c", "a"], "two": ["c", "a"]}
    assert Result.of_rankings("theirs", "mixed", dataset, rankings).figures == {
        "first hit relevant": 0.5,
        "recall@1": 0.25,
        "recall@3": 1.0,
        "MRR@10": 0.75,
    }


def test_the_tables_set_the_best_of_each_slice_in_bold() -> None:
    assert tables(RESULTS).startswith(
        "First hit right (where one document is relevant, this is recall@1):\n\n|  | vi-vi |"
    )
    assert tables(RESULTS).endswith(
        "MRR@10:\n"
        "\n"
        "|  | vi-vi | mixed |\n"
        "| --- | ---: | ---: |\n"
        "| ours | **1.000** | **.250** |\n"
        "| theirs | .988 | **.250** |"
    )


def test_the_picture_has_a_bar_as_long_as_each_figure() -> None:
    svg = fromstring(chart(RESULTS, "first hit relevant", "First & foremost"))  # noqa: S314
    tracks = svg.findall(f"{SVG}rect[@opacity]")
    bars = [bar for bar in svg.findall(f"{SVG}rect") if bar not in tracks]
    assert [float(bar.get("width", "")) for bar in bars] == [66.0, 16.5, 65.2, 16.5]
    assert {float(track.get("width", "")) for track in tracks} == {66.0}
    assert [text.text for text in svg.findall(f"{SVG}text")] == [
        *("First & foremost", "vi-vi", "mixed", "ours", "theirs"),
        *("1.000", ".250", ".988", ".250"),
    ]
    assert [bar.get("fill") == bars[0].get("fill") for bar in bars] == [True, True, False, False]
