"""Whether what the graph cites stands in the texts: offsets, the width of evidence, values within their evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from indiggraph.evaluation.predicted import Predicted
from indiggraph.evaluation.words import norm
from indiggraph.store import Graph

__all__ = ["Grounding", "score_grounding"]

_WIDEST = 1200
"""Characters beyond which evidence is no sentence."""


@dataclass(frozen=True, slots=True)
class Grounding:
    """Selectors checked, and how many are wrong; wide evidence; values whose words are not in their evidence."""

    selectors: int
    wrong_offsets: int
    wide_evidence: int
    values_outside_evidence: int

    def to_json(self) -> dict[str, int]:
        """The counts by name."""
        return asdict(self)


_SELECTORS = """SELECT ?d ?x ?b ?e { ?m oa:hasSource ?d ; oa:hasSelector ?s . ?s oa:exact ?x
OPTIONAL { ?s oa:start ?b } OPTIONAL { ?s oa:end ?e } }"""
_EVIDENCE = "SELECT DISTINCT ?d ?x { ?f ig:evidence ?m . ?m oa:hasSource ?d ; oa:hasSelector/oa:exact ?x }"
_VALUES = """SELECT ?f ?a (SAMPLE(?l) AS ?label) (GROUP_CONCAT(?x; separator=' ¶ ') AS ?quotes) {
?f ig:amount|ig:quantity|ig:time ?a . ?a rdfs:label ?l . ?f ig:evidence/oa:hasSelector/oa:exact ?x } GROUP BY ?f ?a"""


def score_grounding(graph: Graph, predicted: Predicted, texts: Mapping[str, str]) -> Grounding:
    """Check all selectors of the documents whose texts are given (by id), and all values' labels."""
    by_iri: dict[object, str] = {iri: texts[ident] for ident, iri in predicted.documents.items() if ident in texts}
    checked = [row for row in graph.query(_SELECTORS) if row["d"] in by_iri]
    evidence = [row for row in graph.query(_EVIDENCE) if row["d"] in by_iri]
    values = list(graph.query(_VALUES))
    return Grounding(
        selectors=len(checked),
        wrong_offsets=sum(not _exact(row, by_iri) for row in checked),
        wide_evidence=sum(_wide(str(row["x"])) for row in evidence),
        values_outside_evidence=sum(norm(str(row["label"])) not in norm(str(row["quotes"])) for row in values),
    )


def _exact(row: Mapping[str, object], texts: Mapping[object, str]) -> bool:
    start, end = row["b"], row["e"]
    return isinstance(start, int) and isinstance(end, int) and texts[row["d"]][start:end] == row["x"]


def _wide(quote: str) -> bool:
    return "\n\n" in quote.strip() or len(quote) > _WIDEST
