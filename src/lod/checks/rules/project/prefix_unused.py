"""prefix-unused (info)

Why: a prefix in lod.toml names a part of the data to all who read, query or download it.
Fix: Remove it from [prefixes], or see whether its namespace is written as in the data.
Says: No file and no query uses the namespace of the prefix {key}:, <{namespace}>.

Fails:
  @prefix ex: <https://data.example/> .
  ex:oak ex:near ex:beech .
  == lod.toml ==
  flower = "https://flowers.example/"
Passes:
  @prefix ex: <https://data.example/> .
  @prefix flower: <https://flowers.example/> .
  ex:oak ex:near flower:rose .
  == lod.toml ==
  flower = "https://flowers.example/"
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lod.checks.lint.configuration import key_slip
from lod.checks.lint.query_files import derivations, questions
from lod.checks.lint.slips import Context, Slip


def look(context: Context) -> Iterator[Slip]:
    """Yield the prefixes of ``[prefixes]`` whose namespace stands in no file and no query."""
    project = context.dataset.project
    if not any(context.triples_by_file.values()):
        return  # of a project that is about to start, every prefix
    named = _named(context)
    waiting = {
        prefix: iri.encode() for prefix, iri in project.prefixes.items() if prefix not in named
    }
    for path in _paths(context):
        if not waiting:
            return
        text = _content(path)
        for prefix in [each for each, iri in waiting.items() if iri in text]:
            del waiting[prefix]
    for prefix in waiting:
        yield key_slip(context, "prefixes", prefix, namespace=project.prefixes[prefix])


def _named(context: Context) -> set[str]:
    """Return the prefixes that other tables of the configuration use."""
    project = context.dataset.project
    claims = project.claims
    names = [name for kind in project.kinds for name in kind.classes]
    names += [*claims.source, *claims.citation, *claims.qualifiers, *claims.plain]
    return {name.partition(":")[0] for name in names}


def _paths(context: Context) -> Iterator[Path]:
    yield from (file.path for file in context.dataset.files)
    for queries in (questions(context), derivations(context), context.dataset.lint_rules()):
        yield from (path for _, path in queries)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""
