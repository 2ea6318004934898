"""What kind of term a value is (SHACL §4.1)."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from lod.checks.shacl.compiled import literals
from lod.checks.shacl.compiled.declared import Declared
from lod.checks.shacl.compiled.shapes import Checking, Constraint, each_term, each_value
from lod.rdf.namespaces import RDFS, SH

_IRI, _BLANK, _LITERAL = "<", "_", '"'
_KINDS = {
    str(SH.IRI): _IRI,
    str(SH.BlankNode): _BLANK,
    str(SH.Literal): _LITERAL,
    str(SH.BlankNodeOrIRI): _BLANK + _IRI,
    str(SH.BlankNodeOrLiteral): _BLANK + _LITERAL,
    str(SH.IRIOrLiteral): _IRI + _LITERAL,
}


def class_(declared: Declared) -> Iterator[Constraint]:
    """ClassConstraintComponent (§4.1.1): each value node is a SHACL instance of the class."""
    name = declared.value

    def failing(check: Checking, nodes: Collection[str]) -> Collection[str]:
        return set(nodes) - check.graph.instances(name)

    yield declared.constraint("Class", each_value(failing))


def datatype(declared: Declared) -> Iterator[Constraint]:
    """DatatypeConstraintComponent (§4.1.2): each value node is a literal of the datatype.

    Its text must be one the datatype has, also for those datatypes of XML Schema that SPARQL has
    no functions for.
    """
    iri = declared.value[1:-1]
    any_literal = iri == RDFS.Literal.value

    def is_met(node: str) -> bool:
        if node[0] != _LITERAL:
            return False
        return any_literal or (literals.datatype(node) == iri and not literals.is_ill_typed(node))

    yield declared.constraint("Datatype", each_term(is_met))


def node_kind(declared: Declared) -> Iterator[Constraint]:
    """NodeKindConstraintComponent (§4.1.3): each value node is of that kind."""
    kinds = _KINDS.get(declared.value)
    if kinds is None:
        raise declared.refusal("The value of sh:nodeKind is no kind of nodes.")
    yield declared.constraint("NodeKind", each_term(lambda node: node[0] in kinds))
