"""A workbook becomes staged observations and findings; nothing is written here."""
