"""The figures in texts: live figures in commentary. It knows no values of its own; they are handed in."""
