"""Values that tell one fact together; people and companies are made up."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from indiggraph.model import Direction, Extraction, FactType

Extract = Callable[[str], Extraction]


def values(extraction: Extraction) -> list[tuple[str, ...]]:
    """The texts of the values of each fact that has some."""
    told = [tuple(v.text for v in (f.amount, *f.quantities) if v is not None) for f in extraction.facts]
    return [texts for texts in told if texts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norvik will put 12 mills worth $2.6 billion into operation.", ("$2.6 billion", "12 mills")),
        ("The fund has financed 329 mills at a cost of €26 million.", ("€26 million", "329 mills")),
        ("Halden exported 5,000 tons of tiles valued at $1.7 million.", ("$1.7 million", "5,000 tons")),
        ("Deals were signed. They are:\n– Norvik Steel: 400 wagons, €12 million", ("€12 million", "400 wagons")),
    ],
    ids=["worth", "at a cost", "valued at", "an item"],
)
def test_what_is_priced_and_its_price_are_one_fact(extract: Extract, text: str, expected: tuple[str, ...]) -> None:
    found = values(extract(text))
    assert expected in found
    assert (expected[1],) not in found


def test_another_sum_between_keeps_them_apart(extract: Extract) -> None:
    text = "Norvik made 40 boats for €2 million and pays wages worth €3 million."
    assert ("€3 million", "40 boats") not in values(extract(text))


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("Local content stood at 54 percent in December 2023, up from 26 percent in 2016.", Direction.INCREASE),
        ("The share of imports stood at 31 percent, down from 44 percent a year before.", Direction.DECREASE),
    ],
    ids=["up", "down"],
)
def test_a_percentage_and_the_one_before_are_one_change(extract: Extract, text: str, direction: Direction) -> None:
    (fact,) = [fact for fact in extract(text).facts if fact.quantities]
    assert (fact.type, fact.direction, len(fact.quantities)) == (FactType.CHANGE, direction, 2)


def test_works_that_are_set_up_have_the_size_that_describes_them(extract: Extract) -> None:
    (fact,) = extract("Norvik set up a 110-hectare park in Kell.").facts
    assert (fact.type, [q.text for q in fact.quantities]) == (FactType.ESTABLISHMENT, ["110-hectare"])
