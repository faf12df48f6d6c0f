"""What a cell says by itself: periods, figures, markers, headings. Knows no tables."""
