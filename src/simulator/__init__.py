"""A district of cameras (ONVIF and RTSP) for the demo, for training and for the tests.

Import `run_simulator` from .cli, `SimulatorProcess` from .process, `Simulator` from .server, `make_district` from
.district and the code band from .codeband; this file imports none of them, so that each costs only what it needs.
"""
