"""Posts with dates from a user's file: who is meant on the day of the text, and when nobody is."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from indiggraph.errors import ResourceError
from indiggraph.lexicon import load_lexicon
from indiggraph.model import Extraction, Thing, ThingType
from indiggraph.resolve import Linker, resolve
from tests.resolve.marked import read

POSTS = """# made up
person,post,body,country,from,until,source
Arman Velda,minister of salt and lime,,KE,2018-01-01,2020-05-31,a list
Ben Ozhara,minister of salt and lime,,KE,2020-06-01,,a list
Cora Velda,governor,Central Bank of Kenya,KE,2015-01-01,2025-12-31,a list
Dan Velda,minister of salt and lime,,GH,2018-01-01,2025-05-31,a list
"""
EARLY, LATE = dt.date(2020, 5, 31), dt.date(2020, 6, 1)


@pytest.fixture
def posts(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text(POSTS, encoding="utf-8")
    return path


def on(day: dt.date | None, text: str, ident: str, held: dict[str, tuple[str, str | None]] | None = None) -> Extraction:
    """A marked text of a day."""
    extraction = read(text, ident, held).extraction
    return replace(extraction, document=replace(extraction.document, published=day))


def linked(posts: Path, *texts: Extraction) -> Linker:
    return resolve(texts, lexicon=load_lexicon(posts))


def people(linker: Linker) -> list[Thing]:
    return [thing for thing in linker.things if thing.type is ThingType.PERSON]


NAMED = "In [Kenya|place|k] [Arman Velda|person|a] spoke."
DESCRIBED = "In [Kenya|place|k] [the salt minister|person~!|a] spoke."


def test_a_description_is_the_holder_of_the_day(posts: Path) -> None:
    linker = linked(posts, on(LATE, NAMED, "x"), on(EARLY, DESCRIBED, "y"), on(LATE, DESCRIBED, "z"))
    assert [(thing.label, len(thing.mentions)) for thing in people(linker)] == [
        ("Arman Velda", 2),
        ("salt minister", 1),
    ]
    why = [linker.why(mention) for thing in people(linker) for mention in thing.mentions]
    assert any(
        str(reason).endswith("by the gazetteer Ben Ozhara, minister of salt and lime on 2020-06-01 (a list)")
        for reason in why
    )


def test_without_a_day_or_an_office_nobody_is_meant(posts: Path) -> None:
    other = "In [Kenya|place|k] [the water minister|person~!|a] spoke."
    bare = "In [Kenya|place|k] [the minister|person~!|a] spoke."
    abroad = "In [Norway|place|n] [the salt minister|person~!|a] spoke."
    texts = [on(None, DESCRIBED, "x"), on(EARLY, other, "y"), on(EARLY, bare, "z"), on(EARLY, abroad, "w")]
    assert people(linked(posts, *texts)) == []


def test_the_minister_is_of_the_only_ministry_that_the_text_names(posts: Path) -> None:
    text = "In [Kenya|place|k] the [Ministry of Salt and Lime|body|m] paid. [The minister|person~!|a] spoke."
    (person,) = people(linked(posts, on(LATE, text, "x")))
    assert person.key == "person ben-ozhara"
    two = f"{text} The [Ministry of Water|body|w] paid."
    assert people(linked(posts, on(LATE, two, "x"))) == []


def test_a_surname_needs_the_office_of_the_day(posts: Path) -> None:
    text = "In [Kenya|place|k] salt minister [Velda|person|a] spoke."
    bank = "The [Central Bank of Kenya|body|b] and its governor [Velda|person|b] agree."
    held = on(EARLY, text, "x", {"Velda": ("salt minister", None)})
    governor = on(EARLY, bank, "y", {"Velda": ("governor", "Central Bank of Kenya")})
    later = on(LATE, text, "z", {"Velda": ("salt minister", None)})
    assert {thing.key for thing in people(linked(posts, held, governor))} == {"person arman-velda", "person cora-velda"}
    assert [thing.key for thing in people(linked(posts, later))] == [None]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (",minister,,KE,,,x", "person, post and source must not be empty"),
        ("Ana Velda,minister,,KE,last year,,x", "no day"),
        ("Ana Velda,minister,,KE,2020-01-02,2020-01-01,x", "before from"),
        ("Ana Velda,minister,,KE", "has 4 fields instead of 7"),
    ],
)
def test_a_wrong_line_is_named(row: str, why: str, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text(f"person,post,body,country,from,until,source\n{row}\n", encoding="utf-8")
    with pytest.raises(ResourceError, match=rf"people.csv:2: .*{why}"):
        load_lexicon(path)
