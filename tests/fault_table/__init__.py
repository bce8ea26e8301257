"""Each fault that a camera or its network may have, against the real pool, engine and workers: docs/faults.md.

`python -m tests.fault_table` measures all rows and prints them; tests/integration/test_fault_table.py holds the bounds.
"""
