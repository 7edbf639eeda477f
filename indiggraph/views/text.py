"""One node of a network -> text: its posts, its facts with values and parties, the sentences with their offsets."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

import networkx as nx

from indiggraph.views.network import Quote

__all__ = ["describe", "printable"]


def describe(graph: nx.MultiDiGraph, node: str) -> str:
    """Return what a network knows of a thing or a fact, for reading in a terminal."""
    data = graph.nodes[node]
    if data["kind"] == "fact":
        return "\n".join(_fact(graph, node)) + "\n"
    return "\n".join([*_head(graph, node), *_posts(graph, node), *_facts(graph, node)]) + "\n"


def printable(text: str) -> str:
    """Return text as one line that a terminal shows and never obeys: no control characters."""
    return " ".join("".join(" " if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp") else c for c in text).split())


def _head(graph: nx.MultiDiGraph, node: str) -> Iterator[str]:
    data = graph.nodes[node]
    yield f"{printable(data['label'])} ({data['type']})"
    yield f"  <{node}>"
    if data["names"]:
        yield f"  also: {'; '.join(map(printable, data['names']))}"


def _posts(graph: nx.MultiDiGraph, node: str) -> Iterator[str]:
    for person, body, edge in _edges(graph, node):
        if edge["role"] == "tenure":
            yield f"\n{printable(edge['label'])}: {_name(graph, person)}, {_name(graph, body)}"
            yield from _quotes(edge["quotes"])
    data = graph.nodes[node]
    for name, text in data["values"]:
        yield f"\n{name}: {printable(text)}"
    yield from _quotes(data["quotes"])


def _edges(graph: nx.MultiDiGraph, node: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    yield from graph.out_edges(node, data=True)
    yield from (edge for edge in graph.in_edges(node, data=True) if edge[0] != node)


def _facts(graph: nx.MultiDiGraph, node: str) -> Iterator[str]:
    roles: dict[str, list[str]] = {}
    for fact, _, edge in graph.in_edges(node, data=True):
        if graph.nodes[fact]["kind"] == "fact":
            roles.setdefault(fact, []).append(edge["label"])
    for fact in sorted(roles, key=lambda iri: _place(graph, iri)):
        yield ""
        yield from _fact(graph, fact, f" [{', '.join(roles[fact])}]")


def _place(graph: nx.MultiDiGraph, fact: str) -> tuple[str, int, str]:
    quotes = graph.nodes[fact]["quotes"]
    return (quotes[0].document, quotes[0].start, fact) if quotes else ("", 0, fact)


def _fact(graph: nx.MultiDiGraph, fact: str, role: str = "") -> Iterator[str]:
    data = graph.nodes[fact]
    yield f"{data['type']}{role}: {printable(data['label'])}"
    for _, other, edge in graph.out_edges(fact, data=True):
        yield f"  {edge['label']}: {_name(graph, other)}"
    for name, text in data["values"]:
        yield f"  {name}: {printable(text)}"
    yield from _quotes(data["quotes"])


def _quotes(quotes: tuple[Quote, ...]) -> Iterator[str]:
    for quote in quotes:
        yield f"  “{printable(quote.text)}”"
        yield f"    {printable(quote.document)}, characters {quote.start} to {quote.end}"


def _name(graph: nx.MultiDiGraph, node: str) -> str:
    return printable(graph.nodes[node]["label"])
