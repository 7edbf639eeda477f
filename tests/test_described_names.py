"""Names that the words beside them tell: works, lines, systems, laws by number, firms; parties told by where they are.

All people, bodies and sums are made up.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from indiggraph.lexicon import load_lexicon
from indiggraph.model import Form, Mention, ThingType

LEXICON = load_lexicon()
Finder = Callable[[str], tuple[Mention, ...]]
BODY, PLACE, PROGRAM, PERSON, GROUP = (
    ThingType.ORGANIZATION,
    ThingType.PLACE,
    ThingType.PROGRAM,
    ThingType.PERSON,
    ThingType.GROUP,
)


def kinds(mentions: tuple[Mention, ...], name: str) -> set[ThingType]:
    return {m.type.top for m in mentions if m.name == name and m.form is Form.NAME}


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        # a lower-case noun completes the name of works, an area, a line
        ("The Shiraz refinery ordered two pumps.", "Shiraz refinery", BODY),
        ("Trucks crossed at the Sharvan border crossing.", "Sharvan border crossing", PLACE),
        ("Work on the Rasht-Talvar railway began in May.", "Rasht-Talvar railway", PROGRAM),
        ("The Tabriz municipality bought 40 buses.", "Tabriz municipality", BODY),
        # a system has a short name
        ("Traders registered on the Zenix platform, and Zenix grew.", "Zenix platform", PROGRAM),
        ("Traders registered on the Zenix platform, and Zenix grew.", "Zenix", PROGRAM),
        # a law or decision by its number
        ("Loans under Note 19 of the law rose.", "Note 19", PROGRAM),
        ("That is Royal Decree 118/2012.", "Royal Decree 118/2012", PROGRAM),
        ("The rate is set in Decision No 71/QB-TTg.", "Decision No 71/QB-TTg", PROGRAM),
        ("Firms claim a tenth under Section 51K of that law.", "Section 51K", PROGRAM),
        ("Budget 2031 set aside $2 billion.", "Budget 2031", PROGRAM),
        # what stands in quotation marks, or behind "called"
        ('Mills borrow under the "Made by Our Hands" scheme.', "Made by Our Hands", PROGRAM),
        ('The plan, titled "Step Ahead", was drafted by the board.', "Step Ahead", PROGRAM),
        ("Under the scheme called Zarvan, 900 farms sell milk.", "Zarvan", PROGRAM),
        # a treaty or a budget by its kind
        ("The two signed a free trade agreement last year.", "free trade agreement", PROGRAM),
        # firms by words that no person's name has
        ("Orders came from Karan Sanat, which makes pumps.", "Karan Sanat", BODY),
        ("Anavar Döküm, for one, hired forty people.", "Anavar Döküm", BODY),
        ("Nordbank lent the sum.", "Nordbank", BODY),
        # people who grow, trade and make; countries that buy
        ("Mahnaz Ravandi, a tea importer near Rasht, agreed.", "Mahnaz Ravandi", PERSON),
        ("Norway, the top buyer, took ten tons.", "Norway", PLACE),
        # a body by the list of its fields, or by who heads it
        ("The industry, mine and trade organization gave 40 permits.", "industry, mine and trade organization", BODY),
        ("The governor's office asked for the sum.", "governor's office", BODY),
        # parties told by where they are
        ("The mill signed with a firm from Shiraz.", "firm from Shiraz", GROUP),
        ("Traders in Basra pay more.", "Traders in Basra", GROUP),
        ("A consortium of Nordpump and Zenda Mills won.", "consortium of Nordpump and Zenda Mills", GROUP),
        ("An Omani trade delegation toured the port.", "Omani trade delegation", GROUP),
        ("Banks lent the sum to small industries.", "small industries", GROUP),
    ],
)  # fmt: skip
def test_what_a_name_is(find: Finder, text: str, name: str, kind: ThingType) -> None:
    assert kinds(find(text), name) == {kind}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("It sold ore worth nine million US dollars.", "US"),  # a currency
        ("There is no plan to cut the duty.", "plan to cut the duty"),  # nothing adopted
        ("It is a mill with 90 workers.", "90 workers"),  # no party
        ("Section 4 tells how.", "Section 4"),  # a part of any text
        ("The next budget will tell.", "next budget"),  # any budget
        ("The number of firms fell.", "number of firms"),  # a count
        ("They make storage units.", "storage units"),  # goods
    ],
)
def test_what_is_no_name(find: Finder, text: str, name: str) -> None:
    assert kinds(find(text), name) == set()


def test_members_are_a_party_with_whose_they_are(find: Finder) -> None:
    mentions = find("The guild is new. Our members bought steel.")
    assert [m.text for m in mentions if m.type is GROUP] == ["Our members"]


def test_a_treasury_needs_no_article(find: Finder) -> None:
    mentions = find("Treasury expects nine billion rand. Mills asked Government for land.")
    assert {m.text for m in mentions if m.type is ThingType.GOVERNMENT_BODY} == {"Treasury", "Government"}
