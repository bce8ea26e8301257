"""Facts and rules of a control centre, pure Python: no Qt, no I/O, no clock of its own (the time is passed in)."""
