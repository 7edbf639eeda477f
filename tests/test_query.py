"""Named queries answer what an analyst asks first; answers are written in five forms."""

import csv
import io
import json
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indiggraph import query
from indiggraph.errors import QueryError, ResourceError
from indiggraph.query import FORMATS, format_rows, get_query, list_queries, run
from indiggraph.rdf import triples
from indiggraph.schema import term
from indiggraph.store import Graph, Rows
from tests.factories import example

REQUIRED = {"about": {"thing": "NDH"}, "describe": {"thing": "NDH"}}


@pytest.fixture(scope="module")
def graph() -> Graph:
    extractions, linker = example()
    return Graph.from_quads(triple for one in extractions for triple in triples(one, linker))


def columns(rows: Rows, *names: str) -> list[tuple[object, ...]]:
    return [tuple(row[name] for name in names) for row in rows]


# ---- the queries -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [item.name for item in list_queries() if item.name != "copies"])
def test_every_query_has_an_answer(graph: Graph, name: str):
    assert len(run(graph, name, REQUIRED.get(name))) > 0


@pytest.mark.parametrize("name", [item.name for item in list_queries()])
def test_every_query_is_described_and_runs_elsewhere(name: str):
    found = get_query(name)
    assert 20 <= len(found.title) <= 110
    used = {prefix for prefix in query.PREFIXES if f"{prefix}:" in found.text.partition("\n\n")[2]}
    declared = {line.split(" ")[1].rstrip(":") for line in found.text.splitlines() if line.startswith("PREFIX")}
    assert used - {"rdf"} <= declared | {"id"}
    # plain SPARQL: parses without our prefixes and with its default values
    ox.Store().query(found.text)


@pytest.mark.parametrize("name", [item.name for item in list_queries()])
def test_rows_do_not_depend_on_the_order_of_loading(graph: Graph, name: str):
    other = Graph.from_quads(sorted(graph.triples(), key=str, reverse=True))
    assert run(other, name, REQUIRED.get(name)).rows == run(graph, name, REQUIRED.get(name)).rows


def test_sums_by_sector_count_nothing_twice(graph: Graph):
    # the shares stand for their total of 130 million, and two sectors that have a sum together are one row
    assert columns(run(graph, "sums-by-sector"), "sectors", "currency", "modality", "facts", "total") == [
        ("steel", "EUR", "actual", 1, 70_000_000),
        ("copper", "EUR", "actual", 1, 24_000_000),
        ("gas, oil", "USD", "actual", 1, 1_200_000_000),
    ]


def test_sums_by_speaker_count_the_total_instead_of_its_shares(graph: Graph):
    rows = columns(run(graph, "sums-by-speaker"), "speaker", "currency", "total")
    assert rows == [("Ada Quillfeather", "EUR", 130_000_000), ("Ministry of Industry", "USD", 1_200_000_000)]


def test_sums_by_body_leave_out_prices(graph: Graph):
    rows = columns(run(graph, "sums-by-body"), "body", "currency", "modality", "total")
    assert rows == [
        ("Norland Development Holding", "EUR", "actual", 130_000_000),
        ("Ministry of Industry", "IRR", "planned", 65_000_000_000_000),
        ("Ministry of Industry", "USD", "actual", 1_200_000_000),
    ]


def test_promised_and_done(graph: Graph):
    rows = columns(run(graph, "promised-and-done"), "body", "currency", "done", "planned")
    assert ("Ministry of Industry", "IRR", 0, 65_000_000_000_000) in rows
    assert ("Norland Development Holding", "EUR", 130_000_000, 0) in rows
    assert len(rows) == 3


def test_shares_and_what_they_leave(graph: Graph):
    assert columns(run(graph, "shares"), "sector", "part", "percent") == [
        ("steel", 70_000_000, Decimal("53.8")),
        ("copper", 24_000_000, Decimal("18.5")),
    ]
    assert columns(run(graph, "unexplained"), "whole", "shares", "explained", "unexplained") == [
        (130_000_000, 2, 94_000_000, 36_000_000)
    ]


def test_posts(graph: Graph):
    assert columns(run(graph, "posts"), "person", "post", "body", "former") == [
        ("Ada Quillfeather", "managing director", "Norland Development Holding", False),
        ("Tomas Birkensen", "industry minister", "Ministry of Industry", False),
        ("Tomas Birkensen", "industry minister", None, True),
    ]


@pytest.mark.parametrize(
    "name",
    [
        "NDH",
        "ndh",
        "Norland Development Holding",
        "https://w3id.org/indiggraph/id/organization/norland-development-holding",
    ],
)
def test_about_finds_a_thing_by_any_of_its_names(graph: Graph, name: str):
    rows = columns(run(graph, "about", {"thing": name}), "part", "document")
    assert sorted(rows, key=str) == [
        ("agent", "norland 2/ü"),
        ("agent", "norland-1"),
        ("organization", "norland-1"),
        ("statedBy", "norland 2/ü"),
    ]


