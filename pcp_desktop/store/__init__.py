"""The panel file: the only SQL of the program; rows in, dataclasses out."""
