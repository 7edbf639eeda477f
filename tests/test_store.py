"""The graph as an object: what it reads, answers and writes."""

from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from indiggraph.errors import GraphError, OutputError, QueryError
from indiggraph.rdf import triples
from indiggraph.schema import term
from indiggraph.store import Graph, python_value
from tests.factories import example


@pytest.fixture(scope="module")
def graph() -> Graph:
    extractions, linker = example()
    return Graph.from_quads(triple for one in extractions for triple in triples(one, linker))


# ---- reading and writing -----------------------------------------------------------------------------------


def test_written_graph_is_read_again(graph: Graph, tmp_path: Path):
    graph.write_turtle(tmp_path / "graph.ttl")
    for place in (tmp_path, tmp_path / "graph.ttl", str(tmp_path)):
        assert set(Graph.load(place).triples()) == set(graph.triples())


@pytest.mark.parametrize(
    ("ending", "form"),
    [
        ("nt", ox.RdfFormat.N_TRIPLES),
        ("nq", ox.RdfFormat.N_QUADS),
        ("trig", ox.RdfFormat.TRIG),
        ("rdf", ox.RdfFormat.RDF_XML),
        ("jsonld", ox.RdfFormat.JSON_LD),
        ("TTL", ox.RdfFormat.TURTLE),
    ],
)
def test_common_syntaxes_are_read(graph: Graph, tmp_path: Path, ending: str, form: ox.RdfFormat):
    path = tmp_path / f"graph.{ending}"
    quads = (ox.Quad(t.subject, t.predicate, t.object) for t in graph.triples())
    ox.serialize(quads, str(path), form)
    assert set(Graph.load(path).triples()) == set(graph.triples())


def test_store_folder_is_opened(graph: Graph, tmp_path: Path):
    graph.write_store(tmp_path / "store")
    assert set(Graph.load(tmp_path / "store").triples()) == set(graph.triples())
    assert len(Graph.load(tmp_path / "store")) == len(graph)


def test_store_is_not_written_over_what_is_there(graph: Graph, tmp_path: Path):
    (tmp_path / "mine.txt").touch()
    with pytest.raises(OutputError, match="is there already"):
        graph.write_store(tmp_path)


def test_store_that_cannot_be_written_is_an_error(graph: Graph, tmp_path: Path):
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="cannot be written"):
        graph.write_store(tmp_path / "file" / "store")


def test_broken_store_is_an_error(tmp_path: Path):
    (tmp_path / "CURRENT").write_text("nothing")
    with pytest.raises(GraphError, match="is no store that can be opened"):
        Graph.load(tmp_path)


def test_malformed_file_is_an_error_with_its_line(tmp_path: Path):
    path = tmp_path / "bad.ttl"
    path.write_text("@prefix a: <http://example.org/> .\na:b a:c a:d .\na:b a:c ; .\n")
    with pytest.raises(GraphError, match=r"bad\.ttl:3: "):
        Graph.load(path)


def test_file_that_is_not_utf8_is_an_error(tmp_path: Path):
    path = tmp_path / "bad.nt"
    path.write_bytes(b'<http://a/b> <http://a/c> "\xff" .\n')
    with pytest.raises(GraphError, match=r"bad\.nt:1: "):
        Graph.load(path)


@pytest.mark.parametrize("name", ["gone.ttl", "gone", "."])
def test_missing_graph_is_an_error(tmp_path: Path, name: str):
    with pytest.raises(GraphError, match="no such graph"):
        Graph.load(tmp_path / name)


def test_unknown_ending_is_an_error(tmp_path: Path):
    (tmp_path / "graph.docx").touch()
    with pytest.raises(GraphError, match="tells no RDF syntax"):
        Graph.load(tmp_path / "graph.docx")


def test_unwritable_output_is_an_error(graph: Graph, tmp_path: Path):
    with pytest.raises(OutputError):
        graph.write_turtle(tmp_path / "no" / "graph.ttl")


def test_bytes_do_not_depend_on_the_way_into_the_store(graph: Graph, tmp_path: Path):
    graph.write_turtle(tmp_path / "graph.ttl")
    other = Graph.from_quads(sorted(graph.triples(), key=str))
    assert other.turtle() == graph.turtle() == Graph.load(tmp_path).turtle()


def test_rdflib_copy_has_all_triples_and_prefixes(graph: Graph):
    copy = graph.to_rdflib()
    assert len(copy) == len(graph)
    name = rdflib.URIRef("https://w3id.org/indiggraph/id/person/ada-quillfeather")
    assert copy.value(name, rdflib.SKOS.prefLabel) == rdflib.Literal("Ada Quillfeather")
    assert dict(copy.namespaces())["ig"] == rdflib.URIRef("https://w3id.org/indiggraph/ns#")
    again = Graph.from_quads(
        quad.triple for quad in ox.parse(copy.serialize(format="nt"), format=ox.RdfFormat.N_TRIPLES)
    )
    assert again.turtle() == graph.turtle()


