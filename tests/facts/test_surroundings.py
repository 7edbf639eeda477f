"""What the second reading sees of a fact."""

from __future__ import annotations

from dataclasses import replace

import pytest
from spacy.language import Language

from indiggraph.facts.reading.features import FAR, Feature, Mark, Party
from indiggraph.facts.reading.surroundings import (
    KINDS,
    MODALITIES,
    PART_OF,
    ROLES,
    TIME,
    surroundings_of,
)
from indiggraph.facts.sector_clues import NO_SECTOR
from indiggraph.facts.tellers import tellers_of
from indiggraph.lexicon import load_lexicon
from indiggraph.model import FactType, Modality, Role, RoleName
from tests.facts.rereading import TEXT, Read, columns_of, fillers, loan, read_text


@pytest.fixture(scope="module")
def read(nlp: Language) -> Read:
    """The facts of the text by rules, its sentences, and its mentions by id."""
    return read_text(nlp, TEXT)


def test_things_times_and_other_figures_are_candidates(read: Read) -> None:
    facts, _, mentions = read
    fact, around = loan(read)
    named = {mentions[one.ref].name for one in around.candidates if isinstance(one.ref, str) and one.ref in mentions}
    assert {"Norvik Steel", "Halden Works", "Velmar Bank", "Harran"} <= named
    times = [one for one in around.candidates if TIME in one.columns]
    assert [one.ref.text for one in times if not isinstance(one.ref, str)] == ["May"]
    share = next(one for one in facts if one.amount is not None and one.amount.value == 1_000_000)
    wholes = [
        one.ref
        for one in list(surroundings_of(facts, read[1], ()))[facts.index(share)].candidates
        if PART_OF in one.columns
    ]
    assert fact.id in wholes
    assert share.id not in wholes


def test_what_rules_answered_is_told(read: Read) -> None:
    _, around = loan(read)
    mentions = read[2]
    agent, other = (around.candidates[columns_of(around, mentions, name)] for name in ("Norvik Steel", "Halden Works"))
    assert around.told[agent.place, ROLES.index(RoleName.AGENT)] == 1
    assert around.told[other.place, ROLES.index(RoleName.AGENT)] == 0
    assert KINDS[around.kind] is FactType.INVESTMENT
    assert MODALITIES[around.modality] is Modality.ACTUAL


def test_words_and_features_have_a_row_each(read: Read) -> None:
    _, around = loan(read)
    assert len(around.words) == len(around.features) == len(around.told)
    assert all(one.place < len(around.words) for one in around.candidates)
    assert max(around.trigger, around.value) < len(around.words)


NAMED = ("Norvik Steel", "Halden Works", "Velmar Bank", "Irena Valdoga")
PARTIES_BEFORE = (
    "Norvik Steel was founded here. Norvik Steel lent Halden Works $4 million. Velmar Bank lent Halden Works "
    "$5 million. Irena Valdoga was calm. Output of boats rose 5 percent."
)
ROW = "Norvik Steel lent $4 million to Zelmar Works and $5 million to Alden Works. "
FAR_AWAY = (
    "Irena Valdoga said Norvik Steel had lent Halden Works $4 million. Rain fell in Kell. Roads were wet. "
    "Fields were green. The sun came out. Prices rose 3 percent. Nobody was there. It was late. "
    "Output of boats rose 5 percent."
)


def test_what_was_named_before_is_a_candidate_and_its_speaker_marked(nlp: Language) -> None:
    facts, views, mentions = read_text(nlp, FAR_AWAY)
    stated = next(fact for fact in facts if fact.amount is not None)
    assert fillers(stated, RoleName.STATED_BY, mentions) == {"Irena Valdoga"}
    around = list(surroundings_of(facts, views, ()))[-1]
    before = [one for one in around.candidates if around.features[one.place, Feature.OFFSET] == FAR]
    far = {mentions[str(one.ref)].name: one.place for one in before if PART_OF not in one.columns}
    assert [one.ref for one in before if PART_OF in one.columns] == [stated.id]
    assert far.keys() == {"Irena Valdoga", "Norvik Steel", "Halden Works"}
    assert around.features[far["Irena Valdoga"], Feature.MARK] == Mark.LAST_SPEAKER
    assert around.features[far["Norvik Steel"], Feature.MARK] == Mark.NOTHING
    assert min(around.trigger, around.value) > len(far)


