from __future__ import annotations

import pytest
from tests.sync.conftest import World, world

from tieout.subledger.models import User

__all__ = ["World", "world"]


@pytest.fixture
def mara(db: None) -> User:
    return User.objects.create_user("mara@example.com")
