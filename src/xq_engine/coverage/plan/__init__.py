"""Which sites to build so that points without service get it at least cost: greedy at once, HiGHS with a proven bound."""
