"""Papers: pages become files to hand over."""
