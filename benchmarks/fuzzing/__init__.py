"""Updates that nobody would send, and the bot that must bear them: see `benchmarks.fuzzed_updates`.

`values` holds hostile texts and numbers, `api_types` whole updates by the Bot API's description,
`real_updates` what the demo's server delivers, `mutations` the same with something wrong, and
`stage` the bot that gets them all.
"""

import sys
from pathlib import Path

# The check of every call against the Bot API's description is the tests'.
sys.path.append(str(Path(__file__).parents[2] / "tests"))