def test_rdflib_copy_keeps_languages_and_blank_nodes():
    node = ox.BlankNode("b")
    made = Graph.from_quads([ox.Triple(node, term("rdfs:label"), ox.Literal("Stahl", language="de"))])
    ((subject, _, label),) = made.to_rdflib()
    assert isinstance(subject, rdflib.BNode)
    assert label == rdflib.Literal("Stahl", lang="de")


# ---- queries -----------------------------------------------------------------------------------------------


def test_select_answers_plain_values(graph: Graph):
    rows = graph.query("SELECT ?who ?label ?none { ?who a ig:Person ; skos:prefLabel ?label } ORDER BY ?label")
    assert rows.variables == ("who", "label", "none")
    assert len(rows) == 2
    first = {"who": "https://w3id.org/indiggraph/id/person/ada-quillfeather", "label": "Ada Quillfeather", "none": None}
    assert next(iter(rows)) == first


def test_ask_answers_one_row(graph: Graph):
    assert list(graph.query("ASK { ?f a ig:Saving }")) == [{"answer": True}]
    assert list(graph.query("ASK { ?f a ig:Nothing }")) == [{"answer": False}]


def test_construct_answers_triples(graph: Graph):
    rows = graph.query("CONSTRUCT { ?p rdfs:label ?n } WHERE { ?p a ig:Person ; rdfs:label ?n }")
    assert rows.kind == "construct"
    assert {triple.object.value for triple in rows.triples()} == {"Ada Quillfeather", "Tomas Birkensen"}


def test_only_construct_has_triples(graph: Graph):
    with pytest.raises(QueryError, match="only CONSTRUCT"):
        graph.query("SELECT * { ?s a ig:Person }").triples()


def test_named_graphs_are_seen():
    quad = ox.Quad(term("ig:a"), term("rdfs:label"), ox.Literal("x"), ox.NamedNode("https://example.org/g"))
    assert len(Graph.from_quads([quad]).query("SELECT * { ?s rdfs:label ?o }")) == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT ?s {", "does not parse"),
        ("", "does not parse"),
        ("INSERT DATA { <a:b> <a:c> <a:d> }", "does not parse"),
        ("DELETE WHERE { ?s ?p ?o }", "does not parse"),
        ("CLEAR ALL", "does not parse"),
        ("LOAD <http://example.org/>", "does not parse"),
        ("SELECT (<http://example.org/f>(1) AS ?x) {}", "query fails: The custom function"),
        ("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }", "SERVICE is not allowed"),
        ("SELECT * { service silent <http://example.org/> { ?s ?p ?o } }", "SERVICE is not allowed"),
        ("SELECT * { SERVICE?x { ?s ?p ?o } }", "SERVICE is not allowed"),
        ("SELECT * { ?s ?p 1SERVICE <http://example.org/> { ?s ?p ?o } }", "SERVICE is not allowed"),
        (r"SELECT * { \u0053ERVICE <http://example.org/> { ?s ?p ?o } }", "SERVICE is not allowed"),
        ("SELECT * { # '\nSERVICE <http://example.org/> { ?s ?p ?o } #'\n}", "SERVICE is not allowed"),
        (
            "SELECT * { ?s rdfs:label 'a\\'', '' . SERVICE <http://example.org/> { ?s ?p ?o } }",
            "SERVICE is not allowed",
        ),
    ],
)
def test_queries_that_may_not_run(graph: Graph, text: str, message: str):
    before = len(graph)
    with pytest.raises(QueryError) as caught:
        graph.query(text)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 250
    assert len(graph) == before


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?service { ?service rdfs:label 'SERVICE' }",
        'SELECT * { ?s rdfs:label """say "service" twice""" }',
        "SELECT * { ?s ig:service <https://example.org/service> } # service",
        "SELECT * { ?s rdfs:label 'a'@x-service }",
    ],
)
def test_the_word_service_is_no_clause(graph: Graph, text: str):
    assert len(graph.query(text)) == 0


@pytest.mark.parametrize(
    ("literal", "value"),
    [
        (ox.Literal("7", datatype=term("xsd:integer")), 7),
        (ox.Literal("7.50", datatype=term("xsd:decimal")), Decimal("7.50")),
        (ox.Literal("0.5e1", datatype=term("xsd:double")), 5.0),
        (ox.Literal("true", datatype=term("xsd:boolean")), True),
        (ox.Literal("0", datatype=term("xsd:boolean")), False),
        (ox.Literal("2030-05-03", datatype=term("xsd:date")), "2030-05-03"),
        (ox.Literal("seven", datatype=term("xsd:integer")), "seven"),  # malformed in a graph from elsewhere
        (ox.Literal("seven", datatype=term("xsd:decimal")), "seven"),
        (ox.NamedNode("https://example.org/"), "https://example.org/"),
        (ox.BlankNode("b"), "b"),
        (None, None),
    ],
)
def test_terms_as_plain_values(literal: ox.Literal | ox.NamedNode | ox.BlankNode | None, value: object):
    assert python_value(literal) == value
    assert type(python_value(literal)) is type(value)
