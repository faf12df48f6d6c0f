"""The step that shows a workbook as it came, with what it was taken for and one question at a time."""
