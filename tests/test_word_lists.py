"""The word lists in ``indiggraph/data`` say everything once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from indiggraph.resources import data_path, load_yaml

FILES = sorted(data_path().rglob("*.yaml"))


def lists(node: Any, name: str = "") -> Iterator[tuple[str, list[str]]]:
    """The lists of words in a file, with their keys."""
    if isinstance(node, dict):
        for key, inner in node.items():
            yield from lists(inner, f"{name}/{key}")
    elif isinstance(node, list) and all(isinstance(word, str) for word in node):
        yield name, node


def test_lists_are_found() -> None:
    assert dict(lists({"a": ["x"], "b": {"c": ["y", "y"]}})) == {"/a": ["x"], "/b/c": ["y", "y"]}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_list_names_a_word_twice(path: Path) -> None:
    twice = {name: [word for word, n in Counter(words).items() if n > 1] for name, words in lists(load_yaml(path))}
    assert {name: words for name, words in twice.items() if words} == {}
