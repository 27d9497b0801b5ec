"""What one sandbox is made of, without the web that serves it."""

from quickbooks_sandbox.parts.parts import Parts

__all__ = ["Parts"]
