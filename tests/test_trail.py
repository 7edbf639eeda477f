"""The trail beside a graph: why facts, mentions and joins are what they are, and which IRIs were replaced."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal

from indiggraph.model import FactType, Form, Judgement, Reason, ThingType, Verdict
from indiggraph.store import Graph
from indiggraph.trail import trail_triples
from tests import factories as make

DOC = make.document("Alphapump made 400 pumps, and it sold them.")
PUMP = make.mention(DOC, "Alphapump", ThingType.COMPANY)
IT = make.mention(DOC, "it", ThingType.COMPANY, form=Form.PRONOUN)
MADE = make.fact(DOC, FactType.PRODUCTION, "made", {})


@dataclass(frozen=True)
class Linked(make.FixedLinker):
    """A linker that knows why."""

    joins: tuple[Judgement, ...] = ()
    reasons: dict[str, str] = field(default_factory=dict)

    def why(self, mention_id: str) -> str | None:
        return self.reasons.get(mention_id)


def trail(linker: Linked, *reasons: Reason) -> Graph:
    extraction = replace(make.extraction(DOC, (PUMP, IT), (MADE,)), reasons=reasons)
    return Graph.from_quads(trail_triples([extraction], linker, base="https://example.org/"))


def test_replaced_things_lead_to_the_one_that_stays() -> None:
    graph = trail(Linked((make.thing("alphapump", "Alphapump", [PUMP], merged=("alpha-pump", "alphapump")),)))
    [row] = graph.query("SELECT ?old ?new { ?old dcterms:isReplacedBy ?new }")
    assert row == {
        "old": "https://example.org/organization/alpha-pump",
        "new": "https://example.org/organization/alphapump",
    }


def test_facts_and_mentions_have_their_reasons_and_pronouns_none() -> None:
    reason = Reason(MADE.id, "agent", "Alphapump", "subject of “made”")
    graph = trail(Linked((), reasons={PUMP.id: "a name of its own", IT.id: "the last subject"}), reason)
    found = {str(row["s"]): row["o"] for row in graph.query("SELECT ?s ?o { ?s ig:reason ?o }")}
    assert found == {
        f"https://example.org/fact/{MADE.id}": "agent “Alphapump”: subject of “made”",
        f"https://example.org/mention/{PUMP.id}": "a name of its own",
    }


def test_a_join_has_both_mentions_its_score_and_its_reasons() -> None:
    join = Judgement("one", "other", Verdict.SAME, Decimal("0.95"), ("the same words", "one country"))
    graph = trail(Linked((), joins=(join,)))
    query = (
        "SELECT ?join ?mention ?score ?why { ?join a ig:Join ; ig:joins ?mention ; ig:score ?score ; ig:reason ?why }"
    )
    rows = list(graph.query(query))
    assert {str(row["mention"]) for row in rows} == {f"https://example.org/mention/{name}" for name in ("one", "other")}
    assert {row["why"] for row in rows} == {"the same words", "one country"}
    assert {row["score"] for row in rows} == {Decimal("0.95")}
    assert len({row["join"] for row in rows}) == 1
