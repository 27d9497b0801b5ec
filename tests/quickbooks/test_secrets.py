import pytest
from pytest_django import Settings

from tieout.quickbooks.connecting.secrets import CannotOpen, seal, unseal

PLACE = "connection:1:access_token"


@pytest.fixture(autouse=True)
def keys(settings: Settings) -> None:
    settings.SEALING_KEYS = ["newest", "older"]


def test_a_sealed_value_opens_where_it_was_sealed() -> None:
    assert unseal(seal("tök€n", PLACE), PLACE) == "tök€n"


def test_a_sealed_value_shows_nothing_and_is_never_twice_the_same() -> None:
    assert b"token" not in seal("token", PLACE)
    assert seal("token", PLACE) != seal("token", PLACE)


@pytest.mark.parametrize("place", ["connection:2:access_token", "connection:1:refresh_token"])
def test_a_sealed_value_does_not_open_in_another_row_or_field(place: str) -> None:
    sealed = seal("token", PLACE)
    with pytest.raises(CannotOpen, match="not sealed there"):
        unseal(sealed, place)


def test_what_an_older_key_sealed_still_opens_and_is_sealed_anew_with_the_newest(settings: Settings) -> None:
    settings.SEALING_KEYS = ["older"]
    old = seal("token", PLACE)
    settings.SEALING_KEYS = ["newest", "older"]
    renewed = seal(unseal(old, PLACE), PLACE)
    settings.SEALING_KEYS = ["newest"]
    assert unseal(renewed, PLACE) == "token"
    with pytest.raises(CannotOpen, match="Add the key it was sealed with"):
        unseal(old, PLACE)


@pytest.mark.parametrize("broken", [b"", b"\x01", b"\x02" + b"x" * 40])
def test_what_was_never_sealed_does_not_open(broken: bytes) -> None:
    with pytest.raises(CannotOpen):
        unseal(broken, PLACE)


def test_an_altered_value_does_not_open() -> None:
    sealed = bytearray(seal("token", PLACE))
    sealed[-1] ^= 1
    with pytest.raises(CannotOpen, match="altered"):
        unseal(bytes(sealed), PLACE)