def test_what_rules_answered_of_a_thing_far_away_is_told_where_it_is_named_last(nlp: Language) -> None:
    facts, views, mentions = read_text(nlp, FAR_AWAY.replace("Rain", "Valdoga was calm. Rain"))
    last = facts[-1]
    valdoga = next(mention for mention in mentions.values() if mention.name == "Irena Valdoga")
    stated = replace(last, roles=(*last.roles, Role(RoleName.STATED_BY, valdoga.id)))
    around = list(surroundings_of((*facts[:-1], stated), views, ()))[-1]
    told = {mentions[str(one.ref)].name for one in around.candidates if around.told[one.place, 3]}
    assert ROLES[3] is RoleName.STATED_BY
    assert told == {"Irena Valdoga"}


def test_words_that_tell_sectors_have_them(read: Read) -> None:
    facts, views, mentions = read
    fact, _ = loan(read)
    doc = views[0].sentence.doc
    tellers = tellers_of(doc, list(mentions.values()), load_lexicon())
    around = list(surroundings_of(facts, views, tellers))[facts.index(fact)]
    told = {doc[int(at)].text: key for at, key in zip(around.tokens, around.sectors, strict=True) if key != NO_SECTOR}
    assert told["Steel"] == "steel"
    assert told.keys() == {doc[int(at)].text for at in around.tokens[around.features[:, Feature.TELLING] > 0]}
    assert set(loan(read)[1].sectors) == {NO_SECTOR}


def test_of_the_sectors_of_a_firm_its_chief_one_is_told(nlp: Language) -> None:
    facts, views, mentions = read_text(nlp, "Gol-e-Gohar lent Halden Works $4 million.")
    doc = views[0].sentence.doc
    (firm,) = (mention for mention in mentions.values() if mention.key and load_lexicon().industries(mention.key))
    chief, *others = load_lexicon().industries(str(firm.key))
    assert others
    around = next(surroundings_of(facts, views, tellers_of(doc, list(mentions.values()), load_lexicon())))
    assert {key for key in around.sectors if key != NO_SECTOR} == {chief}


def test_things_have_marks_of_what_they_were_before_and_how_often(nlp: Language) -> None:
    facts, views, mentions = read_text(nlp, PARTIES_BEFORE)
    around = list(surroundings_of(facts, views, ()))[-1]
    marked = {name: around.features[around.candidates[columns_of(around, mentions, name)].place] for name in NAMED}
    assert {name: Party(one[Feature.PARTY]) for name, one in marked.items()} == {
        "Norvik Steel": Party.AGENT,
        "Halden Works": Party.LAST_OTHER,
        "Velmar Bank": Party.LAST_AGENT,
        "Irena Valdoga": Party.NONE,
    }
    often = {name: one[Feature.OFTEN] for name, one in marked.items()}
    assert often["Irena Valdoga"] == often["Velmar Bank"] < often["Halden Works"]
    first = next(iter(surroundings_of(facts, views, ())))
    assert set(first.features[:, Feature.PARTY]) == {Party.NONE}


def test_of_the_parties_of_one_word_the_last_is_the_one_told_last(nlp: Language) -> None:
    facts, views, mentions = read_text(nlp, ROW + "Output of boats rose 5 percent.")
    assert {fact.trigger for fact in facts[:2]} == {facts[0].trigger}
    around = list(surroundings_of(facts, views, ()))[-1]
    marked = {
        name: around.candidates[columns_of(around, mentions, name)].place for name in ("Zelmar Works", "Alden Works")
    }
    assert {name: Party(around.features[place, Feature.PARTY]) for name, place in marked.items()} == {
        "Zelmar Works": Party.OTHER,
        "Alden Works": Party.LAST_OTHER,
    }


def test_things_of_the_first_sentence_and_those_told_often_are_told_apart(nlp: Language) -> None:
    again = "Norvik Steel rose. "
    texts = ("Norvik Steel lent Halden Works $4 million. " + again * n for n in (0, 1, 3, 4))
    later = "Rain fell. Norvik Steel lent Halden Works $4 million."
    classes = [_often(nlp, text) for text in (*texts, later)]
    assert classes[0] < classes[1] < classes[2] < classes[3]
    assert classes[4] < classes[0]


def _often(nlp: Language, text: str) -> int:
    """The class of how often Norvik Steel is told."""
    facts, views, mentions = read_text(nlp, text)
    around = next(surroundings_of(facts, views, ()))
    return int(around.features[around.candidates[columns_of(around, mentions, "Norvik Steel")].place, Feature.OFTEN])


def test_no_facts_have_no_surroundings(read: Read) -> None:
    assert list(surroundings_of((), read[1], ())) == []
