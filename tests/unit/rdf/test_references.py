"""IRI references, by the examples of the specification."""

from __future__ import annotations

import pytest

from lod.rdf.references import resolve

BASE = "http://a/b/c/d;p?q"

# RFC 3986 §5.4.1 and §5.4.2, but for absolute references, which stay as they are.
EXAMPLES = {
    "g:h": "g:h",
    "g": "http://a/b/c/g",
    "./g": "http://a/b/c/g",
    "g/": "http://a/b/c/g/",
    "/g": "http://a/g",
    "//g": "http://g",
    "?y": "http://a/b/c/d;p?y",
    "g?y": "http://a/b/c/g?y",
    "#s": "http://a/b/c/d;p?q#s",
    "g#s": "http://a/b/c/g#s",
    "g?y#s": "http://a/b/c/g?y#s",
    ";x": "http://a/b/c/;x",
    "g;x": "http://a/b/c/g;x",
    "": "http://a/b/c/d;p?q",
    ".": "http://a/b/c/",
    "./": "http://a/b/c/",
    "..": "http://a/b/",
    "../": "http://a/b/",
    "../g": "http://a/b/g",
    "../..": "http://a/",
    "../../": "http://a/",
    "../../g": "http://a/g",
    "../../../g": "http://a/g",
    "../../../../g": "http://a/g",
    "/./g": "http://a/g",
    "/../g": "http://a/g",
    "g.": "http://a/b/c/g.",
    ".g": "http://a/b/c/.g",
    "g..": "http://a/b/c/g..",
    "./../g": "http://a/b/g",
    "./g/.": "http://a/b/c/g/",
    "g/./h": "http://a/b/c/g/h",
    "g/../h": "http://a/b/c/h",
    "g;x=1/./y": "http://a/b/c/g;x=1/y",
    "g;x=1/../y": "http://a/b/c/y",
    "g?y/../x": "http://a/b/c/g?y/../x",
    "g#s/../x": "http://a/b/c/g#s/../x",
}


class TestResolve:
    @pytest.mark.parametrize(("reference", "iri"), EXAMPLES.items())
    def test_example_of_the_specification(self, reference: str, iri: str) -> None:
        """A reference means what RFC 3986 says it means."""
        assert resolve(reference, BASE) == iri

    @pytest.mark.parametrize(
        ("reference", "base", "iri"),
        [
            ("http://a/./b/../c", BASE, "http://a/./b/../c"),
            ("g", "http://a", "http://a/g"),
            ("ž?ą#ė", "http://a/b", "http://a/ž?ą#ė"),
            ("#x", "urn:a:b", "urn:a:b#x"),
            ("", "http://a/b#c", "http://a/b"),
        ],
    )
    def test_other_bases(self, reference: str, base: str, iri: str) -> None:
        """Absolute references keep their dots; a base without a path, or with letters, will do."""
        assert resolve(reference, base) == iri
