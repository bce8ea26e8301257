"""`make soak`: a wall of 25 tiles for hours while one camera comes and goes, and what that does to memory."""
