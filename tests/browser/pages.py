"""The pages to look at: one of every kind that a dataset has, in one language."""

from __future__ import annotations

from urllib.parse import urlencode

from lod.addresses import Site, document_path, quoted
from lod.release import Release
from lod.store import ReleaseStore

MISSING = "SELECT ?s WHERE { ?s <https://nowhere.example/p> ?o }"
TABLE = "SELECT ?s ?p ?o WHERE { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 60"
BROKEN = "SELECT ?s\nWHERE { ?s ?p }"

Pages = dict[str, str]
"""Paths by what they show."""


def pages(release: Release, language: str) -> Pages:
    """Return the path of a page of every kind."""
    store = ReleaseStore(release)
    every = {
        **_fixed(language),
        **_lists(store, language),
        **_entities(store, language),
        **_documents(store, language),
        **{
            f"question {each.name}": f"/questions/{each.name}.{language}.html"
            for each in list(release.questions())[:2]
        },
    }
    paths: dict[str, str] = {}
    for kind, path in every.items():
        paths.setdefault(path.partition("#")[0], kind)
    return {kind: path for path, kind in paths.items()}


def _fixed(language: str) -> Pages:
    end = f".{language}.html"
    queries = {"result": TABLE, "empty result": MISSING, "yes": "ASK { ?s ?p ?o }", "error": BROKEN}
    return {
        "home": f"/index{end}",
        "browse": f"/browse/index{end}",
        "questions": f"/questions/index{end}",
        "about": f"/about/index{end}",
        "downloads": f"/downloads/index{end}",
        "dataset": f"/doc/dataset{end}",
        "search": f"/search{end}",
        "search with results": f"/search{end}?q=a",
        "search without results": f"/search{end}?q=zqxv",
        "query": f"/sparql{end}",
        **{
            f"query with {name}": f"/sparql{end}?{urlencode({'query': query})}"
            for name, query in queries.items()
        },
        "error 404": f"/id/nowhere/nothing{end}",
        "error 404 with suggestions": f"/id/nowhere/swedn{end}",
        "error 406": "/doc/dataset?format=rubbish",
        "error 406 of the endpoint": f"/sparql?{urlencode({'query': 'ASK {}', 'format': 'x'})}",
    }


def _lists(store: ReleaseStore, language: str) -> Pages:
    kinds = sorted(store.kinds(), key=lambda each: each.members)
    found = {
        f"list {each.segment}": f"/browse/{each.segment}/index.{language}.html"
        for each in kinds[:1] + kinds[-1:]
    }
    if kinds and kinds[-1].members > 100:
        found["second page of a list"] = f"{list(found.values())[-1]}?page=2"
    return found


def _entities(store: ReleaseStore, language: str) -> Pages:
    """Return an entity of each kind, the one most is said of, and the one most point at."""
    iris = {
        f"entity of {each.segment}": iri
        for each in store.kinds()
        for iri in store.members(each.segment, language, offset=0, limit=1)
    }
    base = store.project.base
    for name, statement in {
        "longest entity": "SELECT subject FROM record ORDER BY length(quads) DESC, subject",
        "best known entity": "SELECT object FROM link_count ORDER BY links DESC, object",
    }.items():
        rows = (iri for (iri,) in store._rows(statement) if iri.startswith(base))
        iris[name] = next(iri for iri in rows if "#" not in iri and iri != f"{base}dataset")
    site = Site(base, "", "")
    found = {name: site.entity(iri, language) or "" for name, iri in iris.items()}
    path = document_path(iris["best known entity"], base) or ""
    (link, *_) = store.links(iris["best known entity"])
    query = urlencode({"property": link.property})
    found["who points at an entity"] = f"/{quoted(path)}/links.{language}.html?{query}"
    return found


def _documents(store: ReleaseStore, language: str) -> Pages:
    return {
        f"document {path}": f"/{quoted(path)}.{language}.html" for path in store.documents(limit=3)
    }
