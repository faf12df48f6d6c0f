"""A chart on screen: laid out, painted, read point by point. No numbers are made here."""
