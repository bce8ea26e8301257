"""Recorded clips: open a file, play it at any speed, step, seek, keep a still. `port` is the contract."""
