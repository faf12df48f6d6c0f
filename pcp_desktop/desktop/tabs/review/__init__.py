"""The step that shows what accepting a return would do."""
