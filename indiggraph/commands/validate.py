"""``indiggraph validate``."""

from __future__ import annotations

import click

from indiggraph.store import Graph
from indiggraph.validate import Finding, validate
from indiggraph.views.text import printable

__all__ = ["command"]


@click.command("validate")
@click.argument("graph")
@click.pass_context
def command(ctx: click.Context, /, graph: str) -> None:
    """Check a graph against the shapes of the vocabulary, and what shapes cannot say.

    GRAPH is a build's folder, an RDF file or a store. Each finding is a line; the exit code is 1 where there are any.
    """
    findings = validate(Graph.load(graph))
    for finding in findings:
        click.echo(_line(finding))
    click.echo(f"{len(findings):,} findings" if findings else "valid", err=True)
    ctx.exit(1 if findings else 0)


def _line(finding: Finding) -> str:
    where = f" ({finding.where})" if finding.where else ""
    return printable(f"{finding.severity}: {finding.message}: <{finding.focus}>{where}")
