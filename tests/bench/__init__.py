"""`make bench`: figures of one run on one machine, as ratios wherever something can stand beside them."""
