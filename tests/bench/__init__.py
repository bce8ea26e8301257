"""`make bench`: figures of one machine, as ratios wherever something can stand beside them; latency read back."""
