"""What was made, traded and changed, in the words by which news tell it: type, direction and figure."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from indiggraph.model import Direction, Extraction, Fact, FactType, Modality

pytestmark = pytest.mark.usefixtures("by_rules_alone")

Extract = Callable[[str], Extraction]
UP, DOWN = Direction.INCREASE, Direction.DECREASE
CHANGE, MADE, TRADED = FactType.CHANGE, FactType.PRODUCTION, FactType.TRADE


def _figures(fact: Fact) -> str:
    values = [value for value in (fact.amount, *fact.quantities) if value is not None]
    return " & ".join(value.text for value in values)


@pytest.mark.parametrize(
    ("text", "kind", "direction", "figure"),
    [
        ("Factory output edged up 0.3 percent in May.", CHANGE, UP, "0.3 percent"),
        ("Factory output inched down 0.3 percent in May.", CHANGE, DOWN, "0.3 percent"),
        ("Sales tailed off by 12 percent.", CHANGE, DOWN, "12 percent"),
        ("Exports bounced back 12 percent in June.", CHANGE, UP, "12 percent"),
        ("Prices nosedived 30 percent.", CHANGE, DOWN, "30 percent"),
        ("Exports took a hit of 12 percent.", CHANGE, DOWN, "12 percent"),
        ("The outage wiped 8 percent off output.", CHANGE, DOWN, "8 percent"),
        ("The tax added 8 percent to the price.", CHANGE, UP, "8 percent"),
        ("The lira has shed 8 percent since January.", CHANGE, DOWN, "8 percent"),
        ("Prices were hiked 3 percent.", CHANGE, UP, "3 percent"),
        ("Output was 6 percent above the target.", CHANGE, UP, "6 percent"),
        ("Tractor sales more than tripled.", CHANGE, UP, "tripled"),
        ("Exports of dates doubled to $148 million.", CHANGE, UP, "doubled"),
        ("Exports of dates doubled to $148 million.", TRADED, None, "$148 million"),
        ("Makers of fridges halved their prices in May.", CHANGE, DOWN, "halved"),
        ("Velmar Rail ordered 90 coaches and 14 engines.", FactType.AGREEMENT, None, "90 coaches & 14 engines"),
        ("Velmar Steel made 90 tons of wire and 14 tons of rods.", MADE, None, "90 tons"),
        ("Velmar Gas delivered 31 pumps at 8 stations.", MADE, None, "31 pumps & 8 stations"),
        ("Local content has gone up to 48 percent from 21 percent.", CHANGE, UP, "48 percent & 21 percent"),
        ("The share of home-made cable went from 9 to 25 percent.", CHANGE, UP, "25 percent & 9"),
        ("Prices of kettles rose to €145 from €117.", CHANGE, UP, "€145 & €117"),
        ("The net loss narrowed to €96 million from €131 million.", CHANGE, DOWN, "€96 million & €131 million"),
        ("Plants made 8,200 pumps, twice as many as in 2018.", CHANGE, UP, "twice"),
        ("Exports came to 310 tons, three times as much as in May.", CHANGE, UP, "three times"),
        ("The city needs 630 metro cars.", MADE, None, "630 metro cars"),
        ("The city needs $630 million.", FactType.INVESTMENT, None, "$630 million"),
        ("Some 890 looms stand idle.", MADE, None, "890 looms"),
        ("Dealers spent $12 million on importing sensors.", TRADED, None, "$12 million"),
        ("Dealers spent $12 million on a hall.", FactType.INVESTMENT, None, "$12 million"),
        ("Kelvara will make 70 people redundant.", CHANGE, DOWN, "70 people"),
        ("The firm let 240 workers go.", CHANGE, DOWN, "240 workers"),
        ("More than 300 posts are under threat at the yard.", CHANGE, DOWN, "300 posts"),
        ("The line will put 300 people to work.", CHANGE, UP, "300 people"),
        ("Women account for 38 percent of the workforce.", CHANGE, None, "38 percent"),
        ("The plant employs 1,400 people.", CHANGE, None, "1,400 people"),
        ("The plant will employ 1,400 people.", CHANGE, UP, "1,400 people"),
        ("The mill is running at 64 percent of capacity.", MADE, None, "64 percent"),
        ("The silos hold 700,000 tonnes of grain.", MADE, None, "700,000 tonnes"),
        ("Dealers shifted 14,000 vans in June.", TRADED, None, "14,000 vans"),
        ("Nearly 90 percent of the tyres went abroad.", TRADED, None, "90 percent"),
        ("Cement costs $70 a tonne.", TRADED, None, "$70"),
        ("Norselund was the top customer with 14,000 tonnes.", TRADED, None, "14,000 tonnes"),
        ("A rise in exports to $4.2 billion was recorded.", TRADED, None, "$4.2 billion"),
        ("Exports reached $4.2 billion, up from $3.9 billion in 2018.", TRADED, None, "$3.9 billion"),
        ("Exports, which stood at $3.9 billion, rose to $4.2 billion.", TRADED, None, "$4.2 billion"),
    ],
)
def test_a_figure_is_told(
    extract: Extract, text: str, kind: FactType, direction: Direction | None, figure: str
) -> None:
    found = {(fact.type, fact.direction, _figures(fact)) for fact in extract(text).facts}
    assert (kind, direction, figure) in found, found


@pytest.mark.parametrize(
    "text",
    [
        "The ministry has set a production target of 40,000 tonnes.",
        "Kelvara missed its sales target of 40,000 units.",
        "The sales forecast for 2021 is 40,000 units.",
    ],
)
def test_a_target_is_not_reached_yet(extract: Extract, text: str) -> None:
    facts = [fact for fact in extract(text).facts if fact.type in (MADE, TRADED)]
    assert [fact.modality for fact in facts] == [Modality.EXPECTED]


def test_a_part_leaves_the_whole_to_its_own_verb(extract: Extract) -> None:
    facts = extract("The power plants produced 11.2 TWh, of which 1.1 TWh was exported.").facts
    assert {(fact.type, _figures(fact)) for fact in facts} == {(MADE, "11.2 TWh"), (TRADED, "1.1 TWh")}


@pytest.mark.parametrize(
    ("text", "figure", "unit"),
    [
        ("The yard has a workforce of 610.", "610", "workers"),
        ("The foundry employs 610 and pays them well.", "610", "people"),
        ("Arrivals totalled 84,000 in June.", "84,000", "Arrivals"),
        ("The factory gauge rose to 51.7 in June.", "51.7", "points"),
    ],
)
def test_a_bare_figure_counts_what_its_clause_tells(extract: Extract, text: str, figure: str, unit: str) -> None:
    assert (figure, unit) in {(q.text, q.unit) for fact in extract(text).facts for q in fact.quantities}


@pytest.mark.parametrize(
    "text",
    [
        "Tempers rose in the hall.",
        "The road climbs to the pass above Harran.",
        "The curtain fell on the festival.",
        "He landed in Harran on Tuesday.",
        "The delegation left the country on Friday.",
        "The museum houses old looms.",
        "The minister's position is at risk after the vote.",
        "Business took off its mask, the critic wrote.",
    ],
)
def test_figures_of_speech_tell_none(extract: Extract, text: str) -> None:
    assert not extract(text).facts


def test_what_a_bare_figure_counts_is_no_theme_where_no_word_tells_it(extract: Extract) -> None:
    (fact,) = extract("The foundry employs 610 and pays them well.").facts
    assert [q.unit for q in fact.quantities] == ["people"]
    assert not [role for role in fact.roles if role.label == "people"]


@pytest.mark.parametrize(
    "text", ["A second mill opens and 2,900 tons more will follow.", "Anna Veld doubles as its chief."]
)
def test_what_only_adds_or_serves_is_no_change(extract: Extract, text: str) -> None:
    assert CHANGE not in {fact.type for fact in extract(text).facts}


def test_an_old_price_keeps_its_range_and_one_with_an_equivalent_stays_a_sum(extract: Extract) -> None:
    (fact,) = extract("The price of wool rose from between €110 and €117 to €145.").facts
    assert fact.amount is not None and fact.amount.value == 145
    assert [(q.minimum, q.maximum, q.unit) for q in fact.quantities] == [(110, 117, "EUR")]
    facts = extract("The price of wool rose from €117 ($130) to €145.").facts
    assert sorted(fact.amount.value for fact in facts if fact.amount and fact.amount.value) == [117, 145]
