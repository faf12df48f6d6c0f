"""What tables a sheet holds, and the series in them. Knows no plan."""
