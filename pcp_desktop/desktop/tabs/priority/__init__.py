"""The priorities tab: a priority's charts, the working behind its status, its commentary."""
