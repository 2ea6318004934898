"""A project whose texts and addresses try to become markup, script or headers."""

from __future__ import annotations

HOSTILE = """\
@prefix : <https://hostile.example/id/thing/> .
@prefix v: <https://hostile.example/def#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

:script a v:Thing ; rdfs:label "<script>alert(1)</script>"@en ;
  rdfs:comment "</title></main>{{ 7 * 7 }}{% raw %}<img src=x onerror=alert(1)>"@en ;
  v:link <javascript:alert(1)> , <data:text/html,%3Cscript%3Ealert(1)%3C/script%3E> ,
    <vbscript:alert(1)> , <file:///etc/passwd> , <https://other.example/?a='&b=%22%3E> ;
  v:address "javascript:alert(1)"^^xsd:anyURI , "https://other.example/\\"><script>"^^xsd:anyURI ;
  v:typed "<b>bold</b>"^^<https://other.example/type?a=1&b=%3Cscript%3E> .
<https://hostile.example/id/thing/a'b&c=d> a v:Thing ; v:knows :script ;
  rdfs:label "\\" onmouseover=\\"alert(1)"@en , "'><svg onload=alert(1)>"@fr .
<https://hostile.example/id/thing/%3Cscript%3Ealert(1)%3C/script%3E> a v:Thing .
<https://hostile.example/id/thing/..%2F..%2Fetc> a v:Thing ; rdfs:label "dots"@en .
<https://hostile.example/id/thing/100%25> a v:Thing ; rdfs:label "percent"@en .
<https://hostile.example/id/thing/a.ttl> a v:Thing ; rdfs:label "suffix"@en .
<https://hostile.example/id/thing/a.en.html> a v:Thing ; rdfs:label "page"@en .
<https://hostile.example/id/thing/a?b=c> a v:Thing ; rdfs:label "question"@en .
<https://hostile.example/id/thing/links> a v:Thing ; rdfs:label "links"@en .
v:Thing a owl:Class ; rdfs:label "<i>thing</i>"@en ; rdfs:comment "--><!--"@en .
v:link a owl:ObjectProperty ; rdfs:label "\\"><script>"@en .
"""
CONFIGURATION = """\
[project]
name = "hostile"
base = "https://hostile.example/"
languages = ["en"]
version = "1"
title = "</script><script>alert(1)</script>"
description = "<!-- \\" ' & </head>"
publisher = "<b>publisher</b>"
contact = "<a href='javascript:alert(1)'>"
licence = "https://licence.example/?a='&b=%22%3E"
homepage = "javascript:alert(2)"

[site]
footer = "<marquee>"
"""
