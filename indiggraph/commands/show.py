"""``indiggraph show``."""

from __future__ import annotations

import click

from indiggraph.store import Graph
from indiggraph.views.network import find, network
from indiggraph.views.text import describe

__all__ = ["command"]


@click.command("show")
@click.argument("graph")
@click.argument("thing")
def command(graph: str, thing: str) -> None:
    """Show one thing's posts and facts with their sentences.

    GRAPH is a build's folder, an RDF file or a store. THING is a name (case and accents do not matter, a part of it
    will do if it fits one thing alone) or an IRI.
    """
    drawn = network(Graph.load(graph).triples())
    click.echo(describe(drawn, find(drawn, thing)), nl=False)
