"""The sample company, entered through the same rules as anything else, in the past of the clock."""

from quickbooks_sandbox.sample.fill import sample

__all__ = ["sample"]
