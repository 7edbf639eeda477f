"""Loads ``data/frames/*.yaml``: what triggers a fact, which roles it has and where they stand in the tree.

A frame file describes one type of fact.  Its keys:

``type``
    the class of fact (:class:`~indiggraph.model.FactType`).
``triggers``
    a list of trigger entries.  Each names words under ``verb``, ``noun``, ``adj``, ``phrase`` or ``aux`` (lemmas; the
    first word of a phrase carries the tree, an auxiliary makes its verb the trigger), a ``strength`` from 1 (weak, only
    when a value asks for a type) to 3 (makes a fact on its own), and optionally ``needs`` (an argument that must be
    present: function -> list of head lemmas or ``class:name``; ``inf`` is an infinitive, ``order`` a clause of what
    is to be done, ``done`` a participle or passive infinitive that says so), ``not`` (an argument that must be
    absent), ``direction``, ``modality`` and ``roles`` (overrides for these words).
``roles``
    role name -> list of grammatical functions, best first (see :mod:`indiggraph.facts.syntax`).
``examples`` / ``counterexamples``
    sentences that must, or must not, give a fact of the type; the tests run them.

Word classes (``class:deal``) that several frames share are in ``data/frames/classes.yaml``; ``class:money`` also holds
what currencies are called (``data/values/currencies.yaml``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from indiggraph.errors import ResourceError
from indiggraph.model import Direction, FactType, Modality, RoleName
from indiggraph.resources import data_path, load_yaml
from indiggraph.values.vocabulary import currency_words

__all__ = ["Frame", "Frames", "Trigger", "load_frames"]

_PARTS_OF_SPEECH = ("verb", "noun", "adj", "phrase", "aux")
_TRIGGER_KEYS = {*_PARTS_OF_SPEECH, "strength", "needs", "not", "direction", "modality", "roles"}
_FRAME_KEYS = {"type", "triggers", "roles", "examples", "counterexamples"}


@dataclass(frozen=True, slots=True)
class Trigger:
    """One way to evoke a frame: lemmas (one, or several in a row), a part of speech, and conditions.

    ``needs`` and ``excludes`` map a grammatical function to the lemmas one of its heads must (not) have; an empty
    set stands for any filler.
    """

    lemmas: tuple[str, ...]
    part_of_speech: str
    strength: int
    needs: tuple[tuple[str, frozenset[str]], ...]
    excludes: tuple[tuple[str, frozenset[str]], ...]
    direction: Direction | None
    modality: Modality | None
    roles: tuple[tuple[RoleName, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """A type of fact with its triggers, roles and example sentences."""

    name: str
    type: FactType
    triggers: tuple[Trigger, ...]
    examples: tuple[Mapping[str, Any], ...]
    counterexamples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Frames:
    """All frames, with an index from a trigger's first lemma to its frame and trigger."""

    frames: tuple[Frame, ...]
    classes: Mapping[str, frozenset[str]]
    index: Mapping[str, tuple[tuple[Frame, Trigger], ...]] = field(repr=False)

    def of_lemma(self, lemma: str) -> tuple[tuple[Frame, Trigger], ...]:
        """Frames and triggers that may start at a token with this lemma."""
        return self.index.get(lemma, ())


@lru_cache(maxsize=1)
def load_frames() -> Frames:
    """Load the packaged frames.

    Raises:
        ResourceError: a frame file has an unknown key, type, role or word class; the message names the file.
    """
    folder = data_path("frames")
    classes_file = folder / "classes.yaml"
    classes = {name: frozenset(words) for name, words in load_yaml(classes_file).items()}
    classes["money"] = classes.get("money", frozenset()) | _currencies()
    files = sorted(path for path in folder.glob("*.yaml") if path != classes_file)
    frames = tuple(_frame(path, load_yaml(path), classes) for path in files)
    return Frames(frames, classes, _index(frames))


def _currencies() -> frozenset[str]:
    """Lemmas that head a sum in a tree: a currency's sign, its code, or the last word of its name."""
    words = currency_words()
    marks = {*words.symbols, *words.codes, *words.prefixes, *words.suffixes} - words.everyday
    return frozenset({name.split()[-1] for name in words.names} | {mark.casefold() for mark in marks})


def _index(frames: tuple[Frame, ...]) -> dict[str, tuple[tuple[Frame, Trigger], ...]]:
    index: dict[str, list[tuple[Frame, Trigger]]] = {}
    for frame in frames:
        for trigger in frame.triggers:
            index.setdefault(trigger.lemmas[0], []).append((frame, trigger))
    return {lemma: tuple(entries) for lemma, entries in index.items()}


def _frame(path: Path, data: Any, classes: Mapping[str, frozenset[str]]) -> Frame:
    _check_keys(path, data, _FRAME_KEYS)
    try:
        fact_type = FactType(data["type"])
    except (KeyError, ValueError) as error:
        raise ResourceError(str(path), f"type is none of {', '.join(FactType)}") from error
    roles = _roles(path, data.get("roles", {}))
    triggers = tuple(t for entry in data.get("triggers", ()) for t in _triggers(path, entry, roles, classes))
    examples = tuple(data.get("examples", ()))
    return Frame(path.stem, fact_type, triggers, examples, tuple(data.get("counterexamples", ())))


def _triggers(
    path: Path,
    entry: Mapping[str, Any],
    frame_roles: dict[RoleName, tuple[str, ...]],
    classes: Mapping[str, frozenset[str]],
) -> Iterator[Trigger]:
    _check_keys(path, entry, _TRIGGER_KEYS)
    roles = {**frame_roles, **_roles(path, entry.get("roles", {}))}
    needs = _conditions(path, entry.get("needs", {}), classes)
    excludes = _conditions(path, entry.get("not", {}), classes)
    direction = Direction(entry["direction"]) if "direction" in entry else None
    modality = Modality(entry["modality"]) if "modality" in entry else None
    for part_of_speech in _PARTS_OF_SPEECH:
        for words in _words(path, entry.get(part_of_speech, ()), classes):
            yield Trigger(
                tuple(words.split()),
                part_of_speech,
                int(entry.get("strength", 2)),
                needs,
                excludes,
                direction,
                modality,
                tuple(roles.items()),
            )


def _roles(path: Path, data: Mapping[str, Any]) -> dict[RoleName, tuple[str, ...]]:
    try:
        return {RoleName(name): tuple(functions) for name, functions in data.items()}
    except ValueError as error:
        raise ResourceError(str(path), f"unknown role: {error}") from error


def _conditions(
    path: Path, data: Mapping[str, Any], classes: Mapping[str, frozenset[str]]
) -> tuple[tuple[str, frozenset[str]], ...]:
    return tuple((function, frozenset(_words(path, words, classes))) for function, words in data.items())


def _words(path: Path, words: Any, classes: Mapping[str, frozenset[str]]) -> Iterator[str]:
    for word in words:
        if not word.startswith("class:"):
            yield word
        elif word[6:] in classes:
            yield from sorted(classes[word[6:]])
        else:
            raise ResourceError(str(path), f"no word class {word[6:]!r} in classes.yaml")


def _check_keys(path: Path, data: Any, known: set[str]) -> None:
    if not isinstance(data, dict):
        raise ResourceError(str(path), "is not a mapping")
    for key in data:
        if key not in known:
            raise ResourceError(str(path), f"unknown key {key!r}")
