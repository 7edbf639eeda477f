"""Triples -> network: which nodes and edges there are and what is known of each."""

from __future__ import annotations

import random

import networkx as nx

from indiggraph.views.network import Quote, around, network
from tests.views.sample import triples

ID = "https://w3id.org/indiggraph/id/"
DEAL, KOVACS, MINISTRY = f"{ID}fact/deal", f"{ID}person/kovacs", f"{ID}organization/ministry"


def test_things_and_facts_are_nodes_of_their_narrowest_class() -> None:
    graph = network(triples())
    types = {iri.removeprefix(ID): kind for iri, kind in graph.nodes(data="type")}
    assert types == {
        "fact/deal": "Agreement",
        "fact/share": "Production",
        "group/makers": "Group",
        "organization/alphapump": "Company",
        "organization/ministry": "GovernmentBody",
        "person/kovacs": "Person",
        "person/nemeth": "Person",
        "place/gdynia": "Place",
        "place/radom": "Place",
        "sector-water": "Sector",
    }
    assert list(graph) == sorted(graph)
    assert graph.nodes[KOVACS]["names"] == ("Kovacs",)


def test_roles_shares_and_posts_are_edges() -> None:
    graph = network(triples())
    found = {(a.removeprefix(ID), label, b.removeprefix(ID)) for a, b, label in graph.edges(data="label")}
    assert found == {
        ("fact/deal", "agent", "organization/ministry"),
        ("fact/deal", "counterparty", "group/makers"),
        ("fact/deal", "sector", "sector-water"),
        ("fact/deal", "stated by", "person/kovacs"),
        ("fact/share", "agent", "organization/alphapump"),
        ("fact/share", "part of", "fact/deal"),
        ("fact/share", "place", "place/radom"),
        ("person/kovacs", "deputy minister", "organization/ministry"),
    }


def test_the_values_of_a_fact_are_told_in_words_and_figures() -> None:
    deal = network(triples()).nodes[DEAL]
    assert deal["values"] == (
        ("amount", "over €5 million (at least 5,000,000 EUR)"),
        ("equal to", "$5.6 million (5,600,000 USD)"),
        ("quantity", "40 to 50 pumps (40 to 50 pumps)"),
        ("theme", "pumps"),
        ("time", "in 2021 (2021-01-01 to 2021-12-31)"),
        ("modality", "planned"),
        ("confidence", "0.9"),
    )
    assert deal["sums"] == ("over €5 million", "40 to 50 pumps")
    assert deal["modality"] == "Planned"


def test_the_quotes_stand_in_the_order_of_the_text() -> None:
    first, second = network(triples()).nodes[DEAL]["quotes"]
    text = "Kovacs, the deputy minister, spoke here."
    assert first == Quote("Pumps for two towns", 0, 39, text, "Example Wire", "2021-05-08")
    assert (second.start, second.end) == (40, 90)


def test_a_post_at_no_body_is_told_of_the_person() -> None:
    nemeth = network(triples()).nodes[f"{ID}person/nemeth"]
    assert nemeth["values"] == (("post", "former mayor"),)
    assert [quote.start for quote in nemeth["quotes"]] == [0]


def test_the_order_of_the_triples_does_not_matter() -> None:
    shuffled = triples()
    random.Random(1).shuffle(shuffled)
    one, other = network(triples()), network(shuffled)
    assert list(one.nodes(data=True)) == list(other.nodes(data=True))
    assert list(one.edges(data=True)) == list(other.edges(data=True))


def test_around_takes_edges_either_way() -> None:
    graph = network(triples())
    assert set(around(graph, KOVACS, 1)) == {KOVACS, DEAL, MINISTRY}
    assert set(around(graph, KOVACS, 2)) >= {f"{ID}fact/share", f"{ID}group/makers"}
    assert f"{ID}place/radom" not in around(graph, KOVACS, 2)
    assert set(around(graph, KOVACS, 0)) == {KOVACS}


def test_a_graph_of_nothing_is_an_empty_network() -> None:
    assert nx.is_empty(network([]))
