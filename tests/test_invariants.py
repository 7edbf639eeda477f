"""A stage that contradicts itself is an error, never repaired."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from indiggraph.errors import GraphError
from indiggraph.invariants import check
from indiggraph.model import Extraction, Fact, Mention, Role, RoleName, Span, Tenure
from tests.factories import example


@pytest.fixture
def whole() -> Extraction:
    return example()[0][0]


def test_examples_hold():
    for extraction in example()[0]:
        check(extraction)


def with_fact(whole: Extraction, **changes: object) -> Extraction:
    first: Fact = replace(whole.facts[0], **changes)
    return replace(whole, facts=(first, *whole.facts[1:]))


def with_mention(whole: Extraction, **changes: object) -> Extraction:
    first: Mention = replace(whole.mentions[0], **changes)
    return replace(whole, mentions=(first, *whole.mentions[1:]))


def with_tenure(whole: Extraction, **changes: object) -> Extraction:
    first: Tenure = replace(whole.tenures[0], **changes)
    return replace(whole, tenures=(first, *whole.tenures[1:]))


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        (lambda e: with_mention(e, text="NHD"), "says 'NHD', its span does not"),
        (lambda e: with_mention(e, span=Span(5, 5), text=""), "is at 5-5, outside the text"),
        (lambda e: with_mention(e, span=Span(0, 99999)), "is at 0-99999, outside the text"),
        (lambda e: with_mention(e, document="other"), "belongs to document 'other'"),
        (lambda e: replace(e, mentions=(*e.mentions, e.mentions[0])), "two mentions have the id"),
        (lambda e: replace(e, facts=(*e.facts, e.facts[0])), "two facts have the id"),
        (lambda e: replace(e, tenures=(*e.tenures, e.tenures[0])), "two tenures have the id"),
        (lambda e: with_fact(e, evidence=()), "has no evidence"),
        (lambda e: with_fact(e, evidence=(Span(-1, 4),)), "is at -1-4, outside the text"),
        (lambda e: with_fact(e, trigger=Span(4, 4)), "is at 4-4, outside the text"),
        (lambda e: with_fact(e, confidence=Decimal("1.01")), "has confidence 1.01, not 0 to 1"),
        (lambda e: with_fact(e, document="other"), "belongs to document 'other'"),
        (lambda e: with_fact(e, part_of="gone"), "is part of 'gone', which is not there"),
        (lambda e: with_fact(e, roles=(Role(RoleName.AGENT, mention="gone"),)), "refers to no mention"),
        (lambda e: with_fact(e, roles=(Role(RoleName.AGENT, label="NDH"),)), "has a role agent without a mention"),
        (lambda e: with_fact(e, roles=(Role(RoleName.THEME),)), "has a role theme without a mention"),
        (lambda e: with_tenure(e, person="gone"), "refers to no mention"),
        (lambda e: with_tenure(e, organization="gone"), "refers to no mention"),
        (lambda e: with_tenure(e, evidence=()), "has no evidence"),
    ],
)
def test_contradictions_are_errors(whole: Extraction, broken: Callable[[Extraction], Extraction], message: str):
    with pytest.raises(GraphError, match=r"^norland-1: ") as caught:
        check(broken(whole))
    assert message in str(caught.value)
