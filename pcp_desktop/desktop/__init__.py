"""The window: the only Qt. It shows pages and sends back what the person decided."""
