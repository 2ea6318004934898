"""What is said of each rule, for the reference in ``docs/`` and for ``lod explain``."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator
from importlib import resources
from itertools import groupby

from lod.checks.catalogue import Catalogue, Rule
from lod.dataset import Role

_WIDTH = 80
_DEFAULT_FILE = "data/example.ttl"
_FILE = re.compile(r"^== (\S+) ==\n", re.MULTILINE)
_LANGUAGES = {"ttl": "turtle", "trig": "trig", "rq": "sparql", "toml": "toml", "csv": "csv"}
_AREAS = {
    "file": "Files that cannot be read at all.",
    "jsonld": "The syntax of JSON-LD.",
    "lint": "What data, ontologies and the texts of files should be like.",
    "n-quads": "The syntax of N-Quads.",
    "n-triples": "The syntax of N-Triples.",
    "project": "The project as a whole: its folders, `lod.toml`, its questions and addresses.",
    "rdf": "What cannot be published, and the syntax of RDF/XML.",
    "shacl": "What does not meet the project's shapes; the codes are SHACL's own constraints.",
    "shapes": "What is wrong with the shapes themselves, so that they would pass in silence.",
    "trig": "The syntax of TriG.",
    "turtle": "The syntax of Turtle.",
}


def rules_page(catalogue: Catalogue) -> str:
    """Return the reference of all codes, as Markdown; a project's own rules are not in it."""
    parts = [resources.files("lod.checks").joinpath("own_rules.md").read_text("utf-8")]
    rules = [rule for rule in catalogue if not rule.is_own]
    for area, members in groupby(rules, key=lambda rule: rule.code.partition("/")[0]):
        parts.append(f"\n## {area}\n\n{_AREAS.get(area, '')}".rstrip() + "\n")
        parts.extend(f"\n{_section(rule)}" for rule in members)
    return "".join(parts)


def explanation(rule: Rule) -> str:
    """Return what is to say of a code, as plain text."""
    heading = f"{rule.code} ({rule.severity.value})"
    if rule.scope:
        heading += f"   Scope: {_words(rule.scope)}"
    parts = [f"{heading}\n"]
    for name, text in (("Why", rule.why), ("Fix", rule.fix)):
        if text:
            parts.append(textwrap.fill(f"{name}: {text}", _WIDTH, break_on_hyphens=False) + "\n")
    for name, example in (("Fails", rule.failing), ("Passes", rule.passing)):
        if example:
            parts.append(f"{name}:\n{textwrap.indent(example, '  ')}")
    return "\n".join(parts)


def _section(rule: Rule) -> str:
    about = rule.severity.value
    if rule.scope:
        about += f"; looks at {_words(rule.scope)}"
    paragraphs = [f"### {rule.code}", f"*{about}*", f"Why: {_markdown(rule.why)}"]
    paragraphs.append(f"Fix: {_markdown(rule.fix)}")
    for name, example in (("Fails", rule.failing), ("Passes", rule.passing)):
        if example:
            paragraphs.append(f"{name}:")
            paragraphs.extend(_blocks(example, rule.scope))
    return "\n\n".join(paragraphs) + "\n"


def _blocks(example: str, scope: Iterable[Role]) -> Iterator[str]:
    """Yield the files of an example; one alone needs no name unless it is not the usual one."""
    parts = _FILE.split(example)
    files = [(_DEFAULT_FILE, parts[0]), *zip(parts[1::2], parts[2::2], strict=True)]
    files = [(name, text) for name, text in files if text.strip()]
    for name, text in files:
        if len(files) > 1 or name != _DEFAULT_FILE:
            yield f"`{_shown(name, scope)}`"
        language = _LANGUAGES.get(name.rpartition(".")[2], "text")
        yield f"```{language}\n{text.rstrip()}\n```"


def _shown(name: str, scope: Iterable[Role]) -> str:
    """Return the name of an example's file; the usual one stands in the first part looked at."""
    first = next(iter(scope), Role.DATA)
    if name == _DEFAULT_FILE and first is not Role.DATA:
        folder = "data/enrichment" if first is Role.SEPARATE else first.value
        return f"{folder}/example.ttl"
    return name


def _words(scope: Iterable[Role]) -> str:
    return ", ".join(role.value for role in scope)


def _markdown(text: str) -> str:
    """Return a text whose angle brackets and stars are shown as they are."""
    return re.sub(r"([<>*_\[\]`\\])", r"\\\1", text)
