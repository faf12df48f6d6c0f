"""Every kind of chart once, made by the analysis itself, to be drawn, looked at and held to what charts promise."""
