"""A text, read once more as a build reads it, with a recorder listening."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from indiggraph.annotate import Pipeline
from indiggraph.errors import InputError
from indiggraph.explain.records import (
    ExplainedFact,
    ExplainedMention,
    ExplainedSentence,
    ExplainedTenure,
    ExplainedText,
    Slot,
)
from indiggraph.frames import load_frames
from indiggraph.lexicon import Lexicon
from indiggraph.model import Document, Extraction, Mention, Rejection, Span, Tenure
from indiggraph.pipeline import extract
from indiggraph.resolve import resolve
from indiggraph.resolve.linker import Linker
from indiggraph.trace import DraftNotes, Recorder, SentenceNotes, slots_of

__all__ = ["explain_text", "find_document"]

_SHOWN = 8
"""Ids that an error lists."""


def find_document(items: Iterable[Document | Rejection], source: str, ident: str | None) -> Document:
    """Return the document with an id; without one, the only document.

    Raises:
        InputError: there is none, it could not be read, or there are several to choose from.
    """
    found = list(items)
    documents = [item for item in found if isinstance(item, Document)]
    wanted = [document for document in documents if ident in (None, document.id)]
    if len(wanted) == 1:
        return wanted[0]
    if wanted:
        names = ", ".join(document.id for document in wanted[:_SHOWN])
        raise InputError(source, f"holds {len(wanted)} documents, name one of them: {names}{_more(wanted)}")
    failed = [item for item in found if isinstance(item, Rejection)]
    if failed and not documents:
        raise InputError(failed[0].source, failed[0].reason, failed[0].line)
    raise InputError(source, "holds no document" if ident is None else f"holds no document {ident!r}")


def _more(wanted: Sequence[Document]) -> str:
    return ", …" if len(wanted) > _SHOWN else ""


def explain_text(
    document: Document, nlp: Pipeline, lexicon: Lexicon, *, span: Span | None = None, sentence: int | None = None
) -> ExplainedText:
    """Read a document, and return what was found and decided: in all of it, a span, or one sentence (from 1).

    Raises:
        InputError: the document has no such characters or no such sentence.
    """
    if span is not None and not 0 <= span.start < span.end <= len(document.text):
        reason = f"has the characters 0 to {len(document.text)}, not {span.start} to {span.end}"
        raise InputError(document.id, reason)
    recorder = Recorder()
    extraction = extract(document, nlp, lexicon, load_frames(), recorder)
    count = len(recorder.sentences)
    if sentence is not None and not 1 <= sentence <= count:
        raise InputError(document.id, f"has the sentences 1 to {count}, not {sentence}")
    teller = _Teller(extraction, resolve([extraction], lexicon=lexicon))
    chosen = tuple(
        teller.sentence(number, notes)
        for number, notes in enumerate(recorder.sentences, start=1)
        if sentence in (None, number) and (span is None or span.overlaps(notes.span))
    )
    return ExplainedText(document.id, len(document.text), count, chosen)


class _Teller:
    """Puts one document's notes and what was extracted together."""

    def __init__(self, extraction: Extraction, linker: Linker) -> None:
        self._document = extraction.document
        self._mentions = {mention.id: mention for mention in extraction.mentions}
        self._names = {mention.id: mention.text for mention in extraction.mentions}
        self._facts = {fact.id: fact for fact in extraction.facts}
        self._tenures = extraction.tenures
        self._linker = linker

    def sentence(self, number: int, notes: SentenceNotes) -> ExplainedSentence:
        here = notes.span
        return ExplainedSentence(
            number=number,
            start=here.start,
            end=here.end,
            text=self._words(here),
            mentions=tuple(self._mention(m) for m in self._mentions.values() if here.covers(m.span)),
            notes=tuple(notes.notes),
            facts=tuple(self._fact(draft) for draft in notes.drafts),
            tenures=tuple(self._tenure(t) for t in self._tenures if t.evidence[0].overlaps(here)),
        )

    def _mention(self, mention: Mention) -> ExplainedMention:
        thing = self._linker.thing_of(mention.id)
        return ExplainedMention(
            document=self._document.id,
            start=mention.span.start,
            end=mention.span.end,
            text=mention.text,
            type=mention.type.value,
            rule=mention.rule,
            thing=None if thing is None else thing.label,
            why=self._linker.why(mention.id),
        )

    def _tenure(self, tenure: Tenure) -> ExplainedTenure:
        body = None if tenure.organization is None else self._mentions[tenure.organization].text
        person = self._mentions[tenure.person].text
        return ExplainedTenure(tenure.id, person, tenure.post, body, tenure.former, tenure.rule)

    def _fact(self, draft: DraftNotes) -> ExplainedFact:
        fact = draft.fact if draft.dropped is not None else self._facts.get(draft.fact.id, draft.fact)
        why = {(note.slot, note.value): note.why for note in draft.notes if note.taken}
        slots = tuple(Slot(slot, value, why.get((slot, value))) for slot, value in slots_of(fact, self._names))
        passed = tuple(note for note in draft.notes if not note.taken)
        return ExplainedFact(
            fact.id, fact.type.value, fact.rule, self._words(fact.trigger), draft.dropped, slots, passed
        )

    def _words(self, span: Span) -> str:
        return " ".join(self._document.text[span.start : span.end].split())
