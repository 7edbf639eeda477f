"""What each text of a build gave, kept beside the graph, so that more texts can join without reading these again.

``extractions.jsonl.gz`` holds one line about the tools and the rejected inputs, then one line for each text.
Everything is plain JSON: objects with the names of the model's classes, never code.
"""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import json
import types
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from decimal import Decimal
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

from indiggraph import model
from indiggraph.errors import GraphError
from indiggraph.model import Extraction, Rejection
from indiggraph.resources import package_files

__all__ = ["KEPT", "Kept", "digest", "dump", "fingerprint", "load"]

KEPT = "extractions.jsonl.gz"
_CLASS = "_"
"""The key under which an object names its class, where several are possible."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What a build's texts gave, before identity was decided, and which inputs it could not read."""

    extractions: tuple[Extraction, ...] = ()
    rejected: tuple[Rejection, ...] = ()


def fingerprint(model_name: str, gazetteer: Path | None) -> Mapping[str, str]:
    """What an extraction depends on beside its text: our code and data, the language model, the user's gazetteer."""
    names = "" if gazetteer is None else hashlib.sha256(gazetteer.read_bytes()).hexdigest()
    return {"indiggraph": _own(), "model": model_name, "gazetteer": names}


@cache
def _own() -> str:
    digest = hashlib.sha256()
    for name, path in package_files():
        digest.update(f"{name}\n{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()


def dump(kept: Kept, made_with: Mapping[str, str]) -> bytes:
    """Return the file's bytes, the same for the same content."""
    head = {"made_with": dict(made_with), "rejected": [_encoded(rejection) for rejection in kept.rejected]}
    lines = [head, *(_encoded(extraction) for extraction in kept.extractions)]
    text = "".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in lines)
    return gzip.compress(text.encode(), mtime=0)


def digest(folder: Path) -> str:
    """What the build in a folder kept, as a SHA-256 digest; empty where it kept nothing that can be read."""
    try:
        return hashlib.sha256((folder / KEPT).read_bytes()).hexdigest()
    except OSError:
        return ""


def load(folder: Path, made_with: Mapping[str, str]) -> Kept:
    """Read what the build in a folder kept; of a folder that does not exist or is empty, nothing.

    Raises:
        GraphError: the folder holds something else, the file is damaged, or it was made with other tools or names.
    """
    path = folder / KEPT
    if folder.exists() and not folder.is_dir():
        raise GraphError(f"{folder}: is a file, no folder of a build")
    # what a killed build left behind has a name with a dot
    if not folder.exists() or all(entry.name.startswith(".") for entry in folder.iterdir()):
        return Kept()
    try:
        head, *lines = gzip.decompress(path.read_bytes()).decode().removesuffix("\n").split("\n")
        data = json.loads(head)
        _check(folder, data["made_with"], made_with)
        rejected = tuple(_decoded(entry, Rejection) for entry in data["rejected"])
        return Kept(tuple(_decoded(json.loads(line), Extraction) for line in lines), rejected)
    except FileNotFoundError as error:
        raise GraphError(f"{folder}: holds no build that texts can be added to (no {KEPT})") from error
    except (
        OSError,
        EOFError,
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        ArithmeticError,
        zlib.error,
    ) as error:
        raise GraphError(f"{path}: is damaged: {error}") from error


def _check(folder: Path, made_with: Mapping[str, str], now: Mapping[str, str]) -> None:
    words = {"indiggraph": "another version of indiggraph", "model": "another language model",
             "gazetteer": "another gazetteer"}  # fmt: skip
    other = [words[key] for key in words if made_with.get(key) != now[key]]
    if other:
        raise GraphError(f"{folder}: was built with {' and '.join(other)}; build it anew from all texts")


# ---- JSON ----------------------------------------------------------------------------------------------------------


def _encoded(value: Any) -> Any:
    """A value of the model as JSON; fields that have their default are left out."""
    if is_dataclass(value) and not isinstance(value, type):
        held = {field.name: getattr(value, field.name) for field in fields(value) if _is_told(field, value)}
        return {_CLASS: type(value).__name__, **{name: _encoded(part) for name, part in held.items()}}
    if isinstance(value, tuple):
        return [_encoded(part) for part in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal | dt.date):
        return str(value)
    return value


def _is_told(field: Any, value: Any) -> bool:
    return field.default is MISSING or getattr(value, field.name) != field.default


def _decoded(value: Any, kind: Any) -> Any:
    """The value of the model's class that JSON stands for.

    Raises:
        ValueError, KeyError, TypeError, ArithmeticError: it stands for none.
    """
    if get_origin(kind) in (Union, types.UnionType):
        return _chosen(value, get_args(kind))
    if get_origin(kind) is tuple:
        return tuple(_decoded(part, get_args(kind)[0]) for part in value)
    if is_dataclass(kind):
        hints = _hints(value[_CLASS])
        made: Any = getattr(model, value[_CLASS])
        return made(**{name: _decoded(part, hints[name]) for name, part in value.items() if name != _CLASS})
    if kind is dt.date:
        return dt.date.fromisoformat(value)
    if isinstance(kind, type) and issubclass(kind, Enum | Decimal):
        return kind(value)
    if type(value) is not kind:
        raise TypeError(f"{value!r} is no {kind.__name__}")
    return value


def _chosen(value: Any, kinds: Iterable[Any]) -> Any:
    if value is None:
        return None
    (first, *_) = (kind for kind in kinds if kind is not type(None))
    return _decoded(value, first)  # of several classes, the object names its own


@cache
def _hints(name: str) -> Mapping[str, Any]:
    made = getattr(model, name)
    if not is_dataclass(made):
        raise TypeError(f"{name} is no class of the model")
    return get_type_hints(made)
