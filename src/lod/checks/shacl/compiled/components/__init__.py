"""The constraint components of SHACL Core (§4), each by the name of its parameter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from lod.checks.shacl.compiled.components import (
    cardinality,
    logical,
    other,
    property_pair,
    shape_based,
    string_based,
    value_range,
    value_type,
)
from lod.checks.shacl.compiled.declared import Declared
from lod.checks.shacl.compiled.shapes import Constraint

Component = Callable[[Declared], Iterable[Constraint]]
"""Returns the constraints that one value of a parameter declares."""

CORE: Mapping[str, Component] = {
    "and": logical.and_,
    "class": value_type.class_,
    "closed": other.closed,
    "datatype": value_type.datatype,
    "disjoint": property_pair.disjoint,
    "equals": property_pair.equals,
    "hasValue": other.has_value,
    "ignoredProperties": other.ignored_properties,
    "in": other.in_,
    "languageIn": string_based.language_in,
    "lessThan": property_pair.less_than,
    "lessThanOrEquals": property_pair.less_than_or_equals,
    "maxCount": cardinality.max_count,
    "maxExclusive": value_range.max_exclusive,
    "maxInclusive": value_range.max_inclusive,
    "maxLength": string_based.max_length,
    "minCount": cardinality.min_count,
    "minExclusive": value_range.min_exclusive,
    "minInclusive": value_range.min_inclusive,
    "minLength": string_based.min_length,
    "node": shape_based.node,
    "nodeKind": value_type.node_kind,
    "not": logical.not_,
    "or": logical.or_,
    "pattern": string_based.pattern,
    "qualifiedMaxCount": shape_based.qualified_count,
    "qualifiedMinCount": shape_based.qualified_count,
    "qualifiedValueShape": shape_based.qualified_value_shape,
    "uniqueLang": string_based.unique_lang,
    "xone": logical.xone,
}
"""All but sh:property, whose results are those of the shape it names."""
