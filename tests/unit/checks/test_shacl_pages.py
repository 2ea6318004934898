"""The page of each SHACL code: its examples are found, and pass, as the page says."""

from __future__ import annotations

import pytest
from pyoxigraph import NamedNode

from lod.checks.catalogue import Rule, read_catalogue
from lod.checks.shacl.messages import SENTENCES
from lod.checks.shacl.results import Result, to_diagnostic
from lod.rdf.namespaces import SH
from support.shacl import PREFIXES, findings, parts

PAGES = [rule for rule in read_catalogue() if rule.code.startswith("shacl/")]
WITH_EXAMPLES = [rule for rule in PAGES if rule.failing]

NEVER_FOUND = {"shacl/engines-differ", "shacl/property"}
"""What a check with one engine does not tell: a difference to another, and what SHACL §4.7.2 gives
the results of the property shape for."""


def code_of(component: NamedNode) -> str:
    result = Result("<x:a>", SH.Violation.value, component.value, "<x:S>", {})
    return to_diagnostic(result, None, [], PREFIXES).code


class TestPages:
    def test_every_code_has_a_page(self) -> None:
        """A finding of any constraint of SHACL can be explained, and no page is about another."""
        codes = {code_of(SH[f"{name}ConstraintComponent"]) for name in (*SENTENCES, "")}

        assert {page.code for page in PAGES} == {*codes, "shacl/engines-differ", "shacl/shapes"}

    def test_every_page_has_examples(self) -> None:
        """Each page shows what fails and what passes, but for what this engine never tells."""
        assert {page.code for page in PAGES if not page.failing} == NEVER_FOUND
        assert {page.code for page in PAGES if not page.passing} == NEVER_FOUND

    @pytest.mark.parametrize("page", PAGES, ids=lambda page: page.code)
    def test_says_why_and_how(self, page: Rule) -> None:
        """Every page says why it matters and what to do."""
        assert page.why.endswith(".")
        assert page.fix.endswith(".")

    @pytest.mark.parametrize("page", WITH_EXAMPLES, ids=lambda page: page.code)
    def test_failing_example_fails(self, page: Rule) -> None:
        """What a page calls wrong is found under the code of the page, and nothing else is."""
        found = findings(*parts(page.failing))

        assert {finding.code for finding in found} == {page.code}
        assert {finding.severity for finding in found} == {page.severity}

    @pytest.mark.parametrize("page", WITH_EXAMPLES, ids=lambda page: page.code)
    def test_passing_example_passes(self, page: Rule) -> None:
        """What a page calls right is not found."""
        assert findings(*parts(page.passing)) == []
