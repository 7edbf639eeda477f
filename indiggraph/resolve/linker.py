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
from itertools import chain

from indiggraph.lexicon import Lexicon
from indiggraph.model import Doubt, Extraction, Form, Judgement, Mention, Thing, ThingType, Verdict
from indiggraph.resolve.block import Blocks, Crowd
from indiggraph.resolve.context import Countries
from indiggraph.resolve.features import Corpus, Score, load_weights, score, veto
from indiggraph.resolve.labels import choose_label, choose_type, names_of
from indiggraph.resolve.local import Local, Profile, local_things
from indiggraph.resolve.names import normal, slugify

__all__ = ["Linker", "resolve"]

_HINT = 0.5
"""The least score of a pair that a person might join."""
_RANGE = 0.3
"""How far from the threshold a score leaves no doubt."""


class Linker:
    """The outcome: which thing each mention refers to, the things, and why they are what they are."""

    def __init__(
        self,
        things: Sequence[Thing],
        judgements: Sequence[Judgement],
        reasons: Mapping[str, str],
        joins: Sequence[Judgement] = (),
        doubts: Sequence[Doubt] = (),
        crowds: Sequence[Crowd] = (),
    ) -> None:
        self.things: tuple[Thing, ...] = tuple(sorted(things, key=lambda thing: (thing.slug, thing.type)))
        self.judgements: tuple[Judgement, ...] = tuple(dict.fromkeys(judgements))
        self._thing_of = {mention: thing for thing in self.things for mention in thing.mentions}
        self.joins: tuple[Judgement, ...] = tuple(joins)
        """Each step that brought things of different texts together, each thing named by a mention's id."""
        self.doubts: tuple[Doubt, ...] = tuple(doubts)
        """Pairs that a person might decide otherwise, the most doubtful first."""
        self.crowds: tuple[Crowd, ...] = tuple(crowds)
        """Keys that so many things share that not all of them were compared with each other."""
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
    return Linker(things, merger.judgements, reasons, merger.joins, merger.doubts(), merger.crowds)


