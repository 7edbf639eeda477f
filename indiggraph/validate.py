"""Checks a graph: its shapes (SHACL), and what shapes cannot say.

The shapes are ``ontology/shapes.ttl``, run by pySHACL; time grows with the triples (about 0.2 ms each).  Beyond them:
a selector's offsets fit its quoted text, the words of values stand in the evidence of their fact, a claim belongs to
one document, nothing refers to what is not there, and shares do not exceed their total.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache

import pyshacl
import rdflib

from indiggraph.resources import ontology_path
from indiggraph.schema import NAMESPACES
from indiggraph.store import Graph

__all__ = ["Finding", "Severity", "validate"]

_SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")


class Severity(StrEnum):
    """A violation makes the graph wrong; a warning is what a person should look at."""

    VIOLATION = "violation"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that is wrong: the node (``focus``, an IRI), what is wrong, and where it stands in which text.

    ``where`` is ``document:start-end`` (code points), or empty where the node stands in no text.
    """

    severity: Severity
    focus: str
    message: str
    where: str = ""


def validate(graph: Graph) -> list[Finding]:
    """Return all that is wrong with a graph, violations first; an empty list where it is valid."""
    checks = (_shapes, _selectors, _claims, _words, _references, _circles, _excess)
    found = {(severity, focus, message) for check in checks for severity, focus, message in check(graph)}
    places = _places(graph) if found else {}
    findings = (Finding(severity, focus, message, places.get(focus, "")) for severity, focus, message in found)
    return sorted(findings)


_Found = Iterator[tuple[Severity, str, str]]


# ---- shapes ------------------------------------------------------------------------------------------------


@cache
def _shape_graph() -> rdflib.Graph:
    return rdflib.Graph().parse(str(ontology_path("shapes.ttl")), format="turtle")


def _shapes(graph: Graph) -> _Found:
    # the rdflib copy is ours alone, so pySHACL need not copy it again
    _, report, _ = pyshacl.validate(graph.to_rdflib(), shacl_graph=_shape_graph(), inference="none", inplace=True)
    for result in report.subjects(rdflib.RDF.type, _SH.ValidationResult):
        severity = Severity.WARNING if report.value(result, _SH.resultSeverity) == _SH.Warning else Severity.VIOLATION
        message = str(report.value(result, _SH.resultMessage))
        value = report.value(result, _SH.value)
        focus = str(report.value(result, _SH.focusNode))
        shown = "" if value is None or str(value) == focus else f" (has {value})"
        yield severity, focus, message + shown


# ---- beyond shapes -----------------------------------------------------------------------------------------


def _selectors(graph: Graph) -> _Found:
    rows = graph.query("""
        SELECT ?selector ?start ?end ?exact WHERE {
          ?selector oa:start ?start ; oa:end ?end ; oa:exact ?exact .
          FILTER(?end - ?start != STRLEN(?exact))
        }""")
    for row in rows:
        message = f"offsets {row['start']}-{row['end']} do not fit a text of {len(str(row['exact']))} characters"
        yield Severity.VIOLATION, str(row["selector"]), message


def _claims(graph: Graph) -> _Found:
    """Yield claims with evidence in several documents, and shares of a fact of another document."""
    rows = graph.query("""
        SELECT ?claim (COUNT(DISTINCT ?document) AS ?documents) WHERE {
          ?claim ig:evidence/oa:hasSource ?document
        } GROUP BY ?claim HAVING (COUNT(DISTINCT ?document) > 1)""")
    for row in rows:
        yield Severity.VIOLATION, str(row["claim"]), f"has evidence in {row['documents']} documents"
    strangers = graph.query("""
        SELECT DISTINCT ?share WHERE {
          ?share ig:partOf ?whole ; ig:evidence/oa:hasSource ?document .
          ?whole ig:evidence/oa:hasSource ?other .
          FILTER(?document != ?other)
        }""")
    for row in strangers:
        yield Severity.VIOLATION, str(row["share"]), "is a share of a fact of another document"


