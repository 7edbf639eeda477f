"""One office told in two ways, and what is no one office."""

from __future__ import annotations

import pytest

from indiggraph.lexicon import load_lexicon
from indiggraph.resolve.context import Countries
from indiggraph.resolve.local import local_things
from indiggraph.resolve.offices import Office, leads, same_office
from tests.resolve.marked import link, read

KENYA = "In [Kenya|place|k] [Arman Moghimi|person|a] met [Salt Fund|body|f] ([SAFU|body|f])."
BANK = "In [Kenya|place|k] [Arman Moghimi|person|a] met the [Central Bank|body|f]."


def held(text: str, post: str, body: str | None = None) -> Office:
    """The office that a text gives to Arman Moghimi."""
    marked = read(f"{text} {post}.", "x", {"Arman Moghimi": (post, body)})
    things = local_things(marked.extraction, Countries(load_lexicon()))
    (office,) = next(thing.profile.offices for thing in things if thing.profile.offices)
    return office


SAME = [
    (held(KENYA, "chief executive", "Salt Fund"), held(KENYA, "managing director", "SAFU")),
    (held(BANK, "governor", "Central Bank"), held(BANK, "governor of the Central Bank of Kenya", "Central Bank")),
    (held(BANK, "minister of industry and trade"), held(BANK, "Kenyan industry minister")),
    (held(BANK, "President"), held(BANK, "president")),
    (held(BANK, "deputy minister for trade"), held(BANK, "deputy trade minister")),
]
OTHER = [
    (held(KENYA, "chairman", "Salt Fund"), held(KENYA, "spokesman", "Salt Fund")),
    (held(KENYA, "deputy head", "Salt Fund"), held(KENYA, "head", "Salt Fund")),
    (held(KENYA, "head", "Salt Fund"), held(BANK, "head", "Central Bank")),
    (held(BANK, "minister of industry"), held(BANK, "minister of energy")),
    (held(BANK, "minister of industry"), held(BANK.replace("Kenya", "Ghana"), "minister of industry")),
    (held(BANK, "minister"), held(BANK, "minister of industry")),
    (held(BANK, "head"), held(BANK, "head")),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_office(one: Office, other: Office) -> None:
    assert same_office(one, other)
    assert same_office(other, one)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_two_offices(one: Office, other: Office) -> None:
    assert not same_office(one, other)


def test_who_leads_a_body() -> None:
    assert leads("Managing Director")
    assert not leads("deputy director")
    assert not leads("spokesman")


def test_a_surname_with_an_office_is_the_full_name_with_it_wherever_it_stands() -> None:
    full = read("[Zhang Benhu|person|a], head of the [Salt Fund|body|f] of [Kenya|place|k].", "x",
                {"Zhang Benhu": ("head", "Salt Fund")})  # fmt: skip
    short = read("[Zhang|person|a], who chairs the [Salt Fund|body|f] of [Kenya|place|k].", "y",
                 {"Zhang": ("chair", "Salt Fund")})  # fmt: skip
    aide = read("[Zhang|person|b], adviser to the [Salt Fund|body|f] of [Kenya|place|k].", "z",
                {"Zhang": ("adviser", "Salt Fund")})  # fmt: skip
    linker = link(full, short, aide)
    names = sorted(thing.label for thing in linker.things if thing.type == "Person")
    assert names == ["Zhang", "Zhang Benhu"]
    assert any("the surname and the office" in reason for join in linker.joins for reason in join.reasons)