def test_describe_gives_the_facts_of_a_thing(graph: Graph):
    rows = run(graph, "describe", {"thing": "pumps"})
    labels = {triple.object.value for triple in rows.triples() if triple.predicate == term("rdfs:label")}
    assert labels == {"pumps", "340 tons", "2,000 euros a ton", "Norland – trade: pumps, 2,000 euros a ton, 340 tons"}


def test_statements(graph: Graph):
    said = columns(run(graph, "statements-by", {"speaker": "Tomas Birkensen"}), "kind", "modality")
    assert sorted(said) == [("Directive", "proposed"), ("Establishment", "planned")]
    assert len(run(graph, "reported-through", {"agency": "Norland News Agency"})) == 2
    assert len(run(graph, "reported-through", {"agency": "Nobody"})) == 0
    assert columns(run(graph, "speakers"), "speaker", "statements")[0] == ("Ada Quillfeather", 3)


def test_largest_sums_of_a_currency(graph: Graph):
    rows = columns(run(graph, "largest-sums", {"currency": "eur"}), "currency", "sum")
    assert rows == [("EUR", 130_000_000), ("EUR", 70_000_000), ("EUR", 24_000_000)]


def test_changes(graph: Graph):
    assert columns(run(graph, "changes", {"direction": "increase"}), "what", "size", "time") == [
        ("Car output", "14.5 percent", "in 2029")
    ]
    assert len(run(graph, "changes", {"direction": "decrease"})) == 0


def test_facts_of_a_document_follow_its_text(graph: Graph):
    kinds = columns(run(graph, "document-facts", {"document": "norland-1"}), "kind")
    order = ["Agreement", "Agreement", "Agreement", "Establishment", "Change", "Investment"]
    assert [kind for (kind,) in kinds] == order


def test_timeline_is_in_order(graph: Graph):
    assert columns(run(graph, "timeline"), "day", "kind") == [
        ("2029-01-01", "Change"),
        ("2030-05-03", "Occurrence"),
        ("2031-03-31", "Establishment"),
    ]


def test_sector_includes_the_sectors_below(graph: Graph):
    rows = columns(run(graph, "sector-facts", {"sector": "metals"}), "sector")
    assert rows == [("copper",), ("steel",)]


def test_things_of_a_type(graph: Graph):
    rows = columns(run(graph, "things", {"type": "person"}), "label", "mentions", "documents")
    assert rows == [("Tomas Birkensen", 2, 2), ("Ada Quillfeather", 1, 1)]


def test_names_of_a_thing(graph: Graph):
    rows = columns(run(graph, "names", {"thing": "ndh"}), "words", "mentions")
    assert rows == [("NDH", 1), ("Norland Development Holding", 1), ("The holding", 1)]


def test_documents(graph: Graph):
    rows = columns(run(graph, "documents"), "document", "publisher", "facts", "sums")
    assert rows == [("norland 2/ü", None, 5, 2), ("norland-1", "Norland Herald", 6, 4)]


# ---- parameters --------------------------------------------------------------------------------------------


def test_unknown_query_is_an_error(graph: Graph):
    with pytest.raises(QueryError, match=r"no query is named 'nope' .*sums-by-sector"):
        run(graph, "nope")


def test_unknown_parameter_is_an_error(graph: Graph):
    with pytest.raises(QueryError, match=r"'about' has no parameter 'things' \(parameters: thing\)"):
        run(graph, "about", {"things": "x"})
    with pytest.raises(QueryError, match=r"'posts' has no parameter 'x' \(parameters: none\)"):
        run(graph, "posts", {"x": "y"})


def test_missing_parameter_is_an_error(graph: Graph):
    with pytest.raises(QueryError, match="'about' needs parameter 'thing': any name"):
        run(graph, "about")


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_no_value_can_change_a_query(value: str):
    made = Graph.from_quads([ox.Triple(term("ig:a"), term("skos:prefLabel"), ox.Literal("x"))])
    assert len(run(made, "about", {"thing": value})) == 0


@pytest.mark.parametrize(
    "value",
    [
        '" } SELECT * { ?s ?p ?o } #',
        '"} ?s ?p ?o . #',
        "\\",
        '\\" }',
        "x\n} ?s ?p ?o",
        "\\1",  # a group reference of re.sub
    ],
)
def test_injections_are_texts(graph: Graph, value: str):
    assert len(run(graph, "about", {"thing": value})) == 0
    assert str(ox.Literal(value)) in get_query("about").bound({"thing": value})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT * {}", r"queries/x\.rq: has 0 titles"),
        ("# title: a\n# title: b\nSELECT * {}", "has 2 titles"),
        ("# title: a\n# param: thing\nSELECT * {}", r"x\.rq:2: 'thing' is not 'name \(description, default\)'"),
        ("# title: a\n# param: thing (a name)\nSELECT * {}", r"x\.rq:2: needs VALUES \?param_thing"),
    ],
)
def test_wrong_query_files_are_errors(text: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "x.rq").write_text(text)
    monkeypatch.setattr(query, "data_path", lambda name: tmp_path)
    list_queries.cache_clear()
    try:
        with pytest.raises(ResourceError, match=message):
            list_queries()
    finally:
        list_queries.cache_clear()


