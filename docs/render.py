"""Runs what the pages show and writes what it prints: ``python -m docs.render``, or ``make docs``.

A page is Markdown.  Three kinds of fenced blocks are run, in the order of the page, in a fresh folder that has the
project's ``seeds``, ``docs`` and ``tests``:

- ``console``: lines that start with ``$`` are commands of a shell, the others what they print;
- ``pycon``: a Python session; all sessions of a page are one;
- any block right after a comment ``<!-- $ command -->``: what that command prints.

tests/test_docs.py holds that the pages show what is printed now.
"""

from __future__ import annotations

import contextlib
import doctest
import io
import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

from indiggraph.query import NamedQuery, list_queries

__all__ = ["NOTEBOOK", "PAGES", "QUERIES", "ROOT", "execute", "queries_page", "rendered"]

ROOT = Path(__file__).parents[1]
PAGES = (ROOT / "README.md", ROOT / "docs" / "how-it-works.md", ROOT / "docs" / "frames.md")
QUERIES = ROOT / "docs" / "queries.md"
NOTEBOOK = ROOT / "notebooks" / "seeds.ipynb"

_BLOCK = re.compile(r"(?:<!-- \$ (?P<hidden>.+?) -->\n)?^```(?P<kind>\w*)\n(?P<body>.*?)^```$", re.M | re.S)
_COMMAND = re.compile(r"^\$ (.+)$", re.M)
_SECONDS = 300  # after which a command or a cell has failed


def rendered(page: str) -> str:
    """Return a page with what its commands print now.

    Raises:
        RuntimeError: a command fails (a page that shows a failure goes on: ``; echo $?``).
    """
    with tempfile.TemporaryDirectory() as name, contextlib.chdir(name):
        for linked in ("seeds", "docs", "tests"):
            Path(linked).symlink_to(ROOT / linked)
        session: dict[str, Any] = {}
        return _BLOCK.sub(lambda block: _run_block(block, session), page)


def _run_block(block: re.Match[str], session: dict[str, Any]) -> str:
    if block["hidden"]:
        body = _run_command(block["hidden"])
    elif block["kind"] == "console":
        body = "".join(f"$ {command}\n{_run_command(command)}" for command in _COMMAND.findall(block["body"]))
    elif block["kind"] == "pycon":
        body = _run_session(block["body"], session)
    else:
        return block[0]
    head = f"<!-- $ {block['hidden']} -->\n" if block["hidden"] else ""
    return f"{head}```{block['kind']}\n{body}```"


def _run_command(command: str) -> str:
    """Return what a shell's command prints, words on standard error included."""
    ours = f'indiggraph() {{ {shlex.quote(sys.executable)} -m indiggraph "$@"; }}'
    done = subprocess.run(
        ["bash", "-c", f"{ours}\n{command}"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=_SECONDS,
        env=_environment(),
    )
    if done.returncode:
        raise RuntimeError(f"{command}: exit code {done.returncode}\n{done.stdout}")
    return done.stdout


def _environment() -> dict[str, str]:
    return os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}


def _run_session(body: str, session: dict[str, Any]) -> str:
    printed = []
    for example in doctest.DocTestParser().get_examples(body):
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            exec(compile(example.source, "<page>", "single"), session)
        printed.append(_prompted(example.source) + out.getvalue())
    return "".join(printed)


def _prompted(source: str) -> str:
    first, *rest = source.splitlines()
    return "".join(f"{line}\n" for line in (f">>> {first}", *(f"... {line}".rstrip() for line in rest)))


# ---- pages that are made whole -----------------------------------------------------------------------------------


def queries_page() -> str:
    """Return docs/queries.md: the named queries with what they answer and their parameters."""
    return "\n".join([*_QUERIES_HEAD, *(_row(query) for query in list_queries()), ""])


_QUERIES_HEAD = [
    "# Named queries",
    "",
    "`indiggraph query GRAPH --name NAME --param KEY=VALUE` asks one; `indiggraph query --list` prints this list. Each",
    "is a file of plain SPARQL in [`indiggraph/data/queries`](../indiggraph/data/queries) that any engine runs; a",
    "further file there is a further query. This page is made by `make docs`.",
    "",
    "| name | what it answers | parameters |",
    "|---|---|---|",
]


def _row(query: NamedQuery) -> str:
    parameters = "; ".join(
        f"`{parameter.name}`: {parameter.description}{' (needed)' if parameter.default is None else ''}"
        for parameter in query.parameters
    )
    link = f"[`{query.name}`](../indiggraph/data/queries/{query.name}.rq)"
    return f"| {link} | {query.title} | {parameters} |"


def execute(notebook: Path) -> nbformat.NotebookNode:
    """Return a notebook as it is after a run in a fresh folder beside the seeds; nothing is written to the project."""
    node: nbformat.NotebookNode = nbformat.read(notebook, as_version=4)  # type: ignore[no-untyped-call]
    with tempfile.TemporaryDirectory() as name, _inherited():
        folder = Path(name, "notebooks")
        folder.mkdir()
        Path(name, "seeds").symlink_to(ROOT / "seeds")
        client = NotebookClient(node, timeout=_SECONDS, kernel_name="python3", resources={"metadata": {"path": folder}})
        client.execute()
    for cell in node.cells:
        cell.metadata.pop("execution", None)  # the clock's times
    node.metadata["language_info"] = {"name": "python"}  # without the version that ran it
    return node


@contextlib.contextmanager
def _inherited() -> Iterator[None]:
    """Let the notebook's process find this checkout and no user's own settings."""
    before = dict(os.environ)
    with tempfile.TemporaryDirectory() as settings:
        os.environ.update(_environment() | {"IPYTHONDIR": settings})
        try:
            yield
        finally:
            os.environ.clear()
            os.environ.update(before)


def main() -> None:
    """Write every page and the notebook anew."""
    for page in PAGES:
        page.write_text(rendered(page.read_text("utf-8")), "utf-8")
    QUERIES.write_text(queries_page(), "utf-8")
    nbformat.write(execute(NOTEBOOK), NOTEBOOK)  # type: ignore[no-untyped-call]


if __name__ == "__main__":
    main()
