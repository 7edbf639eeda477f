"""Gives facts that name no matter of their own that of the fact which they go on with.

"Made 5 tons of X, a rise of 7 percent, against 4 tons"; "of these, 3 tons were sold"; "it was 4 tons a year before".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from indiggraph.model import Fact, FactType, Money, Quantity, QuantityKind, Role, RoleName
from indiggraph.trace import Trace

__all__ = ["with_themes"]


def with_themes(facts: Sequence[Fact], text: str, trace: Trace) -> list[Fact]:
    """The facts, in reading order, with the themes they take from others."""
    done: list[Fact] = []
    by_id: dict[str, Fact] = {}
    for fact in facts:
        whole = by_id.get(fact.part_of or "")
        told = _continued(fact, done[-1], trace) if done else fact
        told = _like(told, whole, "of the whole that it is a part of", trace) if whole is not None else told
        if done and _goes_on(told, done[-1], text):
            told = _like(told, done[-1], "of the fact before it, with a like value", trace)
        done.append(told)
        by_id[told.id] = told
    return done


def _continued(fact: Fact, before: Fact, trace: Trace) -> Fact:
    """What follows in one sentence is about the same ("made 5 tons of X, a rise of 7 percent, against 4 tons")."""
    named = {role.name for role in fact.roles}
    if before.evidence[0] != fact.evidence[0] or RoleName.THEME in named:
        return fact
    if fact.type not in (FactType.CHANGE, before.type) or _of_another(fact, before):
        return fact
    wanted = {RoleName.THEME} | ({RoleName.AGENT} - named)
    taken = [role for role in before.roles if role.name in wanted]
    return _with(fact, before, taken, "of the fact before it in the sentence", trace)


def _like(fact: Fact, other: Fact, why: str, trace: Trace) -> Fact:
    """A fact without theme with that of another."""
    if _themes(fact):
        return fact
    return _with(fact, other, _themes(other), why, trace)


def _with(fact: Fact, other: Fact, taken: Sequence[Role], why: str, trace: Trace) -> Fact:
    for role in taken:
        trace.changed(fact, role.name, role.mention or role.label, why)
    evidence = tuple(dict.fromkeys((*fact.evidence, *other.evidence))) if taken else fact.evidence
    return replace(fact, roles=(*fact.roles, *taken), evidence=evidence)


def _themes(fact: Fact) -> list[Role]:
    return [role for role in fact.roles if role.name is RoleName.THEME]


def _goes_on(fact: Fact, before: Fact, text: str) -> bool:
    """Whether a fact of the same type, or a change, gives a like value in the same paragraph, and for nobody else."""
    if fact.type not in (FactType.CHANGE, before.type) or _for_another(fact, before):
        return False
    between = text[before.evidence[0].start : fact.evidence[0].start]
    return "\n" not in between and bool(_kinds(fact) & _kinds(before))


def _for_another(fact: Fact, before: Fact) -> bool:
    """Whether somebody else gains ("gave growers $3 million for pumps. *Tanners* got $1 million")."""
    gains, others = ({r.mention for r in f.roles if r.name is RoleName.BENEFICIARY} for f in (fact, before))
    return bool(gains) and not gains & others


def _kinds(fact: Fact) -> set[str]:
    """What the values of a fact are: sums, or quantities of one unit."""
    values: list[Money | Quantity] = [v for v in (fact.amount, *fact.quantities) if v is not None]
    return {_unit(value) for value in values}


def _unit(value: Money | Quantity) -> str:
    if isinstance(value, Money):
        return "sum"
    return value.unit_code or (value.unit or "") if value.kind is not QuantityKind.PERCENT else "%"


def _of_another(fact: Fact, before: Fact) -> bool:
    """Whether somebody else acts ("X will build a mill, *while Y* invests $3 million")."""
    agents, others = ({r.mention for r in f.roles if r.name is RoleName.AGENT} for f in (fact, before))
    return bool(agents and others) and not agents & others
