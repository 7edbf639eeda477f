"""Gold annotations: one JSON file an article, in the format that the gold's own page describes, as frozen records."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indiggraph.errors import ResourceError

__all__ = [
    "ENTITY_SLOTS",
    "GoldAmount",
    "GoldDocument",
    "GoldEntity",
    "GoldFact",
    "GoldQuantity",
    "GoldTenure",
    "GoldTime",
    "read_gold",
    "read_json",
]

ENTITY_SLOTS = ("agent", "counterparty", "beneficiary", "program", "place", "statedBy", "reportedBy")
"""Slots that things fill."""
_VALUE_SLOTS = (*ENTITY_SLOTS, "sector", "theme")
_NOT_ARTICLES = ("identity.json", "conflicts.json")


@dataclass(frozen=True, slots=True)
class GoldEntity:
    """A thing of the article: its classes (the annotated one first), its surface forms."""

    key: str
    types: tuple[str, ...]
    names: tuple[str, ...]
    optional: bool


@dataclass(frozen=True, slots=True)
class GoldTenure:
    """A post; ``posts`` and ``bodies`` are accepted wordings, ``organization`` a key."""

    person: str
    posts: tuple[str, ...]
    organization: str | None
    bodies: tuple[str, ...]
    former: bool
    optional: bool


@dataclass(frozen=True, slots=True)
class GoldAmount:
    """A sum, exact or a range (a bound that the text leaves open is ``None``), with its equivalents."""

    currency: str | None
    value: float | None
    ranged: bool
    minimum: float | None
    maximum: float | None
    optional: bool
    equivalents: tuple[tuple[float, str], ...]


@dataclass(frozen=True, slots=True)
class GoldQuantity:
    """Accepted numbers (the value, or the bounds) and units; ``value`` is ``None`` for a range."""

    value: float | None
    numbers: tuple[float, ...]
    unit: str
    units: str


@dataclass(frozen=True, slots=True)
class GoldTime:
    """Days and durations as ISO texts, with the alternatives that are accepted."""

    begin: str | None
    end: str | None
    duration: str | None
    alt_begin: str | None
    alt_end: str | None
    told: bool
    optional: bool

    @property
    def known(self) -> bool:
        """Whether a day or a duration is annotated."""
        return bool(self.begin or self.end or self.duration)


@dataclass(frozen=True, slots=True)
class GoldFact:
    """A fact; ``slots`` hold the required values by slot, ``optional_slots`` those neither rewarded nor punished."""

    key: str
    type: str
    types: frozenset[str]
    modality: str | None
    modalities: frozenset[str]
    direction: str | None
    direction_optional: bool
    slots: Mapping[str, tuple[str, ...]]
    optional_slots: Mapping[str, tuple[str, ...]]
    amount: GoldAmount | None
    quantities: tuple[GoldQuantity, ...]
    optional_quantities: tuple[GoldQuantity, ...]
    time: GoldTime
    part_of: str | None
    part_of_optional: bool
    cues: tuple[str, ...]
    optional: bool

    @property
    def counted_amount(self) -> GoldAmount | None:
        """The sum, where finding it counts."""
        return None if self.amount is None or self.amount.optional else self.amount

    @property
    def all_quantities(self) -> tuple[GoldQuantity, ...]:
        """Required and optional quantities."""
        return (*self.quantities, *self.optional_quantities)


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """The annotation of one article."""

    id: str
    entities: tuple[GoldEntity, ...]
    tenures: tuple[GoldTenure, ...]
    facts: tuple[GoldFact, ...]

    def entity(self, key: str) -> GoldEntity | None:
        """The entity with that key; of several, the last."""
        return next((entity for entity in reversed(self.entities) if entity.key == key), None)


def read_gold(folder: Path) -> tuple[GoldDocument, ...]:
    """Read all articles' annotations of a folder, by file name.

    Raises:
        ResourceError: there is none, or a file is not JSON of this format; the message names it.
    """
    files = [path for path in sorted(folder.glob("*.json")) if path.name not in _NOT_ARTICLES]
    if not files:
        raise ResourceError(str(folder), "holds no gold annotations")
    return tuple(_document(path) for path in files)


def read_json(path: Path) -> Any:
    """Read a JSON file.

    Raises:
        ResourceError: it cannot be read or is no JSON; the message names file and line.
    """
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise ResourceError(str(path), error.msg, error.lineno) from error
    except (OSError, UnicodeDecodeError) as error:
        raise ResourceError(str(path), f"cannot be read: {error}") from error


def _document(path: Path) -> GoldDocument:
    data = read_json(path)
    try:
        return GoldDocument(
            id=data["id"],
            entities=tuple(map(_entity, data["entities"])),
            tenures=tuple(map(_tenure, data["tenures"])),
            facts=tuple(map(_fact, data["facts"])),
        )
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise ResourceError(str(path), f"is not a gold annotation: {error!r}") from error


def _entity(data: Mapping[str, Any]) -> GoldEntity:
    types = (data["type"], *(data.get("type_alt") or ()))
    return GoldEntity(data["key"], types, tuple(data["names"]), bool(data.get("optional")))


def _tenure(data: Mapping[str, Any]) -> GoldTenure:
    return GoldTenure(
        person=data["person"],
        posts=(data["post"], *(data.get("post_alt") or ())),
        organization=data.get("organization"),
        bodies=(*(data.get("organization_alt") or ()), data["post"]),
        former=bool(data.get("former")),
        optional=bool(data.get("optional")),
    )


def _fact(data: Mapping[str, Any]) -> GoldFact:
    quantities = data.get("quantity") or []
    return GoldFact(
        key=data["key"],
        type=data["type"],
        types=frozenset({data["type"], *(data.get("type_alt") or ())}),
        modality=data.get("modality"),
        modalities=frozenset({data.get("modality"), *(data.get("modality_alt") or ())} - {None}),
        direction=data.get("direction"),
        direction_optional=bool(data.get("direction_optional")),
        slots={slot: tuple(_values(data.get(slot), optional=False)) for slot in _VALUE_SLOTS},
        optional_slots={slot: tuple(_values(data.get(slot), optional=True)) for slot in _VALUE_SLOTS},
        amount=_amount(data["amount"]) if data.get("amount") else None,
        quantities=tuple(_quantity(item) for item in quantities if not item.get("optional")),
        optional_quantities=tuple(_quantity(item) for item in quantities if item.get("optional")),
        time=_time(data.get("time") or {}),
        part_of=data.get("partOf") or None,
        part_of_optional=bool(data.get("partOf_optional")),
        cues=(data["cue"], *(data.get("cue_alt") or ())),
        optional=bool(data.get("optional")),
    )


def _values(values: Iterable[Any] | None, *, optional: bool) -> list[str]:
    """The required or the optional ones of ``"x"``, ``{"value": "x", "optional": true}``."""
    entries = [value if isinstance(value, dict) else {"value": value} for value in values or ()]
    return [entry["value"] for entry in entries if bool(entry.get("optional")) is optional]


def _amount(data: Mapping[str, Any]) -> GoldAmount:
    return GoldAmount(
        currency=data.get("currency"),
        value=data.get("value"),
        ranged="min" in data or "max" in data,
        minimum=data.get("min"),
        maximum=data.get("max"),
        optional=bool(data.get("optional")),
        equivalents=tuple((item["value"], item["currency"]) for item in data.get("equivalents") or ()),
    )


def _quantity(data: Mapping[str, Any]) -> GoldQuantity:
    numbers = tuple(data[key] for key in ("value", "min", "max") if data.get(key) is not None)
    unit = data.get("unit") or ""
    return GoldQuantity(data.get("value"), numbers, unit, " ".join([unit, *(data.get("unit_alt") or ())]))


def _time(data: Mapping[str, Any]) -> GoldTime:
    days = {key: data.get(key) or None for key in ("begin", "end", "duration", "alt_begin", "alt_end")}
    return GoldTime(**days, told=bool(data.get("text")), optional=bool(data.get("optional")))
