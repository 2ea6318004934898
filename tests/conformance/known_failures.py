"""What is known to fail, or to hold only by value: test IRI → whose it is, and what happens.

The lists only shrink: a listed test that does better than its list says is an error.
"""

from __future__ import annotations

from collections.abc import Mapping

_DAWG = "http://www.w3.org/2001/sw/DataAccess/tests/data-r2"
_SPARQL_11 = "http://www.w3.org/2009/sparql/docs/tests/data-sparql11"
_SPARQL_12 = "https://w3c.github.io/rdf-tests/sparql/sparql12"

_FORMS_LOST = (
    "The engine's: its store keeps numbers by value, so what tells lexical forms apart"
    " finds `01` and `1`, `1.0` and `1.0e0` the same."
)
_VALUES_IN_GRAPH = (
    "The engine's: its store keeps numbers by value, so a pattern with one lexical form"
    " also matches the others."
)
_NOWHERE = (
    "The engine's: a path of length zero from or to a term the graph does not hold gives nothing,"
    " where the standard gives the term itself."
)
_LANGUAGE_KEPT = (
    "The engine's: GROUP_CONCAT of texts in one language gives a text in that language,"
    " where the standard gives a plain one."
)
_TRIPLE_TERM_SUBJECT = (
    "The engine's: it takes a literal or a triple term for the subject of a triple term,"
    " which SPARQL 1.2 refuses."
)
_NO_SERVICE = "Ours, and meant: the guard refuses SERVICE, for no query may leave the machine."

KNOWN_FAILURES: Mapping[str, str] = {
    f"{_DAWG}/expr-builtin/manifest#dawg-str-1": _FORMS_LOST,
    f"{_DAWG}/expr-builtin/manifest#dawg-str-2": _FORMS_LOST,
    f"{_DAWG}/expr-builtin/manifest#sameTerm-simple": _FORMS_LOST,
    f"{_DAWG}/expr-builtin/manifest#sameTerm-eq": _FORMS_LOST,
    f"{_DAWG}/expr-builtin/manifest#sameTerm-not-eq": _FORMS_LOST,
    f"{_DAWG}/expr-builtin/manifest#case-insensitive-booleans": (
        "The engine's: it reads `true` and `false` in lower case only."
    ),
    f"{_DAWG}/expr-equals/manifest#eq-graph-1": _VALUES_IN_GRAPH,
    f"{_DAWG}/expr-equals/manifest#eq-graph-2": _VALUES_IN_GRAPH,
    f"{_DAWG}/open-world/manifest#open-eq-01": _VALUES_IN_GRAPH,
    f"{_DAWG}/open-world/manifest#date-2": (
        "The engine's: it finds a date without a time zone unequal to the same date with one,"
        " where the standard cannot tell and leaves the row out."
    ),
    f"{_DAWG}/syntax-sparql3/manifest#syn-bad-26": (
        "The engine's: it reads `?x<?a&&?b>?y` as two comparisons,"
        " where the longest token would be an IRI."
    ),
    f"{_SPARQL_11}/aggregates/manifest#agg-groupconcat-04": _LANGUAGE_KEPT,
    f"{_SPARQL_11}/aggregates/manifest#agg-groupconcat-06": _LANGUAGE_KEPT,
    f"{_SPARQL_11}/aggregates/manifest#agg-empty-group-count-graph": (
        "The engine's: a count inside GRAPH ?g runs once over all graphs and leaves ?g unbound,"
        " where the standard counts each graph."
    ),
    f"{_SPARQL_11}/functions/manifest#bnode01": (
        "The engine's: BNODE with one text gives the same node for every solution,"
        " where the standard gives each solution its own."
    ),
    f"{_SPARQL_11}/property-path/manifest#zero_or_more_set_start": _NOWHERE,
    f"{_SPARQL_11}/property-path/manifest#zero_or_more_set_end": _NOWHERE,
    f"{_SPARQL_11}/property-path/manifest#zero_or_one_set_start": _NOWHERE,
    f"{_SPARQL_11}/property-path/manifest#zero_or_one_set_end": _NOWHERE,
    f"{_SPARQL_11}/syntax-fed/manifest#test_1": _NO_SERVICE,
    f"{_SPARQL_11}/syntax-fed/manifest#test_2": _NO_SERVICE,
    f"{_SPARQL_11}/syntax-fed/manifest#test_3": _NO_SERVICE,
    f"{_SPARQL_12}/syntax/manifest#nested-aggregate-functions": (
        "The engine's: it takes an aggregate inside an aggregate, which SPARQL 1.2 refuses."
    ),
    f"{_SPARQL_12}/syntax-triple-terms-negative/manifest#tripleterm-subject-03": (
        _TRIPLE_TERM_SUBJECT
    ),
    f"{_SPARQL_12}/syntax-triple-terms-negative/manifest#tripleterm-subject-06": (
        _TRIPLE_TERM_SUBJECT
    ),
}
"""Tests that fail."""

