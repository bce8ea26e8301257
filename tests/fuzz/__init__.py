"""Broken RTSP answers, SDPs and RTP packets for the session code: `python -m tests.fuzz --count 200000 --seed 1`."""
