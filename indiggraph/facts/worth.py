"""Which drafts are worth stating as facts: those with a value, or whose words say enough without one."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from indiggraph.facts.binding import Draft
from indiggraph.facts.cues import Cues
from indiggraph.facts.syntax import arguments, base, clause_head, governors, is_passive
from indiggraph.facts.triggers import Event
from indiggraph.facts.view import SentenceView
from indiggraph.model import Fact, FactType, Interval, Modality, Money, Role, RoleName
from indiggraph.trace import Trace

__all__ = ["is_bound", "is_rest", "is_worth_stating", "tell_why_not"]

_AIMS = frozenset({"for", "of", "by", "in", "without", "on"})
_ACTS = frozenset({"obj", "comp"})
"""What of a verb says what is to be done: "must hand in *a list*", "must start *building*"."""
_TWO_SIDED = 2
"""Strength from which a trigger makes a fact with both of its sides."""
_ALONE = 3
"""Strength from which a trigger makes a fact without a value."""
_BEGUN = frozenset({FactType.PRODUCTION, FactType.ESTABLISHMENT, FactType.TRADE})
_PHASES = frozenset(
    {"begin", "start", "commence", "resume", "expect", "due", "schedule", "set", "slate", "plan", "postpone", "delay",
     "complete", "finish", "end"}
)  # fmt: skip
"""What a noun's activity is said to do or to be for the sentence to tell when it takes place."""
_STEPS = frozenset(
    {"begin", "start", "commence", "resume", "plan", "schedule", "complete", "delay", "postpone", "halt", "suspend",
     "stop"}
)  # fmt: skip
_FIGURES = frozenset({FactType.TRADE, FactType.PRODUCTION, FactType.CHANGE})
_WORTHLESS = "no value, and its roles are too few for a trigger of strength {}"


def is_worth_stating(draft: Draft, fact: Fact, view: SentenceView, cues: Cues) -> bool:
    """Whether a draft, read as this fact, states something; where it has no value, by what its sentence tells of it."""
    denied = fact.modality is Modality.DENIED
    told = _says_enough(draft, fact.roles, denied, view, cues) or _begins(draft, fact)
    return told or _takes_place(draft, fact) or _opens(draft, fact, cues) or _was_built(draft, fact)


def _says_enough(draft: Draft, roles: Sequence[Role], denied: bool, view: SentenceView, cues: Cues) -> bool:
    """A value makes a fact; without one, a strong trigger with a party or a theme, or a weaker one with both sides."""
    if draft.amount is not None or draft.gathering is not None:
        return True
    if draft.quantities:
        return not _only_compares(draft, cues)
    if draft.event is None:
        return False
    filled = {role.name for role in roles if not _is_own(role, view) or base(draft.event.token) != "acl"}
    unstated = _is_purpose(draft.event.token, cues) or _is_topic(draft.event, cues) or _is_party(draft.event)
    unstated = unstated or _is_supposed(draft.event.token, cues)
    if unstated:
        return False
    rest = draft.rest is not None or is_rest(draft.event, cues)
    if draft.event.type in (FactType.INVESTMENT, FactType.PRODUCTION) and rest:
        gets = draft.rest is not None and RoleName.BENEFICIARY in filled
        return gets or RoleName.AGENT in filled
    if draft.event.strength >= _ALONE:
        called_for = {RoleName.STATED_BY} if draft.event.trigger.modality is Modality.PROPOSED else set()
        return bool(filled & {RoleName.AGENT, RoleName.THEME, RoleName.COUNTERPARTY, *called_for})
    if draft.event.trigger.part_of_speech == "aux" or is_bound(draft.event.token):
        if is_passive(draft.event.token) and RoleName.THEME in filled:
            return True  # "bids must be lodged by May"
        act = any(name in _ACTS for name, _ in arguments(draft.event.token)) and is_bound(draft.event.token)
        party = bool(filled & {RoleName.AGENT, RoleName.COUNTERPARTY})
        return party and (act or bool(filled & {RoleName.THEME, RoleName.BENEFICIARY}))
    if draft.event.type is FactType.DIRECTIVE and {RoleName.AGENT, RoleName.THEME} <= filled:
        return True
    if draft.event.type is FactType.AGREEMENT and _is_listed(draft.event.token):
        return bool(filled & {RoleName.COUNTERPARTY, RoleName.THEME})
    specific = any(words for _, words in draft.event.trigger.needs)
    calls = draft.event.trigger.modality is Modality.PROPOSED
    if draft.event.type is FactType.DIRECTIVE and (specific or calls):
        return RoleName.THEME in filled
    if draft.event.strength < _TWO_SIDED:
        return False
    if RoleName.THEME in filled and specific and (RoleName.AGENT in filled or _is_done_to(draft.event, view)):
        return True
    if RoleName.THEME in filled and specific and denied and _is_plan_for(draft.event, cues):
        return True  # "the plan to build the mill was abandoned"
    return RoleName.COUNTERPARTY in filled


