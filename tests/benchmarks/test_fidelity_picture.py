"""The picture of what files keep."""

from xml.etree.ElementTree import fromstring

from benchmarks.fidelity_picture import picture

SVG = "{http://www.w3.org/2000/svg}"


def test_each_file_is_a_step_and_the_lowest_share_comes_first() -> None:
    svg = fromstring(picture({".docx": {"words": [1.0, 0.5], "pairs": [0.0, 1.0]}}))  # noqa: S314
    *_, words, pairs = (each.get("points") for each in svg.iter(f"{SVG}polyline"))
    assert words == "44.0,154.0 184.0,154.0 184.0,64.0 324.0,64.0"
    assert pairs == "44.0,244.0 184.0,244.0 184.0,64.0 324.0,64.0"
    assert ".docx, 2 files" in [each.text for each in svg.iter(f"{SVG}text")]
