"""One sentence as the fact stage sees it: its tokens, and the mentions and values that stand in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token
from spacy.tokens import Span as DocSpan

from indiggraph.lang.marks import dateline_end
from indiggraph.model import Form, Interval, Mention, Money, Span, ThingType, Value
from indiggraph.trace import SILENT, Trace

__all__ = ["SentenceView", "sentence_views", "span_of"]


_NAMED = frozenset({ThingType.PERSON, ThingType.ORGANIZATION, ThingType.PLACE, ThingType.GATHERING})


@dataclass(frozen=True, slots=True)
class SentenceView:
    """A sentence with its mentions and values, each reachable from the token that heads it."""

    sentence: DocSpan
    mentions: tuple[Mention, ...]
    values: tuple[Value, ...]
    by_token: dict[int, tuple[Mention, ...]]
    """Token index -> the mentions that contain the token, smallest first."""
    roots: dict[str, Token]
    """Mention id -> the token that heads it."""
    value_roots: dict[Span, Token]
    trace: Trace = SILENT
    """Hears what is decided about the sentence."""
    stand_ins: Mapping[int, tuple[Mention, ...]] = field(default_factory=dict)
    """Token index -> the parties named before that the word stands for ("the *latter*", "the two *companies*")."""
    units_told: Mapping[Span, Span] = field(default_factory=dict)
    """Value -> the sentence that tells its currency or unit, where its own does not."""

    @property
    def span(self) -> Span:
        """The sentence's characters, without surrounding white space."""
        return span_of(self.sentence)

    @property
    def begin(self) -> int:
        """Offset of the sentence's text behind its dateline."""
        return max(_begin(self.sentence, self.sentence.doc.text), self.span.start)

    @property
    def names(self) -> frozenset[int]:
        """Indexes of the tokens inside names of people, bodies, places and gatherings, and inside sums ("340 won")."""
        named = {
            i for i, found in self.by_token.items() if any(m.form is Form.NAME and m.type.top in _NAMED for m in found)
        }
        sums = [value.span for value in self.values if isinstance(value, Money)]
        return frozenset(named | {t.i for t in self.sentence if any(s.start <= t.idx < s.end for s in sums)})

    def mentions_at(self, token: Token, types: Iterable[ThingType] = ()) -> list[Mention]:
        """Mentions headed by the token, or names that contain it; of the given top types where any are given."""
        wanted = frozenset(types)
        containing = [m for m in self.by_token.get(token.i, ()) if not wanted or m.type.top in wanted]
        headed = [m for m in containing if self.roots[m.id].i == token.i]
        return headed or [m for m in containing if m.form is Form.NAME]

    def mention_at(self, token: Token, types: Iterable[ThingType] = ()) -> Mention | None:
        """The largest of :meth:`mentions_at`."""
        found = self.mentions_at(token, types)
        return max(found, key=lambda m: (m.span.end - m.span.start, m.id)) if found else None

    def is_value(self, token: Token) -> bool:
        """Whether the token stands in a sum, a quantity or a time."""
        return any(value.span.start <= token.idx < value.span.end for value in self.values)

    def text_of(self, first: int, end: int) -> str:
        """The text of tokens ``first`` to ``end`` (exclusive) of the document."""
        return str(self.sentence.doc[first:end].text)


def span_of(tokens: DocSpan) -> Span:
    """Characters of a run of tokens without white space at its ends."""
    text = tokens.text
    lead = len(text) - len(text.lstrip())
    trail = len(text) - len(text.rstrip())
    return Span(tokens.start_char + lead, tokens.end_char - trail)


def sentence_views(
    doc: Doc, mentions: Sequence[Mention], values: Sequence[Value], trace: Trace = SILENT
) -> list[SentenceView]:
    """Split mentions and values over the document's sentences; what crosses a sentence's end is in none."""
    sentences = list(doc.sents)
    starts = [sentence.start_char for sentence in sentences]
    by_mention: list[list[Mention]] = [[] for _ in sentences]
    by_value: list[list[Value]] = [[] for _ in sentences]
    for mention in mentions:
        by_mention[_place(starts, mention.span)].append(mention)
    for value in values:
        by_value[_place(starts, value.span)].append(value)
    text = doc.text  # spaCy joins it anew each time
    return [_view(*parts, trace, text) for parts in zip(sentences, by_mention, by_value, strict=True)]


def _place(starts: Sequence[int], span: Span) -> int:
    """Return the number of the last sentence that begins before a span or with it; the first begins the text."""
    return max(bisect_right(starts, span.start) - 1, 0)


def _view(
    sentence: DocSpan, mentions: Sequence[Mention], values: Sequence[Value], trace: Trace, text: str
) -> SentenceView:
    whole = Span(sentence.start_char, sentence.end_char)
    here = tuple(m for m in mentions if whole.covers(m.span))
    by_token: dict[int, list[Mention]] = {}
    roots: dict[str, Token] = {}
    for mention in sorted(here, key=lambda m: (m.span.end - m.span.start, m.id)):
        tokens = _tokens(sentence.doc, mention.span)
        if tokens is None:
            continue
        roots[mention.id] = tokens.root
        for token in tokens:
            by_token.setdefault(token.i, []).append(mention)
    begin = _begin(sentence, text)
    inside = tuple(v for v in values if whole.covers(v.span) and v.span.start >= begin)
    value_roots = {v.span: t.root for v in inside if (t := _tokens(sentence.doc, _unexplained(v))) is not None}
    kept = tuple(m for m in here if m.id in roots)
    index = {i: tuple(found) for i, found in by_token.items()}
    found = tuple(v for v in inside if v.span in value_roots)
    return SentenceView(sentence, kept, found, index, roots, value_roots, trace)


def _unexplained(value: Value) -> Span:
    """A time without the bracket that explains it, which trees hang anywhere ("the year (March 21-March 20)")."""
    bracket = value.text.find(" (") if isinstance(value, Interval) else -1
    return value.span if bracket < 0 else Span(value.span.start, value.span.start + bracket)


def _begin(sentence: DocSpan, text: str) -> int:
    """Offset of the sentence's text behind its dateline, whose date is not that of the facts."""
    first = span_of(sentence).start
    starts_line = not first or "\n" in text[sentence[0].idx - 1 : first]
    return dateline_end(text, first) if starts_line else first


def _tokens(doc: Doc, span: Span) -> DocSpan | None:
    return doc.char_span(span.start, span.end, alignment_mode="expand")
