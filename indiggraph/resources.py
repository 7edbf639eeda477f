"""Finds packaged data and the ontology, and loads YAML with errors that name file and line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from indiggraph.errors import ResourceError

__all__ = ["data_path", "load_word_lists", "load_yaml", "ontology_path", "package_files"]

_PACKAGE = Path(__file__).resolve().parent


def data_path(*parts: str) -> Path:
    """Return the path of a packaged data file or folder, e.g. ``data_path("frames")``.

    Raises:
        ResourceError: the package does not hold it.
    """
    return _existing(_PACKAGE.joinpath("data", *parts))


def ontology_path(name: str) -> Path:
    """Return the path of a file of ``ontology/``.

    The wheel carries the folder inside the package; a checkout (editable install) has it beside the package.

    Raises:
        ResourceError: neither place holds it.
    """
    packaged = _PACKAGE / "ontology" / name
    return packaged if packaged.exists() else _existing(_PACKAGE.parent / "ontology" / name)


def package_files() -> list[tuple[str, Path]]:
    """Return the package's files of code and data with their names in it, sorted; what Python compiles is left out.

    The ontology is among them also in a checkout, where it lies beside the package.
    """
    beside = _PACKAGE.parent / "ontology"
    roots = [(_PACKAGE, _PACKAGE)]
    if not (_PACKAGE / "ontology").exists():
        roots.append((beside, beside.parent))
    found = ((path.relative_to(base).as_posix(), path) for folder, base in roots for path in folder.rglob("*"))
    return sorted((name, path) for name, path in found if path.is_file() and "__pycache__" not in path.parts)


def load_yaml(path: Path) -> Any:
    """Load one YAML document.

    Raises:
        ResourceError: the file cannot be read or is not YAML; the message names file and line.
    """
    try:
        with path.open(encoding="utf-8") as stream:
            return yaml.load(stream, Loader=_LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = None if mark is None else mark.line + 1
        reason = getattr(error, "problem", None) or "not valid YAML"
        raise ResourceError(str(path), str(reason), line) from error
    except (OSError, UnicodeDecodeError) as error:
        raise ResourceError(str(path), f"cannot be read: {error}") from error


def load_word_lists(path: Path, names: Iterable[str]) -> dict[str, frozenset[str]]:
    """Load the named lists of words of a YAML file.

    Raises:
        ResourceError: the file cannot be read or is not YAML, or one of the lists is missing or not of words.
    """
    data = load_yaml(path)
    found = {}
    for name in names:
        words = data.get(name) if isinstance(data, dict) else None
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            raise ResourceError(str(path), f"{name} must be a list of words")
        found[name] = frozenset(words)
    return found


def _existing(path: Path) -> Path:
    if not path.exists():
        raise ResourceError(str(path), "is missing from this installation")
    return path


def _loader() -> Any:
    """A safe loader in which, as in YAML 1.2, only true and false are booleans ("on" and "no" are words)."""
    base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    loader: Any = type("Yaml12Loader", (base,), {})
    resolvers = base.yaml_implicit_resolvers.items()
    loader.yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in entries if tag != "tag:yaml.org,2002:bool"]
        for first, entries in resolvers
    }
    loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), ["t", "f"])
    return loader


_LOADER: Any = _loader()
