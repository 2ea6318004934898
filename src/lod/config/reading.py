"""Read ``lod.toml`` into a ``Project``, refusing what it cannot mean."""

from __future__ import annotations

import datetime
import json
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import fields
from pathlib import Path, PurePath
from typing import Any, TypeVar

from lod.config.fields import FILE_NAME, IRI, Fields, Source, quoted
from lod.config.project import Claims, Kind, Limits, Paths, Project, Server, Site
from lod.errors import ConfigError

SEVERITIES = ("error", "warning", "info", "off")
NOT_FROZEN = ("limits", "server", "rules", "paths")
"""Tables that a release does not keep: they say how to check, build or serve, not what."""

READABLE = 4.5
"""The least contrast of text that WCAG 2.2 AA allows."""

T = TypeVar("T", Paths, Claims, Site, Limits, Server)

_TABLES = (
    "project",
    "paths",
    "prefixes",
    "kinds",
    "claims",
    "rules",
    "columns",
    "site",
    "limits",
    "server",
)
_FROM_ELSEWHERE = {"root", "frozen", *_TABLES}
_ABOUT = tuple(each.name for each in fields(Project) if each.name not in _FROM_ELSEWHERE)

_LANGUAGE = re.compile(r"[a-z]{2,8}(-[a-z0-9]{1,8})*")
_SLUG = re.compile(r"[a-z][a-z0-9-]*")
_VARIABLE = re.compile(r"\w+")
_PREFIX = re.compile(r"([A-Za-z]([\w.-]*[\w-])?)?", re.ASCII)
_MAY_BE_ZERO = {"port", "wait_seconds", "client_seconds", "cache_mb", "proxies"}
_VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z.+_-]*")
_BASE = re.compile(r"https?://[^\s<>\"{}|\\^`#?]+/")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


def read_project(folder: Path) -> Project:
    """Return the project kept in a folder.

    :param folder: the folder that holds ``lod.toml``.
    :raises ConfigError: when there is none, or it is not TOML, or a key or value is wrong.
    """
    path = folder / FILE_NAME
    if not folder.is_dir():
        raise ConfigError(
            "config/no-folder", f"{folder} is not a folder.", cure="Name a project folder."
        )
    tables, source = _read(path, "Go to a project folder, or name one (--project).")
    return _project(tables, source, folder)


def read_settings(path: Path) -> tuple[Limits, Server]:
    """Return what a file says of limits and server; it may be a project's ``lod.toml``.

    :raises ConfigError: when there is none, or it is not TOML, or a key or value is wrong.
    """
    tables, source = _read(path, "Name a file with the tables [limits] and [server].")
    _refuse_unknown_tables(tables, source)

    def settings(kind: type[T]) -> T:
        name = kind.__name__.lower()
        table = tables.get(name, {})
        return _settings(kind, source, table, Fields(source, table, name))

    return settings(Limits), settings(Server)


def _read(path: Path, cure: str) -> tuple[Mapping[str, Any], Source]:
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        where = path.parent if path.name == FILE_NAME else path
        what = f"{where} has no {FILE_NAME}." if where is not path else f"there is no {path}."
        raise ConfigError("config/no-file", what, cure=cure) from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            "config/unreadable", f"{path} cannot be read: {error}.", cure="Save it as UTF-8."
        ) from error
    try:
        return tomllib.loads(text), Source(text)
    except tomllib.TOMLDecodeError as error:
        raise _not_toml(error) from error


def thaw_project(frozen: str) -> Project:
    """Return the project a release was built from, as far as the release keeps it.

    :param frozen: ``Project.frozen`` as it was at build time.
    :raises ConfigError: when the text is not what a build writes.
    """
    try:
        tables = json.loads(frozen)
        issued = tables["project"].get("issued")
        if issued is not None:
            tables["project"]["issued"] = datetime.date.fromisoformat(issued)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ConfigError("config/not-frozen", f"not a project's frozen part: {error}.") from error
    return _project(tables, Source(""), Path())


def _not_toml(error: tomllib.TOMLDecodeError) -> ConfigError:
    message = str(error)
    found = re.search(r"\s*\(at line (\d+), column (\d+)\)", message)
    if found is None:
        return ConfigError("config/not-toml", f"{message}.", place=FILE_NAME)
    place = f"{FILE_NAME}:{found[1]}:{found[2]}"
    return ConfigError("config/not-toml", f"{message[: found.start()]}.", place=place)


def _refuse_unknown_tables(tables: Mapping[str, Any], source: Source) -> None:
    source.refuse_unknown(tables, _TABLES, None)
    for name, content in tables.items():
        if not isinstance(content, dict):
            raise source.wrong("wrong-value", name, None, f"[{name}] must be a table")