def _words(graph: Graph) -> _Found:
    """Yield values, triggers and themes whose words are not in the evidence of their fact or tenure."""
    quotes = defaultdict(list)
    for row in graph.query("SELECT ?claim ?exact { ?claim ig:evidence/oa:hasSelector/oa:exact ?exact }"):
        quotes[row["claim"]].append(_folded(row["exact"]))
    labels = graph.query("""
        SELECT DISTINCT ?claim ?part ?label WHERE {
          { ?claim ig:amount|ig:quantity|ig:time|ig:statedAt|ig:amount/ig:equivalent ?part . ?part rdfs:label ?label }
          UNION { ?claim ig:trigger ?label BIND(?claim AS ?part) }
          UNION { ?claim ig:theme ?label BIND(?claim AS ?part) FILTER(isLiteral(?label)) }
        }""")
    for row in labels:
        if not any(_folded(row["label"]) in quote for quote in quotes[row["claim"]]):
            yield Severity.VIOLATION, str(row["part"]), f"{str(row['label'])!r} does not stand in the evidence"


def _references(graph: Graph) -> _Found:
    """Yield what refers to a node of the graph that is not there; terms and other sites are not the graph's."""
    rows = graph.query("""
        SELECT DISTINCT ?subject ?property ?object WHERE {
          ?subject ?property ?object .
          FILTER(isIRI(?object))
          FILTER(?property NOT IN (rdf:type, owl:sameAs, dcterms:source, dcterms:license, dcterms:isReplacedBy,
            skos:exactMatch, skos:closeMatch, skos:broadMatch, skos:narrowMatch))
          FILTER NOT EXISTS { ?object ?any ?thing }
        }""")
    for row in rows:
        if not str(row["object"]).startswith(NAMESPACES["ig"]):
            name = str(row["property"]).replace(NAMESPACES["ig"], "ig:")
            yield Severity.VIOLATION, str(row["subject"]), f"{name} refers to {row['object']}, which is not there"


def _circles(graph: Graph) -> _Found:
    for row in graph.query("SELECT DISTINCT ?fact { ?fact ig:partOf+ ?fact }"):
        yield Severity.VIOLATION, str(row["fact"]), "is a share of itself"
    for row in graph.query("SELECT DISTINCT ?copy { ?copy prov:wasDerivedFrom+ ?copy }"):
        yield Severity.VIOLATION, str(row["copy"]), "is a copy of itself"


def _excess(graph: Graph) -> _Found:
    """Yield totals that are less than the sum of their shares; "over" a sum is no total that can be exceeded."""
    rows = graph.query("""
        SELECT ?total ?whole ?currency (SUM(?part) AS ?sum) WHERE {
          ?share ig:partOf ?total ; ig:amount ?piece .
          ?total ig:amount ?amount .
          ?amount schema:value|schema:maxValue ?whole ; schema:currency ?currency .
          ?piece schema:value|schema:minValue ?part ; schema:currency ?currency .
          FILTER NOT EXISTS { ?amount ig:bound ig:Lower }
        } GROUP BY ?total ?whole ?currency""")
    for row in rows:
        whole, parts = row["whole"], row["sum"]
        if isinstance(whole, Decimal) and isinstance(parts, Decimal) and parts > whole:
            yield Severity.WARNING, str(row["total"]), f"shares of {parts} {row['currency']} exceed the total {whole}"


def _folded(text: object) -> str:
    return " ".join(str(text).split()).casefold()


def _places(graph: Graph) -> dict[str, str]:
    """Return where nodes stand: their own selector's place, or that of the evidence of the claim they belong to."""
    rows = graph.query("""
        SELECT ?node ?document ?start ?end WHERE {
          { ?quote oa:hasSelector ?node BIND(?node AS ?selector) }
          UNION { ?node oa:hasSelector ?selector BIND(?node AS ?quote) }
          UNION { ?node ig:evidence ?quote }
          UNION {
            ?claim ig:amount|ig:quantity|ig:time|ig:statedAt|ig:amount/ig:equivalent ?node ; ig:evidence ?quote
          }
          ?quote oa:hasSource/dcterms:identifier ?document ; oa:hasSelector ?selector .
          ?selector oa:start ?start ; oa:end ?end .
        } ORDER BY DESC(?document) DESC(?start) DESC(?end)""")
    return {str(row["node"]): f"{row['document']}:{row['start']}-{row['end']}" for row in rows}
