"""Random data and shapes, small enough that much of what is asked for is nearly met."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

PREFIXES = """\
@prefix ex: <https://data.example/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
NODES = ["ex:n0", "ex:n1", "ex:n2", "ex:n3", "_:b0", "_:b1"]
CLASSES = ["ex:A", "ex:B", "ex:C"]
PROPERTIES = ["ex:p", "ex:q", "ex:r"]
LITERALS = [
    *("1", "01", "2", "-3", "1.0", "2.50", "1e0", "2.5e0", '"NaN"^^xsd:double'),
    *('"1"^^xsd:int', '"300"^^xsd:byte', '"x"^^xsd:integer', '"1.5"^^xsd:float'),
    *("true", "false", '"1"^^xsd:boolean', '"maybe"^^xsd:boolean'),
    *('"a"', '"b"', '"ab"', '"abc"', '""', '"a\\nb"', '"é"', '"1"', '"2020-01-01"'),
    *('"a"@en', '"b"@en', '"a"@en-gb', '"a"@lt', '"c"@de'),
    *('"2020-01-01"^^xsd:date', '"2020-02-30"^^xsd:date', '"2019-12-31"^^xsd:date'),
    *('"2020-01-01T00:00:00"^^xsd:dateTime', '"2020-01-01T00:00:00Z"^^xsd:dateTime'),
    *('"2020-01-01T01:00:00+01:00"^^xsd:dateTime', '"12:00:00"^^xsd:time'),
    *('"2020"^^xsd:gYear', '"2021"^^xsd:gYear', '"x"^^ex:own', '"y"^^ex:own'),
    *('"P1D"^^xsd:duration', '"http://x/"^^xsd:anyURI', '"ff"^^xsd:hexBinary'),
]
KINDS = ["IRI", "BlankNode", "Literal", "BlankNodeOrIRI", "BlankNodeOrLiteral", "IRIOrLiteral"]
DATATYPES = [
    *("integer", "int", "decimal", "double", "float", "string", "boolean", "date", "dateTime"),
    *("byte", "gYear", "anyURI"),
]
PATTERNS = ["a", "^a", "b$", "^[a-z]+$", "[0-9]", "^a?b*$", "n[0-2]", "(a|b)c?", "^$", "."]


def random_data(random: Random) -> str:
    """Return Turtle that says something of a few nodes."""
    lines = [
        f"{each} rdfs:subClassOf {random.choice(CLASSES)} ."
        for each in CLASSES
        if random.random() < 0.3
    ]
    for node in NODES:
        if random.random() < 0.7:
            lines.append(f"{node} a {random.choice(CLASSES)} .")
        lines += [
            f"{node} {random.choice(PROPERTIES)} {random_value(random)} ."
            for _ in range(random.randrange(5))
        ]
    return PREFIXES + "\n".join(lines)


def random_value(random: Random) -> str:
    """Return a node or a literal."""
    return random.choice(NODES) if random.random() < 0.35 else random.choice(LITERALS)


def random_shapes(random: Random) -> str:
    """Return Turtle with a few shapes."""
    shapes = [f"ex:S{number} {_target(random)} ; {_node_shape(random, 2)} ." for number in (0, 1)]
    return PREFIXES + "\n".join(shapes)


def _target(random: Random) -> str:
    return random.choice(
        [
            f"sh:targetClass {random.choice(CLASSES)}",
            f"sh:targetClass {random.choice(CLASSES)}",
            f"sh:targetNode {random.choice(NODES[:4])} , {random.choice(LITERALS)}",
            f"sh:targetSubjectsOf {random.choice(PROPERTIES)}",
            f"sh:targetObjectsOf {random.choice(PROPERTIES)}",
        ]
    )