def _is_done_to(event: Event, view: SentenceView) -> bool:
    """ "A dairy plant *was opened* in Harran": works are opened whoever does it; a sum there tells it with the cost."""
    verb = event.token
    if event.type is not FactType.ESTABLISHMENT or not is_passive(verb) or base(verb) in ("acl", "amod"):
        return False
    if any(child.lower_ == "to" and child.dep_ == "mark" for child in verb.children) or _is_for_act(verb):
        return False
    sums = [view.value_roots[value.span] for value in view.values if isinstance(value, Money)]
    return not any(verb in governors(root) for root in sums)


def _is_plan_for(event: Event, cues: Cues) -> bool:
    """Whether works are denied by themselves or with the plan for them, not with the leave for it."""
    of_plan = base(event.token) != "acl" or event.token.head.lemma_.lower() in cues.meant.governor
    return event.type is FactType.ESTABLISHMENT and of_plan


def _was_built(draft: Draft, fact: Fact) -> bool:
    """ "The mill, *built* in 1987, makes paper": works of which it is told when they were built."""
    event = draft.event
    if event is None or event.type is not FactType.ESTABLISHMENT or not isinstance(fact.time, Interval):
        return False
    specific = any(words for _, words in event.trigger.needs)
    past = base(event.token) == "acl" and is_passive(event.token) and fact.time.first is not None
    return past and specific and any(role.name is RoleName.THEME for role in fact.roles)


def _is_for_act(verb: Token) -> bool:
    """ "Projects are defined *to be implemented*": what is told is the act, not that they are defined."""
    return any(is_passive(child) for child in verb.children if base(child) in ("xcomp", "advcl") and child.i > verb.i)


def tell_why_not(draft: Draft, fact: Fact, cues: Cues, trace: Trace) -> None:
    """Tell the trace why a draft is no fact."""
    if draft.event is not None and _is_purpose(draft.event.token, cues):
        trace.dropped(fact, "“{}” names an aim or a means and asserts nothing", draft.event.token)
    elif draft.event is not None and _is_topic(draft.event, cues):
        trace.dropped(fact, "“{}” only says what somebody speaks about", draft.event.token)
    else:
        trace.dropped(fact, _WORTHLESS, 0 if draft.event is None else draft.event.strength)


def _only_compares(draft: Draft, cues: Cues) -> bool:
    """Whether all of a draft's quantities are like "four times the figure of a year ago", which makes nothing."""
    changes = draft.event is not None and draft.event.type is FactType.CHANGE
    return not changes and all(quantity.unit in cues.figures.folds for quantity in draft.quantities)


def _begins(draft: Draft, fact: Fact) -> bool:
    """Whether a sentence tells when something begins or is over: "*construction* should start in May".

    That works are begun is told without a time, too: "*work* on the dam has started".
    """
    if draft.event is None or draft.event.type not in _BEGUN:
        return False
    noun, lemma = draft.event.token, draft.event.token.head.lemma_.lower()
    begun = draft.event.type is FactType.ESTABLISHMENT and lemma in _STEPS
    return noun.dep_.startswith("nsubj") and (begun or (fact.time is not None and lemma in _PHASES))


