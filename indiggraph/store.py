"""The graph as an object: load, query, hand to rdflib, write."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pyoxigraph as ox

from indiggraph.errors import GraphError, OutputError, QueryError
from indiggraph.files import write_atomically
from indiggraph.schema import NAMESPACES
from indiggraph.terms import BASE
from indiggraph.turtle import turtle

if TYPE_CHECKING:
    import rdflib

__all__ = ["PREFIXES", "Graph", "Rows", "Term", "is_graph", "python_value"]

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
"""A term of the graph."""

PREFIXES: Mapping[str, str] = {**NAMESPACES, "id": BASE}
"""Prefixes that every query may use without declaring them."""

_GRAPH_FILE = "graph.ttl"
_STORE_MARK = "CURRENT"  # RocksDB keeps a file of this name in every store
_XSD = NAMESPACES["xsd"]
_MESSAGE = 160  # characters of a parser's message that are shown
# What may hold the word "service" without meaning it: comments, IRIs, strings, variables, local names, language tags.
_OPAQUE = re.compile(
    r"""\#[^\n\r]*|<[^<>"{}|^`\\\s]*>|\"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3}|'{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
    |"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*'|[?$]\w+|[:@][\w-]*""",
    re.VERBOSE | re.DOTALL,
)
_CODE_POINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")

Kind = Literal["select", "ask", "construct"]


@dataclass(frozen=True, slots=True)
class Rows:
    """What a query answers.

    ``rows`` holds RDF terms; iterating gives plain Python values by the variables' names.  ASK answers one row with
    the variable ``answer``, CONSTRUCT and DESCRIBE answer rows of ``subject, predicate, object``.
    """

    kind: Kind
    variables: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, object]]:
        for row in self.rows:
            yield dict(zip(self.variables, map(python_value, row), strict=True))

    def triples(self) -> tuple[ox.Triple, ...]:
        """Return the triples of a CONSTRUCT or DESCRIBE.

        Raises:
            QueryError: the query was of another form.
        """
        if self.kind != "construct":
            raise QueryError("only CONSTRUCT and DESCRIBE answer with triples")
        return tuple(ox.Triple(*row) for row in self.rows)  # type: ignore[arg-type]


class Graph:
    """A knowledge graph: an embedded store with SPARQL 1.1 queries.

    Queries see the union of all named graphs; nothing a query says can change the graph or reach the network.
    """

    def __init__(self, store: ox.Store | None = None) -> None:
        self._store = ox.Store() if store is None else store

    @classmethod
    def from_quads(cls, quads: Iterable[ox.Triple | ox.Quad]) -> Graph:
        """Return a graph in memory that holds these triples or quads."""
        store = ox.Store()
        store.bulk_extend(_quad(item) for item in quads)
        return cls(store)

    @classmethod
    def load(cls, path: str | Path) -> Graph:
        """Open a build's folder, an RDF file in any common syntax, or a store's folder (read-only).

        Raises:
            GraphError: there is none, or the file is malformed; the message names the file and, where known, the line.
        """
        place = Path(path)
        if place.is_dir() and (place / _STORE_MARK).exists():
            return cls(_open_store(place))
        return cls(_read_file(place / _GRAPH_FILE if place.is_dir() else place))

    def __len__(self) -> int:
        return len(self._store)

    def triples(self) -> Iterator[ox.Triple]:
        """Yield all triples, those of named graphs too."""
        for quad in self._store:
            yield quad.triple

    def query(self, text: str) -> Rows:
        """Answer a SPARQL 1.1 SELECT, ASK, CONSTRUCT or DESCRIBE query; :data:`PREFIXES` are declared already.

        Raises:
            QueryError: it does not parse, is an update, asks another server (SERVICE), or fails.
        """
        if _asks_elsewhere(text):
            raise QueryError("SERVICE is not allowed: a query reads this graph alone")
        try:
            return _rows(self._store.query(text, prefixes=dict(PREFIXES), use_default_graph_as_union=True))
        except SyntaxError as error:
            raise QueryError(f"query does not parse: {_one_line(error.msg)}") from error
        except (OSError, RuntimeError, ValueError) as error:
            raise QueryError(f"query fails: {_one_line(str(error))}") from error

    def to_rdflib(self) -> rdflib.Graph:
        """Return a copy as an rdflib graph, with the usual prefixes bound."""
        import rdflib

        graph = rdflib.Graph()
        for prefix, namespace in PREFIXES.items():
            graph.bind(prefix, namespace, override=True)
        for triple in self.triples():
            graph.add((_to_rdflib(triple.subject), _to_rdflib(triple.predicate), _to_rdflib(triple.object)))
        return graph

    def turtle(self) -> bytes:
        """Return the graph as Turtle: readable, and the same bytes whatever the order of the input."""
        return turtle(self.triples())

    def write_turtle(self, path: str | Path) -> None:
        """Write the graph as Turtle, whole or not at all.

        Raises:
            OutputError: the file cannot be written.
        """
        write_atomically(path, self.turtle())

    def write_store(self, path: str | Path) -> None:
        """Write the graph as a store's folder, which opens without being read.

        Raises:
            OutputError: the folder exists and is not empty, or cannot be written.
        """
        place = Path(path)
        if place.exists() and (not place.is_dir() or any(place.iterdir())):
            raise OutputError(f"{place}: is there already")
        try:
            store = ox.Store(place)
            store.bulk_extend(iter(self._store))
            store.flush()
        except (OSError, RuntimeError) as error:
            raise OutputError(f"{place}: cannot be written: {error}") from error


