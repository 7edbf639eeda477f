"""The seeds' texts and annotations with names, sums, sectors, counts and years replaced by others of their kind.

``replacements.yaml`` holds what is replaced and by what; a seed decides what is drawn, the same for both texts.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
import string
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any

import jdatetime
import yaml

__all__ = ["Mutation", "Plan", "mutate"]

_DATA = yaml.safe_load(Path(__file__).with_name("replacements.yaml").read_text(encoding="utf-8"))
_SCALES = {"million": 10**6, "billion": 10**9, "trillion": 10**12}
_SUM = re.compile(r"(?P<sign>[€$]?)(?P<number>[\d.]+) (?P<scale>\w+)")
_SIGNS = {"€": "EUR", "$": "USD", "": "IRR"}
_DAY = dt.timedelta(days=1)
_SIMPLE_POOLS = {
    "ministry": "ministries",
    "body_post": "body_posts",
    "agency": "agencies",
    "carrier": "carriers",
    "gathering": "gatherings",
    "partner": "partners",
    "region": "regions",
    "goods": "goods",
    "ordinal": "ordinals",
    "weekday": "weekdays",
}
Gold = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Mutation:
    """A mutated text with its annotation, and the number of places that changed."""

    text: str
    gold: Gold
    places: int


def mutate(text: str, gold: Gold, seed: int) -> Mutation:
    """Replace, then reorder; the same seed gives the same people and sums in every text."""
    plan = Plan.drawn(seed)
    rewritten = _Rewritten(text, plan.rewrite)
    mutated = _mutated_gold(gold, plan, rewritten)
    order = _DATA["order"][gold["id"]]
    reordered = _reordered(rewritten.text, order, Random(f"{seed}:{gold['id']}"))
    changed = sum(text[start:stop] != new for start, stop, new in rewritten.pieces)
    return Mutation(reordered, mutated, changed)


# ---- what is drawn -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Plan:
    """What replaces what: surface forms, sums as (value, currency), quantities, times as ISO texts, sectors' keys."""

    forms: Mapping[str, str]
    sums: Mapping[tuple[float, str], tuple[float, str]]
    quantities: Mapping[int, int]
    times: Mapping[str, str]
    sectors: Mapping[str, str]

    @classmethod
    def drawn(cls, seed: int) -> Plan:
        """Draw one replacement for everything."""
        rng = Random(seed)
        drawn = _things(rng) | _numbers(rng)
        drawn |= _times(rng, drawn["country"].calendar)
        sums = _sums(rng, drawn["country"])
        return cls(
            forms={old: _filled(new, drawn) for old, new in _DATA["forms"].items()}
            | {old: new.text for old, new in sums.items()},
            sums={_parsed(old): (new.value, new.code) for old, new in sums.items()},
            quantities={old: drawn["quantity"][name] for name, old in _quantities()},
            times={old: _filled(new, drawn) for old, new in _DATA["times"].items()},
            sectors={old: entry.key for old, entry in drawn["sector"].items()},
        )

    @property
    def pattern(self) -> re.Pattern[str]:
        """Any surface form, the longest first, as whole words."""
        forms = sorted(self.forms, key=len, reverse=True)
        return re.compile(rf"(?<![\w.])(?:{'|'.join(map(re.escape, forms))})(?!\w)")

    def rewrite(self, text: str) -> list[tuple[int, int, str]]:
        """The places of a text that change: start, end, replacement."""
        return [(found.start(), found.end(), self.forms[found[0]]) for found in self.pattern.finditer(text)]

    def text(self, text: str) -> str:
        """A short text with its surface forms replaced."""
        return _Rewritten(text, self.rewrite).text


class _Formatter(string.Formatter):
    def convert_field(self, value: Any, conversion: str | None) -> Any:
        changes: dict[str, Callable[[str], str]] = {"l": str.lower, "t": str.title, "u": str.upper}
        return changes[conversion](value) if conversion in changes else value


