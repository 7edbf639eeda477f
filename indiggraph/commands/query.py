"""``indiggraph query``."""

from __future__ import annotations

from pathlib import Path

import click

from indiggraph.errors import QueryError
from indiggraph.query import FORMATS, format_rows, list_queries, run
from indiggraph.store import Graph

__all__ = ["command"]


@click.command("query")
@click.argument("graph", required=False)
@click.argument("sparql", required=False)
@click.option("-f", "--file", "file", metavar="FILE.rq", help="Read the query from a file.")
@click.option("--name", metavar="NAME", help="Ask a named query.")
@click.option("--param", "params", multiple=True, metavar="KEY=VALUE", help="Set a parameter of the named query.")
@click.option("--list", "listing", is_flag=True, help="List the named queries with their parameters.")
@click.option("--format", "form", default="table", show_default=True, type=click.Choice(list(FORMATS)))
def command(
    graph: str | None,
    sparql: str | None,
    file: str | None,
    name: str | None,
    params: tuple[str, ...],
    listing: bool,
    form: str,
) -> None:
    """Ask a graph a SPARQL query, or one of the named queries.

    GRAPH is a build's folder, an RDF file or a store. The usual prefixes (ig, id, schema, skos, org, oa, ...) are
    declared already.
    """
    if listing:
        click.echo(_listed(), nl=False)
        return
    if graph is None:
        raise click.UsageError("name a GRAPH, or use --list")
    if sum(given is not None for given in (sparql, file, name)) != 1:
        raise click.UsageError("give one of: a query, -f FILE, --name NAME")
    if params and name is None:
        raise click.UsageError("--param belongs to --name")
    loaded = Graph.load(graph)
    rows = loaded.query(_text(sparql, file)) if name is None else run(loaded, name, _pairs(params))
    click.echo(format_rows(rows, form), nl=False)


def _text(sparql: str | None, file: str | None) -> str:
    if file is None:
        return sparql or ""
    try:
        return Path(file).read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise QueryError(f"{file}: is not UTF-8 (byte {error.start})") from error


def _pairs(params: tuple[str, ...]) -> dict[str, str]:
    for param in params:
        if "=" not in param:
            raise click.UsageError(f"--param {param!r} is not KEY=VALUE")
    return {key: value for key, _, value in (param.partition("=") for param in params)}


def _listed() -> str:
    lines = []
    for query in list_queries():
        lines.append(f"{query.name}\n    {query.title}\n")
        for parameter in query.parameters:
            default = "needed" if parameter.default is None else f"default: {parameter.default or 'any'}"
            lines.append(f"    --param {parameter.name}=…  {parameter.description} ({default})\n")
    return "".join(lines)
