"""Pages: one module a tab, each building the frozen Page that the tab shows and the papers print."""
