"""Describes the machine that was measured, for the line below every table of speed."""

from __future__ import annotations

import platform

import joblib

from benchmarks.peers.versions import measured
from retrieval.processor import Processor


def machine(processor: Processor | None = None) -> str:
    """Return processor, instructions, cores, system, and versions of Python and the libraries."""
    processor = processor or Processor.here()
    versions = ", ".join(" ".join(pair) for pair in measured().items())
    return (
        f"{processor.described}, {joblib.cpu_count()} cores; "
        f"{platform.system()} {platform.machine()}, Python {platform.python_version()}; {versions}"
    )
