"""From the things of single documents to the things of the corpus: scored pairs, vetoes, decisions, slugs, labels.

Pairs are joined best first, and never where any member of one side is vetoed against any member of the other: a
chain of weak links does not join two ends that cannot be one.  All orders are fixed, so that the order of the
documents changes nothing.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from indiggraph.lexicon import Lexicon
from indiggraph.model import Extraction, Form, Judgement, Mention, Thing, ThingType, Verdict
from indiggraph.resolve.block import pairs
from indiggraph.resolve.context import Countries
from indiggraph.resolve.features import Corpus, score, veto
from indiggraph.resolve.labels import choose_label, choose_type, names_of
from indiggraph.resolve.local import Local, Profile, local_things
from indiggraph.resolve.names import normal, slugify

__all__ = ["Linker", "resolve"]


class Linker:
    """The outcome: which thing each mention refers to, the things, and why they are what they are."""

    def __init__(
        self,
        things: Sequence[Thing],
        judgements: Sequence[Judgement],
        reasons: Mapping[str, str],
        joins: Sequence[Judgement] = (),
    ) -> None:
        self.things: tuple[Thing, ...] = tuple(sorted(things, key=lambda thing: (thing.slug, thing.type)))
        self.judgements: tuple[Judgement, ...] = tuple(dict.fromkeys(judgements))
        self._thing_of = {mention: thing for thing in self.things for mention in thing.mentions}
        self.joins: tuple[Judgement, ...] = tuple(joins)
        """Each step that brought things of different texts together, each thing named by a mention's id."""
        self._reasons = reasons

    def thing_of(self, mention_id: str, /) -> Thing | None:
        """Return the thing that a mention refers to, ``None`` where that stays open."""
        return self._thing_of.get(mention_id)

    def why(self, mention_id: str, /) -> str | None:
        """Return why a mention refers to its thing within its text, ``None`` where it refers to none."""
        return self._reasons.get(mention_id)


def resolve(
    extractions: Sequence[Extraction], judgements: Sequence[Judgement] = (), *, lexicon: Lexicon | None = None
) -> Linker:
    """Decide which mentions of all documents refer to one thing.

    ``judgements`` are people's decisions; they outrank the scores.  Without a lexicon no word is known to mean a
    country, and generic names ("Ministry of Trade") are told apart by what the mentions themselves say.
    """
    countries = Countries(lexicon)
    found = [thing for extraction in extractions for thing in local_things(extraction, countries)]
    members = sorted(found, key=lambda local: (local.document, local.mentions[0].span, local.mentions[0].id))
    slugs = _member_slugs(members, countries)
    merger = _Merger(members, slugs)
    merger.decide(judgements)
    merger.join()
    components = merger.components()
    unique = _unique_slugs(members, slugs, components)
    things = [_thing([members[i] for i in part], [unique[i] for i in part], countries) for part in components]
    reasons = {mention: why for local in members for mention, why in local.reasons.items()}
    return Linker(things, merger.judgements, reasons, merger.joins)