def _filled(template: str, drawn: Mapping[str, Any]) -> str:
    """A template with what was drawn; an empty title leaves no space."""
    return _Formatter().vformat(template, (), drawn).strip()


def _things(rng: Random) -> dict[str, Any]:
    country = SimpleNamespace(**rng.choice(_DATA["countries"]))
    drawn: dict[str, Any] = {name: _entry(rng.choice(_DATA[pool])) for name, pool in _SIMPLE_POOLS.items()}
    drawn |= {"country": country, "leader_post": rng.choice(country.leader_posts)}
    drawn |= _people(rng, country)
    national = f"{country.demonym} {rng.choice(_DATA['national_organizations'])}"
    drawn["national_organization"] = SimpleNamespace(name=national, acronym=_acronym(national))
    name = rng.choice(_DATA["organizations"])
    drawn["organization"] = SimpleNamespace(name=name, acronym=_acronym(name))
    drawn["sector"] = _sectors(rng, drawn["goods"])
    return drawn


def _entry(value: Any) -> Any:
    return SimpleNamespace(**value) if isinstance(value, dict) else value


def _acronym(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[0].isupper())


def _people(rng: Random, country: SimpleNamespace) -> dict[str, SimpleNamespace]:
    """People who share no part of a name."""
    roles = _DATA["people"]
    given, double = rng.sample(country.given, len(roles)), rng.choice(country.double)
    family = rng.sample(country.family, 2 * len(roles))
    return {
        role: SimpleNamespace(given=given[i], double=double, middle=family[2 * i], family=family[2 * i + 1])
        for i, role in enumerate(roles)
    }


def _sectors(rng: Random, goods: SimpleNamespace) -> dict[str, SimpleNamespace]:
    """A sector for each of the gold's, none of them twice."""
    chosen = {_DATA["goods_slot"]: goods}
    for slot, pool in _DATA["sector_slots"].items():
        entries = [_sector(entry) for entry in _DATA["sectors"][pool]]
        taken = {entry.key for entry in chosen.values()}
        chosen[slot] = rng.choice([entry for entry in entries if entry.key not in taken])
    return chosen


def _sector(entry: str | dict[str, str]) -> SimpleNamespace:
    return SimpleNamespace(key=entry, noun=entry) if isinstance(entry, str) else SimpleNamespace(**entry)


def _quantities() -> list[tuple[str, int]]:
    """Numbers that are quantities of the gold: name, original."""
    return [(name, spec["gold"]) for name, spec in _DATA["numbers"].items() if "gold" in spec]


def _numbers(rng: Random) -> dict[str, Any]:
    """Numbers as the texts write them, the words of those that have one, and the plain quantities."""
    written, words, plain = {}, {}, {}
    left = dict(_DATA["number_words"])
    for name, spec in _DATA["numbers"].items():
        first, last = spec.get("between", (0, -1))
        numbers = sorted(left) if "words" in spec else [n * spec.get("times", 1) for n in range(first, last + 1)]
        number = rng.choice([n for n in numbers if n != spec.get("gold")])
        words[name] = left.pop(number, "")
        written[name], plain[name] = f"{number:,}", number
    return {"number": SimpleNamespace(**written), "word": SimpleNamespace(**words), "quantity": plain}


# ---- sums ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Sum:
    text: str
    value: float
    code: str


def _sums(rng: Random, country: SimpleNamespace) -> dict[str, _Sum]:
    """What replaces each sum of the originals."""
    spec = _DATA["sums"]
    drawn: dict[str, Decimal] = {}
    for whole in spec["totals"]:
        for old in whole["parts"]:
            drawn[old] = _like(rng, old, drawn.values())
        rest = rng.randint(*whole["rest"]) * _SCALES["million"]
        drawn[whole["total"]] = sum((drawn[old] for old in whole["parts"]), Decimal(rest))
    for old in spec["single"]:
        drawn[old] = _like(rng, old, drawn.values())
    codes = dict(zip(("first", "second"), rng.sample(sorted(_DATA["currencies"]), 2), strict=True))
    codes["local"] = country.local["code"]
    roles = spec["currencies"]
    return {old: _written(number, codes[roles[_parsed(old)[1]]], country) for old, number in drawn.items()}


