"""What the seeds must answer, asked with SPARQL; general rules alone find it (tests/test_mutations.py holds that)."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

import indiggraph
from indiggraph.store import Graph

SEEDS = Path(__file__).parent.parent / "seeds"
PREFIXES = """
PREFIX ig: <https://w3id.org/indiggraph/ns#>
PREFIX schema: <https://schema.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""


@pytest.fixture(scope="module")
def graph() -> Graph:
    return indiggraph.build([str(SEEDS)]).graph


def ask(graph: Graph, query: str) -> set[tuple[str | None, ...]]:
    """Rows as tuples of plain strings; decimals without trailing zeros."""
    rows = graph.query(PREFIXES + query)
    return {tuple(None if term is None else _plain(term.value) for term in row) for row in rows.rows}


def _plain(text: str) -> str:
    try:
        return f"{Decimal(text).normalize():f}"
    except ArithmeticError:
        return text


MILLION = 10**6

QUESTIONS = [
    pytest.param(
        """SELECT ?sector ?value { ?f a ig:Agreement ; ig:modality ig:Planned ; ig:sector/skos:prefLabel ?sector ;
             ig:amount [ schema:value ?value ; schema:currency "EUR" ] ; ig:partOf [ a ig:Agreement ] }""",
        {
            ("petrochemical", str(60 * MILLION)),
            ("refining", str(80 * MILLION)),
            ("home appliance", str(63 * MILLION)),
            ("automotive", str(42 * MILLION)),
        },
        id="which sums belong to which sector in the planned deals of the desks",
    ),
    pytest.param(
        """SELECT ?total (SUM(?value) AS ?sum) { ?f ig:partOf ?t ; ig:amount/schema:value ?value .
             ?t a ig:Agreement ; ig:modality ig:Planned ; ig:amount/schema:value ?total } GROUP BY ?total""",
        {(str(245 * MILLION), str(245 * MILLION))},
        id="and their total, which the shares add up to",
    ),
    pytest.param(
        """SELECT ?value { ?f a ig:Agreement ; ig:partOf [] ; ig:sector/skos:prefLabel "petrochemical" ;
             ig:amount/schema:value ?value }""",
        {(str(60 * MILLION),)},
        id="what the petrochemical desk's share is",
    ),
    pytest.param(
        """SELECT ?value ?since { ?f a ig:Saving ; ig:statedBy/skos:altLabel|ig:statedBy/skos:prefLabel ?by ;
             ig:amount [ schema:value ?value ; schema:currency "EUR" ] ; ig:time/schema:startDate ?since
             FILTER(CONTAINS(?by, "Ministry")) FILTER NOT EXISTS { ?f ig:partOf [] } }""",
        {(str(1045 * MILLION), "2019-03-21")},
        id="how much domestic production has saved since which Iranian year",
    ),
    pytest.param(
        """SELECT ?share { ?f ig:partOf [ a ig:Saving ] ; ig:amount/schema:value ?share }""",
        {(str(n * MILLION),) for n in (140, 120, 340, 440)},
        id="with its four shares",
    ),
    pytest.param(
        """SELECT (?total - SUM(?share) AS ?rest) { ?f ig:partOf ?t ; ig:amount/schema:value ?share .
             ?t a ig:Saving ; ig:amount/schema:value ?total } GROUP BY ?total""",
        {(str(5 * MILLION),)},
        id="and what they leave unexplained",
    ),
    pytest.param(
        """SELECT ?value ?who { ?f a ig:Production ; ig:partOf [ a ig:Saving ] ; ig:agent/skos:prefLabel ?who ;
             ig:amount/schema:value ?value }""",
        {(str(340 * MILLION), "manufacturers of automobile and motorcycle parts and equipment")},
        id="which share is about producing goods rather than saving, and by whom",
    ),
    pytest.param(
        """SELECT ?modality ?n ?since { ?f a ig:Establishment ; ig:modality ?modality ;
             ig:quantity [ schema:value ?n ; schema:unitText ?unit ] FILTER(CONTAINS(?unit, "desks"))
             OPTIONAL { ?f ig:time/schema:startDate ?since } }""",
        {
            ("https://w3id.org/indiggraph/ns#Planned", "4", None),
            ("https://w3id.org/indiggraph/ns#Actual", "11", "2019-03-21"),
        },
        id="how many desks were set up then and are planned now",
    ),
    pytest.param(
        """SELECT ?value ?years ?parts { ?f ig:statedBy/skos:altLabel|ig:statedBy/skos:prefLabel "IMIDRO" ;
             ig:amount/schema:value ?value ; ig:time/schema:duration ?years ; ig:quantity/schema:value ?parts }""",
        {(str(1500 * MILLION), "P12Y", "19000")},
        id="what IMIDRO announced, over how many years, with how many parts",
    ),
    pytest.param(
        """SELECT ?sector ?theme ?for ?dollars ?by { ?f ig:amount [ schema:value ?v ; schema:currency "IRR" ;
             ig:equivalent [ schema:value ?dollars ; schema:currency "USD" ] ] ; ig:sector/skos:prefLabel ?sector ;
             ig:beneficiary/skos:prefLabel ?for ; ig:statedBy/skos:prefLabel ?by ; ig:theme ?theme
             FILTER(?v = 40000000000000) }""",
        {
            (
                "automotive",
                "indigenization of the auto industry equipment and machinery",
                "knowledge-based companies",
                str(952 * MILLION),
                "Mehdi Sadeghi Niaraki",
            )
        },
        id="what 40 trillion rials are for, for whom, what they are worth in dollars, and who said so",
    ),
    pytest.param(
        """SELECT ?type ?value ?currency ?said { ?f a ?type ; ig:modality ig:Expected ;
             ig:statedAt/schema:startDate ?said ; ig:statedBy/skos:prefLabel "Reza Rahmani" ;
             ig:amount [ schema:value ?value ; schema:currency ?currency ]
             FILTER(?type != ig:Fact) }""",
        {("https://w3id.org/indiggraph/ns#Saving", str(10_000 * MILLION), "USD", "2019-01-01")},
        id="what Rahmani expected, and when he said so",
    ),
    pytest.param(
        """SELECT ?former (COUNT(DISTINCT ?t) AS ?n) { ?t a ig:Tenure ; org:member/skos:prefLabel "Reza Rahmani" ;
             org:organization/skos:prefLabel ?body ; org:role/skos:prefLabel ?post
             OPTIONAL { ?t ig:former ?f } BIND(COALESCE(?f, false) AS ?former)
             FILTER(CONTAINS(LCASE(?post), "minister")) FILTER(CONTAINS(?body, "Ministry")) } GROUP BY ?former""",
        {("true", "1"), ("false", "1")},
        id="his post then and now",
    ),
    pytest.param(
        """SELECT ?who ?theme { ?f a ig:Directive ; ig:modality ig:Proposed ; ig:agent/skos:prefLabel ?who ;
             ig:statedBy/skos:prefLabel ?by ; ig:theme ?theme FILTER(CONTAINS(?by, "Khamenei")) }""",
        {("government officials", "import of goods")},
        id="what Khamenei called for",
    ),
    pytest.param(
        """SELECT ?value ?with ?by { ?f a ig:Agreement ; ig:modality ig:Actual ; ig:agent ?a ; ig:counterparty ?c ;
             ig:statedBy/skos:prefLabel ?by ; ig:amount/schema:value ?value ;
             ig:evidence [ oa:hasSource ?d ; oa:hasSelector [ oa:start ?from ; oa:end ?to ] ] .
             ?a skos:prefLabel|skos:altLabel "IDRO" . ?m ig:refersTo ?c ; oa:hasSource ?d ;
             oa:hasSelector [ oa:start ?start ; oa:end ?end ; oa:exact ?with ]
             FILTER(?start >= ?from && ?end <= ?to) }""",
        {(str(120 * MILLION), "domestic auto spare parts producers", "Mohammad-Baqer Aali")},
        id="what IDRO signed, with whom, and who said it",
    ),
    pytest.param(
        """SELECT ?type ?value ?currency { ?f a ?type ; ig:modality ig:Expected ; ig:time/schema:endDate ?end ;
             ig:amount [ schema:value ?value ; schema:currency ?currency ]
             FILTER(?type != ig:Fact) FILTER(?end = "2022-03-31"^^xsd:date) }""",
        {("https://w3id.org/indiggraph/ns#Agreement", str(10_000 * MILLION), "USD")},
        id="what is expected by March 2022",
    ),
    pytest.param(
        """SELECT ?what ?where ?from ?to { ?f a ig:Occurrence ; ig:theme/skos:prefLabel ?what ;
             ig:place/skos:prefLabel ?where ; ig:time [ schema:startDate ?from ; schema:endDate ?to ] }""",
        {("14th Iran International Auto Parts Exhibition", "Tehran", "2019-11-09", "2019-11-12")},
        id="which exhibition took place where and when",
    ),
    pytest.param(
        """SELECT ?modality ?country { ?f a ig:Cooperation ; ig:modality ?modality ;
             ig:counterparty/skos:prefLabel ?with VALUES ?country { "Chinese" "European" }
             FILTER(CONTAINS(?with, ?country)) }""",
        {
            ("https://w3id.org/indiggraph/ns#Proposed", "Chinese"),
            ("https://w3id.org/indiggraph/ns#Actual", "European"),
        },
        id="with whom cooperation is wished and with whom it has been",
    ),
    pytest.param(
        """SELECT DISTINCT ?who { ?t a ig:Tenure ; org:member/skos:prefLabel ?who ; org:organization ?body ;
             org:role/skos:prefLabel ?post . ?body skos:prefLabel|skos:altLabel "IDRO"
             FILTER(LCASE(?post) = "managing director") }""",
        {("Mohammad-Baqer Aali",)},
        id="who is managing director of IDRO",
    ),
    pytest.param(
        """SELECT ?type ?by ?theme (COUNT(*) AS ?n) { ?f ig:reportedBy/skos:prefLabel "IRNA" ; a ?type ;
             ig:statedBy/skos:prefLabel ?by ; ig:theme ?theme FILTER(?type != ig:Fact) } GROUP BY ?type ?by ?theme""",
        {("https://w3id.org/indiggraph/ns#Change", "Reza Rahmani", "Iran's car market", "1")},
        id="every statement reported through IRNA",
    ),
]


@pytest.mark.parametrize(("query", "expected"), QUESTIONS)
def test_question(graph: Graph, query: str, expected: set[tuple[str | None, ...]]) -> None:
    assert ask(graph, query) == expected


def test_the_ministry_is_one_thing(graph: Graph) -> None:
    rows = ask(
        graph,
        """SELECT DISTINCT ?b { ?m ig:refersTo ?b ; oa:hasSelector/oa:exact ?x
                           FILTER(CONTAINS(?x, "Ministry") && CONTAINS(?x, "Trade")) }""",
    )
    assert len(rows) == 1


def test_rahmani_of_both_texts_is_one_person(graph: Graph) -> None:
    rows = ask(
        graph,
        """SELECT ?p (COUNT(DISTINCT ?d) AS ?n) { ?m ig:refersTo ?p ; oa:hasSource ?d ;
                           oa:hasSelector/oa:exact "Reza Rahmani" } GROUP BY ?p""",
    )
    assert [n for _, n in rows] == ["2"]


def test_all_sums_are_found(graph: Graph) -> None:
    rows = ask(graph, "SELECT (COUNT(?a) AS ?n) { ?f ig:amount ?a }")
    assert rows == {("15",)}
