"""One module a tab: ask for a page, show it, send back a decision."""
