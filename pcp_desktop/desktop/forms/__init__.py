"""Forms compiled from ui; never edited."""
