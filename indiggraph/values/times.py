"""Reads times: dates, periods and open intervals, resolved to days, and lengths of time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from indiggraph.model import Duration, Interval, Span
from indiggraph.values.context import Context
from indiggraph.values.durations import read_durations
from indiggraph.values.numerals import Numeral
from indiggraph.values.periods import Period
from indiggraph.values.time_nodes import Date, Edge, MonthsSoFar, Node, Range, Relative, Vague, Year, YearTo
from indiggraph.values.time_parser import Parsed, parse_times
from indiggraph.values.time_resolver import Resolver
from indiggraph.values.time_tokens import Token, tokenize
from indiggraph.values.vocabulary import time_words

__all__ = ["read_times"]

_DAY = dt.timedelta(days=1)
_EVENT = 8
"""Tokens before a time in which "since" may stand for an event in it."""
_ENDS = frozenset([".", ",", ";", ")", "and", "but", "or", "in", "at", "for", "with", "when", "as", "under"])
"""What follows "from 2026" where it begins then, rather than "from 2026 levels"."""
_SENTENCE = 40
"""Tokens before "as of" in which the verb is looked for, over sums and their brackets."""
_LOOK_BACK = 14
"""Tokens before a time in which a cue of tense is looked for."""


def read_times(
    text: str, numerals: Sequence[Numeral], reference: dt.date | None, context: Context
) -> list[Interval | Duration]:
    """Return the times of the text in order.

    ``reference`` is the day on which the document was published.  Times that fix no day ("in the coming years"), and
    times that nothing resolves, are intervals without bounds.
    """
    tokens = tokenize(text)
    every = parse_times(text, tokens, lambda: context.country in ("IR", "AF"))
    parsed = [one for one in every if not _is_ten_years(one.node)]
    resolver = Resolver(reference, context, [one.node for one in parsed])
    sentences = _sentences(tokens, [one.first for one in parsed])
    resolver.numbered = {
        (sentence, one.node.number)
        for sentence, one in zip(sentences, parsed, strict=True)
        if isinstance(one.node, Year) and one.node.number is not None and one.node.kind == "plain"
    }
    alone = _stands_alone(tokens, parsed)
    read = [_interval(text, tokens, one, resolver, place, alone) for one, place in zip(parsed, sentences, strict=True)]
    intervals = [interval for interval, one in zip(read, parsed, strict=True) if not _is_length(interval, one.node)]
    durations = read_durations(text, numerals, [interval.span for interval in intervals])
    return sorted([*intervals, *durations], key=lambda value: value.span)


def _is_ten_years(node: Node) -> bool:
    """Whether a time is "the next decade", "the past decade": ten years from now rather than one of the calendar."""
    return isinstance(node, Relative) and node.unit == "decade" and node.offset != 0


def _is_length(interval: Interval, node: Node) -> bool:
    """Whether months are no part of the year but a length of time, which is read as one."""
    return isinstance(node, MonthsSoFar) and interval.first is None


def _stands_alone(tokens: list[Token], parsed: Sequence[Parsed]) -> bool:
    """Whether the text is one time and no sentence, as in an agenda: a bare day or month is then the coming one."""
    if len(parsed) != 1:
        return False
    outside = [*tokens[: parsed[0].first], *tokens[parsed[0].last :]]
    return all(token.lower in time_words().month_leads or not token.text.isalnum() for token in outside)


def _sentences(tokens: list[Token], places: list[int]) -> list[int]:
    """Return the number of the sentence in which each of the (rising) tokens stands."""
    numbers: list[int] = []
    sentence = position = 0
    for place in places:
        while position < place:
            sentence += _ends_sentence(tokens, position)
            position += 1
        numbers.append(sentence)
    return numbers


def _ends_sentence(tokens: list[Token], place: int) -> bool:
    """Whether the token is a full stop before a capital letter, no dot of an abbreviation or a decimal."""
    if tokens[place].text not in ".!?" or place + 1 >= len(tokens):
        return False
    return tokens[place].end < tokens[place + 1].start and tokens[place + 1].text[:1].isupper()


@dataclass(frozen=True, slots=True)
class _Mark:
    """An open end: ``until``, ``before``, ``since`` or ``after``, and where its words begin.

    ``state`` opens none: "as of" a day that is over.
    """

    kind: str
    start: int


def _interval(
    text: str, tokens: list[Token], parsed: Parsed, resolver: Resolver, sentence: int, alone: bool
) -> Interval:
    mark = _mark(tokens, parsed)
    future = True if alone and mark is None else _future(tokens, parsed.first, mark)
    resolver.ahead = _future(tokens, parsed.first, None) is True
    period = resolver.resolve(parsed.node, future, sentence)
    if mark is None:
        mark = _event_mark(tokens, parsed) or _from_mark(tokens, parsed, period, resolver)
    elif mark.kind == "since" and _is_state(text, mark, tokens, parsed.first, period, resolver):
        mark = replace(mark, kind="state")
    end = tokens[parsed.last - 1].end
    if _goes_on(tokens, parsed) and (mark is None or mark.kind == "since"):
        end = tokens[parsed.last + (tokens[parsed.last].lower == "and")].end
        mark = mark or _Mark("since", tokens[parsed.first].start)
    start = tokens[parsed.first].start if mark is None else mark.start
    period = _opened(parsed.node, period, mark, resolver, future)
    return Interval(
        span=Span(start, end),
        text=text[start:end],
        first=period.first,
        last=period.last,
        precision=period.precision,
        calendar=period.calendar,
        reason=resolver.reason,
    )


def _opened(node: Node, period: Period | None, mark: _Mark | None, resolver: Resolver, future: bool | None) -> Period:
    """Open the period on the side that "by", "before", "since" or "after" leaves open."""
    if (
        mark is not None
        and mark.kind in ("until", "before")
        and isinstance(node, Edge)
        and node.side in ("early", "mid", "late")
    ):
        last = resolver.reaches(node, future)
        return Period(None, last, "month" if isinstance(node.whole, Date) else "year")
    if period is None:
        persian = isinstance(node, (Year, YearTo)) and resolver.reason is not None
        return Period(None, None, _precision(node), "persian" if persian else "gregory")
    if mark is None or mark.kind == "state":
        return period
    if mark.kind == "until":
        begins = isinstance(node, Edge) and node.side == "begin"
        return replace(period, first=None, last=period.first if begins else period.last)
    if mark.kind == "since":
        return replace(period, last=None)
    if mark.kind == "after":
        return replace(period, first=None if period.last is None else period.last + _DAY, last=None)
    ends = isinstance(node, Edge) and node.side == "end"
    return replace(period, first=None, last=period.last if ends or period.first is None else period.first - _DAY)


def _precision(node: Node) -> str:
    if isinstance(node, Edge):
        return _precision(node.whole)
    if isinstance(node, Date):
        return "day" if node.day is not None else "month" if node.month is not None else "year"
    if isinstance(node, (Year, YearTo)):
        return "year"
    unit = getattr(node, "unit", None)
    return (
        unit
        if unit in ("day", "week", "month", "quarter", "half", "year")
        else "day"
        if not isinstance(node, Vague)
        else "year"
    )


def _mark(tokens: list[Token], parsed: Parsed) -> _Mark | None:
    """Return the words before the time that leave one end open, the longest first."""
    words = time_words()
    for length in (4, 3, 2, 1):
        first = parsed.first - length
        if first < 0:
            continue
        phrase = " ".join(token.lower for token in tokens[first : parsed.first])
        for kind, phrases in (
            ("until", words.until),
            ("before", words.before),
            ("since", words.since),
            ("after", words.after),
        ):
            if phrase in phrases and _opens(tokens, first, parsed, phrase):
                return _Mark(kind, tokens[first].start)
    return None


def _is_state(
    text: str, mark: _Mark, tokens: list[Token], first: int, period: Period | None, resolver: Resolver
) -> bool:
    """ "Stood at 4 percent *as of May*": the state on a day that is over, not what begins with it."""
    words = text[mark.start : tokens[first].start].strip().lower()
    if words not in time_words().states or period is None or not resolver.is_over(period):
        return False
    return _future(tokens, first, None, _SENTENCE) is False


def _event_mark(tokens: list[Token], parsed: Parsed) -> _Mark | None:
    """ "*Since its launch in* 2022", "since the mill opened in May": the event is in the time that follows."""
    if parsed.first == 0 or tokens[parsed.first - 1].lower not in ("in", "on"):
        return None
    for place in range(parsed.first - 2, max(-1, parsed.first - _EVENT), -1):
        word = tokens[place]
        if word.lower == "since":
            return _Mark("since", word.start)
        if not word.text.isalpha():
            return None
    return None


def _from_mark(tokens: list[Token], parsed: Parsed, period: Period | None, resolver: Resolver) -> _Mark | None:
    """ "Will make 5 tons *from* 2026": what is to come begins with it, and nothing that is over is compared with it."""
    if parsed.first == 0 or tokens[parsed.first - 1].lower != "from" or isinstance(parsed.node, Range):
        return None
    if period is None or period.first is None or resolver.reference is None or period.first <= resolver.reference:
        return None
    follows = tokens[parsed.last].lower if parsed.last < len(tokens) else "."
    return _Mark("since", tokens[parsed.first - 1].start) if follows in _ENDS else None


def _opens(tokens: list[Token], first: int, parsed: Parsed, phrase: str) -> bool:
    """Whether "to" and "from", which mostly join or compare, open the time here."""
    before = tokens[first - 1].lower if first else ""
    if phrase == "to":
        return (
            before == ","
            and isinstance(parsed.node, Date)
            and parsed.node.day is not None
            and parsed.node.year is not None
        )
    if phrase == "from":
        opens = (first == 0 or before in (".", "!", "?", '"', "“")) and not isinstance(parsed.node, Range)
        return _goes_on(tokens, parsed) or (opens and parsed.last < len(tokens) and tokens[parsed.last].text == ",")
    return not (phrase == "beginning" and before == "the")


def _goes_on(tokens: list[Token], parsed: Parsed) -> bool:
    """Whether "onwards" follows ("from March 2022 onwards", "from 2019 on")."""
    if parsed.last >= len(tokens):
        return False
    word = tokens[parsed.last].lower
    if word == "and" and parsed.last + 1 < len(tokens) and tokens[parsed.last + 1].lower in time_words().onwards_after:
        after = parsed.last + 2
        if tokens[after - 1].lower == "beyond":
            return True
        return after >= len(tokens) or not tokens[after].text.isalnum()
    led = parsed.first > 0 and tokens[parsed.first - 1].lower == "from"
    return word in time_words().onwards and (word != "on" or led)


def _future(tokens: list[Token], first: int, mark: _Mark | None, reach: int = _LOOK_BACK) -> bool | None:
    """Tell from the nearest cue before the time whether it lies ahead; ``None`` where the sentence has none."""
    words = time_words()
    opens = mark is not None and mark.kind in ("since", "after")
    for place in range(first - 1, max(-1, first - 1 - reach), -1):
        word = tokens[place].lower
        if _ends_sentence(tokens, place):
            break
        if word in words.future or (word == "to" and place and tokens[place - 1].lower in ("is", "are")):
            return True
        if place and tokens[place - 1].lower == "be":
            if place > 1 and tokens[place - 2].text.isalpha() and tokens[place - 2].lower not in words.before_be:
                return True  # "ordered that imports be stopped in May"
            continue  # "will be held", "to be signed"
        if opens and word in words.past:
            return False
        if word == "had" or (mark is None and (word in words.past or (word.endswith("ed") and len(word) > 4))):
            return False
    return None if mark is None else not opens
