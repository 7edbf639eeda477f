"""Finds the words of a sentence that evoke a frame."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from spacy.tokens import Span as DocSpan
from spacy.tokens import Token

from indiggraph.facts.syntax import arguments, base, coordinated, particles
from indiggraph.frames import Frame, Frames, Trigger
from indiggraph.model import FactType
from indiggraph.trace import SILENT, Trace

__all__ = ["Event", "find_events", "is_spoken"]

_POS = {
    "verb": ("VERB", "AUX"),
    "noun": ("NOUN", "PROPN"),
    "adj": ("ADJ", "ADV", "ADP"),
    "phrase": ("VERB", "AUX", "ADJ", "ADV"),
    "aux": ("VERB", "ADJ"),
}
_FUNCTION_DEPS = frozenset({"fixed", "case", "mark", "compound:prt", "cc", "det"})
_MEASURING = ("extent", "trade", "output", "funds", "deal", "rule")
"""Classes of nouns that a modifying noun may measure or specify ("export value", "production capacity")."""
_CONTAINERS = frozenset(
    {
        "number",
        "series",
        "worth",
        "round",
        "set",
        "phase",
        "outline",
        "couple",
        "pair",
        "kind",
        "percent",
        "half",
        "third",
        "quarter",
        "bulk",
        "majority",
        "part",
        "portion",
    }
)


@dataclass(frozen=True, slots=True)
class Event:
    """A token that evokes a frame."""

    token: Token
    frame: Frame
    trigger: Trigger

    @property
    def type(self) -> FactType:
        """The class of fact that the frame makes."""
        return self.frame.type

    @property
    def strength(self) -> int:
        """From 1 (needs a value to become a fact) to 3 (a fact by itself)."""
        return self.trigger.strength

    @property
    def rule(self) -> str:
        """Name of the rule, for the graph: frame and trigger."""
        return f"{self.frame.name}/{' '.join(self.trigger.lemmas)}"


def find_events(sentence: DocSpan, frames: Frames, names: Collection[int] = (), trace: Trace = SILENT) -> list[Event]:
    """Return at most one event for each frame and token, the strongest reading first.

    ``names`` are the indexes of tokens inside names, which evoke nothing ("the *Trade* Ministry").
    """
    events: list[Event] = []
    for token in sentence:
        if token.i in names or _is_hedge(token) or _is_of_title(token):
            continue
        readings = _readings(token, frames, trace)
        best: dict[str, Event] = {}
        for event in sorted(readings, key=_preference):
            best.setdefault(event.frame.name, event)
        events.extend(best.values())
    return [event for event in events if _stands(event, events, frames, trace)]


def _stands(event: Event, events: Collection[Event], frames: Frames, trace: Trace) -> bool:
    if _is_part(event, events):
        trace.passed("trigger", event.token, "no {}: a part of a longer trigger", event.rule)
    elif _names_a_kind(event, frames):
        trace.passed("trigger", event.token, "no {}: it says what kind of thing “{}” is", event.rule, event.token.head)
    else:
        trace.taken("trigger", event.token, "{}, strength {}", event.rule, event.strength)
        return True
    return False


def _is_part(event: Event, events: Collection[Event]) -> bool:
    """The "down" of "went down" is no event beside it."""
    above = [other for other in events if other.token.i == event.token.head.i and len(other.trigger.lemmas) > 1]
    return any(event.token.lower_ in other.trigger.lemmas[1:] for other in above)


def _names_a_kind(event: Event, frames: Frames) -> bool:
    """A modifying noun says what kind of thing its head is ("export rules"), unless the head measures it."""
    if event.token.dep_ != "compound" or event.trigger.part_of_speech != "noun":
        return False
    return not any(event.token.head.lemma_.lower() in frames.classes[name] for name in _MEASURING)


def _preference(event: Event) -> tuple[int, int]:
    return -len(event.trigger.lemmas), -event.strength - bool(event.trigger.needs)


def _readings(token: Token, frames: Frames, trace: Trace) -> list[Event]:
    """Frames that the token's lemma, form or auxiliaries may evoke, in the order of the frame files."""
    words = _words(token)
    auxiliaries = [child.lemma_.lower() for child in token.children if child.dep_ == "aux"]
    entries = [entry for word in words for entry in frames.of_lemma(word) if entry[1].part_of_speech != "aux"]
    entries += [entry for aux in auxiliaries for entry in frames.of_lemma(aux) if entry[1].part_of_speech == "aux"]
    unique = {(frame.name, trigger): (frame, trigger) for frame, trigger in entries}
    found = [Event(token, frame, trigger) for frame, trigger in unique.values() if _has_form(token, trigger)]
    for event in found:
        if not _has_arguments(token, event.trigger):
            trace.passed("trigger", token, "no {}: its conditions on what stands beside it are not met", event.rule)
    return [event for event in found if _has_arguments(token, event.trigger)]