def is_graph(path: str | Path) -> bool:
    """Whether a path is what :meth:`Graph.load` opens: a folder with a graph in it, or a file by its ending."""
    place = Path(path)
    if place.is_dir():
        return (place / _STORE_MARK).exists() or (place / _GRAPH_FILE).exists()
    ending = place.suffix.removeprefix(".").lower()
    return ending != "txt" and ox.RdfFormat.from_extension(ending) is not None  # .txt may be N-Triples, and is a text


def python_value(term: Term | None) -> object:
    """Return a term as a plain value: numbers and truth values as such, all else (malformed ones too) as text."""
    if not isinstance(term, ox.Literal):
        return None if term is None else getattr(term, "value", str(term))
    convert = _CONVERTERS.get(term.datatype.value.removeprefix(_XSD), str)
    try:
        return convert(term.value)
    except (ValueError, ArithmeticError):
        return term.value


def _asks_elsewhere(query: str) -> bool:
    """Tell whether a query has a SERVICE clause, also one written with code point escapes; in doubt, yes."""
    plain = _CODE_POINT.sub(_unescaped, query)
    return any("service" in _OPAQUE.sub(" ", text).lower() for text in (query, plain))


def _unescaped(match: re.Match[str]) -> str:
    code = int(match.group(1) or match.group(2), 16)
    return chr(code) if code <= sys.maxunicode else match.group()


def _one_line(message: str) -> str:
    """Fold a parser's message, which may list every character that could have followed."""
    folded = " ".join(message.split())
    return folded if len(folded) <= _MESSAGE else folded[:_MESSAGE].rstrip() + " …"


def _truth(text: str) -> bool:
    return text in ("true", "1")


_CONVERTERS: Mapping[str, Callable[[str], object]] = {
    "integer": int,
    "decimal": Decimal,
    "double": float,
    "float": float,
    "boolean": _truth,
}


def _quad(item: ox.Triple | ox.Quad) -> ox.Quad:
    return item if isinstance(item, ox.Quad) else ox.Quad(item.subject, item.predicate, item.object)


def _rows(answer: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples) -> Rows:
    if isinstance(answer, ox.QueryBoolean):
        return Rows("ask", ("answer",), ((ox.Literal(bool(answer)),),))
    if isinstance(answer, ox.QueryTriples):
        triples = sorted({(item.subject, item.predicate, item.object) for item in answer}, key=str)
        return Rows("construct", ("subject", "predicate", "object"), tuple(triples))
    names = tuple(variable.value for variable in answer.variables)
    return Rows("select", names, tuple(tuple(solution[name] for name in names) for solution in answer))


def _open_store(place: Path) -> ox.Store:
    try:
        return ox.Store.read_only(str(place))
    except (OSError, RuntimeError) as error:
        raise GraphError(f"{place}: is no store that can be opened: {error}") from error


def _read_file(path: Path) -> ox.Store:
    form = ox.RdfFormat.from_extension(path.suffix.removeprefix(".").lower())
    if not path.exists():
        raise GraphError(f"{path}: no such graph")
    if form is None:
        raise GraphError(f"{path}: the ending tells no RDF syntax (ttl, nt, nq, trig, rdf, jsonld, ...)")
    store = ox.Store()
    try:
        store.bulk_extend(ox.parse(path=str(path), format=form, base_iri=path.resolve().as_uri()))
    except SyntaxError as error:
        raise GraphError(f"{path}:{error.lineno or 1}: {error.msg}") from error
    except (OSError, ValueError) as error:
        raise GraphError(f"{path}: cannot be read: {error}") from error
    return store


def _to_rdflib(term: Term) -> rdflib.term.Node:
    import rdflib

    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode(term.value)
    if isinstance(term, ox.Triple):
        raise GraphError("rdflib has no triple terms")
    if term.language is not None or term.datatype.value == _XSD + "string":
        return rdflib.Literal(term.value, lang=term.language)
    return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value))
