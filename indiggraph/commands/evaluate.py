"""``indiggraph evaluate``."""

from __future__ import annotations

import json

import click

from indiggraph.evaluate import evaluate
from indiggraph.store import Graph

__all__ = ["command"]


@click.command("evaluate")
@click.argument("gold_dir")
@click.argument("graph")
@click.option("--texts", metavar="DIR", help="Folder of the articles as ID.txt: also check offsets and evidence.")
@click.option("--json", "as_json", is_flag=True, help="Print all figures as JSON.")
def command(gold_dir: str, graph: str, texts: str | None, as_json: bool) -> None:
    """Measure a graph against gold annotations: precision, recall and F1.

    GOLD_DIR is a folder of annotations, one JSON file a document. GRAPH is a build's folder, an RDF file or a store.
    """
    figures = evaluate(gold_dir, Graph.load(graph), texts)
    text = json.dumps(figures.to_json(), ensure_ascii=False, indent=1) + "\n" if as_json else figures.table()
    click.echo(text, nl=False)
