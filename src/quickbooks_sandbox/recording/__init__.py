"""Calls to the accounting API, kept as they were made and answered, and made again."""

from quickbooks_sandbox.recording.exchange import Exchange
from quickbooks_sandbox.recording.recorder import Recorder
from quickbooks_sandbox.recording.replay import Replayed, replay

__all__ = ["Exchange", "Recorder", "Replayed", "replay"]
