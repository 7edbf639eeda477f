"""``indiggraph values``."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import click

from indiggraph.read import parse_date
from indiggraph.values import find_values, value_to_json

__all__ = ["command"]


class _WrongLineError(Exception):
    """Why one line is no input."""


@click.command("values")
@click.argument("file", default="-")
@click.option("--plain", is_flag=True, help="Read one text a line instead of JSON Lines.")
@click.pass_context
def command(ctx: click.Context, /, file: str, plain: bool) -> None:
    """Find sums, quantities and times in texts.

    FILE (standard input without it) is JSON Lines with text and, if wanted, id and ref, the ISO date to which
    "last year" refers. One JSON line is printed for each: the id and the values with their places in the text.
    """
    with click.open_file(file, "rb") as stream:
        wrong = sum(not _answered(line, f"{file}:{number}", plain) for number, line in enumerate(stream, start=1))
    ctx.exit(1 if wrong else 0)


def _answered(line: bytes, where: str, plain: bool) -> bool:
    """Print the answer to one line, or what is wrong with it."""
    if not line.strip() and not plain:
        return True
    try:
        ident, text, reference = _plain(line) if plain else _record(line)
    except _WrongLineError as error:
        click.echo(f"{where}: {error}", err=True)
        return False
    found = [value_to_json(value) for value in find_values(text, reference, numbers=True)]
    click.echo(json.dumps({"id": ident, "values": found}, ensure_ascii=False))
    return True


def _decoded(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _WrongLineError(f"is not UTF-8 (byte {error.start})") from error


def _plain(line: bytes) -> tuple[None, str, None]:
    return None, _decoded(line).removesuffix("\n").removesuffix("\r"), None


def _record(line: bytes) -> tuple[Any, str, dt.date | None]:
    try:
        record = json.loads(_decoded(line).removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise _WrongLineError(f"is not JSON: {error}") from error
    if not isinstance(record, dict) or not isinstance(record.get("text"), str):
        raise _WrongLineError("has no text")
    reference = record.get("ref")
    try:
        return record.get("id"), record["text"], None if reference is None else parse_date(str(reference))
    except ValueError as error:
        raise _WrongLineError(f"has a wrong ref: {error}") from error
