"""Who holds which office on a text's day, by the posts with dates of the user's gazetteer: "the industry minister".

A person found so is one with all whom the gazetteer knows by that name; the label stays what the texts say.
"""

from __future__ import annotations

from collections.abc import Iterator

from indiggraph.gazetteer import Holding
from indiggraph.model import Form, ThingType
from indiggraph.resolve.bodies import body_name, kind_stems
from indiggraph.resolve.names import PersonName, person_name, slugify
from indiggraph.resolve.offices import Office, office_of, same_office
from indiggraph.resolve.people import compare, is_short_for
from indiggraph.resolve.text import Chain, Text

__all__ = ["incumbent"]

_SAME = 0.85
"""Likeness from which a full name is the gazetteer's."""


def incumbent(text: Text, chain: Chain, held: frozenset[Office]) -> tuple[str, str] | None:
    """The key of the only person of the gazetteer that a person of the text can be, and the reason.

    A full name must be the gazetteer's; a surname, or a description alone, needs the office on the text's day.
    """
    names = [person_name(name) for name in chain.names]
    full = [name for name in names if name.full]
    offices = held or frozenset(_described(text, chain))
    found = {}
    for holding in text.countries.holdings():
        person = person_name(holding.person)
        if full and all(compare(name, person).score >= _SAME for name in full) and _agrees(text, holding):
            found[holding.person] = f"the gazetteer's {holding.person}"
        elif not full and _fits(names, person) and _in_office(text, holding, offices):
            found[holding.person] = (
                f"by the gazetteer {holding.person}, {holding.post} on {text.extraction.document.published}"
                f" ({holding.source})"
            )
    if len(found) != 1:
        return None
    ((name, reason),) = found.items()
    return f"person {slugify(name)}", reason


def _agrees(text: Text, holding: Holding) -> bool:
    return None in (holding.country, text.country) or holding.country == text.country


def _fits(names: list[PersonName], person: PersonName) -> bool:
    """Whether the surnames by which the text calls somebody, if any, are a person's."""
    return all(is_short_for(name, person) for name in names)


def _in_office(text: Text, holding: Holding, offices: frozenset[Office]) -> bool:
    day = text.extraction.document.published
    if day is None or not holding.holds_on(day):
        return False
    bodies = [body_name(holding.body, text.countries)] if holding.body else []
    office = office_of(holding.post, bodies, frozenset(), holding.country, text.countries)
    return office is not None and any(same_office(one, office) for one in offices)


def _described(text: Text, chain: Chain) -> Iterator[Office]:
    """The offices by which a text describes somebody; "the minister" is of the only ministry that the text names."""
    for mention in chain.mentions:
        if mention.form is not Form.NOMINAL or not mention.definite:
            continue
        office = office_of(mention.name, [], frozenset(), text.country, text.countries)
        if office is not None and office.head == "minister" and not office.matter:
            office = office_of(
                f"minister of {' '.join(_only_fields(text))}", [], frozenset(), text.country, text.countries
            )
        if office is not None:
            yield office


def _only_fields(text: Text) -> list[str]:
    """The fields of the only ministry that a text names."""
    kind = kind_stems(frozenset({"ministry"}))
    ministries = [
        frozenset(word for name in text.names(chain) if "ministry" in name.kinds for word in name.words - kind)
        for chain in text.of(ThingType.ORGANIZATION)
        if chain.country in (None, text.country)
    ]
    told = {fields for fields in ministries if fields}
    return sorted(next(iter(told))) if len(told) == 1 else []
