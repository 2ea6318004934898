"""Tell a namespace that is probably a slip of the pen for a well-known one."""

from __future__ import annotations

import difflib
import re
from typing import NamedTuple

from lod.rdf.namespaces import WELL_KNOWN_PREFIXES

KNOWN_NAMESPACES = frozenset(
    {
        *WELL_KNOWN_PREFIXES.values(),
        "http://schema.org/",
        "http://purl.org/dc/elements/1.1/",
        "http://purl.org/dc/dcam/",
        "http://purl.org/dc/dcmitype/",
        "http://www.w3.org/2008/05/skos-xl#",
        "http://www.w3.org/2003/01/geo/wgs84_pos#",
        "http://www.w3.org/2003/06/sw-vocab-status/ns#",
        "http://www.w3.org/2003/11/swrl#",
        "http://www.w3.org/2006/time#",
        "http://www.w3.org/2001/XMLSchema-instance#",
        "http://www.w3.org/XML/1998/namespace",
        "http://www.w3.org/1999/xhtml/vocab#",
        "http://www.w3.org/ns/adms#",
        "http://www.w3.org/ns/csvw#",
        "http://www.w3.org/ns/dqv#",
        "http://www.w3.org/ns/earl#",
        "http://www.w3.org/ns/ldp#",
        "http://www.w3.org/ns/locn#",
        "http://www.w3.org/ns/oa#",
        "http://www.w3.org/ns/odrl/2/",
        "http://www.w3.org/ns/org#",
        "http://www.w3.org/ns/person#",
        "http://www.w3.org/ns/prov-o#",
        "http://www.w3.org/ns/r2rml#",
        "http://www.w3.org/ns/regorg#",
        "http://www.w3.org/ns/sosa/",
        "http://www.w3.org/ns/ssn/",
        "https://www.w3.org/ns/activitystreams#",
        "http://www.opengis.net/ont/geosparql#",
        "http://www.opengis.net/ont/sf#",
        "http://purl.org/linked-data/cube#",
        "http://purl.org/linked-data/sdmx/2009/dimension#",
        "http://purl.org/linked-data/sdmx/2009/measure#",
        "http://purl.org/linked-data/sdmx/2009/attribute#",
        "http://purl.org/linked-data/sdmx/2009/concept#",
        "http://purl.org/linked-data/sdmx/2009/code#",
        "http://purl.org/ontology/bibo/",
        "http://purl.org/ontology/mo/",
        "http://purl.org/goodrelations/v1#",
        "http://purl.org/vocab/bio/0.1/",
        "http://purl.org/vocab/frbr/core#",
        "http://purl.org/vocab/relationship/",
        "http://purl.org/vocommons/voaf#",
        "http://purl.org/pav/",
        "http://rdfs.org/sioc/ns#",
        "http://usefulinc.com/ns/doap#",
        "http://creativecommons.org/ns#",
        "http://dbpedia.org/ontology/",
        "http://dbpedia.org/property/",
        "http://dbpedia.org/resource/",
        "http://www.wikidata.org/entity/",
        "http://www.wikidata.org/prop/direct/",
        "http://www.geonames.org/ontology#",
        "http://qudt.org/schema/qudt/",
        "http://qudt.org/vocab/unit/",
        "http://datashapes.org/dash#",
        "http://publications.europa.eu/resource/authority/",
    }
)
"""Besides the toolkit's own, those seen often; a list that need not be complete."""

_KEY = re.compile(r"(?:https?:/*)?(?:www\.)?(.*?)[#/]*", re.IGNORECASE | re.DOTALL)


def _key(iri: str) -> str:
    """Return what is left of an IRI when the usual slips are taken out."""
    found = _KEY.fullmatch(iri)
    return found[1].lower() if found else iri


_BY_KEY = {_key(each): each for each in sorted(KNOWN_NAMESPACES, reverse=True)}
"""An http namespace wins over an https one of the same key, as it comes last."""

_EITHER = "schema.org"
"""The key of two namespaces: which of them is meant is not certain."""

_SHORTEST = 4
_LIKE = 0.8
_LONG = 8


class Near(NamedTuple):
    """A well-known namespace that is probably meant.

    ``is_certain`` says that only the scheme, ``www.``, the case or the end differ.
    """

    namespace: str
    is_certain: bool


def near_namespace(iri: str) -> Near | None:
    """Return the well-known namespace an IRI is a slip for, None for one that is none.

    >>> near_namespace("http://www.w3.org/ns/shacl/")
    Near(namespace='http://www.w3.org/ns/shacl#', is_certain=True)
    """
    if iri in KNOWN_NAMESPACES:
        return None
    key = _key(iri)
    if key in _BY_KEY:
        return Near(_BY_KEY[key], is_certain=key != _EITHER)
    segments = re.split("[/#]", key)
    for known, namespace in _BY_KEY.items():
        if _is_one_slip(segments, re.split("[/#]", known)):
            return Near(namespace, is_certain=False)
    return None


def _is_one_slip(given: list[str], known: list[str]) -> bool:
    """Whether one segment is misspelt: nearly the same word, or another year or month."""
    if len(given) != len(known):
        return False
    different = [pair for pair in zip(given, known, strict=True) if pair[0] != pair[1]]
    if len(different) != 1:
        return False
    mine, its = different[0]
    if mine.isdigit() and its.isdigit():
        return len(known[-1]) >= _LONG and known[-1] == given[-1]
    if min(len(mine), len(its)) < _SHORTEST or mine.endswith(f".{its}"):
        return False  # another host of the same domain is another one
    return difflib.SequenceMatcher(None, mine, its).ratio() >= _LIKE
