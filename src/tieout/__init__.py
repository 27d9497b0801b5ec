"""Keeps a business's own records in two-way agreement with QuickBooks Online."""

__version__ = "0.1.0"
