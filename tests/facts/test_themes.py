"""What facts are about: goods rather than the words of contracts, what stands over a value, what goes on."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from indiggraph.model import Extraction, RoleName

Extract = Callable[[str], Extraction]

THEMES = [
    ("A tile factory with a capacity of 60 tons a day was opened in Harran.", "factory", "capacity says less"),
    (
        "Contracts worth $8 million for the delivery of wagons were signed at the ministry.",
        "delivery of wagons",
        "what a contract is for",
    ),
    ("The renovation of the fleet needs $8 million.", "renovation of the fleet", "what needs money"),
    ("They include a road (£3 million).", "road", "a sum in brackets"),
    ("Plants made 8,200 tons of pumps and 3,100 tons of valves.", "valves", "nouns of a row with values of their own"),
    ("Harran has about 560 engineers, up 25 percent on the year.", "engineers", "a kind of people"),
    ("Velmar made 8,200 pumps last year.\n\nOf the pumps, 3,100 were sold to Norvik.", "pumps", "a part of a whole"),
    ("Exports of zinc reached 8,200 tons last year, a rise of 4 percent.", "zinc", "a rise says nothing of its own"),
    ("A dock was opened in Harran at a cost of $8 million and €3 million.", "dock", "a cost is of something"),
    ("The ministry announced a price rise of 4 percent.", "price rise", "a rise of something"),
    ("The ministry earmarked $8 million to replace foreign pumps.", "foreign pumps", "what a sum is to do"),
    ("Harran will ask for $8 million to build a dock.", "dock", "what a sum asked for is to do"),
    ("The ministry owes Velmar $8 million for the second phase.", "second phase", "a phase where nothing else is told"),
    ("Velmar made 8,200 pumps. In June it sold 3,100.", "pumps", "a number that counts what one before it does"),
    ("Output of zinc rose to 8,200 tons. It was 3,100 tons a year before.", "zinc", "a like value goes on"),
]


@pytest.mark.parametrize(("text", "expected", "why"), THEMES, ids=[row[2] for row in THEMES])
def test_themes(extract: Extract, text: str, expected: str, why: str) -> None:
    extraction = extract(text)
    names = {mention.id: mention.text for mention in extraction.mentions}
    valued = [fact for fact in extraction.facts if fact.amount is not None or fact.quantities]
    told = [names.get(r.mention or "", r.label or "") for r in valued[-1].roles if r.name is RoleName.THEME]
    assert [theme for theme in told if expected not in theme] == []
    assert told


def test_what_follows_a_line_break_is_not_of_the_fact_before(extract: Extract) -> None:
    facts = extract("Output of zinc rose to 8,200 tons.\n\nIt was 3,100 tons.").facts
    assert [any(role.name is RoleName.THEME for role in fact.roles) for fact in facts] == [True, True, False]


def test_what_somebody_else_gets_is_not_of_the_fact_before(extract: Extract) -> None:
    extraction = extract("Norvik Bank lent growers $3 million for pumps. Tanners got $1 million.")
    first, second = extraction.facts
    assert [role.label for role in first.roles if role.name is RoleName.THEME] == ["pumps"]
    assert [role.label for role in second.roles if role.name is RoleName.THEME] == []


def test_what_a_number_counts_is_a_theme_only_where_the_text_tells_it(extract: Extract) -> None:
    *_, fact = extract("In construction, the project employed 9,000. In operation it is 600.").facts
    assert [role.label for role in fact.roles if role.name is RoleName.THEME] == []
