"""What a value reads like (SHACL §4.4)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator

from lod.checks.shacl.compiled import literals
from lod.checks.shacl.compiled.declared import Declared
from lod.checks.shacl.compiled.matching import Matcher
from lod.checks.shacl.compiled.shapes import (
    Checking,
    Constraint,
    Evaluator,
    Found,
    Values,
    each_term,
    each_value,
)
from lod.rdf.terms import is_blank, is_literal


def min_length(declared: Declared) -> Iterator[Constraint]:
    """MinLengthConstraintComponent (§4.4.1): each value node has so many characters or more."""
    least = declared.count()
    yield declared.constraint("MinLength", _each_text(lambda text: len(text) >= least))


def max_length(declared: Declared) -> Iterator[Constraint]:
    """MaxLengthConstraintComponent (§4.4.2): each value node has so many characters at most."""
    most = declared.count()
    yield declared.constraint("MaxLength", _each_text(lambda text: len(text) <= most))


def _each_text(is_met: Callable[[str], bool]) -> Evaluator:
    """Return an evaluator of the strings of value nodes; a blank node has none and never meets."""
    return each_term(lambda node: not is_blank(node) and is_met(literals.string(node)))


def pattern(declared: Declared) -> Iterator[Constraint]:
    """PatternConstraintComponent (§4.4.3): SPARQL's REGEX finds the pattern in each value node."""
    flags = "".join(sorted(map(literals.string, declared.beside("flags"))))
    text = literals.string(declared.value)
    try:
        matcher = Matcher(text, flags, declared.named())
    except re.error as error:
        said = f"The pattern {text!r} is no regular expression: {error}."
        raise declared.refusal(said, component="Pattern") from None

    def failing(_: Checking, nodes: Collection[str]) -> Collection[str]:
        texts = {node: literals.string(node) for node in nodes if not is_blank(node)}
        matched = matcher.matched(texts.values())
        return {node for node in nodes if texts.get(node) not in matched}

    yield declared.constraint("Pattern", each_value(failing))


def language_in(declared: Declared) -> Iterator[Constraint]:
    """LanguageInConstraintComponent (§4.4.4): langMatches finds each tag in a list."""
    ranges = [literals.string(each).lower() for each in declared.members()]

    def is_met(node: str) -> bool:
        tag = literals.language(node).lower() if is_literal(node) else ""
        return bool(tag) and any(
            wanted in {"*", tag} or tag.startswith(f"{wanted}-") for wanted in ranges
        )

    yield declared.constraint("LanguageIn", each_term(is_met))


def unique_lang(declared: Declared) -> Iterator[Constraint]:
    """UniqueLangConstraintComponent (§4.4.5): no two value nodes are in one language."""

    def evaluate(_: Checking, values: Values) -> Iterator[Found]:
        for focus, nodes in values.items():
            if len(nodes) > 1:
                tags = Counter(literals.language(node).lower() for node in nodes if node[0] == '"')
                for tag, number in tags.items():
                    if tag and number > 1:
                        yield Found(focus)

    if declared.boolean():
        yield declared.constraint("UniqueLang", evaluate)
