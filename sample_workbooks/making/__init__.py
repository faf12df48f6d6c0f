"""The sample quarter: one module for each kind of partner; nothing of the program reads these modules."""
