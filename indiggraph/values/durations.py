"""Reads lengths of time ("two years", "30-month", "a decade") as canonical ``xsd:duration``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from indiggraph.model import Duration, Span
from indiggraph.values.arithmetic import multiply
from indiggraph.values.bounds import words_before
from indiggraph.values.closed import Closed
from indiggraph.values.numerals import GAP, Numeral
from indiggraph.values.vocabulary import number_words, time_words

__all__ = ["canonical", "read_durations"]

_UNIT = r"years?|months?|weeks?|days?|quarters?|decades?|centur(?:y|ies)|fortnights?|hours?|minutes?|seconds?"
_AFTER = re.compile(rf"(?:{GAP}|-)(?P<unit>{_UNIT})(?![^\W_])(?!-old|{GAP}old\b|-on-|-hand)")
_LONE = re.compile(
    rf"(?<![\w-])(?:(?P<half>half{GAP}an?|half-an?){GAP}(?P<part>year|decade|century|month)"
    rf"|(?:the{GAP})?(?:(?:next|coming){GAP}|(?:past|last){GAP}(?=decade))(?P<coming>decade|century)"
    rf"|an?{GAP}(?P<one>year|month|week|day|decade|century|fortnight)(?P<more>{GAP}and{GAP}a{GAP}half)?)(?![\w-])",
    re.IGNORECASE,
)
_ALWAYS = frozenset(["decade", "century", "fortnight"])
_IN_A_ROW = re.compile(rf"{GAP}(?:in{GAP}a{GAP}row|running|ago|earlier|later)\b")
_OWNING = re.compile(rf"['’](?!s){GAP}(?!time\b|grace\b)[^\W\d]")
_MONTHS = {"year": 12, "quarter": 3, "month": 1, "decade": 120, "centur": 1200, "century": 1200, "centurie": 1200}
_CLOCK = frozenset(["hour", "minute", "second"])
_DAYS = {"week": 7, "day": 1, "fortnight": 14}


def read_durations(text: str, numerals: Sequence[Numeral], taken: Iterable[Span]) -> list[Duration]:
    """Return the lengths of time outside the spans that other times have ``taken``."""
    found = [duration for numeral in numerals if (duration := _counted(text, numeral)) is not None]
    found += [duration for match in _LONE.finditer(text) if (duration := _lone(text, match)) is not None]
    found.sort(key=lambda duration: duration.span)
    closed = Closed(taken)
    return [duration for duration in found if not closed.overlaps(duration.span)]


def canonical(count: Decimal, unit: str) -> str | None:
    """Return the canonical duration ("P1Y6M" for 18 months, "P14D" for 2 weeks), ``None`` where it is no whole one."""
    name = unit.casefold().rstrip("s") if unit.casefold() != "century" else "century"
    if name in _CLOCK:
        return _clock(count, name)
    size = _MONTHS.get(name)
    total = multiply(count, Decimal(_DAYS[name] if size is None else size))
    if total != total.to_integral() or total <= 0 or total > 100000:
        return None
    whole = int(total)
    if size is None:
        return f"P{whole}D"
    years, months = divmod(whole, 12)
    return "P" + (f"{years}Y" if years else "") + (f"{months}M" if months else "")


def _clock(count: Decimal, name: str) -> str | None:
    """Return hours, minutes or seconds as "PT1H30M", ``None`` for a part of a second."""
    seconds = multiply(count, Decimal({"hour": 3600, "minute": 60, "second": 1}[name]))
    if seconds != seconds.to_integral() or seconds <= 0:
        return None
    minutes, second = divmod(int(seconds), 60)
    hour, minute = divmod(minutes, 60)
    parts = ((hour, "H"), (minute, "M"), (second, "S"))
    return "PT" + "".join(f"{number}{mark}" for number, mark in parts if number)


def _counted(text: str, numeral: Numeral) -> Duration | None:
    if numeral.attached or numeral.scaled or numeral.value > 1000:
        return None
    match = _AFTER.match(text, numeral.end)
    if match is None or _is_measure(text, numeral.start, match.end()):
        return None
    if "-" in match[0] and _is_ordinal(text, numeral.start):
        return None
    if match["unit"].startswith("quarter") and not _is_run(text, numeral.start, match.end()):
        return None
    duration = canonical(numeral.value, match["unit"])
    return (
        None
        if duration is None
        else Duration(Span(numeral.start, match.end()), text[numeral.start : match.end()], duration)
    )


def _is_ordinal(text: str, start: int) -> bool:
    """Whether "five-year" belongs to a name ("the sixth five-year development plan")."""
    words = [word for word, _ in words_before(text, start, 1)]
    return bool(words) and words[0] in number_words().ordinals


def _is_measure(text: str, start: int, end: int) -> bool:
    """Whether a length of time measures: "an age of over 20 years", "eight weeks' stock", "every six months"."""
    if _OWNING.match(text, end) is not None:
        return True
    before = [word for word, _ in words_before(text, start, 3)]
    return before[-1:] == ["every"] or any(word in ("age", "ages", "aged") for word in before)


def _is_run(text: str, start: int, end: int) -> bool:
    """Whether quarters of a year are counted ("the past three quarters", "two quarters in a row"), no fraction."""
    words = [word for word, _ in words_before(text, start, 1)]
    return bool(words and words[0] in time_words().deictic) or _IN_A_ROW.match(text, end) is not None


def _lone(text: str, match: re.Match[str]) -> Duration | None:
    start, end = match.span()
    if match["half"]:
        duration = canonical(Decimal("0.5"), match["part"])
    elif match["coming"]:
        duration = canonical(Decimal(1), match["coming"])
    else:
        unit = match["one"].casefold()
        lead = [word for word, _ in words_before(text, start, 1)]
        if unit not in _ALWAYS and not match["more"] and not (lead and lead[0] in time_words().duration_leads):
            return None
        duration = canonical(Decimal("1.5") if match["more"] else Decimal(1), unit)
    return None if duration is None else Duration(Span(start, end), text[start:end], duration)
