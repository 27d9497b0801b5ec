"""Acts that go on behind the pages, with progress. Each portion is stored by itself, so nothing is half done."""

from .running import begin, carry_out, latest

__all__ = ["begin", "carry_out", "latest"]
