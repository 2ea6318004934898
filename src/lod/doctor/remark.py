"""What a look at a deployment found."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that was looked at: whether it is as it should be, and else what to do."""

    what: str
    is_well: bool
    cure: str = ""
