"""Invents a company with as much history as a test needs, the same one for the same plan."""

from quickbooks_sandbox.builder.plan import Plan

__all__ = ["Plan"]
