"""Calls to the accounting API, kept as they were made and answered."""

from quickbooks_sandbox.recording.exchange import Exchange
from quickbooks_sandbox.recording.recorder import Recorder

__all__ = ["Exchange", "Recorder"]