def _project(tables: Mapping[str, Any], source: Source, root: Path) -> Project:
    _refuse_unknown_tables(tables, source)
    if "project" not in tables:
        raise ConfigError(
            "config/missing-table",
            f"{FILE_NAME} has no [project] table.",
            cure="Add [project] with name, base, languages, version and title.",
        )
    source.refuse_unknown(tables["project"], _ABOUT, "project")
    languages = _languages(Fields(source, tables["project"], "project"))

    def table(name: str) -> Fields:
        return Fields(source, tables.get(name, {}), name, languages)

    def settings(kind: type[T]) -> T:
        name = kind.__name__.lower()
        return _settings(kind, source, tables.get(name, {}), table(name))

    about = table("project")
    return Project(
        name=about.matching("name", _SLUG, "lower-case letters, digits and hyphens"),
        base=about.matching("base", _BASE, 'an absolute http or https address that ends with "/"'),
        languages=languages,
        version=about.matching("version", _VERSION, "letters, digits, '.', '-' and '_'"),
        title=about.text("title", required=True),
        description=about.text("description"),
        issued=about.date("issued"),
        licence=about.iri("licence"),
        publisher=about.text("publisher"),
        homepage=about.iri("homepage"),
        contact=about.optional("contact"),
        keywords=about.texts("keywords"),
        root=root,
        paths=_paths(settings(Paths), table("paths")),
        prefixes=_prefixes(tables.get("prefixes", {}), table("prefixes")),
        kinds=_kinds(tables.get("kinds", {}), table("kinds")),
        claims=settings(Claims),
        rules=_rules(tables.get("rules", {}), table("rules")),
        columns=_columns(tables.get("columns", {}), table("columns")),
        site=_site(settings(Site), table("site")),
        limits=settings(Limits),
        server=settings(Server),
        frozen=_freeze(tables),
    )


def _languages(about: Fields) -> tuple[str, ...]:
    languages = about.strings("languages", required=True)
    if not languages:
        raise about.wrong("languages", 'languages must name one or more: ["en"]')
    for language in languages:
        if not _LANGUAGE.fullmatch(language):
            message = f'"{language}" is not a language tag in lower case, such as "en" or "pt-br"'
            raise about.wrong("languages", message)
    if len(set(languages)) < len(languages):
        raise about.wrong("languages", f"languages names one twice: {quoted(languages)}")
    return languages


def _settings(kind: type[T], source: Source, table: Mapping[str, Any], reader: Fields) -> T:
    known = fields(kind)
    source.refuse_unknown(table, [each.name for each in known], kind.__name__.lower())
    readers: dict[str, Callable[[str], Any]] = {
        "str": reader.string,
        "str | None": reader.optional,
        "int": lambda key: reader.number(key, least=int(key not in _MAY_BE_ZERO)),
        "bool": reader.boolean,
        "tuple[str, ...]": reader.strings,
        "Text": reader.text,
    }
    return kind(
        **{each.name: readers[str(each.type)](each.name) for each in known if each.name in table}
    )


def _paths(paths: Paths, reader: Fields) -> Paths:
    """Refuse a folder that is not inside the project: files are named from the project folder."""
    for each in fields(paths):
        value = getattr(paths, each.name)
        for folder in (value,) if isinstance(value, str) else value:
            if PurePath(folder).is_absolute() or ".." in PurePath(folder).parts:
                raise reader.wrong(
                    each.name, f'{each.name} "{folder}" must be a folder inside the project'
                )
    return paths


def _prefixes(table: Mapping[str, Any], reader: Fields) -> Mapping[str, str]:
    for prefix in table:
        if not _PREFIX.fullmatch(prefix):
            raise reader.wrong(prefix, f'"{prefix}" cannot be a prefix')
    return {
        prefix: reader.matching(prefix, IRI, "the absolute IRI a prefix stands for")
        for prefix in table
    }


def _kinds(table: Mapping[str, Any], reader: Fields) -> tuple[Kind, ...]:
    for segment in table:
        if not _SLUG.fullmatch(segment):
            message = f'"{segment}" must be lower-case letters, digits and hyphens'
            raise reader.wrong(segment, message)
    return tuple(Kind(segment, reader.strings(segment)) for segment in table)


def _rules(table: Mapping[str, Any], reader: Fields) -> Mapping[str, str]:
    for code, severity in table.items():
        if severity not in SEVERITIES:
            raise reader.wrong(code, f'"{code}" must be one of {quoted(SEVERITIES)}')
    return dict(table)


def _columns(table: Mapping[str, Any], reader: Fields) -> Mapping[str, Mapping[str, str]]:
    for name in table:
        if not _VARIABLE.fullmatch(name):
            raise reader.wrong(name, f'"{name}" cannot be a variable of a query')
    return {name: reader.text(name) for name in table}


def _site(site: Site, reader: Fields) -> Site:
    for key, page in (("accent", "#ffffff"), ("accent_dark", "#11151b")):
        colour = getattr(site, key)
        if colour is None:
            continue
        reader.matching(key, _COLOUR, 'a colour such as "#0a6349"')
        contrast = _contrast(colour, page)
        if contrast < READABLE:
            message = (
                f"{key} {colour} has a contrast of {contrast:.1f} on {page}; "
                f"text needs {READABLE} or more"
            )
            raise reader.wrong(key, message)
    return site


def _contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours (WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    linear = [
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _freeze(tables: Mapping[str, Any]) -> str:
    """Return the tables a release keeps, as JSON that is the same for the same values.

    The order of ``[kinds]`` means something, so keys keep their order.
    """
    kept = {name: table for name, table in tables.items() if name not in NOT_FROZEN}
    return json.dumps(kept, ensure_ascii=False, indent=1, default=datetime.date.isoformat) + "\n"
