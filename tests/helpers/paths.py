"""Where the project and the data shared with it lie."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds"
SHARED = ROOT.parent / "shared"
