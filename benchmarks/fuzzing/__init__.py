"""Updates that nobody would send, and the bot that must bear them: see `benchmarks.fuzzed_updates`.

`values` holds hostile texts and numbers, `api_types` whole updates by the Bot API's description,
`real_updates` what the demo's server delivers, `mutations` the same with something wrong, and
`stage` the bot that gets them all.
"""
