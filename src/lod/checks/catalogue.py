"""What each code of a finding means: read from the rule's own text, for checks, reports and docs.

A rule is one file. Its documentation is the comment at its start::

    label-missing (warning)   Scope: data, ontology

    Why: a page without a label can only be titled by its address.
    Fix: add rdfs:label, once for each language of the project.
    Says: {subject} has no label in "{language}".

    Fails:
      ex:a a ex:Thing .
    Passes:
      ex:a a ex:Thing ; rdfs:label "A"@en .

A graph rule is a SPARQL file, a text rule a Python module; findings of other parts of the toolkit
have a text alone.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from lod.dataset import Role
from lod.diagnostics import Severity
from lod.errors import ProjectError

_HEADING = re.compile(
    r"(?P<name>[a-z0-9-]+) \((?P<severity>error|warning|info)\)"
    r"(?:\s+Scope: (?P<scope>[a-z, ]+))?"
)
_SECTION = re.compile(r"(Why|Fix|Says|Suggests|Fails|Passes):(?:\s+(.*))?")
_EXAMPLES = {"Fails", "Passes"}
_KINDS = {".rq", ".py", ".md"}
_SHACL = "shacl"
_SLIP = 0.8
"""How alike two names are when one is a slip of the pen, by difflib's ratio."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One code a finding can have, and how to find it where that is a rule's work.

    ``says`` is the message, with the names of values in braces; ``suggests`` names the value for
    which the nearest known name is offered; ``body`` is the query of a graph rule, ``module`` the
    module of a text rule; ``name`` is the file, for messages.
    """

    code: str
    severity: Severity
    why: str
    fix: str
    says: str = ""
    suggests: str = ""
    scope: tuple[Role, ...] = ()
    failing: str = ""
    passing: str = ""
    name: str = ""
    body: str = ""
    module: str = ""
    is_own: bool = False
    """Whether the project brought it, in its ``lint/``."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All rules there are, by code."""

    rules: Mapping[str, Rule] = field(default_factory=dict)

    def get(self, code: str) -> Rule | None:
        """Return the rule of a code, None for an unknown one."""
        return self.rules.get(code)

    def knows(self, code: str) -> bool:
        """Whether findings can have a code or, when it is an area, codes in it.

        Constraint components of a project's own give codes, too: these are known unless they look
        like a slip of the pen.
        """
        area, slash, name = code.partition("/")
        names = {each.partition("/")[2] for each in self.rules if each.startswith(f"{area}/")}
        if not slash:
            return bool(names) or area == _SHACL
        if name in names:
            return True
        return (
            bool(name)
            and area == _SHACL
            and not difflib.get_close_matches(name, names, cutoff=_SLIP)
        )

    def near(self, code: str) -> str | None:
        """Return the known code or area most like this one, if any is."""
        if "/" not in code.rstrip("/"):
            areas = {_SHACL, *(known.partition("/")[0] for known in self.rules)}
            found = difflib.get_close_matches(code.rstrip("/"), sorted(areas), n=1)
            if found:
                return found[0] if found[0] != code else None
        ends = {known.partition("/")[2]: known for known in self.rules}
        found = difflib.get_close_matches(code, self.rules, n=1)
        found = found or [
            ends[end] for end in difflib.get_close_matches(code.rpartition("/")[2], ends, n=1)
        ]
        return found[0] if found else None

    def graph_rules(self) -> tuple[Rule, ...]:
        """Return the rules that are queries, sorted by code."""
        return tuple(rule for rule in self if rule.body)

    def modules(self) -> tuple[Rule, ...]:
        """Return the rules that are modules, sorted by code."""
        return tuple(rule for rule in self if rule.module)

    def __iter__(self) -> Iterator[Rule]:
        return iter(self.rules[code] for code in sorted(self.rules))


