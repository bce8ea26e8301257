"""Engines turn a stream address into pictures in shared memory. `port` is the contract, `ffmpeg` the default engine.

The decoders run in worker processes (`worker`, which never imports Qt); the console sees only their shared memory
and a few lines of JSON.
"""
