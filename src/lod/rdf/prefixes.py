"""Prefixes: shorten an IRI to a prefixed name and back, as Turtle and SPARQL write them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lod.errors import ConfigError
from lod.rdf.namespaces import WELL_KNOWN_PREFIXES

# PN_LOCAL of the Turtle grammar, without the forms that need an escape: a local name that does
# not fit is written as a whole IRI.
_BASE_CHARACTERS = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_LOCAL = re.compile(
    rf"(?:[{_BASE_CHARACTERS}_0-9:](?:[{_BASE_CHARACTERS}_0-9:\u00b7\u0300-\u036f\u203f-\u2040.-]*"
    rf"[{_BASE_CHARACTERS}_0-9:\u00b7\u0300-\u036f\u203f-\u2040-])?)?"
)


_MOST_KNOWN = 20_000
"""So many IRIs are remembered with the prefix they have."""


class Prefixes(Mapping[str, str]):
    """Prefix → namespace IRI, the project's own before the well-known ones.

    >>> Prefixes({"ex": "http://example.org/"}).shorten("http://example.org/a")
    'ex:a'
    """

    def __init__(self, own: Mapping[str, str], *, well_known: bool = True) -> None:
        taken = set(own.values())
        base = WELL_KNOWN_PREFIXES if well_known else {}
        merged = {name: iri for name, iri in base.items() if iri not in taken} | dict(own)
        self._namespaces = dict(sorted(merged.items()))
        # Longest namespace first, so that a nested namespace wins over the one around it.
        self._by_length = sorted(
            ((iri, name) for name, iri in self._namespaces.items() if iri),
            key=lambda pair: (-len(pair[0]), pair[1]),
        )
        self._by_namespace = dict(reversed(self._by_length))
        self._all_end_plainly = all(iri.endswith(("/", "#", ":")) for iri in self._by_namespace)
        self._known: dict[str, tuple[str, str] | None] = {}

    def __getitem__(self, prefix: str) -> str:
        return self._namespaces[prefix]

    def __iter__(self) -> Iterator[str]:
        return iter(self._namespaces)

    def __len__(self) -> int:
        return len(self._namespaces)

    def split(self, iri: str) -> tuple[str, str] | None:
        """Return (prefix, local name), or None when no prefix fits."""
        try:
            return self._known[iri]
        except KeyError:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            found = self._known[iri] = self._split(iri)
            return found

    def _split(self, iri: str) -> tuple[str, str] | None:
        if self._all_end_plainly:
            slash = max(iri.rfind("/"), iri.rfind("#")) + 1
            colon = iri.rfind(":", slash) + 1
            cut = colon or slash
            prefix = self._by_namespace.get(iri[:cut])
            if prefix is not None and _LOCAL.fullmatch(iri, cut):
                return prefix, iri[cut:]
            if not colon:  # a local name holds no slash: no other namespace can fit
                return None
        for namespace, prefix in self._by_length:
            if iri.startswith(namespace):
                local = iri[len(namespace) :]
                if _LOCAL.fullmatch(local):
                    return prefix, local
        return None

    def shorten(self, iri: str) -> str | None:
        """Return the prefixed name of an IRI, or None when no prefix fits."""
        parts = self.split(iri)
        return f"{parts[0]}:{parts[1]}" if parts else None

    def expand(self, name: str, *, place: str = "lod.toml") -> str:
        """Return the IRI a prefixed name or ``<IRI>`` of the configuration stands for.

        :raises ConfigError: when the prefix is not known.
        """
        if name.startswith("<") and name.endswith(">"):
            return name[1:-1]
        prefix, colon, local = name.partition(":")
        if colon and prefix in self._namespaces:
            return self._namespaces[prefix] + local
        if colon and local.startswith("//"):
            return name
        raise ConfigError(
            "config/unknown-prefix",
            f'"{name}" is not a prefixed name with a known prefix.',
            place=place,
            cure=f'Add {prefix or "the prefix"} = "…" to [prefixes].',
        )
