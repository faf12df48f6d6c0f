"""The panel file: the only SQL. Rows go in, dataclasses come out; nothing here judges or draws.

Importing this room costs nothing: sqlite-utils is imported when a file is opened, after the first window.
"""
