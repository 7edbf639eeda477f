"""What can go wrong, as one tree.

::

    IndigGraphError            anything indiggraph raises on purpose
    ├── InputError             one source cannot be read; the others still are
    ├── OutputError            a result cannot be written; nothing is left half-written
    ├── ModelError             the language pipeline is missing, broken or of another version
    ├── ResourceError          a packaged or user-given data file (frame, gazetteer, ...) is wrong
    ├── GraphError             what was given as a graph is none, or has not the thing asked for
    └── QueryError             a query does not parse, lacks a parameter or has no such name

Each message names the place: the source and line, the file and line, or the name that was looked up.
"""

from __future__ import annotations

__all__ = [
    "GraphError",
    "IndigGraphError",
    "InputError",
    "ModelError",
    "OutputError",
    "QueryError",
    "ResourceError",
]


class IndigGraphError(Exception):
    """Base of everything that indiggraph raises on purpose."""


class InputError(IndigGraphError):
    """A source cannot be read.

    ``source`` names it as the user gave it; ``line`` (from 1) is set for one line of a JSON Lines file.
    """

    def __init__(self, source: str, reason: str, line: int | None = None) -> None:
        self.source = source
        self.reason = reason
        self.line = line
        where = source if line is None else f"{source}:{line}"
        super().__init__(f"{where}: {reason}")


class OutputError(IndigGraphError):
    """A result cannot be written; nothing is left half-written."""


class ModelError(IndigGraphError):
    """The language pipeline is missing, broken, or was built for another version."""


class ResourceError(IndigGraphError):
    """A data file is wrong; the message names the file and, where known, the line."""

    def __init__(self, file: str, reason: str, line: int | None = None) -> None:
        self.file = file
        self.reason = reason
        self.line = line
        where = file if line is None else f"{file}:{line}"
        super().__init__(f"{where}: {reason}")


class GraphError(IndigGraphError):
    """What was given as a graph is none, or does not hold the thing asked for."""


class QueryError(IndigGraphError):
    """A query does not parse, lacks a parameter, or no query has the name."""
