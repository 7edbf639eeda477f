"""``indiggraph view``."""

from __future__ import annotations

import click

from indiggraph.files import write_atomically
from indiggraph.store import Graph
from indiggraph.views.html import page
from indiggraph.views.network import around, find, network

__all__ = ["command"]


@click.command("view")
@click.argument("graph")
@click.option("-o", "--output", "file", required=True, metavar="FILE.html", help="File to write.")
@click.option("--about", metavar="THING", help="Draw only what is near a thing, by its name or IRI.")
@click.option("--hops", type=click.IntRange(min=0), help="How many steps from the thing.  [default: 2]")
def command(graph: str, file: str, about: str | None, hops: int | None) -> None:
    """Draw a graph as one HTML file that opens offline.

    GRAPH is a build's folder, an RDF file or a store.
    """
    if hops is not None and about is None:
        raise click.UsageError("--hops belongs to --about")
    drawn = network(Graph.load(graph).triples())
    title = "Knowledge graph"
    if about is not None:
        thing = find(drawn, about)
        title = f"Around {drawn.nodes[thing]['label']}"
        drawn = around(drawn, thing, 2 if hops is None else hops)
    write_atomically(file, page(drawn, title).encode())
    click.echo(f"wrote {file}", err=True)
