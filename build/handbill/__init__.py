"""Handbill: from the scan of a joint statement to print-ready briefs."""

__version__ = "0.1.0"
