"""Pages with gaps: rendered once by a template, filled in for each entity."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping

from markupsafe import Markup

from lod.representation.fragments import escaped


class Gaps:
    """Marks for what is not known yet, by name; templates insert them like any text.

    A mark is a word that nobody can guess and that stays itself wherever it stands: in an address,
    in an attribute, in text.
    """

    def __init__(self) -> None:
        self._secret = secrets.token_hex(12)

    def __getattr__(self, name: str) -> Markup:
        """Return the mark of a gap."""
        if name.startswith("_"):
            raise AttributeError(name)
        return Markup(f"g{self._secret}x{name}x")  # noqa: S704 - letters and digits

    def split(self, text: str) -> list[str]:
        """Return text and names of gaps in turn."""
        return re.split(rf"g{self._secret}x([a-z_]+?)x", text)


class Sheet:
    """A page, and where its gaps are."""

    def __init__(self, text: str, gaps: Gaps) -> None:
        pieces = gaps.split(text)
        self._pieces = pieces
        self._names = pieces[1::2]

    def filled(self, values: Mapping[str, str]) -> str:
        """Return the page with its gaps filled in; what is not ``Markup`` is escaped.

        :param values: what stands in each gap; each that is there must have one.
        """
        texts = {
            name: value if type(value) is Markup else escaped(value)
            for name, value in values.items()
        }
        pieces = self._pieces.copy()
        pieces[1::2] = [texts[name] for name in self._names]
        return "".join(pieces)