def _parsed(text: str) -> tuple[float, str]:
    """Value and currency of a sum of the originals."""
    sign, number, scale = _parts(text)
    return float(number * scale), _SIGNS[sign]


def _parts(text: str) -> tuple[str, Decimal, int]:
    """Currency sign, number and scale of a sum of the originals."""
    found = _SUM.match(text)
    if found is None:
        raise ValueError(f"no sum: {text}")
    return found["sign"], Decimal(found["number"]), _SCALES[found["scale"]]


def _like(rng: Random, old: str, taken: Collection[Decimal]) -> Decimal:
    """Another number of the same size and precision, in plain units; none that is taken."""
    _, number, scale = _parts(old)
    step = Decimal(scale).scaleb(number.as_tuple().exponent)  # type: ignore[arg-type]  # the number is finite
    units = int(number * scale / step)
    sizes = (n * step for n in range(max(2, units * 2 // 5), units * 2) if n != units)
    return rng.choice([size for size in sizes if size not in taken])


def _written(number: Decimal, code: str, country: SimpleNamespace) -> _Sum:
    scale = max((name for name, size in _SCALES.items() if size <= number), key=lambda name: _SCALES[name])
    figure = f"{(number / _SCALES[scale]).normalize():f} {scale}"
    sign = _DATA["currencies"].get(code)
    text = f"{figure} {country.local['unit']}" if sign is None else f"{sign}{figure}"
    return _Sum(text, float(number), code)


# ---- times ---------------------------------------------------------------------------------------------------------


def _times(rng: Random, kind: str) -> dict[str, Any]:
    year = rng.choice(_DATA["years"])
    month, other_month, fair_month, deadline_month = rng.sample(_DATA["months"], 4)
    begin, end = _persian_year(year) if kind == "persian" else (dt.date(year, 1, 1), dt.date(year, 12, 31))
    fair = dt.datetime.strptime(f"{rng.randint(1, 24)} {fair_month} {year}", "%d %B %Y").date()
    days = SimpleNamespace(begin=fair, end=fair + rng.randint(1, 4) * _DAY)
    days.days = f"{fair_month} {days.begin.day}-{days.end.day}"
    return {
        "year": str(year),
        "month": month,
        "other_month": other_month,
        "calendar": _calendar(kind, begin, end),
        "fair": days,
        "deadline": _deadline(kind, deadline_month, year + 3),
    }


def _persian_year(year: int) -> tuple[dt.date, dt.date]:
    """First and last day of the Iranian year that begins in a Gregorian year."""
    first, after = (jdatetime.date(year - 621 + step, 1, 1).togregorian() for step in (0, 1))
    return first, after - _DAY


def _calendar(kind: str, begin: dt.date, end: dt.date) -> SimpleNamespace:
    pairs = {"begin": begin, "end": end}.items()
    days = {name: SimpleNamespace(year=day.year, month=f"{day:%B}", day=day.day) for name, day in pairs}
    named = {name: _filled(template, days) for name, template in _DATA["calendars"][kind].items()}
    return SimpleNamespace(begin=begin, end=end, **named)


def _deadline(kind: str, month: str, year: int) -> SimpleNamespace:
    """The last day of a month, and of the Iranian month that ends in it."""
    number = list(calendar.month_name).index(month)
    days = [dt.date(year, number, day + 1) for day in range(calendar.monthrange(year, number)[1])]
    lasts = [day for day in days if jdatetime.date.fromgregorian(date=day + _DAY).day == 1]
    return SimpleNamespace(
        month=f"{month} {year}", end=days[-1], calendar_end=(lasts if kind == "persian" else days)[-1]
    )


# ---- text ----------------------------------------------------------------------------------------------------------


class _Rewritten:
    """A text with places replaced, which knows where its old spans are."""

    def __init__(self, text: str, rewrite: Callable[[str], list[tuple[int, int, str]]]) -> None:
        self.old = text
        self.pieces = rewrite(text)
        self.text, end = "", 0
        self._moved: list[tuple[int, int, int, int]] = []
        for start, stop, new in self.pieces:
            self.text += text[end:start]
            self._moved.append((start, stop, len(self.text), len(self.text) + len(new)))
            self.text += new
            end = stop
        self.text += text[end:]

    def quote(self, quote: str) -> str:
        """What became of a quote of the old text; a replaced form that it cuts is taken whole."""
        start = self.old.index(quote)
        return self.text[self._at(start, first=True) : self._at(start + len(quote), first=False)]

    def _at(self, place: int, *, first: bool) -> int:
        shift = 0
        for start, stop, new_start, new_stop in self._moved:
            if start < place < stop:
                return new_start if first else new_stop
            if stop <= place:
                shift = new_stop - stop
        return place + shift


def _reordered(text: str, order: Mapping[str, Any], rng: Random) -> str:
    pieces = re.split(order["separator"], text)
    separator = pieces[1]
    return separator.join(pieces[::2][i] for i in _ordered(order["parts"], rng))


def _ordered(parts: Sequence[Any], rng: Random) -> Iterable[int]:
    for part in parts:
        if isinstance(part, int):
            yield part
        else:
            blocks = list(part["any"])
            rng.shuffle(blocks)
            for block in blocks:
                yield from _ordered(block, rng)


# ---- annotation ----------------------------------------------------------------------------------------------------


def _mutated_gold(gold: Gold, plan: Plan, rewritten: _Rewritten) -> Gold:
    keys = {entity["key"] for entity in gold["entities"]}
    return {
        **gold,
        "publisher": gold["publisher"] and plan.text(gold["publisher"]),
        "entities": [entity | {"names": _names(entity["names"], plan)} for entity in gold["entities"]],
        "tenures": [tenure | {"post": plan.text(tenure["post"])} for tenure in gold["tenures"]],
        "facts": [_fact(fact, keys, plan, rewritten) for fact in gold["facts"]],
    }


def _names(names: Sequence[str], plan: Plan) -> list[str]:
    """Names as they became; two that became one stand once."""
    return list(dict.fromkeys(map(plan.text, names)))


def _sector_keys(keys: Sequence[str], plan: Plan) -> list[str]:
    """Sectors as they became, by the keys under which annotators count them; two that became one stand once."""
    became = [plan.sectors[key] for key in keys]
    return list(dict.fromkeys(_DATA["counted_as"].get(key, key) for key in became))


def _fact(fact: Gold, keys: set[str], plan: Plan, rewritten: _Rewritten) -> Gold:
    themes = [theme if theme in keys else plan.text(theme) for theme in fact["theme"]]
    return fact | {
        "theme": themes,
        "sector": _sector_keys(fact["sector"], plan),
        "amount": fact["amount"] and _amount(fact["amount"], plan),
        "quantity": [item | {"value": plan.quantities[item["value"]]} for item in fact["quantity"]],
        "time": fact["time"] and _time(fact["time"], plan),
        "cue": rewritten.quote(fact["cue"]),
    }


def _amount(amount: Gold, plan: Plan) -> Gold:
    value, currency = plan.sums[amount["value"], amount["currency"]]
    equivalents = {name: [_amount(item, plan) for item in amount[name]] for name in ("equivalents",) if name in amount}
    return amount | {"value": value, "currency": currency} | equivalents


def _time(time: Gold, plan: Plan) -> Gold:
    return {name: plan.text(value) if name == "text" else value and plan.times[value] for name, value in time.items()}
