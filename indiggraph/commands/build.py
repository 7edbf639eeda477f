"""``indiggraph build``."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import click
from rich.console import Console

from indiggraph.model import Rejection
from indiggraph.pipeline import Report, build, check_writable
from indiggraph.read import DEFAULT_MAX_BYTES, parse_date
from indiggraph.terms import BASE
from indiggraph.views.text import printable

__all__ = ["command"]


def _day(ctx: click.Context, param: click.Parameter, value: str | None) -> dt.date | None:
    try:
        return None if value is None else parse_date(value)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


_RULES_ALONE = "note: with {} facts are read by rules alone; the second reading knows the packaged pipeline only"


@click.command("build")
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option("-o", "--output", "folder", required=True, metavar="DIR", help="Folder for the results.")
@click.option("--model", metavar="NAME", help="An installed spaCy pipeline instead of the packaged one.")
@click.option("--judgements", metavar="FILE", help="CSV of decisions which things are one and which are not.")
@click.option("--gazetteer", metavar="FILE", help="CSV of further names.")
@click.option("--base", default=BASE, show_default=True, metavar="IRI", help="Base of the things' IRIs.")
@click.option("--jobs", default=1, show_default=True, type=click.IntRange(min=1), help="Processes that extract.")
@click.option(
    "--max-bytes", default=DEFAULT_MAX_BYTES, show_default=True, type=click.IntRange(min=1), help="Largest text read."
)
@click.option("--published", callback=_day, metavar="DATE", help="Day of texts that do not tell theirs (2021-05-08).")
@click.option("--publisher", metavar="NAME", help="Publisher of texts that do not tell theirs.")
@click.option("--add", is_flag=True, help="Add the texts to those of the build that is in the folder already.")
@click.option("--replace", is_flag=True, help="With --add: let a text take the place of another one of its id.")
@click.pass_context
def command(
    ctx: click.Context,
    /,
    sources: tuple[str, ...],
    folder: str,
    model: str | None,
    judgements: str | None,
    gazetteer: str | None,
    base: str,
    jobs: int,
    max_bytes: int,
    published: dt.date | None,
    publisher: str | None,
    add: bool,
    replace: bool,
) -> None:
    """Build the graph of texts in a folder: graph.ttl and view.html, with a report, why it is so, and what is in doubt.

    SOURCE is a text, JSON Lines (.jsonl: id, text, title, url, publisher, published, license), HTML, a folder of
    these, or - for standard input. What a text does not say about itself may stand in a file beside it (article.json
    for article.txt). Inputs that cannot be read are named on standard error and skipped; the exit code is then 1.
    """
    if replace and not add:
        raise click.UsageError("--replace goes with --add")
    check_writable(folder)
    with _progress() as progress:
        built = build(
            sources,
            model=model,
            judgements=judgements,
            gazetteer=gazetteer,
            base=base,
            jobs=jobs,
            published=published,
            publisher=publisher,
            max_bytes=max_bytes,
            stdin=sys.stdin.buffer,
            progress=progress,
            add_to=folder if add else None,
            replace=replace,
        )
    built.write(folder)
    if model is not None:
        click.echo(_RULES_ALONE.format(printable(built.report.model)), err=True)
    for rejection in built.report.rejected:
        click.echo(_rejection(rejection), err=True)
    click.echo(_summary(built.report, folder), nl=False)
    ctx.exit(1 if built.report.rejected else 0)


@contextmanager
def _progress() -> Iterator[Callable[[str], None] | None]:
    """Give a function that shows which document is done, if there is a terminal to show it on."""
    if not sys.stderr.isatty():
        yield None
        return
    console = Console(stderr=True)
    with console.status("loading the language pipeline") as status:
        done = 0

        def show(document: str) -> None:
            nonlocal done
            done += 1
            status.update(f"{done:,} read, the last {printable(document)[:60]}", spinner="dots")

        yield show


def _rejection(rejection: Rejection) -> str:
    where = rejection.source if rejection.line is None else f"{rejection.source}:{rejection.line}"
    return printable(f"skipped {where}: {rejection.reason}")


def _summary(report: Report, folder: str) -> str:
    rejected = f", {len(report.rejected):,} skipped" if report.rejected else ""
    place = folder.rstrip("/")
    return (
        f"documents  {report.documents:,}{rejected}\n"
        f"things     {_counts(report.things)}\n"
        f"facts      {_counts(report.facts)}\n"
        f"sums       {report.sums:,}\n"
        f"triples    {report.triples:,}\n"
        f"\n"
        f"graph      {place}/graph.ttl\n"
        f"picture    {place}/view.html\n"
        f"report     {place}/report.json\n"
    )


def _counts(counts: Mapping[str, int]) -> str:
    parts = ", ".join(f"{name} {number:,}" for name, number in counts.items())
    return f"{sum(counts.values()):,} ({parts})" if counts else "0"
