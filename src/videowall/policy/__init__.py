"""Decisions without Qt, I/O or a clock of their own: which stream, for how long, and how much of it."""
