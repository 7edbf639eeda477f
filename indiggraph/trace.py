"""Why a text was read as it was: notes that the stages take where decisions fall, for whoever asks.

Each decision is told in one line to a :class:`Trace`, which takes no notes; a :class:`Recorder` keeps them.  What is
explained is so what was done, not done again.  The words of a note are put together only where they are kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from indiggraph.model import Fact, Mention, Reason, Span

__all__ = ["SILENT", "DraftNotes", "Note", "Recorder", "SentenceNotes", "Trace", "slots_of"]

_OF_SENTENCE = frozenset({"sentence", "trigger", "value"})
"""Slots whose notes are of a sentence, not of one fact."""


class Trace:
    """Listens to decisions and keeps nothing.

    ``slot`` is what is decided: a role, "sector", "time", "trigger", "value" and the like; ``value`` what stands there
    or might: words of the text, or the id of a mention; ``why`` a sentence with ``{}`` for each of ``words``.
    """

    def begin(self, mentions: Iterable[Mention]) -> None:
        """Hear which mentions notes may name by their ids."""

    def sentence(self, span: Span) -> None:
        """Hear that the next notes are of this sentence."""

    def taken(self, slot: str, value: object, why: str, *words: object) -> None:
        """Hear what was decided."""

    def passed(self, slot: str, value: object, why: str, *words: object) -> None:
        """Hear what was considered and not taken."""

    def offered(self, choices: Mapping[str, Mapping[str, float]], rows: Mapping[str, frozenset[str]]) -> None:
        """Hear which sectors the fact that is drafted next may have, the clues for each, and those it goes with."""

    def drafted(self, fact: Fact) -> None:
        """Hear that the notes since the last draft are of this fact."""

    def changed(self, fact: Fact, slot: str, value: object, why: str, *words: object) -> None:
        """Hear what later decided about a drafted fact."""

    def dropped(self, fact: Fact, why: str, *words: object) -> None:
        """Hear that a drafted fact is not stated."""

    def signed(self, fact: Fact, signs: Sequence[str]) -> None:
        """Hear the signs by which a fact's type is looked at a second time, before it may change."""

    def surrounded(self, fact: Fact, surroundings: object, text: object) -> None:
        """Hear what stands around a fact that is read a second time in its text, before anything of it may change."""

    def withdrawn(self, fact: Fact, slot: str, value: object, why: str, *words: object) -> None:
        """Hear what a drafted fact does not hold any more."""

    def weighed(self, fact: Fact, clues: Mapping[str, str]) -> None:
        """Hear the clues that a fact's confidence is made of: questions with their answers."""

    def reasons(self, facts: Iterable[Fact]) -> tuple[Reason, ...]:
        """What was decided about facts that are stated: nothing, where no notes were taken."""
        return ()


SILENT = Trace()
"""Keeps nothing: for whoever does not ask."""


@dataclass(frozen=True, slots=True)
class Note:
    """One decision; ``taken`` is false for what was considered only."""

    slot: str
    value: str
    why: str
    taken: bool = True


@dataclass(slots=True)
class DraftNotes:
    """A fact in the making, as it was first drafted, and ``dropped`` with the reason if it was not stated."""

    fact: Fact
    notes: list[Note]
    dropped: str | None = None


@dataclass(slots=True)
class SentenceNotes:
    """One sentence: notes on triggers and values, and the drafts."""

    span: Span
    notes: list[Note] = field(default_factory=list)
    drafts: list[DraftNotes] = field(default_factory=list)


def slots_of(fact: Fact, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield a fact's slots with what stands there, as notes have them; ``names`` are the mentions' words by id."""
    yield "type", fact.type.value
    for role in fact.roles:
        yield role.name.value, _folded(names.get(role.mention or "", str(role.label)))
    yield from (("sector", key) for key in fact.sectors)
    if fact.amount is not None:
        yield "amount", _folded(fact.amount.text)
    yield from (("quantity", _folded(quantity.text)) for quantity in fact.quantities)
    for slot, time in (("time", fact.time), ("statedAt", fact.stated_at)):
        if time is not None:
            yield slot, _folded(time.text)
    yield "modality", fact.modality.value
    if fact.direction is not None:
        yield "direction", fact.direction.value
    if fact.part_of is not None:
        yield "partOf", fact.part_of
    if fact.confidence:  # a draft has none yet
        yield "confidence", str(fact.confidence)


def _folded(text: str) -> str:
    return " ".join(text.split())


class Recorder(Trace):
    """Keeps the notes of one document by sentence and draft."""

    def __init__(self) -> None:
        self.sentences: list[SentenceNotes] = []
        self._names: Mapping[str, str] = {}
        self._pending: list[Note] = []
        self._drafts: dict[str, DraftNotes] = {}

    def begin(self, mentions: Iterable[Mention]) -> None:
        self._names = {mention.id: mention.text for mention in mentions}

    def sentence(self, span: Span) -> None:
        self._pending = []
        self.sentences.append(SentenceNotes(span))

    def taken(self, slot: str, value: object, why: str, *words: object) -> None:
        self._note(Note(slot, self._name(value), self._told(why, words)))

    def passed(self, slot: str, value: object, why: str, *words: object) -> None:
        self._note(Note(slot, self._name(value), self._told(why, words), taken=False))

    def drafted(self, fact: Fact) -> None:
        held = set(slots_of(fact, self._names))
        values = [note for note in self.sentences[-1].notes if note.slot == "value" and note.taken]
        bound = [Note(slot, note.value, note.why) for note in values for slot in ("amount", "quantity")]
        measures = [note for note in bound if (note.slot, note.value) in held]
        draft = DraftNotes(fact, list(dict.fromkeys([*self._pending, *measures])))
        self._pending = []
        self._drafts[fact.id] = draft
        self.sentences[-1].drafts.append(draft)

    def changed(self, fact: Fact, slot: str, value: object, why: str, *words: object) -> None:
        self._drafts[fact.id].notes.append(Note(slot, self._name(value), self._told(why, words)))

    def withdrawn(self, fact: Fact, slot: str, value: object, why: str, *words: object) -> None:
        self._drafts[fact.id].notes.append(Note(slot, self._name(value), self._told(why, words), taken=False))

    def dropped(self, fact: Fact, why: str, *words: object) -> None:
        self._drafts[fact.id].dropped = self._told(why, words)

    def reasons(self, facts: Iterable[Fact]) -> tuple[Reason, ...]:
        return tuple(reason for fact in facts for reason in self._reasons(fact))

    def _reasons(self, fact: Fact) -> Iterator[Reason]:
        """The reasons of what the fact holds in the end; what was overruled has none."""
        why = {(note.slot, note.value): note.why for note in self._drafts[fact.id].notes if note.taken}
        for slot, value in slots_of(fact, self._names):
            if (slot, value) in why:
                yield Reason(fact.id, slot, value, why[slot, value])

    def _note(self, note: Note) -> None:
        if note.slot in _OF_SENTENCE:
            if note not in self.sentences[-1].notes:
                self.sentences[-1].notes.append(note)
        else:
            self._pending.append(note)

    def _name(self, value: object) -> str:
        return _folded(self._names.get(str(value), str(value)))

    def _told(self, why: str, words: Iterable[object]) -> str:
        return why.format(*(self._name(word) for word in words))
