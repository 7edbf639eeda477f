"""The second reading: what its answers change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from spacy.language import Language

import indiggraph.facts.reading.decisions as decisions
from indiggraph.facts.reading.article import Article
from indiggraph.facts.reading.decisions import Limits, load_limits, second_reading
from indiggraph.facts.reading.network import Answers
from indiggraph.facts.reading.surroundings import (
    ASKED,
    DIRECTIONS,
    KINDS,
    MODALITIES,
    PART_OF,
    ROLES,
    THEME,
    TIME,
    ArticleText,
    Surroundings,
)
from indiggraph.model import Direction, Fact, FactType, Mention, Role, RoleName, ThingType
from indiggraph.trace import Recorder
from tests.facts.rereading import TEXT, Read, fillers, loan, read_text

SURE, UNSURE = 0.9, 0.0
LIMITS = Limits(
    fill=dict.fromkeys((*ROLES, "time", "partOf", "theme"), 0.5),
    keep=dict.fromkeys((*ROLES, "time", "partOf", "theme"), 0.2),
    lead=dict.fromkeys(("type", "modality", "direction"), 0.3),
)


@pytest.fixture(scope="module")
def read(nlp: Language) -> Read:
    """The facts of the text by rules, its sentences, and its mentions by id."""
    return read_text(nlp, TEXT)


class Told:
    """A reader that answers what it was told: the rules' answers, but for some."""

    encoder = "made"

    def __init__(
        self,
        fillers: Mapping[tuple[str, int], float] = {},
        kind: FactType | None = None,
        direction: Direction | None = None,
    ) -> None:
        self.fillers, self.kind, self.direction = fillers, kind, direction
        self.names: Mapping[str, Mention] = {}

    def read(self, around: Surroundings, article: Article) -> Answers:
        fillers = np.zeros((len(around.candidates), ASKED), np.float32)
        for row, one in enumerate(around.candidates):
            fillers[row] = around.told[one.place] * SURE
            name = self.names[one.ref].name if isinstance(one.ref, str) and one.ref in self.names else str(one.ref)
            name = str(one.ref.label) if isinstance(one.ref, Role) else name
            for (wanted, column), share in self.fillers.items():
                if wanted == name and column in one.columns:
                    fillers[row, column] = share
        kinds = [SURE * (one is (self.kind or KINDS[around.kind])) for one in KINDS]
        modalities = [SURE * (number == around.modality) for number, _ in enumerate(MODALITIES)]
        directions = [SURE * (one is self.direction) for one in DIRECTIONS]
        shares = (np.array(part, np.float32) for part in (kinds, modalities, directions))
        return Answers(fillers, *shares, sectors={})


class Blind:
    """A reader of articles that sees nothing."""

    def read(self, text: ArticleText) -> Article:
        return Article(np.zeros((len(text.words), 1), np.float32), np.zeros(1, np.float32))


def let_answer(reader: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decisions, "load_reader", lambda: reader)
    monkeypatch.setattr(decisions, "load_article_reader", lambda digest: Blind())
    monkeypatch.setattr(decisions, "load_limits", lambda: LIMITS)


def decided(read: Read, reader: Told, monkeypatch: pytest.MonkeyPatch) -> Fact:
    """The fact of the $4 million as the reader's answers leave it."""
    facts, views, mentions = read
    reader.names = mentions
    let_answer(reader, monkeypatch)
    before, _ = loan(read)
    return next(one.fact for one in second_reading(facts, views, ()) if one.fact.id == before.id)


