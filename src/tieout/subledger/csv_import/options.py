from __future__ import annotations

from dataclasses import dataclass

from .cells import ISO


@dataclass(frozen=True)
class Options:
    by: str = "import"
    approve: bool = False  # invoices; else they come in as drafts
    dry_run: bool = False
    skip_bad: bool = False  # take the good rows in although others are bad
    date_format: str = ISO

    @property
    def stores(self) -> bool:
        return not self.dry_run
