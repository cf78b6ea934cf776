"""The processor: which instructions it has, what a container may use of it, and what is slow."""

from pathlib import Path

import pytest

from retrieval.processor import Processor

OLD = "model name\t: Old Atom\nflags\t\t: fpu sse4_2 avx\n\nprocessor\t: 1\nmodel name\t: Other\n"
NEW = "model name\t: New Xeon\nflags\t\t: avx2 avx512bw avx_vnni avx512_vnni amx_int8\n"
USUAL = "model name\t: Small EPYC\nflags\t\t: fpu avx avx2 fma\n"


def processor(tmp_path: Path, cpuinfo: str, quota: str = "max 100000\n") -> Processor:
    (tmp_path / "cpuinfo").write_text(cpuinfo)
    (tmp_path / "cpu.max").write_text(quota)
    return Processor.here(tmp_path / "cpuinfo", tmp_path / "cpu.max")


def test_the_fastest_instructions_are_named_first(tmp_path: Path) -> None:
    found = processor(tmp_path, NEW)
    assert found.described == "New Xeon with AMX, AVX-512 VNNI, AVX-VNNI, AVX-512, AVX2"
    assert found.slow == ""
    assert found.has_vnni


def test_avx2_alone_is_not_slow(tmp_path: Path) -> None:
    found = processor(tmp_path, USUAL)
    assert (found.described, found.slow) == ("Small EPYC with AVX2", "")
    assert not found.has_vnni


def test_a_processor_without_avx2_is_slow(tmp_path: Path) -> None:
    found = processor(tmp_path, OLD)
    assert found.described == "Old Atom with no AVX2"
    assert found.slow == "the processor has no AVX2, which the encoder needs to be fast"


@pytest.mark.parametrize(
    ("quota", "cores", "slow"),
    [
        ("50000 100000", 0.5, "the container may use only 0.5 of a core"),
        ("200000 100000", 2, ""),
        ("max 100000", None, ""),
        ("", None, ""),
    ],
)
def test_what_a_container_may_use(
    tmp_path: Path, quota: str, cores: float | None, slow: str
) -> None:
    found = processor(tmp_path, USUAL, quota)
    assert (found.quota, found.slow) == (cores, slow)


def test_both_reasons_are_told(tmp_path: Path) -> None:
    assert "; the container" in processor(tmp_path, OLD, "25000 100000").slow


def test_a_system_that_does_not_tell_is_not_called_slow(tmp_path: Path) -> None:
    found = Processor.here(tmp_path / "none", tmp_path / "neither")
    assert (found.instructions, found.quota, found.slow) == (None, None, "")
    assert found.described == found.name != ""
