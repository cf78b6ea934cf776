"""Fuzzed updates, and the bot that must withstand them: see `benchmarks.fuzzed_updates`.

`values` has hostile texts and numbers. `api_types` generates whole updates from the Bot API's
description. `real_updates` collects updates from the demo's server, and `mutations` damages them.
`stage` runs the bot that gets all of them.
"""
