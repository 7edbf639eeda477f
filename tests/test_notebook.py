"""The notebook runs, and what it shows is what comes out now."""

from __future__ import annotations

from xml.etree import ElementTree

import nbformat
import pytest

from docs.render import NOTEBOOK, execute


def _cells(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def _text(cell: nbformat.NotebookNode) -> str:
    return "".join(output.text for output in cell.outputs if output.output_type == "stream")


@pytest.fixture(scope="module")
def stored() -> nbformat.NotebookNode:
    """The notebook as it is kept."""
    return nbformat.read(NOTEBOOK, as_version=4)  # type: ignore[no-untyped-call]


@pytest.fixture(scope="module")
def run() -> nbformat.NotebookNode:
    """The notebook after a run; a cell that fails fails the tests."""
    return execute(NOTEBOOK)


def test_it_is_kept_executed_and_without_errors(stored: nbformat.NotebookNode) -> None:
    nbformat.validate(stored)  # type: ignore[no-untyped-call]
    counts = [cell.execution_count for cell in _cells(stored)]
    assert counts == list(range(1, len(counts) + 1))
    assert {output.output_type for cell in _cells(stored) for output in cell.outputs} <= {"stream", "execute_result"}


def test_what_it_prints_is_what_comes_out_now(stored: nbformat.NotebookNode, run: nbformat.NotebookNode) -> None:
    assert [_text(cell) for cell in _cells(stored)] == [_text(cell) for cell in _cells(run)], "run: make docs"
    assert _text(_cells(run)[0]).startswith("2 documents, 15 sums, ")


def test_it_draws_the_network(stored: nbformat.NotebookNode, run: nbformat.NotebookNode) -> None:
    drawn = [
        ElementTree.fromstring(_cells(notebook)[-1].outputs[0].data["image/svg+xml"]) for notebook in (stored, run)
    ]
    words = [sorted(str(text.text) for text in svg.iterfind("{*}text")) for svg in drawn]
    assert words[0] == words[1], "run: make docs"
    assert len(list(drawn[1].iterfind("{*}rect"))) > 3