def _node_shape(random: Random, depth: int) -> str:
    parts = [_of_node(random, depth) for _ in range(random.randrange(2))]
    parts += [
        f"sh:property [ sh:path {random_path(random)} ; {_property_shape(random, depth)} ]"
        for _ in range(random.randrange(1, 3))
    ]
    if random.random() < 0.15:
        parts.append("sh:closed true ; sh:ignoredProperties ( rdf:type rdfs:subClassOf )")
    if random.random() < 0.1:
        parts.append(f"sh:severity sh:{random.choice(['Info', 'Warning'])}")
    return " ; ".join(_once(parts))


def _property_shape(random: Random, depth: int) -> str:
    makers: Sequence[Callable[[Random, int], str]] = (_of_node, _of_property)
    parts = [random.choice(makers)(random, depth) for _ in range(random.randrange(1, 4))]
    return " ; ".join(_once(parts))


def _once(parts: Sequence[str]) -> list[str]:
    """Return the parts that have no parameter of those before, where there may be one only."""
    seen: dict[str, str] = {}
    for part in parts:
        name = part.split(" ", 1)[0]
        seen.setdefault(part if name == "sh:property" else name, part)
    return list(seen.values())


def random_path(random: Random, depth: int = 2) -> str:
    """Return a property path."""
    if depth == 0 or random.random() < 0.6:
        return random.choice(PROPERTIES)
    inner = [random_path(random, depth - 1) for _ in range(2)]
    return random.choice(
        [
            f"[ sh:inversePath {inner[0]} ]",
            f"( {inner[0]} {inner[1]} )",
            f"[ sh:alternativePath ( {inner[0]} {inner[1]} ) ]",
            f"[ sh:zeroOrMorePath {inner[0]} ]",
            f"[ sh:oneOrMorePath {inner[0]} ]",
            f"[ sh:zeroOrOnePath {inner[0]} ]",
        ]
    )


def _of_node(random: Random, depth: int) -> str:
    """Return a constraint that any shape may have."""
    simple = [
        f"sh:class {random.choice(CLASSES)}",
        f"sh:datatype xsd:{random.choice(DATATYPES)}",
        f"sh:nodeKind sh:{random.choice(KINDS)}",
        f"sh:{random.choice(['min', 'max'])}{random.choice(['In', 'Ex'])}clusive "
        f"{random.choice(LITERALS)}",
        f"sh:minLength {random.randrange(4)}",
        f"sh:maxLength {random.randrange(4)}",
        f'sh:pattern "{random.choice(PATTERNS)}"',
        f'sh:languageIn ( "{random.choice(["en", "lt", "en-gb", "*"])}" )',
        f"sh:hasValue {random_value(random)}",
        f"sh:in ( {' '.join(random_value(random) for _ in range(4))} )",
        f"sh:equals {random.choice(PROPERTIES)}",
        f"sh:disjoint {random.choice(PROPERTIES)}",
    ]
    if depth == 0 or random.random() < 0.75:
        return random.choice(simple)
    shapes = [f"[ {_node_shape(random, depth - 1)} ]" for _ in range(2)]
    return random.choice(
        [
            f"sh:not {shapes[0]}",
            f"sh:and ( {' '.join(shapes)} )",
            f"sh:or ( {' '.join(shapes)} )",
            f"sh:xone ( {' '.join(shapes)} )",
            f"sh:node {shapes[0]}",
        ]
    )


def _of_property(random: Random, depth: int) -> str:
    """Return a constraint that only property shapes may have."""
    simple = [
        f"sh:minCount {random.randrange(3)}",
        f"sh:maxCount {random.randrange(3)}",
        "sh:uniqueLang true",
        f"sh:lessThan {random.choice(PROPERTIES)}",
        f"sh:lessThanOrEquals {random.choice(PROPERTIES)}",
    ]
    if depth == 0 or random.random() < 0.75:
        return random.choice(simple)
    inner = _node_shape(random, depth - 1)
    bound = f"sh:qualified{random.choice(['Min', 'Max'])}Count {random.randrange(3)}"
    return random.choice(
        [
            f"sh:qualifiedValueShape [ {inner} ] ; {bound}",
            f"sh:property [ sh:path {random_path(random)} ; {_property_shape(random, depth - 1)} ]",
        ]
    )