def test_a_reader_that_agrees_changes_nothing(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    assert decided(read, Told(), monkeypatch) == loan(read)[0]


def test_a_likely_filler_is_added_with_its_sentence(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    before, _ = loan(read)
    column = ROLES.index(RoleName.COUNTERPARTY)
    after = decided(read, Told({("Velmar Bank", column): 0.7}), monkeypatch)
    assert "Velmar Bank" in fillers(after, RoleName.COUNTERPARTY, read[2])
    assert len(after.evidence) == len(before.evidence) + 1


def test_of_some_roles_at_most_one_is_added_and_only_where_there_is_none(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    agent = ROLES.index(RoleName.AGENT)
    likely = {("Velmar Bank", agent): 0.8, ("growers", agent): 0.7}
    monkeypatch.setattr(f"{__name__}.LIMITS", replace(LIMITS, single=frozenset({"agent"})))
    assert fillers(decided(read, Told(likely), monkeypatch), RoleName.AGENT, read[2]) == {"Norvik Steel"}
    emptied = decided(read, Told(likely | {("Norvik Steel", agent): 0.1}), monkeypatch)
    assert fillers(emptied, RoleName.AGENT, read[2]) == {"Velmar Bank"}


def test_no_thing_is_two_parties_of_a_fact(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    column = ROLES.index(RoleName.BENEFICIARY)
    after = decided(read, Told({("Norvik Steel", column): 0.8}), monkeypatch)
    assert fillers(after, RoleName.AGENT, read[2]) == {"Norvik Steel"}
    assert "Norvik Steel" not in fillers(after, RoleName.BENEFICIARY, read[2])
    moved = decided(read, Told({("Norvik Steel", column): 0.8, ("Norvik Steel", 0): 0.1}), monkeypatch)
    assert fillers(moved, RoleName.AGENT, read[2]) == set()
    assert "Norvik Steel" in fillers(moved, RoleName.BENEFICIARY, read[2])


WIRE = "Norvik Steel bought 40 tons of wire for its mill."


@pytest.mark.parametrize(
    ("likely", "themes"),
    [
        ({}, ["wire"]),
        ({"wire": 0.1, "mill": 0.8}, ["mill"]),
        ({"wire": 0.3, "mill": 0.8}, ["wire"]),
        ({"wire": 0.1, "mill": 0.4}, []),
    ],
    ids=["the reader agrees", "another noun is likely", "that of the rules may be", "none is likely"],
)
def test_the_theme_is_a_likely_noun_of_the_sentence(
    likely: Mapping[str, float], themes: list[str], nlp: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    facts, views, mentions = read_text(nlp, WIRE)
    reader = Told({(noun, THEME): share for noun, share in likely.items()})
    reader.names = mentions
    let_answer(reader, monkeypatch)
    told = Recorded()
    (one,) = second_reading(facts, views, (), told)
    assert [role.label for role in one.fact.roles if role.name is RoleName.THEME] == themes
    assert any(line[:2] == ("withdrawn", "theme") for line in told.lines) is (themes != ["wire"])


def test_who_says_so_is_no_evidence(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    column = ROLES.index(RoleName.STATED_BY)
    after = decided(read, Told({("Velmar Bank", column): 0.7}), monkeypatch)
    assert fillers(after, RoleName.STATED_BY, read[2]) == {"Velmar Bank"}
    assert after.evidence == loan(read)[0].evidence


def test_an_unlikely_filler_is_taken_out_and_a_doubtful_one_stays(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    column = ROLES.index(RoleName.AGENT)
    without = decided(read, Told({("Norvik Steel", column): 0.1}), monkeypatch)
    assert fillers(without, RoleName.AGENT, read[2]) == set()
    doubtful = decided(read, Told({("Norvik Steel", column): 0.3}), monkeypatch)
    assert fillers(doubtful, RoleName.AGENT, read[2]) == {"Norvik Steel"}


def test_a_time_may_be_taken_out(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    fact, around = loan(read)
    assert fact.time is not None
    time = next(str(one.ref) for one in around.candidates if TIME in one.columns)
    assert decided(read, Told({(time, TIME): 0.1}), monkeypatch).time is None


def test_a_type_must_lead_to_win_and_only_changes_have_a_direction(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    assert decided(read, Told(kind=FactType.TRADE), monkeypatch).type is FactType.TRADE
    change = decided(read, Told(kind=FactType.CHANGE, direction=Direction.INCREASE), monkeypatch)
    assert (change.type, change.direction) == (FactType.CHANGE, Direction.INCREASE)
    trade = decided(read, Told(kind=FactType.TRADE, direction=Direction.INCREASE), monkeypatch)
    assert trade.direction is None


def test_what_takes_place_is_told_by_words_alone(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    assert decided(read, Told(kind=FactType.OCCURRENCE), monkeypatch).type is loan(read)[0].type


@pytest.mark.parametrize(("kind", "may_act"), [(ThingType.COMPANY, True), (ThingType.PRODUCT, False)])
def test_goods_do_not_act(read: Read, kind: ThingType, may_act: bool) -> None:
    mention = next(mention for mention in read[2].values() if mention.name == "Velmar Bank")
    assert decisions._may_be(RoleName.AGENT, replace(mention, type=kind)) is may_act


def test_no_fact_is_a_part_of_itself(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    facts, views, mentions = read
    both = [fact.id for fact in facts if fact.amount is not None]
    reader = Told({(ident, PART_OF): SURE for ident in both})
    reader.names = mentions
    let_answer(reader, monkeypatch)
    wholes = {one.fact.id: one.fact.part_of for one in second_reading(facts, views, ())}
    for ident in wholes:
        seen: list[str] = []
        at: str | None = ident
        while at is not None:
            assert at not in seen
            seen.append(at)
            at = wholes.get(at)


def test_no_new_part_is_more_than_its_whole(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    facts, views, mentions = read
    whole, part = (fact for fact in facts if fact.amount is not None)
    assert whole.amount is not None
    little = replace(whole, amount=replace(whole.amount, value=Decimal(400_000)))
    before = [little if fact is whole else replace(fact, part_of=None) for fact in facts]
    reader = Told({(whole.id, PART_OF): SURE})
    reader.names = mentions
    let_answer(reader, monkeypatch)
    told = Recorded()
    after = {one.fact.id: one.fact for one in second_reading(before, views, (), told)}
    assert after[part.id].part_of is None
    assert ("withdrawn", "partOf", "all its parts would be more than it") in told.lines


def test_of_parts_that_are_too_many_the_first_ones_stay(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    facts, views, mentions = read
    whole, part = (fact for fact in facts if fact.amount is not None)
    assert part.part_of == whole.id
    assert whole.amount is not None
    little = replace(whole, amount=replace(whole.amount, value=Decimal(400_000)))
    reader = Told()
    reader.names = mentions
    let_answer(reader, monkeypatch)
    for total, kept in ((whole, whole.id), (little, None)):
        before = [total if fact is whole else fact for fact in facts]
        after = {one.fact.id: one.fact for one in second_reading(before, views, ())}
        assert after[part.id].part_of == kept


class Recorded(Recorder):
    """Keeps what the second reading tells of its decisions."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[tuple[str, str, str]] = []

    def changed(self, fact: Fact, slot: str, value: object, why: str, *words: object) -> None:
        self.lines.append(("changed", slot, why.format(*words)))

    def withdrawn(self, fact: Fact, slot: str, value: object, why: str, *words: object) -> None:
        self.lines.append(("withdrawn", slot, why.format(*words)))


def test_what_is_changed_is_told(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    facts, views, mentions = read
    reader = Told({("Norvik Steel", ROLES.index(RoleName.AGENT)): 0.1, ("Velmar Bank", 0): 0.8})
    reader.names = mentions
    let_answer(reader, monkeypatch)
    kept = Recorded()
    second_reading(facts, views, (), kept)
    assert ("withdrawn", "agent", "unlikely by all around it: 0.10") in kept.lines
    assert ("changed", "agent", "likely by all around it: 0.80") in kept.lines


def test_words_without_vectors_are_read_by_rules_alone(read: Read) -> None:
    facts, views, _ = read
    doc = views[0].sentence.doc
    tensor, doc.tensor = doc.tensor, np.zeros((len(doc), 0), np.int8)
    try:
        read_again = second_reading(facts, views, ())
        assert tuple(one.fact for one in read_again) == facts
        assert not any(one.sectors for one in read_again)
    finally:
        doc.tensor = tensor


def test_packaged_limits_have_all_slots() -> None:
    limits = load_limits()
    slots = {*(role.value for role in ROLES), "time", "partOf", "theme"}
    assert limits.fill.keys() == limits.keep.keys() == slots
    assert limits.lead.keys() == {"type", "modality", "direction"}
    assert all(limits.keep[slot] <= limits.fill[slot] for slot in slots)
    assert min(limits.pool) > 0
