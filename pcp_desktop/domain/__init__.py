"""What the Panel talks about, in its own words. Standard library only; no files, no Qt, no SQL."""
