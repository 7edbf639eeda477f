"""The lexicon: sectors, names, countries, user gazetteers, errors that name file and line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indiggraph import schema
from indiggraph.errors import ResourceError
from indiggraph.lexicon import load_lexicon, singular
from indiggraph.model import ThingType

LEXICON = load_lexicon()
HEADER = "id,type,name,other_names,country,source\n"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the petrochemical industry", [("petrochemical industry", "petrochemical")]),  # longest name wins
        ("steel, copper, and petrochemical industries",
         [("steel", "steel"), ("copper", "copper"), ("petrochemical industries", "petrochemical")]),  # each of a list
        ("two auto-parts plants", [("auto-parts", "automotive")]),  # a hyphen for a space
        ("Auto\nparts", [("Auto\nparts", "automotive")]),  # a line break for a space, capitals
        ("the steel sectors", [("steel sectors", "steel")]),  # plural
        ("a stainless answer", []),  # no part of a word
        ("oil. Gas", [("oil", "oil"), ("Gas", "gas")]),  # a full stop separates
        ("steel, parts", [("steel", "steel")]),  # a comma separates
        ("the food, textile and leather industries",
         [("food", "food"), ("textile", "textile"), ("leather industries", "leather")]),  # "industries" closes a list
        ("water and electricity sectors", [("water", "water"), ("electricity sectors", "electricity")]),
        ("the leather and widget industry", [("leather", "leather")]),  # a part that is no sector
        ("food and the steel industry", [("steel industry", "steel")]),  # two phrases
        ("food, and trade", []),  # everyday words without "industry"
    ],
)  # fmt: skip
def test_finds_sectors(text: str, found: list[tuple[str, str]]) -> None:
    assert [(text[span.start : span.end], key) for span, key in LEXICON.find_sectors(text)] == found


@given(st.text(max_size=80))
def test_sector_spans_lie_in_the_text_in_order(text: str) -> None:
    keys = {sector.key for sector in schema.sectors()}
    last = 0
    for span, key in LEXICON.find_sectors(text):
        assert last <= span.start < span.end <= len(text)
        assert key in keys
        last = span.end


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("officials of the United Arab Emirates met", "United Arab Emirates", ThingType.PLACE),
        ("OTTAWA – prices rose", "OTTAWA", ThingType.PLACE),  # a dateline in capitals
        ("made by U.S. Steel in May", "U.S. Steel", ThingType.COMPANY),  # longer than "U.S."
        ("Reuters reported", "Reuters", ThingType.NEWS_AGENCY),
        ("according to UNIDO", "UNIDO", ThingType.ORGANIZATION),
    ],
)
def test_finds_gazetteer_names(text: str, name: str, kind: ThingType) -> None:
    (span, entries), *_ = LEXICON.find_names(text)
    assert text[span.start : span.end] == name
    assert {entry.type for entry in entries} == {kind}


def test_names_count_capitals() -> None:
    assert LEXICON.find_names("a shell, an apple and a turkey") == []


@pytest.mark.parametrize(
    ("word", "code"), [("Dutch", "NL"), ("Kazakh", "KZ"), ("Filipino", "PH"), ("European", None), ("dutch", None)]
)
def test_demonyms_give_countries(word: str, code: str | None) -> None:
    assert LEXICON.country_of_demonym(word) == code


def test_adjectives_of_regions_are_demonyms_without_country() -> None:
    assert LEXICON.is_demonym("European")
    assert not LEXICON.is_demonym("Europe")


@pytest.mark.parametrize(
    ("name", "code"), [("the Netherlands", "NL"), ("UK", "GB"), ("Viet Nam", "VN"), ("u.s.", "US"), ("Atlantis", None)]
)
def test_names_give_countries(name: str, code: str | None) -> None:
    assert LEXICON.country(name) == code


def test_all_members_of_the_united_nations_are_there() -> None:
    codes = {entry.country for _, entries in LEXICON.find_names("Nauru, Chad, Palau and Eswatini") for entry in entries}
    assert codes == {"NR", "TD", "PW", "SZ"}
    assert len(set(LEXICON._countries.values())) > 193


@pytest.mark.parametrize(
    ("plural", "expected"),
    [
        ("companies", "company"),
        ("enterprises", "enterprise"),
        ("businesses", "business"),
        ("consortia", "consortium"),
        ("gas", "gas"),
        ("spokesmen", "spokesman"),
    ],
)
def test_singular(plural: str, expected: str) -> None:
    assert singular(plural) == expected


def test_every_class_of_words_is_lower_case() -> None:
    posts, groups = LEXICON.posts, LEXICON.groups
    words = posts.heads | posts.ranks | groups.strong | groups.weak | frozenset(LEXICON.bodies.heads)
    assert {word for word in words if word != word.lower()} == set()


@pytest.mark.parametrize(("code", "name"), [("NL", "Netherlands"), ("KZ", "Kazakhstan"), ("XX", None)])
def test_codes_give_names_of_countries(code: str, name: str | None) -> None:
    assert LEXICON.country_name(code) == name


@pytest.mark.parametrize(("key", "item"), [("IR", "Q794"), ("IR-capital", "Q3616"), ("reuters", None), ("none", None)])
def test_keys_give_wikidata_ids_where_they_were_verified(key: str, item: str | None) -> None:
    assert LEXICON.wikidata(key) == item


# ---- user gazetteers ----------------------------------------------------------------------------------------------


def test_a_user_gazetteer_adds_names(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text(
        HEADER + "# ours\nzoe,Person,Zoe Quillfeather,Z. Quillfeather|Zoë Quillfeather,NZ,own list\n", "utf-8"
    )
    lexicon = load_lexicon(file)
    ((_, (entry,)),) = lexicon.find_names("said Zoë Quillfeather on Monday")
    assert (entry.id, entry.type, entry.country) == ("zoe", ThingType.PERSON, "NZ")
    assert LEXICON.entries("Zoe Quillfeather") == ()


def test_a_user_gazetteer_may_give_wikidata_ids(tmp_path: Path) -> None:
    file = tmp_path / "bodies.csv"
    file.write_text(
        HEADER.strip() + ",wikidata\nzmo,Organization,ZMO,,,own list,Q42\nzpo,Company,ZPO,,,own list,\n", "utf-8"
    )
    lexicon = load_lexicon(file)
    assert (lexicon.wikidata("zmo"), lexicon.wikidata("zpo")) == ("Q42", None)


def test_a_user_gazetteer_may_tell_sectors(tmp_path: Path) -> None:
    file = tmp_path / "bodies.csv"
    file.write_text(
        HEADER.strip() + ",sector\nzmo,Organization,ZMO,,,own list,oil|gas\nzpo,Company,ZPO,,,own list,\n", "utf-8"
    )
    lexicon = load_lexicon(file)
    assert (lexicon.industries("zmo"), lexicon.industries("zpo")) == (("oil", "gas"), ())


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        ("id,name\n", 1, "columns"),
        (HEADER + "# a comment\nx,Human,Zoe,,,\n", 3, "Human"),
        (HEADER + "x,Person,Zoe\n", 2, "3 fields"),
        (HEADER.strip() + ",wikidata\nx,Person,Zoe,,,,42\n", 2, "42"),
        (HEADER.strip() + ",wikidata,sector\nx,Person,Zoe,,,,,smithing\n", 2, "smithing"),
        (HEADER + ",Person,Zoe,,,\n", 2, "empty"),
        (HEADER + "x,Person,Zoe,,,\nx,Person,Zora,,,\n", 3, "taken"),
        (HEADER + "reuters,Person,Zoe,,,\n", 2, "taken"),  # ids of the package are taken too
    ],
)
def test_a_wrong_gazetteer_is_reported_with_its_line(tmp_path: Path, content: str, line: int, reason: str) -> None:
    file = tmp_path / "wrong.csv"
    file.write_text(content, "utf-8")
    with pytest.raises(ResourceError, match=reason) as caught:
        load_lexicon(file)
    assert (caught.value.file, caught.value.line) == (str(file), line)


def test_an_unreadable_gazetteer_is_reported(tmp_path: Path) -> None:
    file = tmp_path / "latin.csv"
    file.write_bytes(b"\xff\xfe\xfa")
    with pytest.raises(ResourceError, match="cannot be read"):
        load_lexicon(file)
    with pytest.raises(ResourceError, match="cannot be read"):
        load_lexicon(tmp_path / "missing.csv")


@pytest.mark.parametrize("name", ["Nizwa", "Mato Grosso", "Northumberland", "Đà Nẵng", "Bandar Anzali"])
def test_divisions_and_industrial_towns_are_places(name: str) -> None:
    assert {entry.type for entry in LEXICON.entries(name)} == {ThingType.PLACE}
