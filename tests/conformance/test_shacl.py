"""Both engines give the results that the W3C SHACL suite expects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

import pytest

from conformance.known_failures import SHACL, SHACL_INCOMPLETE
from conformance.manifests import suites_folder
from conformance.shacl_suite import Row, ShaclTest, read_tests, without_labels
from lod.checks.shacl.compiled.engine import CompiledShapes
from lod.checks.shacl.results import Result, ShapesRefusedError
from support.shacl import refereed

FOLDER = suites_folder() / "shacl" / "tests"
TESTS = read_tests(FOLDER)
WHOLE = [test for test in TESTS if test.is_whole]


def rows(results: Sequence[Result]) -> Counter[Row]:
    """Return results as the suite's reports have them, top results alone."""
    return Counter(
        (
            each.focus,
            each.path or "",
            each.value or "",
            _iri(each.component),
            _iri(each.severity),
            each.shape,
        )
        for each in results
    )


def _iri(text: str) -> str:
    return text if text.startswith("<") else f"<{text}>"


def meets(test: ShaclTest, validate: Callable[[bytes, bytes], Sequence[Result]]) -> bool:
    """Whether an engine gives what is expected, whatever blank nodes are called."""
    try:
        results = validate(test.data, test.shapes)
    except ShapesRefusedError:
        return test.expected is None
    if test.expected is None:
        return False
    told = {text for each in results for text in each.messages.values()}
    said = all(message.split('"')[1] in told for message in test.messages)
    return said and without_labels(rows(results)) == without_labels(test.expected)


@pytest.mark.parametrize("test", WHOLE, ids=lambda test: test.id)
class TestSuite:
    def test_the_results_are_those_expected(self, test: ShaclTest) -> None:
        """Each test of the suite has its results with the engine that users have."""
        assert meets(test, CompiledShapes().validate)

    def test_the_referee_gives_them_too(self, test: ShaclTest) -> None:
        """So it is with pySHACL; those tests known to differ still do."""
        assert meets(test, refereed) is (test.id not in SHACL)


def test_every_test_is_run_or_named() -> None:
    """No test is left out in silence, and no name stands for a test that is not there."""
    assert len(WHOLE) > 80
    assert {test.id for test in TESTS if not test.is_whole} == set(SHACL_INCOMPLETE)
    assert set(SHACL) <= {test.id for test in WHOLE}
