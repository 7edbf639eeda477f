"""Parts and wholes agree after the second reading."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from indiggraph.facts.reading.totals import with_wholes
from indiggraph.model import Fact, FactType, Money, Span
from indiggraph.trace import SILENT
from tests.factories import document, fact

DOC = document("Norvik paid.")


def part(
    ident: str, value: int, whole: str | None = None, kind: FactType = FactType.TRADE, currency: str = "EUR"
) -> Fact:
    """A fact with a sum that is a part of another one's."""
    amount = Money(Span(0, 6), str(value), currency, Decimal(value))
    return replace(fact(DOC, kind, "paid"), id=ident, amount=amount, part_of=whole)


def wholes(read: list[Fact], ruled: list[Fact]) -> dict[str, str | None]:
    """The whole of each fact in the end."""
    return {one.id: one.part_of for one in with_wholes(read, ruled, SILENT)}


def test_parts_of_the_rules_have_room_first() -> None:
    ruled = [part("whole", 100), part("a", 30), part("b", 60, "whole"), part("c", 30, "whole")]
    read = [replace(one, part_of=None if one.id == "whole" else "whole") for one in ruled]
    assert wholes(read, ruled) == {"whole": None, "a": None, "b": "whole", "c": "whole"}


def test_what_finds_no_room_goes_back_to_where_it_was() -> None:
    ruled = [part("small", 10), part("large", 90), part("a", 20, "large")]
    read = [*ruled[:2], replace(ruled[2], part_of="small")]
    assert wholes(read, ruled)["a"] == "large"


def test_of_too_many_parts_the_first_ones_stay() -> None:
    facts = [part("whole", 100), part("a", 70, "whole"), part("b", 60, "whole"), part("c", 30, "whole")]
    assert wholes(facts, facts) == {"whole": None, "a": "whole", "b": None, "c": "whole"}


def test_another_currency_takes_no_room() -> None:
    facts = [part("whole", 100), part("a", 90, "whole"), part("b", 500, "whole", currency="USD")]
    assert wholes(facts, facts)["b"] == "whole"


@pytest.mark.parametrize(("values", "stay"), [((60, 38), True), ((60, 20), False), ((97,), False)])
def test_parts_that_add_up_stay_parts(values: tuple[int, ...], stay: bool) -> None:
    ruled = [part("whole", 100), *(part(str(value), value, "whole") for value in values)]
    read = [replace(one, part_of=None) for one in ruled]
    expected = "whole" if stay else None
    assert wholes(read, ruled) == {"whole": None, **{str(value): expected for value in values}}


@pytest.mark.parametrize(
    ("before", "currency", "expected"),
    [
        (FactType.TRADE, "EUR", FactType.AGREEMENT),
        (FactType.INVESTMENT, "EUR", FactType.SAVING),
        (FactType.TRADE, "USD", FactType.SAVING),
    ],
    ids=["were alike", "were not", "another currency"],
)
def test_a_part_of_a_sum_goes_with_its_type(before: FactType, currency: str, expected: FactType) -> None:
    ruled = [part("whole", 100), part("a", 10, "whole", before, currency)]
    read = [replace(ruled[0], type=FactType.AGREEMENT), replace(ruled[1], type=FactType.SAVING)]
    assert [one.type for one in with_wholes(read, ruled, SILENT)] == [FactType.AGREEMENT, expected]


def test_parts_of_parts_go_with_the_type_of_the_first_whole() -> None:
    ruled = [part("part of part", 10, "part"), part("part", 30, "whole"), part("whole", 90)]
    kinds = (FactType.SAVING, FactType.INVESTMENT, FactType.AGREEMENT)
    read = [replace(one, type=kind) for one, kind in zip(ruled, kinds, strict=True)]
    assert {one.type for one in with_wholes(read, ruled, SILENT)} == {FactType.AGREEMENT}


def test_no_part_closes_a_circle() -> None:
    ruled = [part("a", 10), part("b", 10)]
    read = [replace(ruled[0], part_of="b"), replace(ruled[1], part_of="a")]
    assert wholes(read, ruled) == {"a": None, "b": "a"}
