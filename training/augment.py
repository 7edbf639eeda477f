"""Changes training sentences: composed names in place of names, datelines in front, names of ministries as titles.

A composed name is a small tree (`Phrase`), so a replacement keeps the tree of its sentence complete.
"""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from training.data import Sentence, Token, entities

__all__ = ["Augmenter", "Phrase", "attach", "coordinate", "splice"]

SWAPPED_SENTENCES = 0.35  # share of the sentences with names that get other names
SWAP = {"PERSON": 0.7, "ORG": 0.6, "GPE": 0.4}  # share of the names in such a sentence
TITLED = 0.3  # share of the swapped persons that get a composed title
DATELINE = 0.05  # share of all sentences of six words and more that get a dateline
COMPOSED = 0.6  # share of composed names; the rest are names of other training sentences

_MORE_PREFIXES = ("Nigerian", "Kenyan", "Vietnamese", "Brazilian", "Mexican", "Omani", "Georgian", "Serbian", "Federal")
_DEMONYMS = frozenset(_MORE_PREFIXES[:-1]) | {
    *("Iranian", "Turkish", "Indian", "Chinese", "Iraqi", "Saudi", "Kazakh", "Russian", "Egyptian", "Pakistani"),
    "Malaysian",
}
_ADJECTIVES = _DEMONYMS | {
    *("National", "Federal", "Islamic", "Economic", "Foreign", "Small", "Industrial", "Urban", "Automotive"),
    *("Central", "General", "Deputy", "First", "Prime"),
}
_COMPANY_TAILS = ("Company", "Co.", "Corporation", "Group", "Inc.", "Ltd.", "Holding", "Industries", "Motors", "Steel")
_TITLES = ("Minister", "Minister", "Deputy Minister", "Chief", "Secretary", "Commissioner", "Ministry spokesman")
_OFFICES = ("minister", "deputy minister", "head", "director", "spokesman", "secretary", "undersecretary")
_MONTHS = ("Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")
_SYLLABLES = (
    *("ba", "ka", "ra", "mo", "le", "ni", "tu", "sa", "do", "ri", "ve", "lo", "ma", "ta", "ku", "ne", "si"),
    *("ola", "che", "gra", "bren", "mil", "tor", "han", "wen", "dal"),
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens whose heads count from 1 inside the phrase; exactly one has head 0."""

    tokens: tuple[Token, ...]

    @property
    def root(self) -> int:
        """Place of the phrase's head, from 0."""
        return next(index for index, token in enumerate(self.tokens) if token.head == 0)


def _word(form: str, rel: str = "root") -> Phrase:
    """A name word; what the treebanks do not decide is left unknown."""
    if form in _ADJECTIVES:
        return Phrase((Token(form, "ADJ", "NNP", "Degree=Pos", form, 0, rel),))
    if form.endswith("s") and form[0].isupper() and form not in ("Gas", "Headquarters", "Customs", "Affairs", "Co."):
        return Phrase((Token(form, "PROPN", "NNPS", "Number=Plur", None, 0, rel),))
    if form[0].isupper():
        return Phrase((Token(form, "PROPN", "NNP", "Number=Sing", form, 0, rel),))
    return Phrase((Token(form, "NOUN", "NN", "Number=Sing", form, 0, rel),))


def _function(form: str) -> Phrase:
    upos, xpos, rel = {
        ",": ("PUNCT", ",", "punct"),
        "(": ("PUNCT", "-LRB-", "punct"),
        ")": ("PUNCT", "-RRB-", "punct"),
        "-": ("PUNCT", "HYPH", "punct"),
        "and": ("CCONJ", "CC", "cc"),
        "&": ("CCONJ", "CC", "cc"),
        "of": ("ADP", "IN", "case"),
        "for": ("ADP", "IN", "case"),
    }[form]
    return Phrase((Token(form, upos, xpos, "_", "and" if form == "&" else form, 0, rel),))


def attach(parts: Sequence[tuple[Phrase, str, int]], head: int) -> Phrase:
    """Join phrases; part number `head` is the head, each other part hangs on the part it names with its relation."""
    starts, total = [], 0
    for phrase, _, _ in parts:
        starts.append(total)
        total += len(phrase.tokens)
    tokens = []
    for number, (phrase, rel, parent) in enumerate(parts):
        above = 0 if number == head else starts[parent] + parts[parent][0].root + 1
        for token in phrase.tokens:
            if token.head == 0:
                tokens.append(replace(token, head=above, rel=rel))
            else:
                tokens.append(replace(token, head=int(token.head or 0) + starts[number]))
    return Phrase(tuple(tokens))


def _compound(*phrases: Phrase) -> Phrase:
    """Phrases before a last one that is their head: adjectives as amod, the others as compound."""
    last = len(phrases) - 1
    parts = [
        (phrase, "amod" if phrase.tokens[phrase.root].upos == "ADJ" else "compound", last) for phrase in phrases[:-1]
    ]
    return attach([*parts, (phrases[-1], "root", last)], last)


def _chain(text: str) -> Phrase:
    """Words of a name, the last one the head; "X and Y" inside is coordinated, "Chamber of Commerce" has its of."""
    if " and " in text:
        return coordinate([_chain(part) for part in text.split(" and ")], oxford=False)
    if " of " in text:
        left, right = text.split(" of ", 1)
        return _of(_chain(left), _chain(right))
    return _compound(*(_word(form) for form in text.split()))


def _of(head: Phrase, below: Phrase, case: str = "of") -> Phrase:
    return attach([(head, "root", 0), (_function(case), "case", 2), (below, "nmod", 0)], 0)


def coordinate(phrases: Sequence[Phrase], oxford: bool, conjunction: str = "and") -> Phrase:
    """X, Y and Z: later parts are conj of the first, commas and the conjunction hang on the part after them."""
    parts: list[tuple[Phrase, str, int]] = [(phrases[0], "root", 0)]
    for number, phrase in enumerate(phrases[1:], 1):
        final = number == len(phrases) - 1
        marks = [","] if not final else [",", conjunction] if oxford and len(phrases) > 2 else [conjunction]
        place = len(parts) + len(marks)
        parts += [(_function(mark), "punct" if mark == "," else "cc", place) for mark in marks]
        parts.append((phrase, "conj", 0))
    return attach(parts, 0)


def _flat(forms: Sequence[str]) -> Phrase:
    """A person's name: all words flat on the first; a hyphen hangs on the word after it."""
    tokens = []
    for place, form in enumerate(forms):
        if form == "-":
            tokens.append(replace(_function("-").tokens[0], head=place + 2))
        else:
            rel, head = ("flat", 1) if place else ("root", 0)
            tokens.append(Token(form, "PROPN", "NNP", "Number=Sing", form, head, rel))
    return Phrase(tuple(tokens))


def _named(phrase: Phrase, label: str | None) -> Phrase:
    """Mark all tokens as one name, or as none."""
    tags = ["O"] * len(phrase.tokens)
    if label:
        tags = [f"B-{label}", *[f"I-{label}"] * (len(phrase.tokens) - 1)]
    return Phrase(tuple(replace(token, ner=tag) for token, tag in zip(phrase.tokens, tags, strict=True)))


def splice(sentence: Sentence, start: int, end: int, phrase: Phrase) -> Sentence | None:
    """The sentence with tokens start..end replaced, or None where they are not one constituent.

    Where the sentence has no tree, the phrase keeps its words and names only.
    """
    if sentence[0].head is None:
        bare = tuple(Token(token.form, ner=token.ner) for token in phrase.tokens)
        return (*sentence[:start], *bare, *sentence[end:])
    outside = [index for index in range(start, end) if not start < int(sentence[index].head or 0) <= end]
    if len(outside) != 1:
        return None
    old_root = sentence[outside[0]]
    grown = len(phrase.tokens) - (end - start)

    def moved(head: int | None) -> int | None:
        if head is None or head <= start:
            return head
        return start + phrase.root + 1 if head <= end else head + grown

    inner = [
        replace(token, head=moved(old_root.head), rel=old_root.rel)
        if token.head == 0
        else replace(token, head=int(token.head or 0) + start)
        for token in phrase.tokens
    ]
    before = [replace(token, head=moved(token.head)) for token in sentence[:start]]
    after = [replace(token, head=moved(token.head)) for token in sentence[end:]]
    return (*before, *inner, *after)


def _plain_case(sentence: Sentence, start: int, end: int) -> bool:
    """Whether a name is written as usual: a capital first, and not all in capitals unless it is one word."""
    first = sentence[start].form
    return first[:1].isupper() and (end - start == 1 or not all(t.form.isupper() for t in sentence[start:end]))


class Augmenter:
    """Draws changes from a seeded generator."""

    def __init__(self, wordlists: Path, sentences: Sequence[Sentence], rng: random.Random) -> None:
        lists: dict[str, Any] = json.loads(wordlists.read_text(encoding="utf-8"))
        self._rng = rng
        self._countries = frozenset(lists["countries_GPE"])
        self._parts: dict[str, list[str]] = lists["augment"]
        self._prefixes = [*self._parts["body_prefixes"], *_MORE_PREFIXES]
        self._people: list[list[str]] = []
        self._places: list[str] = []
        for sentence in sentences:
            for start, end, label in entities(sentence):
                forms = [token.form for token in sentence[start:end]]
                if label == "PERSON" and 2 <= len(forms) <= 3 and all(f.istitle() for f in forms):
                    self._people.append(forms)
                elif label == "GPE" and len(forms) == 1 and forms[0].istitle():
                    self._places.append(forms[0])

    def of(self, sentence: Sentence) -> Sentence:
        """The sentence, perhaps with other names, perhaps with a dateline."""
        if self._chance(SWAPPED_SENTENCES):
            sentence = self._swap_names(sentence)
        if len(sentence) >= 6 and sentence[0].ner is not None and self._chance(DATELINE):
            sentence = self._with_dateline(sentence)
        return sentence

    def _chance(self, probability: float) -> bool:
        return self._rng.random() < probability

    def _pick(self, name: str) -> str:
        return self._rng.choice(self._parts[name])

    def _swap_names(self, sentence: Sentence) -> Sentence:
        for start, end, label in reversed(entities(sentence)):
            if self._chance(SWAP.get(label, 0.0)) and _plain_case(sentence, start, end):
                phrase = self._replacement(sentence, start, end, label)
                changed = splice(sentence, start, end, phrase) if phrase else None
                sentence = changed or sentence
        return sentence

    def _replacement(self, sentence: Sentence, start: int, end: int, label: str) -> Phrase | None:
        if label == "PERSON":
            name = self._person(end - start == 1)
            before = sentence[start - 1].form if start else "."
            bare = before.islower() or before in (".", ",", ":")
            bare = bare and before.casefold() not in ("minister", "president", "the", "a", "chairman", "secretary")
            return self._titled(name) if bare and self._chance(TITLED) else name
        if label == "ORG":
            return self._body()
        forms = [token.form for token in sentence[start:end]]
        return None if " ".join(forms) in self._countries else _named(_chain(self._city()), "GPE")

    # --- persons

    def _person(self, short: bool) -> Phrase:
        forms = self._composed_person() if self._chance(COMPOSED) else self._rng.choice(self._people)
        if short:
            forms = forms[1:]
        return _named(_flat([piece for form in forms for piece in _split_hyphens(form)]), "PERSON")

    def _composed_person(self) -> list[str]:
        first = self._pick("first_names") if self._chance(0.7) else self._invented()
        last = self._pick("surnames") if self._chance(0.7) else self._invented()
        middle = [f"{self._rng.choice('ABCDEFGHJKLMNPRSTW')}."] if self._chance(0.1) else []
        return [first, *middle, last]

    def _invented(self) -> str:
        return "".join(self._rng.choices(_SYLLABLES, k=self._rng.randint(2, 4))).capitalize()

    def _titled(self, name: Phrase) -> Phrase:
        """A title with the name of a ministry in it, which is no name of a body, before a person."""
        fields = self._fields(self._rng.randint(1, 3))
        if self._chance(0.6):
            title = _named(_compound(fields, _chain(self._rng.choice(_TITLES))), None)
            if self._chance(0.3):
                demonym = self._rng.choice(sorted(_DEMONYMS))
                title = attach([(_named(_word(demonym), "NORP"), "amod", 1), (title, "root", 1)], 1)
        else:
            office = _compound(*(_word(form) for form in self._rng.choice(_OFFICES).split()))
            office = office if self._chance(0.5) else _chain(self._rng.choice(("Deputy Minister", "Minister")))
            title = _named(_of(office, fields, self._rng.choice(("of", "of", "for"))), None)
        return attach([(title, "nmod:desc", 1), (name, "root", 1)], 1)

    # --- bodies

    def _fields(self, number: int) -> Phrase:
        fields = [_chain(self._pick("sectors")) for _ in range(number)]
        conjunction = "&" if self._chance(0.08) else "and"
        return coordinate(fields, oxford=self._chance(0.4), conjunction=conjunction)

    def _body(self) -> Phrase:
        makers = (self._ministry, self._organization, self._organization, self._chamber, self._company)
        phrase = self._rng.choice(makers)()
        acronym = _acronym(phrase)
        named = _named(phrase, "ORG")
        if not 3 <= len(acronym) <= 8 or not self._chance(0.35):
            return _named(_word(acronym), "ORG") if 3 <= len(acronym) <= 6 and self._chance(0.12) else named
        short, left, right = _named(_word(acronym), "ORG"), _named(_function("("), None), _named(_function(")"), None)
        return attach([(named, "root", 0), (left, "punct", 2), (short, "appos", 0), (right, "punct", 2)], 0)

    def _prefixed(self, phrase: Phrase, chance: float) -> Phrase:
        prefix = self._rng.choice(self._prefixes)
        return _compound(_chain(prefix), phrase) if prefix and self._chance(chance) else phrase

    def _ministry(self) -> Phrase:
        fields = self._fields(self._rng.choice((1, 2, 2, 3, 3)))
        kind = _word(self._rng.choice(("Ministry", "Ministry", "Ministry", "Department")))
        if self._chance(0.5):
            return self._prefixed(_of(kind, fields), 0.3)
        return self._prefixed(_compound(fields, kind), 0.4)

    def _organization(self) -> Phrase:
        parts = [self._fields(self._rng.choice((1, 1, 2, 2, 3)))]
        if self._chance(0.6):
            parts.append(_chain(self._pick("activities")))
        parts.append(_chain(self._pick("body_kinds")))
        return self._prefixed(_compound(*parts), 0.7)

    def _chamber(self) -> Phrase:
        place = self._city() if self._chance(0.5) else self._rng.choice(self._prefixes) or "Iran"
        below = coordinate([_word("Commerce"), *(_chain(self._pick("sectors")) for _ in range(2))], self._chance(0.4))
        kind = _word(self._rng.choice(("Chamber", "Chamber", "Federation", "Association", "House")))
        return _compound(_chain(place), _of(kind, below))

    def _company(self) -> Phrase:
        stem = [self._city() if self._chance(0.4) else self._invented()]
        if self._chance(0.6):
            stem.append(self._pick("sectors"))
        return _compound(*(_chain(part) for part in stem), _word(self._rng.choice(_COMPANY_TAILS)))

    # --- places and datelines

    def _city(self) -> str:
        return self._pick("cities") if self._chance(COMPOSED) else self._rng.choice(self._places)

    def _with_dateline(self, sentence: Sentence) -> Sentence:
        """CITY –, CITY (ABC) –, CITY. May 25 (Abc) –, CITY, May 25 -; the city is parataxis of the sentence's root."""
        line = _dateline(self._rng, self._city().split())
        shift = len(line)
        root = next((place for place, token in enumerate(sentence) if token.head == 0), None)
        if sentence[0].head is None or root is None:
            return (*(Token(token.form, ner=token.ner) for token in line), *sentence)
        front = [replace(token, head=root + shift + 1, rel="parataxis") if token.head == 0 else token for token in line]
        body = [replace(token, head=token.head + shift if token.head else token.head) for token in sentence]
        return (*front, *body)


def _dateline(rng: random.Random, city: Sequence[str]) -> list[Token]:
    capitals = rng.random() < 0.8
    forms = [form.upper() if capitals else form for form in city]
    labels = ["B-GPE", *["I-GPE"] * (len(forms) - 1)]
    agency = "".join(rng.choices("ABDIMNOPRST", k=rng.randint(3, 5)))
    bracket = ["(", agency if rng.random() < 0.6 else agency.capitalize(), ")"]
    day = [rng.choice(_MONTHS), str(rng.randint(1, 31))]
    dash = [rng.choice("–—-")]
    shape = rng.choice(("", "", "agency", "agency", "date", "both"))
    tail = {"": [], "agency": bracket, "date": [",", *day], "both": [rng.choice(".,"), *day, *bracket]}[shape] + dash
    places = [(0, "root"), *[(1, "compound")] * (len(forms) - 1)]
    tokens = [
        Token(form, "PROPN", "NNP", "Number=Sing", None, head, rel, tag)
        for form, tag, (head, rel) in zip(forms, labels, places, strict=True)
    ]
    for place, form in enumerate(tail):
        if form.isalpha() or form in _MONTHS:
            tag = "B-ORG" if place and tail[place - 1] == "(" else "O"
            tokens.append(Token(form, "PROPN", "NNP", "Number=Sing", None, 1, "parataxis", tag))
        elif form.isdigit():
            tokens.append(Token(form, "NUM", "CD", None, form, len(tokens), "nummod", "O"))
        else:
            tokens.append(Token(form, "PUNCT", None, "_", None, 1, "punct", "O"))
    return tokens


def _split_hyphens(form: str) -> list[str]:
    """Al-Falih -> Al - Falih, as in the treebanks."""
    pieces = form.split("-")
    return [pieces[0], *(piece for rest in pieces[1:] for piece in ("-", rest))] if all(pieces) else [form]


def _acronym(phrase: Phrase) -> str:
    return "".join(token.form[0] for token in phrase.tokens if token.form[0].isupper())
