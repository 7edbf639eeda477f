"""Programs told by their year, stage, title, first word or a name they are said to have; parties told by what they do.

All people, bodies and sums are made up.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from indiggraph.lexicon import load_lexicon
from indiggraph.model import Form, Mention, ThingType

LEXICON = load_lexicon()
Finder = Callable[[str], tuple[Mention, ...]]
BODY, PROGRAM, GROUP = (ThingType.ORGANIZATION, ThingType.PROGRAM, ThingType.GROUP)


def labels(mentions: tuple[Mention, ...], kind: ThingType) -> set[str]:
    return {m.name for m in mentions if m.type.top is kind and m.form is Form.NAME}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # a year tells which law, directive or budget
        ("The 2031 budget law earmarks $400 million for rail.", "2031 budget law"),
        ("Under a 2019 directive mines must spend one percent.", "2019 directive"),
        ("Some 90 trillion rials was earmarked in the budget for 1407.", "budget for 1407"),
        ("The budget bill for the next Iranian year cuts the price.", "budget bill for the next Iranian year"),
        ("Under the budget law for the fiscal 2031-32, 40 bridges were built.", "budget law for the fiscal 2031-32"),
        # the kind of a treaty, map or document
        ("The road map for the aluminium chain sets a target.", "road map for the aluminium chain"),
        ("It wrote the strategic document of the tile industry.", "strategic document of the tile industry"),
        ("The firm left after the 2015 nuclear deal.", "2015 nuclear deal"),
        # one noun, or what it is for, tells which project
        ("The firm finished its smelter project in May.", "smelter project"),
        ("A project to build 400 wagons worth €60 million was approved.", "project to build 400 wagons"),
        ("The licensing regime requires importers to apply.", "licensing regime"),
        # hyphens do not cut a name
        ("The In-Country Value program brought back $5 million.", "In-Country Value program"),
        ("The third-phase expansion project costs €90 million.", "third-phase expansion project"),
        # a stage of works
        ("The third phase of the Kerdan copper complex costs €2m.", "third phase of the Kerdan copper complex"),
        # titles run on through small words
        ("The Law on Maximum Use of Domestic Capacity binds mines.", "Law on Maximum Use of Domestic Capacity"),
        ("Kovira drew €7 million from the Recovery and Modernisation Facility.", "Recovery and Modernisation Facility"),
        ("The Chips for Norland Act set aside $52 billion.", "Chips for Norland Act"),
        # a head that leads, issues behind the head
        ("Mission Shakti will set up 200 units.", "Mission Shakti"),
        ("The Plan Mexon foresees $100 billion of investment.", "Plan Mexon"),
        ("The Power Development Plan VIII foresees 150 gigawatts.", "Power Development Plan VIII"),
        ("The Liberia Auto Policy 2021-26 ends in June.", "Liberia Auto Policy 2021-26"),
        # heads of other countries
        ("Under the Karigar Yojana, 42,000 artisans got loans.", "Karigar Yojana"),
        ("The Industrial Parks Proclamation exempts exporters from tax.", "Industrial Parks Proclamation"),
        # a name that a program is said to have
        ("Under the scheme called Razin, traders paid $400.", "Razin"),
        ("The Large Investments Regime, known as LIR, drew 12 firms.", "LIR"),
        ('The national project "Means of Production" got 300 billion rubles.', "Means of Production"),
        # a clause says which law is meant
        ("The bylaw that the cabinet passed obliges mines to pay 4%.", "bylaw"),
    ],
)  # fmt: skip
def test_programs(find: Finder, text: str, name: str) -> None:
    assert name in labels(find(text), PROGRAM)


@pytest.mark.parametrize(
    "text",
    [
        "A budget of 1400 billion rials was approved.",
        "The deal was signed in the framework of the visit.",
        "The first phase of talks ended in May.",
        "The 2023 campaign yielded 40 tons of beet.",
        "The letter lay on the commerce minister's desk for ten days.",
        "Mission Director Asha Verma left.",
        "The sovereign wealth fund bought 40% of the mill.",
        "The company won an order for 40 buses.",
        "The company called Norda Steel sold 400 tons.",
    ],
)
def test_what_is_no_program(find: Finder, text: str) -> None:
    assert not labels(find(text), PROGRAM)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Eleven firms have obtained permits for 26,400 cars.", "Eleven firms"),
        ("The court ordered 21 companies to return €84 million.", "21 companies"),
        ("Public hospitals owe 900 billion tomans to importers.", "Public hospitals"),
        ("Young people received loans worth $40 million.", "Young people"),
        ("A state-run bank lent $40 million to the mill.", "state-run bank"),
    ],
)
def test_parties(find: Finder, text: str, name: str) -> None:
    assert name in labels(find(text), GROUP)


@pytest.mark.parametrize(
    "text",
    [
        "The state built 40 hospitals and 90 clinics.",
        "Output of small mines rose 20%.",
        "There are 40 small mines in the province.",
        "The mill means work for 1,150 people.",
        "Two wait for every mine they open.",
    ],
)
def test_what_is_no_party(find: Finder, text: str) -> None:
    assert not labels(find(text), GROUP)


@pytest.mark.parametrize("text", ["Mines must spend a tenth.", "SMEs received $4 million.", "Mills may import cotton."])
def test_bare_parties_that_must_or_get(find: Finder, text: str) -> None:
    assert any(m.type is GROUP and m.span.start == 0 for m in find(text))


@pytest.mark.parametrize("text", ["The pension fund bought 40% of the mill.", "The junta banned exports of cashew."])
def test_described_bodies(find: Finder, text: str) -> None:
    assert any(m.type.top is BODY and m.span.start == 0 for m in find(text))


def test_a_short_form_in_brackets_is_the_party_before_it(find: Finder) -> None:
    groups = [m for m in find("Loans went to small enterprises (SMEs) in May.") if m.type is GROUP]
    assert [m.refers_to for m in groups] == [None, groups[0].id]
