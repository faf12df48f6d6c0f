"""A file that came in becomes plain cells, safely: what it is, its limited child process, what its XML says."""