def _words(token: Token) -> list[str]:
    """The lemma and the form, which lemmatizers err on; the past of one verb may be another one ("found", "ground")."""
    past = token.tag_ in ("VBD", "VBN")
    return [token.lemma_.lower()] if past else [token.lemma_.lower(), token.lower_]


def _has_form(token: Token, trigger: Trigger) -> bool:
    """Whether the words and their part of speech are the trigger's."""
    if token.pos_ not in _POS[trigger.part_of_speech] or (token.dep_ in _FUNCTION_DEPS and not _is_beside_rate(token)):
        return False
    bare = len(trigger.lemmas) == 1 and trigger.part_of_speech != "aux"  # "must *hand in*" is a "must"
    if not _follows(token, trigger.lemmas[1:]) or (bare and _has_particle(token)):
        return False
    if trigger.part_of_speech != "verb":
        return True
    return not (token.dep_.startswith("aux") or token.dep_ == "amod" or (trigger.strength == 1 and _has_content(token)))


def _is_beside_rate(token: Token) -> bool:
    """ "6 percent *above* last year's": a preposition that tells how far off a level is."""
    measured = not token.is_sent_start and token.nbor(-1).lemma_.lower() in ("percent", "%", "cent")
    return token.dep_ == "case" and token.lower_ in ("above", "below") and measured


def _has_content(token: Token) -> bool:
    """Whether a clause says what is said: "“We have 40 mills,” she *added*" adds no mills."""
    return any(child.dep_ == "ccomp" for child in token.children)


def _has_arguments(token: Token, trigger: Trigger) -> bool:
    """Whether the arguments that the trigger needs are there, and those that it excludes are not."""
    if not trigger.needs and not trigger.excludes:
        return True
    fillers = [(name, head) for name, first in arguments(token) for head in coordinated(first)]
    fillers += [("inf", head) for name, head in fillers if name in ("comp", "purpose") and _is_infinitive(head)]
    fillers += [("order", head) for name, head in fillers if name == "comp" and _is_subjunctive(head)]
    fillers += [("done", head) for name, head in fillers if name in ("comp", "purpose") and _is_done(head)]
    fillers += [("spoken", token)] if is_spoken(token) else []
    met = all(_filled(fillers, function, words) for function, words in trigger.needs)
    return met and not any(_filled(fillers, function, words) for function, words in trigger.excludes)


def _is_of_title(token: Token) -> bool:
    """Whether a capitalised noun goes on with another one: the "Trade" of "the Minister of Trade"."""
    inside = token.dep_ in ("nmod", "compound", "flat", "conj") and token.head.pos_ == "PROPN"
    return token.pos_ == "PROPN" and token.text.istitle() and inside and token.head.text.istitle()


def _is_infinitive(verb: Token) -> bool:
    return any(child.dep_ == "mark" and child.lower_ == "to" for child in verb.children)


def _is_subjunctive(verb: Token) -> bool:
    """ "That the levy *be* scrapped", "that it *should* be": a clause that says what is to be done."""
    words = [verb, *(child for child in verb.children if child.dep_.startswith(("aux", "cop")))]
    if any(word.lower_ == "should" for word in words):
        return True
    modal = any(word.tag_ == "MD" for word in words)
    return not modal and not _is_infinitive(verb) and any(word.tag_ == "VB" for word in words)


def is_spoken(verb: Token) -> bool:
    """Whether a clause is in somebody's own words ("“mills *must* buy at home”") or holds on a condition."""
    start = verb.doc.text.rfind("\n", 0, verb.idx) + 1
    before = verb.doc.text[start : verb.idx]
    quoted = before.count("“") > before.count("”") or before.count('"') % 2 == 1
    clauses = (child for child in verb.children if base(child) == "advcl")
    return quoted or any(word.lower_ == "if" and word.dep_ == "mark" for clause in clauses for word in clause.children)


