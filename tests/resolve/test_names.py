"""Names in comparable form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indiggraph.lexicon import load_lexicon
from indiggraph.resolve.bodies import body_name, in_brackets
from indiggraph.resolve.context import Countries
from indiggraph.resolve.names import content_words, initials_match, is_acronym, normal, person_name, slugify, stem


@pytest.mark.parametrize(
    ("words", "shared"),
    [
        ("industry industries industrial", "industr"),
        ("mine mines mining", "min"),
        ("metal metals", "metal"),
        ("nation national", "nation"),
        ("programme programs program", "program"),
        ("technology technological", "technolog"),
        ("organisation organization", "organ"),
        ("company companies", "compan"),
    ],
)
def test_one_stem(words: str, shared: str) -> None:
    assert {stem(word) for word in words.split()} == {shared}


@pytest.mark.parametrize(
    ("acronym", "name", "fits"),
    [
        ("NDB", "Northern Dairy Board", True),
        ("NORCO", "Northern Copper", True),
        ("OFFIRO", "Oriental Farms and Farming Industries Renewal Organization", True),
        ("OIRO", "Oriental Farms and Farming Industries Renewal Organization", False),
        ("iktf", "In-Kind Trade Fund", True),
        ("NDB", "Northern Savings Board", False),
        ("ND", "Northern", False),
    ],
)
def test_initials(acronym: str, name: str, fits: bool) -> None:
    assert initials_match(acronym, name) is fits


@pytest.mark.parametrize(
    ("text", "is_one"), [("NDB", True), ("U.S.", True), ("R&D", True), ("Ndb", False), ("A", False), ("X Corp", False)]
)
def test_acronyms(text: str, is_one: bool) -> None:
    assert is_acronym(text) is is_one


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("The Salt Fund's", "salt fund"),
        ("U.S. Salt", "us salt"),
        ("Ministry of Salt (MoS)", "ministry of salt"),
        ("Vännäs", "vannas"),
        ("the", "the"),
    ],
)
def test_normal(text: str, plain: str) -> None:
    assert normal(text) == plain


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Mehran Gharib-Pour", ("mehran", "gharibpour")),
        ("Mehran Gharib Pour", ("mehran", "gharibpour")),
        ("Faisal Al Quraini", ("faisal", "alquraini")),
        ("Ayatollah Seyed Mehran Nikfar", ("mehran", "nikfar")),
        ("Rosa Quintero de la Peña", ("rosa", "quintero", "delapena")),
        ("Mr. Nikfar", ("nikfar",)),
        ("Ali Fard", ("ali", "fard")),
    ],
)
def test_people_in_words(name: str, words: tuple[str, ...]) -> None:
    assert person_name(name).words == words


def test_bodies_in_words() -> None:
    countries = Countries(load_lexicon())
    one = body_name("Kenyan Ministry of Mines and Trade", countries)
    other = body_name("Trade and Mining Ministry (TMM)", countries)
    assert one.words == other.words
    assert (one.country, other.country) == ("KE", None)
    assert one.generic and other.generic
    assert not body_name("Quarrel Mining Group", countries).generic
    assert body_name("Quarrel Mining Group", countries).words == content_words("Quarrel Mining")
    assert in_brackets("Trade Ministry (TM)") == ("TM",)


def test_countries_without_a_lexicon() -> None:
    known, unknown = Countries(load_lexicon()), Countries(None)
    assert unknown.without("Kenyan Ports Authority") == ("Kenyan Ports Authority", None)
    assert known.without("Kenyan Ports Authority") == ("Ports Authority", "KE")
    assert known.without("Kenya") == ("Kenya", "KE")


@given(st.text(min_size=1))
def test_slugs_are_parts_of_iris(text: str) -> None:
    assert slugify(text)
    assert all(char.isascii() and (char.isalnum() or char == "-") for char in slugify(text))
