"""Numbers: observations become series, limits, comparisons, statuses and pages. Pure functions, no files."""
