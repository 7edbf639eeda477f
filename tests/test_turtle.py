"""Turtle that people can read, and that is the same for any order of the triples."""

import random

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indiggraph.rdf import triples
from indiggraph.turtle import turtle
from tests.factories import example

ID = "https://w3id.org/indiggraph/id/"
RDFS_LABEL = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
XSD = "http://www.w3.org/2001/XMLSchema#"


@pytest.fixture(scope="module")
def corpus() -> list[ox.Triple]:
    extractions, linker = example()
    return [triple for one in extractions for triple in triples(one, linker)]


def parsed(data: bytes) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(data, format=ox.RdfFormat.TURTLE)}


def one(value: str, datatype: str | None = None) -> ox.Triple:
    literal = ox.Literal(value, datatype=ox.NamedNode(XSD + datatype)) if datatype else ox.Literal(value)
    return ox.Triple(ox.NamedNode(f"{ID}person/x"), RDFS_LABEL, literal)


def body(triple: ox.Triple) -> str:
    return turtle([triple]).decode().partition("\n\n")[2]


def test_nothing_is_lost(corpus: list[ox.Triple]):
    assert parsed(turtle(corpus)) == set(corpus)


def test_order_and_repetition_do_not_matter(corpus: list[ox.Triple]):
    expected = turtle(corpus)
    for seed in range(5):
        shuffled = random.Random(seed).sample(corpus * 2, len(corpus) * 2)
        assert turtle(shuffled) == expected


def test_documents_follow_things_and_facts_follow_the_text(corpus: list[ox.Triple]):
    text = turtle(corpus).decode()
    # one block a subject; a sum stands right below its fact, facts in the order of their sentences
    expected = [
        "sector:steel a",
        "person:ada-quillfeather a",
        "organization:norland-news-agency a",
        "role:managing-director a",
        "document:norland-1 a",
        '"over €130 million"',
        '"€70 million"',
        '"12 desks"',
        '"65 trillion rials"',
        '"some $710 million"',
        "Ada Quillfeather – managing director",
        "evidence:norland-1.0-157 a",
        "ig:Mention",
    ]
    second = text.index("document:norland-1 a")
    places = [text.index(words, second if at > 4 else 0) for at, words in enumerate(expected)]
    assert places == sorted(places)


def test_each_subject_has_one_block(corpus: list[ox.Triple]):
    text = turtle(corpus).decode()
    heads = [line.split(" ")[0] for line in text.splitlines() if line[:1].isalpha()]
    assert len(heads) == len(set(heads)) == len({triple.subject for triple in corpus})


def test_prefixes_are_declared_once_in_order_and_only_where_used(corpus: list[ox.Triple]):
    lines = [line for line in turtle(corpus).decode().splitlines() if line.startswith("@prefix")]
    names = [line.split(" ")[1] for line in lines]
    assert names == sorted(set(names))
    assert {"ig:", "person:", "fact:", "schema:"} <= set(names)
    assert "foaf:" not in names


@pytest.mark.parametrize(
    ("triple", "written"),
    [
        (one("a\x00\x1b\x7f"), '"a\\u0000\\u001B\\u007F"'),  # controls that a terminal or parser would act on
        (one('say "x" \\ y'), '"say \\"x\\" \\\\ y"'),
        (one("a\r\nb\tc"), '"a\\r\\nb\\tc"'),
        (one("</script> <b>&amp;"), '"</script> <b>&amp;"'),
        (one("12", "integer"), "12"),
        (one("12", "decimal"), "12.0"),
        (one("-1.50", "decimal"), "-1.50"),
        (one("twelve", "decimal"), '"twelve"^^xsd:decimal'),
        (one("true", "boolean"), "true"),
        (one("1", "boolean"), '"1"^^xsd:boolean'),
        (one("2030-05-03", "date"), '"2030-05-03"^^xsd:date'),
    ],
)
def test_literals(triple: ox.Triple, written: str):
    assert body(triple) == f"person:x rdfs:label {written} .\n"


def test_language_tags_are_kept():
    literal = ox.Literal("رضا", language="und-arab")
    assert (
        body(ox.Triple(ox.NamedNode(f"{ID}person/x"), RDFS_LABEL, literal)) == 'person:x rdfs:label "رضا"@und-arab .\n'
    )


@pytest.mark.parametrize("local", ["a~b", "ü", "a,b", "-a", "a.", ""])
def test_iris_without_a_safe_short_form_are_written_in_full(local: str):
    triple = ox.Triple(ox.NamedNode(f"{ID}person/{local}"), RDFS_LABEL, ox.Literal("x"))
    assert body(triple).startswith(f"<{ID}person/{local}> ")
    assert parsed(turtle([triple])) == {triple}


def test_percent_escapes_have_a_short_form():
    triple = ox.Triple(ox.NamedNode(f"{ID}document/a%20b.1-2"), RDFS_LABEL, ox.Literal("x"))
    assert body(triple) == 'document:a%20b.1-2 rdfs:label "x" .\n'
    assert parsed(turtle([triple])) == {triple}


def test_folder_named_as_a_vocabulary_gets_no_prefix():
    triple = ox.Triple(ox.NamedNode("https://example.org/time/x"), RDFS_LABEL, ox.Literal("x"))
    assert body(triple).startswith("<https://example.org/time/x> ")


def test_blank_nodes_of_other_graphs_are_named_by_what_they_say():
    def pair(first: str, second: str) -> list[ox.Triple]:
        nodes = ox.BlankNode(first), ox.BlankNode(second)
        return [
            ox.Triple(nodes[0], RDFS_LABEL, ox.Literal("one")),
            ox.Triple(nodes[0], ox.NamedNode("https://example.org/knows"), nodes[1]),
            ox.Triple(nodes[1], RDFS_LABEL, ox.Literal("two")),
        ]

    assert turtle(pair("a", "b")) == turtle(reversed(pair("z", "y")))


def test_circles_of_values_end():
    equal = ox.NamedNode("https://w3id.org/indiggraph/ns#equivalent")
    nodes = [ox.NamedNode(f"{ID}amount/{name}") for name in "ab"]
    circle = [ox.Triple(nodes[0], equal, nodes[1]), ox.Triple(nodes[1], equal, nodes[0])]
    assert parsed(turtle(circle)) == set(circle)


_TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
_NODES = st.sampled_from([f"{ID}{kind}/{slug}" for kind in ("person", "fact") for slug in ("a", "b.c", "d%20e", "ä")])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(_NODES, _TEXTS), max_size=8), st.randoms(use_true_random=False))
def test_any_text_survives_in_any_order(pairs: list[tuple[str, str]], order: random.Random):
    given_triples = [ox.Triple(ox.NamedNode(node), RDFS_LABEL, ox.Literal(text)) for node, text in pairs]
    written = turtle(given_triples)
    assert parsed(written) == set(given_triples)
    assert turtle(order.sample(given_triples, len(given_triples))) == written
