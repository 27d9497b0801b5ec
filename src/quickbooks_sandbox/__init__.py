"""A local QuickBooks Online: the accounting API, its sign-in and its books, without an account or the internet."""

__version__ = "0.1.0"