class _Merger:
    """Joins members of documents; equal profiles are compared once."""

    def __init__(self, members: Sequence[Local], slugs: Sequence[str]) -> None:
        self.slugs = slugs
        self.members = members
        self.profiles = [local.profile for local in members]
        self.corpus = Corpus.of(self.profiles)
        self.parts: dict[int, set[int]] = {i: {i} for i in range(len(members))}
        self.part_of = list(range(len(members)))
        self.apart: set[tuple[int, int]] = set()
        self.judgements: list[Judgement] = []
        self.joins: list[Judgement] = []

    def decide(self, judgements: Iterable[Judgement]) -> None:
        """Apply people's decisions: "not same" keeps apart, "same" joins whatever the scores say."""
        ordered = sorted(judgements, key=lambda j: (j.verdict, j.left, j.right, j.reasons))
        for judgement in ordered:
            if judgement.verdict is not Verdict.UNSURE:
                self._decide(judgement)
            self.judgements.append(judgement)

    def _decide(self, judgement: Judgement) -> None:
        left, right = self._named(judgement.left), self._named(judgement.right)
        meant = [(i, j) for i in left for j in right if i != j and self._one_class(i, j)]
        if judgement.verdict is Verdict.NOT_SAME:
            self.apart.update((min(i, j), max(i, j)) for i, j in meant)
            return
        for i, j in meant:
            if self.part_of[i] != self.part_of[j] and not self._decided_apart(self.part_of[i], self.part_of[j]):
                self._join(i, j, judgement.score, (": ".join(("decided", *filter(None, judgement.reasons))),))

    def _named(self, name: str) -> list[int]:
        wanted = normal(name)
        return [
            i
            for i, local in enumerate(self.members)
            if name == self.slugs[i]
            or any(wanted == normal(mention.name) for mention in local.mentions if _says(mention))
        ]

    def _one_class(self, i: int, j: int) -> bool:
        return self.profiles[i].top is self.profiles[j].top

    def join(self) -> None:
        """Score the candidate pairs and join them, best first."""
        first: dict[Profile, int] = {}
        alone = [i for i, profile in enumerate(self.profiles) if first.setdefault(profile, i) == i]
        scored = [(i, first[profile]) for i, profile in enumerate(self.profiles) if first[profile] != i]
        scored += [(alone[a], alone[b]) for a, b in pairs([self.profiles[i] for i in alone])]
        verdicts = ((score(self.profiles[i], self.profiles[j], self.corpus), i, j) for i, j in scored)
        accepted = [(verdict, min(i, j), max(i, j)) for verdict, i, j in verdicts if verdict.same]
        for verdict, i, j in sorted(accepted, key=lambda entry: (-entry[0].value, entry[1], entry[2])):
            if self.part_of[i] != self.part_of[j] and not self._vetoed(self.part_of[i], self.part_of[j]):
                value = Decimal(str(verdict.value))
                self._join(i, j, value, verdict.reasons)
                self.judgements.append(Judgement(self.slugs[i], self.slugs[j], Verdict.SAME, value, verdict.reasons))

    def _vetoed(self, one: int, other: int) -> bool:
        if self._decided_apart(one, other):
            return True
        left = {self.profiles[i]: None for i in sorted(self.parts[one])}
        right = {self.profiles[j]: None for j in sorted(self.parts[other])}
        return any(veto(a, b, self.corpus) is not None for a in left for b in right if a != b)

    def _decided_apart(self, one: int, other: int) -> bool:
        crossing = ((min(i, j), max(i, j)) for i in self.parts[one] for j in self.parts[other])
        return bool(self.apart) and any(pair in self.apart for pair in crossing)

    def _join(self, i: int, j: int, score: Decimal, reasons: tuple[str, ...]) -> None:
        """Join two parts, and note why."""
        kept, gone = sorted((self.part_of[i], self.part_of[j]))
        moved = self.parts.pop(gone)
        self.parts[kept] |= moved
        for member in moved:
            self.part_of[member] = kept
        left, right = (_named_by(self.members[member]) for member in (i, j))
        self.joins.append(Judgement(left, right, Verdict.SAME, score, reasons))

    def components(self) -> list[list[int]]:
        """The members of each thing, in order."""
        return [sorted(part) for _, part in sorted(self.parts.items())]


def _named_by(local: Local) -> str:
    """The id of the first mention by name, else of the first description, else of the first."""
    forms = (Form.NAME, Form.NOMINAL, Form.PRONOUN)
    return min(local.mentions, key=lambda mention: forms.index(mention.form)).id


def _says(mention: Mention) -> bool:
    return mention.form is Form.NAME or mention.type in (ThingType.GROUP, ThingType.PROGRAM)


# ---- slugs and things --------------------------------------------------------------------------------------


def _member_slugs(members: Sequence[Local], countries: Countries) -> list[str]:
    """The slug of each document's thing: its label, with the country where only that tells it from others."""
    return [_member_slug(local, countries) for local in members]


def _member_slug(local: Local, countries: Countries) -> str:
    slug = slugify(choose_label([local]))
    profile = local.profile
    if profile.top is ThingType.SECTOR and profile.key is not None:
        return slugify(profile.key)
    if profile.top is ThingType.PLACE and not local.named and profile.key is not None:
        return slugify(countries.name(profile.key) or profile.key)  # "the country"
    told = any(name.country is not None for name in profile.bodies)
    generic = profile.top is ThingType.ORGANIZATION and profile.bodies and all(name.generic for name in profile.bodies)
    return f"{slug}-{profile.place.lower()}" if generic and not told and profile.place is not None else slug


def _unique_slugs(members: Sequence[Local], slugs: Sequence[str], components: Sequence[Sequence[int]]) -> list[str]:
    """Slugs that no two things of a class share: where two would, a digest of where they are mentioned is added."""
    owner = {i: number for number, part in enumerate(components) for i in part}
    owners: dict[tuple[ThingType, str], set[int]] = {}
    for i, local in enumerate(members):
        owners.setdefault((local.profile.top, slugs[i]), set()).add(owner[i])
    shared = [len(owners[local.profile.top, slugs[i]]) > 1 for i, local in enumerate(members)]
    return [f"{slug}-{_digest(members[i])}" if shared[i] else slug for i, slug in enumerate(slugs)]


def _digest(local: Local) -> str:
    first = local.mentions[0]
    place = f"{local.document}\n{first.span.start}\n{first.span.end}\n{first.name}"
    return hashlib.sha256(place.encode()).hexdigest()[:8]


def _thing(members: Sequence[Local], slugs: Sequence[str], countries: Countries) -> Thing:
    ordered = sorted(set(slugs))
    keys = Counter(local.profile.key for local in members if local.profile.key is not None)
    label = choose_label(members)
    return Thing(
        slug=ordered[0],
        type=choose_type(members),
        label=label,
        names=names_of(members),
        mentions=tuple(mention.id for local in members for mention in local.mentions),
        merged=tuple(ordered[1:]),
        key=min(keys, default=None),
        same_as=countries.same_as(next(iter(keys))) if len(keys) == 1 else None,
    )
