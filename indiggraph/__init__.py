"""Knowledge graphs of industrial policy from news: who did, planned, promised what, for which sum, and who says so.

``indiggraph.build(sources)`` returns a :class:`Build` (graph, report), ``Graph.load(path)`` opens one that was
written, ``Graph.query(text)`` answers SPARQL.  The names are loaded when first used: whoever only queries a graph
does not wait for the language pipeline.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from indiggraph.annotate import load_model as load_model
    from indiggraph.pipeline import Build as Build
    from indiggraph.pipeline import Report as Report
    from indiggraph.pipeline import build as build
    from indiggraph.read import read as read
    from indiggraph.store import Graph as Graph

__version__ = "0.1.0"

_HOMES = {
    "Build": "pipeline",
    "Graph": "store",
    "Report": "pipeline",
    "build": "pipeline",
    "load_model": "annotate",
    "read": "read",
}

__all__ = ["Build", "Graph", "Report", "build", "load_model", "read"]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'indiggraph' has no attribute {name!r}")
    return getattr(import_module(f"indiggraph.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