def _takes_place(draft: Draft, fact: Fact) -> bool:
    """Whether a weak verb tells of a gathering when or where it was: "the meeting was *attended* by ... in Harran"."""
    named = {role.name for role in fact.roles}
    held = draft.event is not None and draft.event.type is FactType.OCCURRENCE and draft.event.strength >= _TWO_SIDED
    about = bool(named & {RoleName.THEME, RoleName.AGENT})  # who meets, or what is held
    return held and about and (RoleName.PLACE in named or fact.time is not None)


def _opens(draft: Draft, fact: Fact, cues: Cues) -> bool:
    """Whether it is told when or where something opened that a pronoun stands for: "*it* was inaugurated in May"."""
    event = draft.event
    if event is None or event.type is not FactType.ESTABLISHMENT or event.strength < _ALONE:
        return False
    placed = fact.time is not None or any(role.name is RoleName.PLACE for role in fact.roles)
    opened = (head for name, head in arguments(event.token) if name in dict(event.trigger.roles)[RoleName.THEME])
    finite = not _is_purpose(event.token, cues) and not _is_supposed(event.token, cues)
    return placed and finite and any(head.pos_ == "PRON" for head in opened)


def _is_supposed(token: Token, cues: Cues) -> bool:
    """ "*Provided* that parliament passes the bill", "*once* work begins": a condition tells of no fact."""
    clause = clause_head(token)
    marks = {child.lower_ for child in clause.children if child.dep_ in ("mark", "advmod") and child.i < clause.i}
    past = any(word.tag_ == "VBD" for word in (clause, *clause.children))
    if any(governor.lower_ in cues.meant.condition for governor in governors(token)):
        return True  # "*provided* that": a participle of its own
    return base(clause) == "advcl" and bool(marks & cues.meant.condition or (marks & cues.meant.awaited and not past))


def _is_own(role: Role, view: SentenceView) -> bool:
    """Whether a party is "we", which in "the mine *we* run" says nothing of its own."""
    return any(m.id == role.mention and m.head == "we" for m in view.mentions)


def _is_listed(token: Token) -> bool:
    """ "• *A memorandum* on standards between A and B": a line of a list that is a noun without a verb."""
    clause = any(base(child) in ("nsubj", "csubj", "cop") for child in token.children)
    return token.dep_.lower() == "root" and token.pos_ == "NOUN" and not clause


def _is_party(event: Event) -> bool:
    """ "A loan *to a joint venture* of A and B": who has a part in something else is no work of its own."""
    nominal = event.type is FactType.COOPERATION and event.token.lemma_.lower() == "venture"
    cases = {child.lower_ for child in event.token.children if child.dep_ == "case"}
    return nominal and bool(cases & {"to", "with", "from", "by", "for"})


def _is_topic(event: Event, cues: Cues) -> bool:
    """ "*Turning to exports*, she said": figures that are only spoken about; a deal that one points to was made."""
    token = event.token
    names = (f"{token.head.lemma_.lower()} {child.lower_}" for child in token.children if child.dep_ == "case")
    return event.type in _FIGURES and token.pos_ == "NOUN" and any(name in cues.speech.topics for name in names)


def _is_purpose(token: Token, cues: Cues) -> bool:
    """A gerund after a preposition ("a program *for establishing* desks") names an aim or means, it asserts nothing."""
    if token.head.lemma_.lower() in cues.meant.governor:
        return False
    return token.tag_ == "VBG" and any(child.dep_ == "mark" and child.lower_ in _AIMS for child in token.children)


def is_rest(event: Event, cues: Cues) -> bool:
    """Whether an event is about what is left of a sum ("*the rest* was lent by the bank")."""
    functions = ("obj", "subj", "with")
    heads = [head for name, head in arguments(event.token) if name in functions]
    return any(head.lemma_.lower() in cues.rests and head.pos_ == "NOUN" for head in heads)


def is_bound(token: Token) -> bool:
    """Whether "must" makes an order of an act."""
    return any(child.lemma_.lower() == "must" and child.dep_ == "aux" for child in token.children)
