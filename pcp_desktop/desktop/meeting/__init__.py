"""The meeting view: the public pages on the whole screen."""
