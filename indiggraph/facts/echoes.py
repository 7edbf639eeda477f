"""Leaves out facts that say what another fact of their sentence says too."""

from __future__ import annotations

from collections.abc import Sequence

from indiggraph.facts.binding import Draft
from indiggraph.facts.syntax import governors, heads_of
from indiggraph.facts.view import SentenceView
from indiggraph.model import PARTIES, Fact, FactType, Modality, RoleName
from indiggraph.trace import Trace

__all__ = ["numbers_a_party", "tells_the_same", "without_echoes"]


def without_echoes(here: Sequence[tuple[Draft, Fact]], view: SentenceView, trace: Trace) -> list[tuple[Draft, Fact]]:
    """Leave out facts without value of which another says all and more ("ventures and *work* with Halden firms")."""
    kept = []
    for draft, fact in here:
        if any(_echoes(fact, other) for _, other in here):
            trace.dropped(fact, "another fact of its type says all of it and more")
        elif _is_to_come(fact) and any(_spells_out(other, draft) for other, said in here if _is_so(said)):
            trace.dropped(fact, "what the rule will say is told")
        elif _refuses_a_sum(draft, fact, view):
            trace.dropped(fact, "what is refused is told with its sum")
        else:
            kept.append((draft, fact))
    return kept


def _echoes(fact: Fact, other: Fact) -> bool:
    if fact.amount is not None or fact.quantities or fact.type is not other.type:
        return False
    if fact.type is FactType.OCCURRENCE and fact.modality is not Modality.ACTUAL is other.modality:
        return _themes(fact) == _themes(other)  # "opened on Friday and will run through Monday"
    if fact.modality is not other.modality:
        return False
    if fact.time not in (None, other.time):
        return False
    said, more = ({(role.name, role.mention, role.label) for role in f.roles} for f in (fact, other))
    return said < more


def _is_to_come(fact: Fact) -> bool:
    """Whether a fact without value is of a rule that is not in force yet."""
    valued = fact.amount is not None or bool(fact.quantities)
    return fact.type is FactType.DIRECTIVE and fact.modality is not Modality.ACTUAL and not valued


def _refuses_a_sum(draft: Draft, fact: Fact, view: SentenceView) -> bool:
    """Whether a fact only says that a sum was refused ("sought £6 million, *a request the bank turned down*")."""
    if draft.event is None or not _is_to_come(fact) or _is_so(fact):
        return False
    roots = {root.i for root in view.value_roots.values()}
    return any(head.dep_ == "appos" and head.head.i in roots for head in heads_of(draft.event.token, "obj"))


def _is_so(fact: Fact) -> bool:
    """Whether a fact says what holds or will hold, not what is refused ("wants a ban, *which the mill opposes*")."""
    return fact.modality is not Modality.DENIED


def _spells_out(other: Draft, draft: Draft) -> bool:
    """Whether a draft stands in a clause on another's object: "is drafting a decree *under which mills must ...*"."""
    event = draft.event
    objects = set() if event is None else {head.i for head in heads_of(event.token, "obj")}
    return any(governor.dep_ == "acl:relcl" and governor.head.i in objects for governor in governors(other.anchor))


def _themes(fact: Fact) -> set[tuple[str | None, str | None]]:
    return {(role.mention, role.label) for role in fact.roles if role.name is RoleName.THEME}


def tells_the_same(draft: Draft, other: Draft) -> bool:
    """Whether another draft is of the same event, or of the same type with a sum."""
    if other is draft or other.event is None or draft.event is None:
        return False
    return other.event is draft.event or (other.amount is not None and other.event.type is draft.event.type)


def numbers_a_party(draft: Draft, fact: Fact, view: SentenceView) -> bool:
    """Whether the draft's only value counts one of its parties ("*four firms* ordered 160 buses")."""
    parties = {role.mention for role in fact.roles if role.name in PARTIES}
    roots = [view.value_roots[quantity.span] for quantity in draft.quantities]
    numbered = [root.i in view.stand_ins or any(m.id in parties for m in view.mentions_at(root)) for root in roots]
    return draft.amount is None and bool(numbered) and all(numbered)
