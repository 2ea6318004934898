"""What is known of pySHACL, as a table for the documentation."""

from __future__ import annotations

from lod.checks.shacl.deviations import DEVIATIONS, REFUSALS


def deviations_table() -> str:
    """Return the deviations with the sections they violate, as Markdown."""
    rows = [(each.what, each.section) for each in DEVIATIONS]
    rows += [(why, section) for section, why in REFUSALS.values()]
    lines = (f"| {_cell(what)} | {section} |\n" for what, section in rows)
    return "| what | the specification |\n|---|---|\n" + "".join(lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
