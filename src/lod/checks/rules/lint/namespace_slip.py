"""namespace-slip (warning)   Scope: data, ontology, separate

Why: two IRIs that differ in one character are two things: with "https" for "http" or "/" for "#" a
 term is one that no program, shape or query knows.
Fix: Write the IRI as its vocabulary does.
Says: {term} is not in the namespace <{known}>, which is probably meant.

Fails:
  ex:oak <https://www.w3.org/2000/01/rdf-schema#label> "Oak"@en .
Passes:
  ex:oak rdfs:label "Oak"@en ;
    rdfs:seeAlso <https://www.w3.org/TR/rdf-schema/> , <http://www.w3.org/2000/01/rdf-schema> ;
    <http://schema.org/name> "Oak"@en .
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from lod.checks.lint.slips import Context, Slip
from lod.checks.lint.usage import bare
from lod.checks.lint.vocabularies import namespace_of, well_known_terms
from lod.config.fields import IRI
from lod.engine.batch import Row
from lod.rdf.namespaces import SCHEMA
from lod.rdf.near_namespaces import near_namespace

_SCHEMAS = (SCHEMA.iri, "http://schema.org/")
"""Both are in use; a project should write only one of them."""

_QUERY = """
SELECT (MIN(?user) AS ?subject) ?path ?value ?term ?known WHERE {
  VALUES (?term ?known ?described) { @TERMS@ }
  FILTER(!BOUND(?described) || EXISTS { ?described ?says ?something })
  {
    ?user ?term ?anything .
    BIND(?term AS ?path)
  } UNION {
    ?user ?path ?term .
    BIND(?term AS ?value)
  } UNION {
    ?term ?states ?stated .
    FILTER BOUND(?described)
    BIND(?term AS ?user)
  }
} GROUP BY ?path ?value ?term ?known
"""


def query(context: Context) -> str:
    """Return the query for the terms of namespaces that others nearly have, the base among them."""
    base = context.dataset.project.base
    rows = [f"(<{term}> <{known}> UNDEF)" for term, known in _slips(context)]
    for term in sorted(context.usage.near_base):
        meant = base + bare(term[1:-1])[len(bare(base)) :]
        rows.append(f"({term} <{base}> <{meant}>)")
    return _QUERY.replace("@TERMS@", " ".join(rows)) if rows else ""


def gather(rows: Iterable[Row], context: Context) -> Iterator[Slip]:  # noqa: ARG001 - all get it
    """Yield the first use of each of the terms."""
    first: dict[str, Row] = {}
    for row in sorted(rows, key=lambda row: [row.get(name, "") for name in ("subject", "path")]):
        first.setdefault(row["term"], row)
    for term, row in sorted(first.items()):
        yield Slip(
            values={"term": term, "known": row["known"][1:-1]},
            subject=row["subject"],
            path=row.get("path"),
            value=row.get("value"),
        )


def _slips(context: Context) -> Iterator[tuple[str, str]]:
    """Yield one term of each namespace that is wrong, with the namespace that is meant.

    One will do: what is wrong with it is wrong with all.
    """
    used = _used(context)
    listed = well_known_terms()
    for namespace, names in sorted(used.items()):
        known = _known(namespace, min(names), used, listed)
        if known and known != namespace and IRI.fullmatch(min(names)):
            yield min(names), known


def _used(context: Context) -> dict[str, set[str]]:
    """Return the names in use that no known vocabulary has, by namespace."""
    usage = context.usage
    base = context.dataset.project.base
    used = defaultdict(set, {each: set(names) for each, names in usage.values.items()})
    for term in usage.properties:
        if not term.startswith(f"<{base}"):
            used[namespace_of(term[1:])].add(term)
    found = {}
    for namespace, names in used.items():
        terms = {term[1:-1] for term in names if term[-2] not in "#/"}
        if namespace not in _SCHEMAS:
            terms -= set(context.terms.get(namespace, ()))
        if terms:
            found[namespace] = terms
    return found


def _known(
    namespace: str,
    iri: str,
    used: Mapping[str, Collection[str]],
    listed: Mapping[str, Collection[str]],
) -> str | None:
    """Return the namespace that is meant, None where nothing is wrong.

    :param listed: the terms of well-known vocabularies, by namespace.
    """
    if namespace in _SCHEMAS:
        return _usual_schema(used)
    near = near_namespace(namespace)
    if near is not None and near.is_certain:
        return near.namespace
    return _run_together(iri, listed)


def _usual_schema(used: Mapping[str, Collection[str]]) -> str | None:
    """Return the form of schema.org most of the project's terms have, when it uses both."""
    if any(each not in used for each in _SCHEMAS):
        return None
    return max(_SCHEMAS, key=lambda each: len(used[each]))


def _run_together(iri: str, listed: Mapping[str, Collection[str]]) -> str | None:
    """Return the namespace of a term that only lacks the ``#`` or ``/`` before its name."""
    for namespace, terms in listed.items():
        stem = namespace[:-1]
        if iri.startswith(stem) and namespace + iri[len(stem) :] in terms:
            return namespace
    return None
