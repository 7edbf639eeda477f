"""IRIs and literals."""

import datetime as dt
import re
from decimal import Decimal

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indiggraph.errors import GraphError
from indiggraph.model import Span, Thing, ThingType
from indiggraph.schema import term
from indiggraph.terms import Iris, date, decimal, folded, integer, labels, scheme_sector, types, web_address

BASE = "https://w3id.org/indiggraph/id/"


def thing(slug: str, kind: ThingType, key: str | None = None) -> Thing:
    return Thing(slug, kind, slug, (slug,), (), key=key)


@pytest.mark.parametrize(
    "base", ["", "example.org/", "https://example.org", "https://exa mple.org/", "https://a.b/<x>/"]
)
def test_base_must_be_an_absolute_iri(base: str):
    with pytest.raises(GraphError, match="is not an absolute IRI"):
        Iris(base)


@pytest.mark.parametrize(
    "base", ["https://example.org/", "http://example.org/g#", "urn:news/", "https://exämple.org/ü/"]
)
def test_base_is_the_users_choice(base: str):
    assert Iris(base).document("a").value == f"{base}document/a"


@pytest.mark.parametrize(
    ("ident", "local"),
    [
        ("plain-1_a.b", "plain-1_a.b"),
        ("two words", "two%20words"),
        ("a/b?c#d", "a%2Fb%3Fc%23d"),
        ("..", "%2E%2E"),  # would climb out of the folder
        ("مس", "%D9%85%D8%B3"),
        ('"<>\\', "%22%3C%3E%5C"),
        ("50%", "50%25"),
    ],
)
def test_ids_are_encoded(ident: str, local: str):
    assert Iris().document(ident).value == f"{BASE}document/{local}"


def test_empty_id_is_an_error():
    with pytest.raises(GraphError, match="a fact has an empty id"):
        Iris().of("fact", "")


@given(st.text(min_size=1), st.text(min_size=1))
def test_different_ids_have_different_iris(one: str, other: str):
    assert (Iris().document(one) == Iris().document(other)) == (one == other)


def test_thing_lives_under_the_class_of_the_table():
    assert Iris().thing(thing("acme", ThingType.COMPANY)).value == f"{BASE}organization/acme"


def test_sector_of_the_scheme_keeps_its_iri_under_any_base():
    iris = Iris("https://example.org/")
    assert iris.thing(thing("cars", ThingType.SECTOR, key="automotive")).value == f"{BASE}sector/automotive"
    assert iris.thing(thing("steel", ThingType.SECTOR)).value == f"{BASE}sector/steel"


def test_other_sector_lives_under_the_base():
    iris = Iris("https://example.org/")
    assert iris.thing(thing("umbrellas", ThingType.SECTOR)).value == "https://example.org/sector/umbrellas"


def test_only_sectors_are_of_the_scheme():
    assert scheme_sector(thing("steel", ThingType.PRODUCT, key="steel")) is None


def test_places_of_a_document_tell_document_and_offsets():
    assert Iris().span("selector", "a.b", Span(3, 14)).value == f"{BASE}selector/a.b.3-14"


@pytest.mark.parametrize(
    ("post", "local"),
    [
        ("managing director", "managing-director"),
        ("Managing Director", "managing-director-[0-9a-f]{8}"),
        ("vice-president", "vice-president-[0-9a-f]{8}"),
        ("vice president", "vice-president"),
        ("رئیس", "[0-9a-f]{8}"),
    ],
)
def test_posts_with_different_words_are_different(post: str, local: str):
    assert re.fullmatch(local, Iris().role(post).value.removeprefix(f"{BASE}role/"))


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("120000000", "120000000.0"),
        ("1.2E+9", "1200000000.0"),
        ("14.50", "14.5"),
        ("-0.25", "-0.25"),
        ("0", "0.0"),
        ("12345678901234567890123456789012345.6", "12345678901234567890123456789012345.6"),
    ],
)
def test_decimals_are_canonical(number: str, text: str):
    assert decimal(Decimal(number)) == ox.Literal(text, datatype=term("xsd:decimal"))


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**30), max_value=10**30))
def test_decimals_keep_their_value(number: Decimal):
    assert Decimal(decimal(number).value) == number


def test_numbers_and_days_are_typed():
    assert integer(7) == ox.Literal("7", datatype=term("xsd:integer"))
    assert date(dt.date(2030, 5, 3)) == ox.Literal("2030-05-03", datatype=term("xsd:date"))


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("Reza", None),
        ("Müller & Söhne", None),
        ("№ 7", None),
        ("رضا", "und-arab"),
        ("Завод", "und-cyrl"),
        ("钢铁", "und-hani"),
        ("Steel (Сталь)", "und-cyrl"),
    ],
)
def test_names_in_other_scripts_are_tagged(name: str, language: str | None):
    found = [triple.object for triple in labels(ox.NamedNode("https://example.org/x"), name, [])]
    assert {literal.value for literal in found} == {name}
    assert {literal.language and literal.language.lower() for literal in found} == {language}


def test_types_are_written_once():
    node = ox.NamedNode("https://example.org/x")
    assert [triple.object for triple in types(node, "ig:Group", "ig:Group")] == [term("ig:Group")]


@pytest.mark.parametrize(
    ("text", "is_iri"),
    [
        ("https://news.example/1?a=b&c=d#e", True),
        ("http://news.example/ü", True),
        ("CC BY 4.0", False),
        ("javascript:alert(1)", False),  # an address that a page would run
        ("https://news.example/a b", False),
        ("https://news.example/<script>", False),
        ("https:///nowhere", False),
    ],
)
def test_only_web_addresses_become_iris(text: str, is_iri: bool):
    found = web_address(text)
    assert found.value == text
    assert isinstance(found, ox.NamedNode) is is_iri


def test_white_space_is_folded():
    assert folded(" a\n b\t\u00a0c ") == "a b c"
