"""The command ``indiggraph``: finds the subcommands, turns errors into one line and exit codes.

0: done.  1: done, with findings (rejected inputs, findings of a validation).  2: could not be done.
"""

from __future__ import annotations

import io
import logging
import os
import sys
from importlib import import_module
from typing import Any

import click

from indiggraph import __version__
from indiggraph.errors import IndigGraphError

__all__ = ["cli", "main"]

# One line of help each: a command's module is loaded when the command is called, not to list it.
_COMMANDS = {
    "build": "Build the graph of texts: graph.ttl, view.html, report.json.",
    "query": "Ask a graph a SPARQL query, or one of the named queries.",
    "view": "Draw a graph as one HTML file that opens offline.",
    "validate": "Check a graph against the shapes of the vocabulary.",
    "show": "Show one thing's posts and facts with their sentences.",
    "review": "List the pairs of things most worth a decision whether they are one.",
    "values": "Find sums, quantities and times in texts.",
    "explain": "Say why a text or a graph says what it says.",
    "evaluate": "Measure a graph against gold annotations: precision, recall and F1.",
}


class _Failure(click.ClickException):
    """What could not be done, as one line."""

    exit_code = 2

    def show(self, file: Any = None) -> None:
        click.echo(f"indiggraph: {' '.join(self.message.split())}", err=True)


class _Commands(click.Group):
    """Loads a command when it is called, and turns what goes wrong into exit codes."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = import_module(f"indiggraph.commands.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> Any:
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result
        except BrokenPipeError:  # who reads has seen enough
            sys.stdout = open(os.devnull, "w")  # noqa: SIM115, PTH123 (Python flushes it at exit)
            ctx.exit(0)
        except IndigGraphError as error:
            raise _Failure(str(error)) from error
        except OSError as error:
            raise _Failure(f"{error.filename or 'standard output'}: {error.strerror or error}") from error
        except KeyboardInterrupt as error:
            raise _Failure("interrupted") from error


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="indiggraph")
def cli() -> None:
    """Knowledge graphs of industrial policy from news, every fact with its sentence."""


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it cannot read is reported by us
    cli()
