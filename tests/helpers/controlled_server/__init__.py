"""The demo's server under a test's control: it records calls, injects faults, adds people."""
