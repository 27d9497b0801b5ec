"""Sizes of a company that is to be built, as people write them: customers=1000,invoices=20000,years=2."""

import argparse
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from quickbooks_sandbox.builder import Plan


def plan(text: str) -> "Plan":
    """For argparse; an empty text is a plan of the usual size."""
    import msgspec

    from quickbooks_sandbox.builder import Plan

    pairs = [pair.partition("=") for pair in text.split(",") if pair.strip()]
    sizes: dict[str, Any] = {name.strip(): value.strip() for name, _, value in pairs}
    try:
        return msgspec.convert(sizes, Plan, strict=False)
    except msgspec.ValidationError as error:
        known = ", ".join(Plan.__struct_fields__)
        raise argparse.ArgumentTypeError(f"{text!r} is no plan: {error}. There are {known}.") from None