def test_default_of_a_parameter_is_read():
    clause = 'VALUES ?param_kind { "" }'
    found = query._read("x", f"# title: A title\n# param: kind (a kind, Person)\nSELECT * {{ {clause} }}")
    assert found.parameters == (query.Parameter("kind", "a kind", "Person"),)
    assert 'VALUES ?param_kind { "Person" }' in found.bound({})


# ---- formats -----------------------------------------------------------------------------------------------


def rows_of(*terms: ox.Literal | ox.NamedNode | None) -> Rows:
    return Rows("select", ("a",), tuple((item,) for item in terms))


def number(text: str) -> ox.Literal:
    return ox.Literal(text, datatype=term("xsd:decimal"))


def test_table_is_aligned():
    rows = Rows(
        "select",
        ("name", "sum"),
        ((ox.Literal("Ünlü"), number("5")), (ox.Literal("钢"), number("-120")), (term("ig:Actual"), None)),
    )
    assert format_rows(rows, "table") == (
        "name        sum\n---------  ----\nÜnlü          5\n钢         -120\nig:Actual\n"
    )


def test_table_of_nothing_shows_the_columns():
    assert format_rows(Rows("select", ("a", "bc"), ()), "table") == "a  bc\n-  --\n"


def test_table_keeps_one_line_a_row_and_no_terminal_controls():
    text = format_rows(rows_of(ox.Literal("a\nb\x1b[31mred\u202eslipped")), "table")
    assert text == "a\n-------------------\na b [31mred slipped\n"


def test_table_cuts_long_cells():
    text = format_rows(rows_of(ox.Literal("word " * 1000)), "table").splitlines()[2]
    assert len(text) <= 72
    assert text.endswith("word w…")


@pytest.mark.parametrize(("form", "mark"), [("csv", ","), ("tsv", "\t")])
def test_separated_values_come_back(form: str, mark: str):
    rows = Rows("select", ("a", "b"), ((ox.Literal('x "y", z\nw\tv'), None), (term("ig:a"), number("1.5"))))
    read = list(csv.reader(io.StringIO(format_rows(rows, form)), delimiter=mark))
    assert read == [["a", "b"], ['x "y", z\nw\tv', ""], ["https://w3id.org/indiggraph/ns#a", "1.5"]]


@pytest.mark.parametrize("form", ["csv", "tsv"])
@pytest.mark.parametrize("text", ["=1+1", "+1", "-1 percent", "@SUM(A1)", "\t=1"])
def test_texts_that_spreadsheets_would_run_are_defused(form: str, text: str):
    mark = "," if form == "csv" else "\t"
    read = list(csv.reader(io.StringIO(format_rows(rows_of(ox.Literal(text)), form), newline=""), delimiter=mark))
    assert read[1] == [f"'{text}"]


def test_carriage_returns_do_not_break_rows():
    assert format_rows(rows_of(ox.Literal("a\r\nb\rc")), "csv") == 'a\n"a\nb\nc"\n'


def test_negative_numbers_stay_numbers():
    assert format_rows(rows_of(number("-5")), "csv") == "a\n-5\n"


def test_json_is_that_of_sparql():
    rows = Rows(
        "select",
        ("a", "b"),
        (
            (term("ig:a"), ox.Literal("رضا", language="und-arab")),
            (ox.Literal("=x"), None),
            (number("1"), ox.BlankNode("n")),
        ),
    )
    assert json.loads(format_rows(rows, "json")) == {
        "head": {"vars": ["a", "b"]},
        "results": {
            "bindings": [
                {
                    "a": {"type": "uri", "value": "https://w3id.org/indiggraph/ns#a"},
                    "b": {"type": "literal", "value": "رضا", "xml:lang": "und-arab"},
                },
                {"a": {"type": "literal", "value": "=x"}},
                {
                    "a": {"type": "literal", "value": "1", "datatype": "http://www.w3.org/2001/XMLSchema#decimal"},
                    "b": {"type": "bnode", "value": "n"},
                },
            ]
        },
    }


def test_json_of_ask(graph: Graph):
    assert json.loads(format_rows(graph.query("ASK {}"), "json")) == {"head": {}, "boolean": True}


def test_turtle_is_for_triples(graph: Graph):
    text = format_rows(run(graph, "describe", {"thing": "NDH"}), "ttl")
    assert len(list(ox.parse(text, format=ox.RdfFormat.TURTLE))) == len(run(graph, "describe", {"thing": "NDH"}))
    with pytest.raises(QueryError, match="only CONSTRUCT and DESCRIBE"):
        format_rows(run(graph, "posts"), "ttl")


def test_unknown_format_is_an_error(graph: Graph):
    with pytest.raises(QueryError, match=r"'xml' \(formats: table, csv, tsv, json, ttl\)"):
        format_rows(run(graph, "posts"), "xml")


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "ttl"])
def test_every_format_ends_the_line(graph: Graph, form: str):
    assert format_rows(run(graph, "posts"), form).endswith("\n")
