"""The words for goods that tell a sector: well-formed, each under one sector, and at one with the sector scheme."""

import re
from collections import Counter

import pytest

from indiggraph import schema
from indiggraph.lexicon import singular
from indiggraph.resources import data_path, load_yaml

GOODS = load_yaml(data_path("lexicon", "goods.yaml"))
WORDS = [(sector, word) for sector, words in GOODS.items() for word in words]
CONTRACT = [
    "automotive", "petrochemical", "refining", "oil", "gas", "home appliance", "steel", "copper", "mining", "metals",
    "aluminium", "cement", "telecommunications", "electricity", "electronics", "textile", "pharmaceutical", "food",
    "agriculture", "construction", "machinery", "shipbuilding", "aerospace", "rail", "defence", "finance", "trade",
    "tourism", "technology", "energy", "water", "housing", "health",
]  # fmt: skip
SHARED = [
    "plant", "unit", "equipment", "part", "line", "tool", "module", "material", "power", "product", "factory",
    "component", "project", "goods", "loan", "tank", "fuel", "engine", "lead", "system", "led", "train", "van",
    "concrete",
]  # fmt: skip
CODES = {"kWh", "MWh", "GWh", "TWh", "VoIP", "Wi-Fi"}  # written in mixed case
SINGULAR_IN_S = {
    "gas", "biogas", "asbestos", "lens", "molasses", "avionics", "electronics", "clothes", "trousers", "jeans",
    "works", "steelworks", "glassworks", "brickworks", "fines", "rights", "things",
}  # fmt: skip
SPECIMENS = [
    ("airbag", "automotive"),
    ("tyre", "automotive"),
    ("drilling rig", "oil"),
    ("gas oil", "refining"),  # neither gas nor oil
    ("edible oil", "food"),
    ("mineral water", "beverages"),
    ("submarine cable", "telecommunications"),
    ("aircraft carrier", "defence"),
    ("dishwasher", "home appliance"),
    ("rebar", "steel"),
    ("alumina", "aluminium"),
    ("wind turbine", "energy"),
    ("gas turbine", "electricity"),
    ("locomotive", "rail"),
    ("combine harvester", "machinery"),
    ("wheat", "agriculture"),
    ("active pharmaceutical ingredient", "pharmaceutical"),
]


def normal(word: str) -> tuple[str, ...]:
    """The words as the lexicon compares them: a hyphen is a space, plural and capitals do not count."""
    return tuple(singular(part) for part in re.findall(r"\w+", word.lower()))


def test_keys_are_sectors():
    assert set(GOODS) <= {sector.key for sector in schema.sectors()} | {"none"}


@pytest.mark.parametrize("key", [key for key in CONTRACT if key != "trade"])  # all industries trade
def test_usual_sectors_have_goods(key):
    assert len(GOODS[key]) >= 20


def test_words_are_strings():
    assert [word for _, word in WORDS if not isinstance(word, str)] == []


def test_a_word_tells_one_sector():
    counts = Counter(normal(word) for _, word in WORDS)
    assert [words for words, count in counts.items() if count > 1] == []


def test_lower_case_but_for_acronyms():
    def wrong(word: str) -> bool:
        return any(not (part.islower() or part.isupper() or part in CODES) for part in word.split())

    assert [word for _, word in WORDS if wrong(word)] == []


def test_stripped_single_spaces():
    assert [word for _, word in WORDS if word != " ".join(word.split())] == []


def test_at_most_three_words():
    assert [word for _, word in WORDS if len(word.split()) > 3] == []


def test_singular():
    nouns = [(word, word.split()[-1]) for _, word in WORDS]
    plural = [word for word, noun in nouns if noun.endswith("s") and not noun.endswith(("ss", "us", "is"))]
    assert [word for word in plural if word.split()[-1] not in SINGULAR_IN_S] == []


def test_agrees_with_the_scheme_where_it_lists_the_same_words():
    named = {normal(name): sector.key for sector in schema.sectors() for name in (sector.key, *sector.alt_labels)}
    assert [(w, s, named[normal(w)]) for s, w in WORDS if named.get(normal(w), s) != s] == []


@pytest.mark.parametrize("word", SHARED)
def test_words_of_many_industries_or_meanings_are_left_out(word):
    assert word not in {known.lower() for _, known in WORDS}


@pytest.mark.parametrize(("word", "key"), SPECIMENS)
def test_specimens(word, key):
    assert [sector for sector, known in WORDS if known == word] == [key]
