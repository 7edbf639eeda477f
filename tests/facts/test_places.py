"""Where made-up facts are: each row is one construction."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from indiggraph.model import Extraction, RoleName

Extract = Callable[[str], Extraction]

PLACES = [
    ("Norvik will build a mill worth $4 million in Harran.", ["Harran"], "behind a preposition in the clause"),
    ("Norvik will build a mill worth $4 million in Harran, Turkey.", ["Harran", "Turkey"], "the region behind a town"),
    ("Sales in Turkey's steel industry reached $4 million.", ["Turkey"], "the owner of what stands there"),
    ("In Turkey, Halden Works opened and Norvik spent $4 million.", ["Turkey"], "in front of joined clauses"),
    ("Norvik opened a mill in Turkey that cost $4 million.", ["Turkey"], "at the noun of the relative clause"),
    ("Norvik's head told a briefing in Turkey that it had lent $4 million.", [], "where it was said"),
    ("Norvik ordered pumps worth $4 million from Halden Works, a foundry in Turkey.", [], "where a party is at home"),
    ("Plans for a $4 million hall in Turkey have been shelved.", ["Turkey"], "at the noun that the sum describes"),
    ("Output of the mines of Turkey fell to 3 tons after a loan of $4 million.", [], "of another fact"),
    ("Norvik put $4 million into mills in Turkey and Velmar.", ["Turkey", "Velmar"], "a pair"),
    ("Norvik paid $4 million for ore, compared with $3 million in Turkey.", [], "of what is compared with"),
    ("In Turkey, Norvik lent Halden Works $4 million.", ["Turkey"], "in front of its clause"),
    ("Norvik, which has a mill in Turkey, lent Halden Works $4 million.", [], "in a relative clause"),
    ("Halden Works opened a mill in Turkey while Norvik spent $4 million at home.", [], "in another clause"),
    ("Norvik will put $4 million into the Shiraz methanol unit.", ["Shiraz"], "the name before a works"),
    ("Norvik spent $9 million on pumps, $4 million on roads and $3 million on canals in Turkey.", [], "of another sum"),
    ("Norvik lends $9 million to mills: $4 million in Turkey, $5 million in Iran.", ["Turkey"], "right behind the sum"),
    (
        "Norvik opened a dairy plant in Turkey with 5 tons a day; a yarn mill in Iran ($4 million); in Oman, a store.",
        ["Iran"],
        "in the same item of a list",
    ),
    ("Carmakers in Turkey need $4 million.", [], "where the makers are at home"),
    ("Next came Turkey: a dairy plant (5 tons a day; $4 million) and a yarn mill.", ["Turkey"], "before a colon"),
    ("Halden Works (Turkey; $4 million) will make yarn.", ["Turkey"], "in a bracket before the sum"),
    ("The delegation went to Turkey. There, a mill worth $4 million was opened.", ["Turkey"], "there"),
    (
        "HARRAN, May 2 (Ardan News) – A contract worth $4 million was signed here by Norvik.",
        ["HARRAN"],
        "here, by the dateline",
    ),
]


@pytest.mark.parametrize(("text", "places", "why"), PLACES, ids=[row[2] for row in PLACES])
def test_place(extract: Extract, text: str, places: list[str], why: str) -> None:
    extraction = extract(text)
    (fact,) = [fact for fact in extraction.facts if fact.amount is not None and fact.amount.text == "$4 million"]
    known = {mention.id: mention.name for mention in extraction.mentions}
    assert [known[str(one.mention)] for one in fact.roles if one.name is RoleName.PLACE] == places
