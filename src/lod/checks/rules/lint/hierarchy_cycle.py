"""hierarchy-cycle (warning)   Scope: data, ontology, separate

Why: in a circle each term is narrower than itself: trees drawn of it have no end, and all of its
 classes have the same members.
Fix: Remove the link that points the wrong way; of classes that are the same say
 owl:equivalentClass.
Says: {name} goes round in a circle: {cycle}.

Fails:
  ex:oak skos:broader ex:tree .
  ex:tree skos:broader ex:plant .
  ex:plant skos:broader ex:oak .
Passes:
  ex:oak skos:broader ex:tree .
  ex:tree skos:broader ex:plant ; skos:narrower ex:oak .
  ex:Oak rdfs:subClassOf ex:Tree .
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from lod.checks.lint.slips import Context, Slip
from lod.engine.batch import Row
from lod.rdf.namespaces import RDFS, SKOS

_DOWN = {SKOS.narrower, SKOS.narrowerTransitive}
_FAMILIES = (
    (RDFS.subClassOf,),
    (RDFS.subPropertyOf,),
    (SKOS.broader, SKOS.narrower, SKOS.broaderTransitive, SKOS.narrowerTransitive),
)
QUERY = f"""
SELECT ?subject ?path ?value WHERE {{
  VALUES ?path {{ {" ".join(str(each) for family in _FAMILIES for each in family)} }}
  ?subject ?path ?value .
  FILTER(isIRI(?subject) && isIRI(?value))
}}
"""
_MOST = 6
"""Terms of a circle that are shown."""

Links = Mapping[str, Mapping[str, Row]]
"""For each term the terms directly above it, each with the triple that says so."""


def gather(rows: Iterable[Row], context: Context) -> Iterator[Slip]:
    """Yield one circle for each group of terms that all reach each other."""
    families: list[dict[str, dict[str, Row]]] = [defaultdict(dict) for _ in _FAMILIES]
    number = {str(each): index for index, family in enumerate(_FAMILIES) for each in family}
    down = {str(each) for each in _DOWN}
    for row in sorted(rows, key=lambda row: (row["subject"], row["path"], row["value"])):
        lower, upper = row["subject"], row["value"]
        if row["path"] in down:
            lower, upper = upper, lower
        families[number[row["path"]]][lower].setdefault(upper, row)
    for links in families:
        for group in _circles(links):
            yield _slip(links, _shortest(links, min(group), group), context)


def _slip(links: Links, circle: Sequence[str], context: Context) -> Slip:
    first = links[circle[0]][circle[1]]
    prefixes = context.dataset.prefixes
    shown = [prefixes.shorten(term[1:-1]) or term for term in circle]
    if len(shown) > _MOST:
        shown[_MOST - 1 : -1] = [f"… {len(shown) - _MOST} more …"]
    return Slip(
        values={"name": first["path"], "cycle": " → ".join(shown)},
        subject=first["subject"],
        path=first["path"],
        value=first["value"],
    )


def _circles(links: Links) -> Iterator[Set[str]]:
    """Yield the sets of terms that all reach each other, in the order of their first names."""
    remaining = _trimmed(links)
    below: defaultdict[str, set[str]] = defaultdict(set)
    for lower in remaining:
        for upper in links[lower]:
            below[upper].add(lower)
    above = {term: set(links[term]) & remaining for term in remaining}
    for group in _components(above, below):
        if len(group) > 1 or next(iter(group)) in above[next(iter(group))]:
            yield group


def _trimmed(links: Links) -> set[str]:
    """Return the terms without those that, again and again, have nothing above them."""
    waiting = {term: len(upper) for term, upper in links.items()}
    below: defaultdict[str, list[str]] = defaultdict(list)
    for lower, uppers in links.items():
        for upper in uppers:
            below[upper].append(lower)
    ended = [term for term in below if term not in waiting]
    while ended:
        for lower in below[ended.pop()]:
            waiting[lower] -= 1
            if not waiting[lower]:
                ended.append(lower)
    return {term for term, count in waiting.items() if count}


def _components(above: Mapping[str, Set[str]], below: Mapping[str, Set[str]]) -> Iterator[set[str]]:
    """Yield strongly connected components: what reaches back, last finished first (Kosaraju)."""
    done: set[str] = set()
    for term in reversed(_finished(above)):
        if term in done:
            continue
        group, ahead = {term}, [term]
        while ahead:
            for lower in below.get(ahead.pop(), ()):
                if lower not in group and lower not in done:
                    group.add(lower)
                    ahead.append(lower)
        done |= group
        yield group


def _finished(above: Mapping[str, Set[str]]) -> list[str]:
    """Return the terms in the order a walk in depth leaves them."""
    seen: set[str] = set()
    order = []
    for start in sorted(above):
        if start in seen:
            continue
        seen.add(start)
        walk = [(start, iter(sorted(above[start])))]
        while walk:
            term, rest = walk[-1]
            following = next((each for each in rest if each not in seen), None)
            if following is None:
                order.append(term)
                walk.pop()
            else:
                seen.add(following)
                walk.append((following, iter(sorted(above[following]))))
    return order


def _shortest(links: Links, start: str, group: Set[str]) -> list[str]:
    """Return a shortest way from a term back to itself, the term at both ends."""
    came: dict[str, str] = {}
    ahead = deque([start])
    while start not in came:
        term = ahead.popleft()
        for upper in sorted(links[term]):
            if upper in group and upper not in came:
                came[upper] = term
                ahead.append(upper)
    way = [start]
    while len(way) == 1 or way[-1] != start:
        way.append(came[way[-1]])
    return way[::-1]
