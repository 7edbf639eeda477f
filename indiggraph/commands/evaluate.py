"""``indiggraph evaluate``."""

from __future__ import annotations

import json

import click

from indiggraph.evaluate import evaluate
from indiggraph.evaluation.compare import Comparison, compare
from indiggraph.evaluation.report import errors, group_table, table
from indiggraph.evaluation.result import Evaluation
from indiggraph.store import Graph

__all__ = ["command"]


@click.command("evaluate")
@click.argument("gold_dir")
@click.argument("graph")
@click.option("--texts", metavar="DIR", help="Folder of the articles as ID.txt: also check offsets and evidence.")
@click.option("--by", type=click.Choice(["type", "document"]), help="Figures by type of fact or by document.")
@click.option("--errors", "listing", is_flag=True, help="List what is spare and missed, by document and fact.")
@click.option("--against", metavar="OLD", help="Compare with another graph: what is gained and lost.")
@click.option("--reliability", is_flag=True, help="How often facts are right, by their confidence.")
@click.option("--json", "as_json", is_flag=True, help="Print all figures as JSON.")
@click.pass_context
def command(
    ctx: click.Context,
    /,
    gold_dir: str,
    graph: str,
    texts: str | None,
    by: str | None,
    listing: bool,
    against: str | None,
    reliability: bool,
    as_json: bool,
) -> None:
    """Measure a graph against gold annotations: precision, recall and F1.

    GOLD_DIR is a folder of annotations, one JSON file a document. GRAPH is a build's folder, an RDF file or a store.
    The exit code is 1 where the graph lacks documents of the gold.
    """
    found = evaluate(gold_dir, Graph.load(graph), texts)
    compared = None if against is None else compare(evaluate(gold_dir, Graph.load(against)), found)
    if as_json:
        extra = {} if compared is None else {"against": compared.to_json()}
        click.echo(json.dumps(found.to_json() | extra, ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(_told(found, compared, by, listing, reliability)), nl=False)
    if found.absent:
        click.echo(f"{len(found.absent):,} documents of the gold are not in the graph", err=True)
    ctx.exit(1 if found.absent else 0)


def _told(
    found: Evaluation, compared: Comparison | None, by: str | None, listing: bool, reliability: bool
) -> list[str]:
    """What is asked for, as texts that end their lines; the table where nothing else is."""
    told = []
    if compared is not None:
        told.append(compared.table())
    if by is not None:
        told.append(group_table(found.by_type if by == "type" else found.by_document))
    if reliability:
        told.append(found.reliability.table())
    if listing:
        told.append(errors(found))
    return told or [table(found)]