def _is_done(verb: Token) -> bool:
    """ "Wants wool *exempted*", "asked for the fee *to be lowered*": what is to be done to something."""
    finite = any(child.tag_ in ("VBD", "VBZ", "VBP", "MD") for child in verb.children if child.dep_.startswith("aux"))
    to = base(verb) == "xcomp" or _is_infinitive(verb)
    own = any(base(child) == "nsubj" for child in verb.children)
    other = own or any(base(child) in ("obj", "iobj") for child in verb.head.children)  # not "asked not to be named"
    return verb.tag_ == "VBN" and not finite and to and other


def _is_hedge(token: Token) -> bool:
    """ "More than 40 tons" bounds a value, "the largest" ranks: neither tells a change, nor do fixed phrases."""
    following = token.doc[token.i + 1 : token.i + 3]
    if token.lower_ == "added" and not token.is_sent_start and token.nbor(-1).lower_ == "value":
        return True  # "value added" is a noun
    if token.dep_ == "advcl" and not token.is_sent_start and token.nbor(-1).lower_ == "as" and token.tag_ == "VBN":
        return True  # "will go ahead as *planned*"
    if token.lower_ in ("low", "high") and following[:1].text.lower() == "of":
        return True  # "a seven-year low of 4 tons" is a level
    if token.tag_ in ("JJS", "RBS") or (token.lower_ in ("up", "down") and following[:1].text.lower() == "to"):
        return True
    return len(following) > 1 and following[0].lower_ == "than" and following[1].pos_ in ("NUM", "SYM")


def _has_particle(token: Token) -> bool:
    """ "Make up" and "turn down" are other verbs than "make" and "turn"."""
    return bool(particles(token))


def _filled(fillers: list[tuple[str, Token]], function: str, words: frozenset[str]) -> bool:
    if words:
        return any(name == function and _is_one_of(head, words) for name, head in fillers)
    return any(name == function and (name == "until" or not _is_measure(head)) for name, head in fillers)


def _is_measure(head: Token) -> bool:
    """An amount by which something rises is no object ("rose 5 percent")."""
    return head.pos_ in ("NUM", "SYM") or any(
        c.dep_ == "nummod" or (c.pos_ == "SYM" and c.dep_ == "compound") for c in head.children
    )


def _is_one_of(head: Token, words: frozenset[str]) -> bool:
    lemma = head.lemma_.lower()
    if lemma in words or head.lower_ in words or any(name in words for name in _compounds(head)):
        return True
    if lemma not in _CONTAINERS and head.pos_ not in ("SYM", "NUM"):
        return False
    return any(_is_one_of(child, words) for child in head.children if base(child) in ("nmod", "compound"))


def _compounds(head: Token) -> list[str]:
    """A noun with each noun before it or behind "of": "credit line", "line of credit"."""
    lemma = head.lemma_.lower()
    before = [f"{child.lemma_.lower()} {lemma}" for child in head.children if child.dep_ == "compound"]
    behind = [
        child for child in head.children if base(child) == "nmod" and any(c.lower_ == "of" for c in child.children)
    ]
    return [*before, *(f"{lemma} of {child.lemma_.lower()}" for child in behind)]


_ATTACHED = frozenset({"parataxis", "conj", "list", "appos"})


def _is_attached(child: Token) -> bool:
    if base(child) == "xcomp" and any(below.dep_ == "cop" for below in child.children):
        return True  # "is set to be *up* and running"
    first = child.left_edge  # trees hang the comma on either side
    before = "" if first.is_sent_start else first.nbor(-1).text
    return base(child) in _ATTACHED or (first.i > child.head.i and "," in (first.text, before))


def _follows(token: Token, lemmas: tuple[str, ...]) -> bool:
    """Whether the lemmas come after the token, in order, each a child of it or a child's preposition.

    What is only attached ("made 40 tons, up 6 percent") belongs to no phrase, nor what stands inside of another one
    ("called for a ban *on* tyres", "put the share of wool *in* exports at 5 percent").
    """
    position = token.i
    below = [child for child in token.children if child.i > token.i and not _is_attached(child)]
    plain = [child for child in below if not any(case.dep_ == "case" for case in child.children)]
    plain = [child for child in plain if _is_measure(child) or child.lemma_.lower() in (*lemmas, "worth")]
    nouns = [*below, *(grandchild for child in plain for grandchild in child.children)]
    below += [case for noun in nouns for case in noun.children if case.dep_ == "case" and case.i > token.i]
    for lemma in lemmas:
        places = [t.i for t in below if t.i > position and lemma in (t.lemma_.lower(), t.lower_)]
        if not places:
            return False
        position = min(places)
    return True
