"""Facts of single constructions of news: what type, and who plays which part."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from indiggraph.model import Extraction, Fact, FactType, RoleName

Extract = Callable[[str], Extraction]
Parts = dict[RoleName, list[str]]

AGENT, COUNTERPARTY, SPEAKER = RoleName.AGENT, RoleName.COUNTERPARTY, RoleName.STATED_BY

CASES: list[tuple[str, FactType, Parts, str]] = [
    (
        "OSLO- Norway sold 3 million tons of steel to Sweden.",
        FactType.TRADE,
        {AGENT: ["Norway"], COUNTERPARTY: ["Sweden"]},
        "a dateline's dash touches its place",
    ),
    (
        "Velmar Motors won an order for 40 buses worth €12 million.",
        FactType.AGREEMENT,
        {AGENT: [], COUNTERPARTY: ["Velmar Motors"]},
        "who wins an order sells",
    ),
    (
        "The tender for 40 buses was won by Velmar Motors.",
        FactType.AGREEMENT,
        {AGENT: [], COUNTERPARTY: ["Velmar Motors"]},
        "the same in the passive",
    ),
    (
        "Velmar Motors signed an order for 40 buses with Halden Engineering.",
        FactType.AGREEMENT,
        {AGENT: ["Velmar Motors"], COUNTERPARTY: ["Halden Engineering"]},
        "who signs one buys",
    ),
    (
        "Dana Wren called on Halden Bank to provide $4 million.",
        FactType.INVESTMENT,
        {AGENT: ["Halden Bank"], SPEAKER: ["Dana Wren"]},
        "who is called on acts",
    ),
    (
        "Velmar Motors lost 400 jobs in May.",
        FactType.CHANGE,
        {AGENT: ["Velmar Motors"]},
        "what is lost falls",
    ),
]


def _parts(extraction: Extraction, fact: Fact) -> Parts:
    names = {mention.id: mention.name for mention in extraction.mentions}
    parts: Parts = {}
    for role in fact.roles:
        parts.setdefault(role.name, []).append(names[role.mention] if role.mention else str(role.label))
    return parts


@pytest.mark.parametrize(("text", "kind", "wanted", "why"), CASES, ids=[case[-1] for case in CASES])
def test_parts(extract: Extract, text: str, kind: FactType, wanted: Parts, why: str) -> None:
    extraction = extract(text)
    found = [_parts(extraction, fact) for fact in extraction.facts if fact.type is kind]
    assert len(found) == 1, why
    assert {name: found[0].get(name, []) for name in wanted} == wanted, why


def test_what_is_added_in_words_is_nothing_added(extract: Extract) -> None:
    said, done = extract("“We have 40 mills,” Dana Wren added."), extract("Velmar Motors added 40 buses a week.")
    assert [fact.rule for fact in said.facts if "add" in fact.rule] == []
    assert [fact.type for fact in done.facts] == [FactType.PRODUCTION]


def test_what_is_put_at_a_sum_is_no_money_put_in(extract: Extract) -> None:
    (fact,) = extract("Dana Wren put the worth of the investment at $4 million.").facts
    assert (fact.type, fact.rule) == (FactType.INVESTMENT, "investment/investment")


def test_the_date_of_a_dateline_is_not_when_it_happened(extract: Extract) -> None:
    (fact,) = extract("Oslo, Feb. 14, XNA – Velmar Motors sold 40 buses.").facts
    assert fact.time is None