_DATA_REWRITTEN = "The engine's: its store writes the numbers of the data in its own form."
_COMPUTED = "The engine's: it writes a computed number in its own form."

EQUAL_BY_VALUE: Mapping[str, str] = {
    f"{_DAWG}/expr-builtin/manifest#dawg-datatype-1": _DATA_REWRITTEN,
    f"{_DAWG}/expr-equals/manifest#eq-2-1": _DATA_REWRITTEN,
    f"{_DAWG}/expr-equals/manifest#eq-2-2": _DATA_REWRITTEN,
    f"{_DAWG}/open-world/manifest#open-eq-03": _DATA_REWRITTEN,
    f"{_DAWG}/open-world/manifest#open-eq-04": _DATA_REWRITTEN,
    f"{_DAWG}/open-world/manifest#date-3": (
        "The engine's: its store writes the time zone `+00:00` of a date as `Z`."
    ),
    f"{_SPARQL_11}/aggregates/manifest#agg-sum-02": _COMPUTED,
    f"{_SPARQL_11}/aggregates/manifest#agg-avg-02": _COMPUTED,
    f"{_SPARQL_11}/aggregates/manifest#agg-min-01": _DATA_REWRITTEN,
    f"{_SPARQL_11}/aggregates/manifest#agg-min-02": _DATA_REWRITTEN,
    f"{_SPARQL_11}/aggregates/manifest#agg-max-01": _DATA_REWRITTEN,
    f"{_SPARQL_11}/aggregates/manifest#agg-max-02": _DATA_REWRITTEN,
    f"{_SPARQL_11}/aggregates/manifest#agg-err-02": _COMPUTED,
    f"{_SPARQL_11}/aggregates/manifest#agg-max-distinct": _DATA_REWRITTEN,
    f"{_SPARQL_11}/aggregates/manifest#agg-min-distinct": _DATA_REWRITTEN,
    f"{_SPARQL_11}/cast/manifest#cast-bool": (
        "The engine's: its store writes the numbers and booleans of the data in its own form."
    ),
    f"{_SPARQL_11}/cast/manifest#cast-int": _DATA_REWRITTEN,
    f"{_SPARQL_11}/cast/manifest#cast-float": _COMPUTED,
    f"{_SPARQL_11}/cast/manifest#cast-double": _COMPUTED,
    f"{_SPARQL_11}/cast/manifest#cast-decimal": _COMPUTED,
    f"{_SPARQL_11}/cast/manifest#cast-string": _DATA_REWRITTEN,
    f"{_SPARQL_11}/csv-tsv-res/manifest#csv03": _DATA_REWRITTEN,
    f"{_SPARQL_11}/csv-tsv-res/manifest#tsv03": (
        "The engine's: its store writes numbers in its own form,"
        " and keeps xsd:negativeInteger as xsd:integer."
    ),
    f"{_SPARQL_11}/functions/manifest#plus-1-corrected": _DATA_REWRITTEN,
    f"{_SPARQL_11}/functions/manifest#plus-2-corrected": _DATA_REWRITTEN,
    f"{_SPARQL_11}/functions/manifest#coalesce01": _COMPUTED,
    f"{_SPARQL_12}/eval-triple-terms/manifest#op-2": _DATA_REWRITTEN,
}
"""Tests whose answer has the right values, some in another lexical form."""

_FILE_IS_GRAPH = (
    "Ours, and meant: each file of a project is a named graph as well, so `GRAPH ?g` also finds"
    " what the test has in the default graph alone. With `named-graph-uri` it does not."
)

AS_RELEASE: Mapping[str, str] = {
    f"{_DAWG}/algebra/manifest#join-combo-2": _FILE_IS_GRAPH,
    f"{_SPARQL_11}/subquery/manifest#subquery04": _FILE_IS_GRAPH,
}
"""Tests that fail when their data is a release of its own, and the query names no dataset."""

SHACL = {
    "sparql/pre-binding/shapesGraph-001": (
        "pySHACL's: it refuses `$shapesGraph`, whose support is optional (SHACL §5.3.2)."
    ),
}
"""SHACL tests to which pySHACL gives another outcome than expected, by their short name."""

SHACL_INCOMPLETE = {
    "core/complex/shacl-shacl": "Its shapes are a document outside of the suite's folder.",
}
"""SHACL tests whose documents the suite's folder does not hold."""
