"""``indiggraph explain``."""

from __future__ import annotations

import datetime as dt
import json
import re
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import click

from indiggraph.explain.graphs import explain_node
from indiggraph.explain.records import ExplainedNode, ExplainedText
from indiggraph.explain.render import render
from indiggraph.model import Span
from indiggraph.read import parse_date
from indiggraph.store import is_graph

__all__ = ["command"]


@dataclass(frozen=True, slots=True)
class _Reading:
    """How a text is to be read, and which part of it shown: the options that a graph does not take."""

    span: Span | None = None
    sentence: int | None = None
    model: str | None = None
    gazetteer: str | None = None
    published: dt.date | None = None
    publisher: str | None = None


def _day(ctx: click.Context, param: click.Parameter, value: str | None) -> dt.date | None:
    try:
        return None if value is None else parse_date(value)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


def _span(ctx: click.Context, param: click.Parameter, value: str | None) -> Span | None:
    if value is None:
        return None
    found = re.fullmatch(r"([0-9]{1,12}):([0-9]{1,12})", value)
    if found is None:
        raise click.BadParameter(f"{value!r} is not START:END")
    return Span(int(found[1]), int(found[2]))


@click.command("explain")
@click.argument("source")
@click.argument("what", required=False)
@click.option("--span", callback=_span, metavar="START:END", help="Only the sentences with these characters.")
@click.option("--sentence", type=int, metavar="N", help="Only the sentence with this number, from 1.")
@click.option("--model", metavar="NAME", help="An installed spaCy pipeline instead of the packaged one.")
@click.option("--gazetteer", metavar="FILE", help="CSV of further names.")
@click.option("--published", callback=_day, metavar="DATE", help="Day of a text that does not tell its own.")
@click.option("--publisher", metavar="NAME", help="Publisher of a text that does not tell its own.")
@click.option("--format", "form", default="text", show_default=True, type=click.Choice(["text", "json"]))
def command(source: str, what: str | None, form: str, **options: Any) -> None:
    """Say why a text or a graph says what it says.

    SOURCE is a text, or a file or folder of texts with WHAT the id of one: each sentence is shown with its mentions,
    what evoked a fact, why its slots are filled as they are, and what was considered and not stated. Or SOURCE is a
    graph (a build's folder, an RDF file, a store) and WHAT in it a thing's name, or the IRI or id of a thing, fact or
    document: why the fact has its slots, why the mentions were taken for one thing.
    """
    reading = _Reading(**options)
    if not is_graph(source):
        explained: ExplainedText | ExplainedNode = _of_text(source, what, reading)
    elif what is None:
        raise click.UsageError("name WHAT in the graph is to be explained")
    elif reading != _Reading():
        raise click.UsageError("a graph is read already: options belong to texts")
    else:
        explained = explain_node(source, what)
    text = json.dumps(asdict(explained), ensure_ascii=False, indent=1) + "\n" if form == "json" else render(explained)
    click.echo(text, nl=False)


def _of_text(source: str, what: str | None, reading: _Reading) -> ExplainedText:
    from indiggraph.annotate import load_model  # who asks about a graph does not wait for the language pipeline
    from indiggraph.explain.texts import explain_text, find_document
    from indiggraph.lexicon import load_lexicon
    from indiggraph.read import read

    items = read([source], published=reading.published, publisher=reading.publisher, stdin=sys.stdin.buffer)
    document = find_document(items, source, what)
    lexicon = load_lexicon(Path(reading.gazetteer) if reading.gazetteer else None)
    return explain_text(document, load_model(reading.model), lexicon, span=reading.span, sentence=reading.sentence)
