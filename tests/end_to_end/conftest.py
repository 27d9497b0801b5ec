from __future__ import annotations

from pathlib import Path

import pytest

from .processes import Tieout

# A crash is mended at once, so that a test need not wait for what protects the real QuickBooks.
QUICK = {"TIEOUT_LEASE_S": "1", "TIEOUT_RESEND_AFTER_S": "1"}


@pytest.fixture
def tieout(tmp_path: Path) -> Tieout:
    return Tieout(tmp_path / "data", QUICK)
