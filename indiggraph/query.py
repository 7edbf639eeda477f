"""Named queries (``data/queries/*.rq``) and the forms in which answers are written.

A query file is plain SPARQL that any engine runs.  Its first comment lines tell what it is for::

    # title: Statements by a person or body, with their sentences
    # param: speaker (any name of the speaker or its IRI, any)

The parameter ``speaker`` is the variable ``?param_speaker``, set by a line ``VALUES ?param_speaker { "" }`` of the
query.  A value from outside replaces what stands in the braces, serialised as an RDF literal, so no value can change
the query.  The words after the last comma are the default, ``any`` standing for the empty text; a parameter without
a default must be given.
"""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox

from indiggraph.errors import QueryError, ResourceError
from indiggraph.resources import data_path
from indiggraph.store import PREFIXES, Graph, Rows, Term
from indiggraph.turtle import turtle

__all__ = ["FORMATS", "NamedQuery", "Parameter", "format_rows", "get_query", "list_queries", "run"]

_PARAM = re.compile(r"(?P<name>[a-z]+) \((?P<text>.+)\)")
_CELL = 72  # columns of the widest cell of a table
_FORMULA = ("=", "+", "-", "@", "\t")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a named query; ``default`` is ``None`` where a value must be given."""

    name: str
    description: str
    default: str | None


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query of the package: its name, what it answers, its parameters and its SPARQL text."""

    name: str
    title: str
    parameters: tuple[Parameter, ...]
    text: str

    def bound(self, values: Mapping[str, str]) -> str:
        """Return the query's text with its parameters set.

        Raises:
            QueryError: a value is given for no parameter of the query, or one that is needed is not given.
        """
        known = {parameter.name for parameter in self.parameters}
        for name in sorted(set(values) - known):
            there = ", ".join(sorted(known)) or "none"
            raise QueryError(f"query {self.name!r} has no parameter {name!r} (parameters: {there})")
        text = self.text
        for parameter in self.parameters:
            text = _set(text, parameter.name, self._value(parameter, values))
        return text

    def _value(self, parameter: Parameter, values: Mapping[str, str]) -> str:
        value = values.get(parameter.name, parameter.default)
        if value is None:
            raise QueryError(f"query {self.name!r} needs parameter {parameter.name!r}: {parameter.description}")
        return value


@cache
def list_queries() -> tuple[NamedQuery, ...]:
    """Return the named queries, by name.

    Raises:
        ResourceError: a file lacks its title, or a parameter's line or clause is wrong.
    """
    return tuple(
        _read(path.stem, path.read_text(encoding="utf-8")) for path in sorted(data_path("queries").glob("*.rq"))
    )


def get_query(name: str) -> NamedQuery:
    """Return the query of this name.

    Raises:
        QueryError: there is none; the message lists the names.
    """
    queries = {query.name: query for query in list_queries()}
    if name not in queries:
        raise QueryError(f"no query is named {name!r} (queries: {', '.join(queries)})")
    return queries[name]


def run(graph: Graph, name: str, params: Mapping[str, str] | None = None) -> Rows:
    """Run a named query.

    Raises:
        QueryError: there is no such query, or the parameters are not its own.
    """
    return graph.query(get_query(name).bound(params or {}))


def format_rows(rows: Rows, form: str) -> str:
    """Return an answer as text that ends in a line break.

    ``table`` is for reading: aligned, cells cut at 72 columns, controls shown as spaces.  ``csv`` and ``tsv`` are for
    spreadsheets: since texts come from documents, a text that a spreadsheet would take for a formula (it starts with
    ``= + - @`` or a tab) gets an apostrophe in front, and carriage returns become line breaks; numbers are left
    alone.  ``json`` (SPARQL 1.1 query results) and ``ttl`` (for CONSTRUCT and DESCRIBE) give the terms exactly.

    Raises:
        QueryError: there is no such format, or the answer has no triples to write as Turtle.
    """
    if form not in FORMATS:
        raise QueryError(f"no format is named {form!r} (formats: {', '.join(FORMATS)})")
    return FORMATS[form](rows)


# ---- files -------------------------------------------------------------------------------------------------


def _read(name: str, text: str) -> NamedQuery:
    file = f"queries/{name}.rq"
    notes = list(_notes(text))
    titles = [value for _, key, value in notes if key == "title"]
    if len(titles) != 1:
        raise ResourceError(file, f"has {len(titles)} titles, not one")
    parameters = tuple(_parameter(file, line, value, text) for line, key, value in notes if key == "param")
    return NamedQuery(name, titles[0], parameters, text)