class _Merger:
    """Joins members of documents; equal profiles are compared once."""

    def __init__(self, members: Sequence[Local], slugs: Sequence[str]) -> None:
        self.slugs = slugs
        self.members = members
        self.profiles = [local.profile for local in members]
        self.corpus = Corpus.of(self.profiles)
        self.parts = [[i] for i in range(len(members))]
        self.part_of = list(range(len(members)))
        self.kinds: list[dict[Profile, None]] = [{profile: None} for profile in self.profiles]
        """The distinct profiles of each part: what a veto is asked about."""
        self.apart: dict[int, set[int]] = {}
        self.judgements: list[Judgement] = []
        self.joins: list[Judgement] = []
        self.crowds: tuple[Crowd, ...] = ()
        self._near: list[tuple[Score, int, int]] = []

    def decide(self, judgements: Iterable[Judgement]) -> None:
        """Apply people's decisions: "not same" keeps apart, "same" joins whatever the scores say."""
        ordered = sorted(judgements, key=lambda j: (j.verdict, j.left, j.right, j.reasons))
        named = self._by_name() if ordered else {}
        for judgement in ordered:
            if judgement.verdict is not Verdict.UNSURE:
                self._decide(judgement, named)
            self.judgements.append(judgement)

    def _decide(self, judgement: Judgement, named: Mapping[str, Sequence[int]]) -> None:
        left, right = (_members_of(name, named) for name in (judgement.left, judgement.right))
        meant = [(i, j) for i in left for j in right if i != j and self._one_class(i, j)]
        if judgement.verdict is Verdict.NOT_SAME:
            for i, j in meant:
                self.apart.setdefault(i, set()).add(j)
                self.apart.setdefault(j, set()).add(i)
            return
        for i, j in meant:
            if self.part_of[i] != self.part_of[j] and not self._decided_apart(self.part_of[i], self.part_of[j]):
                self._join(i, j, judgement.score, (": ".join(("decided", *filter(None, judgement.reasons))),))

    def _by_name(self) -> dict[str, list[int]]:
        """The members by their slugs and names."""
        named: dict[str, list[int]] = {}
        for i, local in enumerate(self.members):
            names = {f"name {normal(mention.name)}" for mention in local.mentions if _says(mention)}
            for name in sorted(names | {f"slug {self.slugs[i]}"}):
                named.setdefault(name, []).append(i)
        return named

    def _one_class(self, i: int, j: int) -> bool:
        return self.profiles[i].top is self.profiles[j].top

    def join(self) -> None:
        """Score the candidate pairs and join them, best first."""
        first: dict[Profile, int] = {}
        alone = [i for i, profile in enumerate(self.profiles) if first.setdefault(profile, i) == i]
        blocks = Blocks([self.profiles[i] for i in alone])
        self.crowds = blocks.crowds
        equal = ((first[profile], i) for i, profile in enumerate(self.profiles) if first[profile] != i)
        paired = chain(equal, ((alone[a], alone[b]) for a, b in blocks.pairs()))
        verdicts = ((score(self.profiles[i], self.profiles[j], self.corpus), i, j) for i, j in paired)
        near = [(verdict, i, j) for verdict, i, j in verdicts if verdict.value >= _HINT]
        near.sort(key=lambda entry: (-entry[0].value, entry[1], entry[2]))
        for verdict, i, j in near:
            joined = self.part_of[i] == self.part_of[j]
            if verdict.same and not joined and not self._vetoed(self.part_of[i], self.part_of[j]):
                value = Decimal(str(verdict.value))
                self._join(i, j, value, verdict.reasons)
                self.judgements.append(Judgement(self.slugs[i], self.slugs[j], Verdict.SAME, value, verdict.reasons))
            elif joined:
                continue
            if self.slugs[i] != self.slugs[j] and verdict.value < 1:
                self._near.append((verdict, i, j))

    def doubts(self) -> list[Doubt]:
        """The pairs whose score lay near the threshold, one for each two names, the most doubtful first.

        A pair that came together through others, or that a person has decided on, is in no doubt.
        """
        found: dict[tuple[str, str, ThingType], Doubt] = {}
        for verdict, i, j in self._near:
            joined = self.part_of[i] == self.part_of[j]
            through_others = joined and not verdict.same
            if not through_others and (joined or not self._decided_apart(self.part_of[i], self.part_of[j])):
                left, right = sorted((i, j), key=lambda member: (self.slugs[member], member))
                doubt = self._doubt(left, right, joined, verdict)
                found.setdefault((doubt.left, doubt.right, self.profiles[i].top), doubt)
        return sorted(found.values(), key=lambda doubt: (-doubt.doubt, doubt.left, doubt.right, doubt.left_mention))

    def _doubt(self, left: int, right: int, joined: bool, verdict: Score) -> Doubt:
        return Doubt(
            left=self.slugs[left],
            right=self.slugs[right],
            left_mention=_named_by(self.members[left]),
            right_mention=_named_by(self.members[right]),
            joined=joined,
            score=Decimal(str(verdict.value)),
            doubt=Decimal(str(round(1 - abs(verdict.value - load_weights().threshold) / _RANGE, 4))),
            reasons=verdict.reasons,
        )

    def _vetoed(self, one: int, other: int) -> bool:
        if self._decided_apart(one, other):
            return True
        crossing = ((a, b) for a in self.kinds[one] for b in self.kinds[other] if a != b)
        return any(veto(a, b, self.corpus) is not None for a, b in crossing)

    def _decided_apart(self, one: int, other: int) -> bool:
        few, many = sorted((one, other), key=lambda part: len(self.parts[part]))
        return bool(self.apart) and any(self.part_of[j] == many for i in self.parts[few] for j in self.apart.get(i, ()))

    def _join(self, i: int, j: int, score: Decimal, reasons: tuple[str, ...]) -> None:
        """Join two parts, the smaller to the larger, and note why."""
        gone, kept = sorted((self.part_of[i], self.part_of[j]), key=lambda part: len(self.parts[part]))
        for member in self.parts[gone]:
            self.part_of[member] = kept
        self.parts[kept] += self.parts[gone]
        self.kinds[kept] |= self.kinds[gone]
        self.parts[gone], self.kinds[gone] = [], {}
        left, right = (_named_by(self.members[member]) for member in (i, j))
        self.joins.append(Judgement(left, right, Verdict.SAME, score, reasons))

    def components(self) -> list[list[int]]:
        """The members of each thing, in order."""
        return sorted(sorted(part) for part in self.parts if part)


def _members_of(name: str, named: Mapping[str, Sequence[int]]) -> list[int]:
    return sorted({*named.get(f"slug {name}", ()), *named.get(f"name {normal(name)}", ())})


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
