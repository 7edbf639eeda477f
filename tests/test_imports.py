"""The import graph: each module imports only those above it, and libraries stay where they belong."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "indiggraph"

ORDER = (
    "errors", "model", "trace", "files", "resources", "spelling", "values", "schema", "gazetteer", "word_classes",
    "lexicon", "read", "lang", "ud", "trees", "furniture", "annotate", "mentions", "tenures", "frames", "facts",
    "resolve", "terms", "copies", "invariants", "rdf", "trail", "turtle", "store", "query", "validate", "views",
    "review", "kept", "pipeline", "explain", "evaluation", "evaluate", "commands", "cli", "__main__",
)  # fmt: skip
"""Stages from the lowest to the highest; a folder is one stage."""

HOMES = {
    "spacy": {"lang", "ud", "trees", "annotate", "mentions", "tenures", "frames", "facts"},
    "onnxruntime": {"lang"},
    "rdflib": {"schema", "rdf", "store", "validate"},
    "pyshacl": {"validate"},
    "networkx": {"views"},
    "pyvis": {"views"},
    "igraph": {"views"},
    "trafilatura": {"read"},
    "py3langid": {"read"},
    "click": {"commands", "cli"},
    "rich": {"commands", "cli"},
}
"""Libraries that only some stages may import."""

MODULES = sorted(PACKAGE.rglob("*.py"))


def _name(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _stage(module: str) -> str:
    """Return the stage of a module of ours; the package itself has none."""
    return module.split(".")[1] if "." in module else ""


def _imports(path: Path) -> Iterator[str]:
    """Yield all that a module imports, also within functions, as full module names."""
    known = {_name(module) for module in MODULES}
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}:{node.lineno} has a relative import"
            module = str(node.module)
            yield from (
                f"{module}.{alias.name}" if f"{module}.{alias.name}" in known else module for alias in node.names
            )


@pytest.mark.parametrize(
    "path", [path for path in MODULES if path.name != "__init__.py" or path.parent != PACKAGE], ids=_name
)
def test_a_module_imports_only_what_stands_above_it(path: Path) -> None:
    stage = _stage(_name(path))
    for imported in _imports(path):
        if imported.startswith("indiggraph.") and _stage(imported) != stage:
            assert ORDER.index(_stage(imported)) < ORDER.index(stage), f"{_name(path)} imports {imported}"


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_libraries_stay_where_they_belong(path: Path) -> None:
    for imported in _imports(path):
        homes = HOMES.get(imported.split(".")[0])
        assert homes is None or _stage(_name(path)) in homes, f"{_name(path)} imports {imported}"


def test_no_module_is_part_of_a_cycle() -> None:
    graph = {_name(path): {name for name in _imports(path) if name.startswith("indiggraph.")} for path in MODULES}
    graph.pop("indiggraph")  # its imports are for type checkers; at run time it loads names when they are asked for
    while leaves := [name for name, imported in graph.items() if not (imported & graph.keys()) - {name}]:
        for name in leaves:
            del graph[name]
    assert not graph


def test_every_stage_is_in_the_order() -> None:
    assert {_stage(_name(path)) for path in MODULES} - {""} <= set(ORDER)
