"""Which measure of the plan a series is, what is asked about it, and what was answered before."""
