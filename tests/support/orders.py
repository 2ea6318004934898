"""The orders that GitHub's runner finds in what a job prints, read as the runner reads them."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NAMES = {
    *("add-mask", "add-matcher", "add-path", "debug", "echo", "endgroup", "error", "group"),
    *("notice", "remove-matcher", "save-state", "set-env", "set-output", "stop-commands"),
    "warning",
}
_OLD = re.compile(r"##\[([^\] ]*)[^\]]*\]")


@dataclass(frozen=True, slots=True)
class Order:
    """One order: its name, its properties and its message, escapes taken back."""

    name: str
    properties: dict[str, str]
    message: str


def read_orders(output: str) -> list[Order]:
    """Return the orders in the output of a job; other lines are only shown.

    The new form begins a line, the old one stands anywhere in it.
    """
    found = []
    for line in re.split(r"\r\n|\r|\n", output):
        order = _new_form(line.lstrip())
        if order is None and (old := _OLD.search(line)) and old[1].lower() in _NAMES:
            order = Order(old[1], {}, line[old.end() :])
        if order is not None:
            found.append(order)
    return found


def _new_form(line: str) -> Order | None:
    if not line.startswith("::") or "::" not in line[2:]:
        return None
    head, _, message = line[2:].partition("::")
    name, _, properties = head.partition(" ")
    if name.lower() not in _NAMES:
        return None
    pairs = (each.split("=", 1) for each in properties.strip().split(",") if each)
    return Order(
        name,
        {pair[0]: _unescaped(pair[1], "0D 0A 3A 2C 25") for pair in pairs if len(pair) == 2},
        _unescaped(message, "0D 0A 25"),
    )


def _unescaped(text: str, codes: str) -> str:
    for code in codes.split():
        text = text.replace(f"%{code}", chr(int(code, 16)))
    return text