def read_catalogue(own: Iterable[tuple[str, Path]] = ()) -> Catalogue:
    """Return the toolkit's rules and a project's own.

    :param own: the project's rules, as (name, path) of SPARQL files; their codes are ``lint/…``.
    :raises ProjectError: when a rule of the project has no heading, or a code that is taken.
    """
    rules = {rule.code: rule for rule in _built_in(resources.files("lod.checks.rules"))}
    for name, path in own:
        rule = _own(name, path)
        if rule.code in rules:
            raise ProjectError(
                "project/rule",
                f"The code {rule.code} is taken by another rule.",
                place=name,
                cure="Give the file another name.",
            )
        rules[rule.code] = rule
    return Catalogue(rules)


def _built_in(folder: Traversable) -> Iterator[Rule]:
    for area in folder.iterdir():
        if not area.is_dir():
            continue
        for entry in area.iterdir():
            stem, dot, suffix = entry.name.rpartition(".")
            if dot + suffix in _KINDS and not stem.startswith("_"):
                name = stem.replace("_", "-")
                yield _rule(f"{area.name}/{name}", entry.name, entry.read_text("utf-8"))


def _own(name: str, path: Path) -> Rule:
    try:
        rule = _rule(f"lint/{path.stem}", name, path.read_text("utf-8-sig"), is_own=True)
        if not rule.says:
            raise ValueError("no line of its comment begins with 'Says:'")  # noqa: TRY301 - below
    except (OSError, ValueError) as error:
        raise ProjectError(
            "project/rule",
            f"The rule cannot be read: {getattr(error, 'strerror', None) or error}.",
            place=name,
            cure=f"Begin it with: # {path.stem} (warning), then # Says: and what is wrong.",
        ) from error
    return rule


def _rule(code: str, name: str, text: str, *, is_own: bool = False) -> Rule:
    """Return a rule read from the text of its file.

    :raises ValueError: when it does not begin as a rule does.
    """
    area, _, short = code.partition("/")
    comment = _comment(name, text)
    heading = _HEADING.fullmatch(comment[0].strip()) if comment else None
    if heading is None:
        raise ValueError("it does not begin with its name, severity and scope")
    if heading["name"] != short:
        raise ValueError(f"its heading names {heading['name']}, its file {short}")
    sections = _sections(comment[1:])
    is_module = name.endswith(".py")
    return Rule(
        code=code,
        severity=Severity(heading["severity"]),
        why=sections.get("Why", ""),
        fix=sections.get("Fix", ""),
        says=sections.get("Says", ""),
        suggests=sections.get("Suggests", ""),
        scope=_scope(heading["scope"] or ""),
        failing=sections.get("Fails", ""),
        passing=sections.get("Passes", ""),
        name=name,
        body=text if name.endswith(".rq") else "",
        module=f"lod.checks.rules.{area}.{name.removesuffix('.py')}" if is_module else "",
        is_own=is_own,
    )


def _comment(name: str, text: str) -> list[str]:
    """Return the lines of the comment a file begins with, without their marks."""
    if name.endswith(".md"):
        return text.splitlines()
    if name.endswith(".py"):
        return text.split('"""', 2)[1].splitlines()
    lines = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        lines.append(line[1:].removeprefix(" "))
    return lines


def _sections(lines: Iterable[str]) -> dict[str, str]:
    """Return the text of each section: examples line by line, the others as one paragraph."""
    found: dict[str, list[str]] = {}
    current: list[str] = []
    for line in lines:
        start = _SECTION.fullmatch(line.rstrip())
        if start:
            current = found.setdefault(start[1], [])
            if start[2]:
                current.append(start[2])
        else:
            current.append(line.rstrip())
    return {name: _joined(name, content) for name, content in found.items()}


def _joined(name: str, lines: list[str]) -> str:
    if name in _EXAMPLES:
        return "\n".join(line.removeprefix("  ") for line in lines).strip("\n") + "\n"
    return " ".join(line.strip() for line in lines if line.strip())


def _scope(text: str) -> tuple[Role, ...]:
    return tuple(Role(word) for word in text.replace(",", " ").split())
