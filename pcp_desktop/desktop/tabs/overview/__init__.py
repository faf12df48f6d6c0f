"""The overview tab: every priority's lead measure in one table."""
