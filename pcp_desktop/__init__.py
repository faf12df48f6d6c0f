"""PCP Desktop: the working desk of a Police and Crime Panel's secretariat."""

__version__ = "0.2.0"
