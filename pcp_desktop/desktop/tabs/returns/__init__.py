"""The returns tab: what every partner owes, and workbooks brought in one after another."""