def _notes(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield line number, key and value of the first comment lines."""
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.startswith("#"):
            return
        key, _, value = line.removeprefix("#").partition(":")
        yield number, key.strip(), value.strip()


def _parameter(file: str, line: int, note: str, text: str) -> Parameter:
    match = _PARAM.fullmatch(note)
    if match is None:
        raise ResourceError(file, f"{note!r} is not 'name (description, default)'", line)
    name = match["name"]
    if len(_clause(name).findall(text)) != 1:
        raise ResourceError(file, f'needs VALUES ?param_{name} {{ "" }} once', line)
    description, comma, default = match["text"].rpartition(",")
    if not comma:
        return Parameter(name, default, None)
    return Parameter(name, description, "" if default.strip() == "any" else default.strip())


def _clause(name: str) -> re.Pattern[str]:
    return re.compile(rf"VALUES \?param_{name} \{{ \"\" \}}")


def _set(text: str, name: str, value: str) -> str:
    # str() of a literal is its N-Triples form: quotes, line breaks and backslashes are escaped
    return _clause(name).sub(lambda _: f"VALUES ?param_{name} {{ {ox.Literal(value)} }}", text)


# ---- formats -----------------------------------------------------------------------------------------------


def _table(rows: Rows) -> str:
    lines = [list(rows.variables), *([_cell(term) for term in row] for row in rows.rows)]
    widths = [max(_width(line[column]) for line in lines) for column in range(len(rows.variables))]
    numeric = [_is_numeric([row[column] for row in rows.rows]) for column in range(len(widths))]
    written = [_aligned(line, widths, numeric) for line in lines]
    written.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(written) + "\n"


def _aligned(cells: Sequence[str], widths: Sequence[int], numeric: Sequence[bool]) -> str:
    padding = [" " * (width - _width(cell)) for cell, width in zip(cells, widths, strict=True)]
    joined = (pad + cell if right else cell + pad for cell, pad, right in zip(cells, padding, numeric, strict=True))
    return "  ".join(joined).rstrip()


def _cell(term: Term | None) -> str:
    text = _shortened(term.value) if isinstance(term, ox.NamedNode) else _text(term)
    clean = "".join(" " if unicodedata.category(char)[0] in "CZ" else char for char in text)
    return clean if _width(clean) <= _CELL else _cut(clean)


def _cut(text: str) -> str:
    text = text[:_CELL]
    while _width(text) >= _CELL:
        text = text[:-1]
    return text.rstrip() + "…"


def _width(text: str) -> int:
    """Return how many columns a terminal gives the text: combining marks take none, wide characters two."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _shortened(iri: str) -> str:
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def _text(term: Term | None) -> str:
    return "" if term is None else getattr(term, "value", str(term))


def _is_number(term: Term | None) -> bool:
    return isinstance(term, ox.Literal) and term.datatype.value.rpartition("#")[2] in {"decimal", "integer", "double"}


def _is_numeric(terms: Sequence[Term | None]) -> bool:
    given = [term for term in terms if term is not None]
    return bool(given) and all(map(_is_number, given))


def _csv(rows: Rows) -> str:
    return _separated(rows, ",")


def _tsv(rows: Rows) -> str:
    return _separated(rows, "\t")


def _separated(rows: Rows, delimiter: str) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter, lineterminator="\n")
    writer.writerow(rows.variables)
    writer.writerows([_harmless(term) for term in row] for row in rows.rows)
    return stream.getvalue()


def _harmless(term: Term | None) -> str:
    text = _text(term).replace("\r\n", "\n").replace("\r", "\n")
    return f"'{text}" if text.startswith(_FORMULA) and not _is_number(term) else text


def _json(rows: Rows) -> str:
    if rows.kind == "ask":
        answer: dict[str, object] = {"head": {}, "boolean": _text(rows.rows[0][0]) == "true"}
    else:
        bindings = [_binding(rows.variables, row) for row in rows.rows]
        answer = {"head": {"vars": list(rows.variables)}, "results": {"bindings": bindings}}
    return json.dumps(answer, ensure_ascii=False, indent=1) + "\n"


def _binding(variables: Sequence[str], row: Sequence[Term | None]) -> dict[str, object]:
    return {name: _json_term(term) for name, term in zip(variables, row, strict=True) if term is not None}


def _json_term(term: Term) -> dict[str, object]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Triple):
        raise QueryError("triple terms have no place in SPARQL 1.1 results")
    found: dict[str, object] = {"type": "literal", "value": term.value}
    if term.language is not None:
        found["xml:lang"] = term.language
    elif term.datatype.value != f"{PREFIXES['xsd']}string":
        found["datatype"] = term.datatype.value
    return found


def _ttl(rows: Rows) -> str:
    return turtle(rows.triples()).decode()


FORMATS: Mapping[str, Callable[[Rows], str]] = {
    "table": _table,
    "csv": _csv,
    "tsv": _tsv,
    "json": _json,
    "ttl": _ttl,
}
"""The forms in which answers are written."""
