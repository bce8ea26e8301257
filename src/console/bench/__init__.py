"""Measures the program on the machine where it runs: `gwanje bench wall` (docs/measuring.md defines each figure)."""
