"""How a service says no."""

from __future__ import annotations

# The key of a sentence about the record as a whole.
WHOLE = ""


class Refused(Exception):
    """Nothing was changed. `errors`: a sentence per field, shown beside it; "" is the record as a whole."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__(" ".join(f"{field}: {text}" if field else text for field, text in errors.items()))
        self.errors = errors


def refuse(sentence: str, field: str = WHOLE) -> Refused:
    return Refused({field: sentence})


class Refusals:
    """Collects what is wrong, so that a person sees it all at once. The first sentence per field stands."""

    def __init__(self) -> None:
        self.errors: dict[str, str] = {}

    def add(self, field: str, sentence: str) -> None:
        self.errors.setdefault(field, sentence)

    def unless(self, holds: object, field: str, sentence: str) -> None:
        if not holds:
            self.add(field, sentence)

    def stop(self) -> None:
        if self.errors:
            raise Refused(self.errors)
