"""Sectors of facts: named, told by goods, by a firm's name, or by what stands around."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from spacy.language import Language

import indiggraph.facts.build as build
import indiggraph.facts.looks as looks
from indiggraph.facts.reading import Reread, load_limits
from indiggraph.facts.sectors import pooled
from indiggraph.frames import load_frames
from indiggraph.lexicon import load_lexicon
from indiggraph.model import Document, Extraction
from indiggraph.pipeline import extract as extract_document
from indiggraph.trace import Recorder

Extract = Callable[[str], Extraction]

SECTORS = [
    ("The value of non-oil trade reached $40 billion.", (), "trade that is not of oil is of nothing"),
    ("Velmar sold non-oil products worth $4 million.", (), "what is not of oil is of nothing"),
    ("The fund lent $4 million to knowledge-based companies.", ("technology",), "makers tell a sector"),
    ("Harran Steel Company spent $4 million on a second hall.", ("steel",), "a firm's name tells what it makes"),
    (
        "The Mineral Resources Minister Anna Velde said that 900 licences worth $3 million were issued.",
        (),
        "a post tells what a state governs",
    ),
    (
        "Output of wind turbines rose 4 percent. The turbine maker Velmar Wind spent $3 million on its yard.",
        ("energy",),
        "a good has the sector of its longer name",
    ),
    ("Makers of cement are waiting for loans. The bank lent them $3 million.", ("cement",), "the paragraph goes on"),
    (
        "Jobs in the oil and gas industry are rare. The bank lent Velmar $3 million.",
        ("gas", "oil"),
        "sectors named in one row go together",
    ),
    ("Velmar will ship 4,000 tons of cement worth $3 million.", ("cement",), "a verb is no ship"),
    ("SAIPA spent $4 million on a second hall.", ("automotive",), "a known firm's name tells what it makes"),
    ("The Bank of Steel and Cement lent Velmar $3 million.", (), "a bank's name tells whom it serves"),
    ("Velmar Motors built a wind farm with 40 megawatts for $3 million.", ("energy",), "a unit tells less than goods"),
    (
        "Yards build ships. Textile mills weave. Farmers, drugmakers and hospitals wait. In August the Harran Office "
        "announced that home production of 800 parts in the steel sector has saved Harran $15 million in 12 years.",
        ("steel",),
        "the only sector that its sentence calls by its name",
    ),
    ("Zinc worth $3 million was sold.", ("metals",), "a narrow sector is taken as the usual one"),
    (
        "Carmakers want more. Output of cars is low. Velmar Motors paid $3 million to Finch, a foundry.",
        ("automotive",),
        "what a party is does not tell what the fact is about",
    ),
]


@pytest.mark.parametrize(("text", "expected", "why"), SECTORS, ids=[row[2] for row in SECTORS])
def test_sectors(extract: Extract, text: str, expected: tuple[str, ...], why: str) -> None:
    valued = [fact for fact in extract(text).facts if fact.amount is not None]
    assert [fact.sectors for fact in valued] == [expected]


ROWS = [
    (
        "Kelvara Bank lent $8 million to textile makers, $3 million to furniture makers and the rest to dairies.",
        {8_000_000: ("textile",), 3_000_000: ("furniture",)},
    ),
    (
        "Some $8 million was allocated to hospitals, $3 million to schools and $1 million to fisheries.",
        {8_000_000: ("health",), 3_000_000: ("education",), 1_000_000: ("agriculture",)},
    ),
]


@pytest.mark.parametrize(("text", "expected"), ROWS, ids=["the rest ends a row", "named or told"])
def test_each_sum_of_a_row_has_its_sectors(extract: Extract, text: str, expected: dict[int, tuple[str, ...]]) -> None:
    found = {int(fact.amount.value or 0): fact.sectors for fact in extract(text).facts if fact.amount is not None}
    assert found == expected


# ---- with the second reading ----------------------------------------------------------------------------------------

STEEL_THEN_CARS = "Cars need wires. Velmar sells steel. The bank lent it $3 million."


def reread_with(sectors: dict[str, float], monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the second reading find sectors so likely, and weigh as much as clues."""
    monkeypatch.setattr(build, "second_reading", lambda facts, *_: tuple(Reread(fact, sectors) for fact in facts))
    monkeypatch.setattr(looks, "load_limits", lambda: replace(load_limits(), pool=(1.0, 1.0)))


def test_a_pool_weighs_both_and_knows_only_what_is_told() -> None:
    told = {"steel": 0.6, "rail": 0.3, "": 0.1}
    assert pooled(told, {"rail": 1.0}, (1.0, 0.0), named=False) == pytest.approx(told)
    both = pooled(told, {"rail": 0.9, "steel": 0.1}, (1.0, 1.0), named=False)
    assert both.keys() == told.keys()
    assert sum(both.values()) == pytest.approx(1)
    assert both["rail"] / both["steel"] == pytest.approx(4.5)


def test_what_goes_to_sectors_that_no_word_tells_says_nothing() -> None:
    told = {"steel": 0.6, "rail": 0.3, "": 0.1}
    assert pooled(told, {"oil": 1.0}, (1.0, 1.0), named=False) == pytest.approx(told)


def test_a_sector_called_by_its_name_is_not_easily_ruled_out() -> None:
    told, likely = {"steel": 0.6, "rail": 0.4}, {"rail": 1.0}
    named, unnamed = (pooled(told, likely, (1.0, 1.0), named=named)["steel"] for named in (True, False))
    assert 0.6 > named > unnamed > 0


@pytest.mark.parametrize(
    ("likely", "expected"),
    [({"steel": 0.9}, ("steel",)), ({"automotive": 1.0}, ("automotive",)), ({"": 1.0}, ()), ({"oil": 1.0}, ())],
    ids=["as the clues", "another one of the text", "none", "what no word tells"],
)
def test_the_second_reading_has_a_say_in_sectors(
    likely: dict[str, float], expected: tuple[str, ...], extract: Extract, monkeypatch: pytest.MonkeyPatch
) -> None:
    reread_with(likely, monkeypatch)
    (fact,) = (fact for fact in extract(STEEL_THEN_CARS).facts if fact.amount is not None)
    assert fact.sectors == expected


def test_the_sector_that_a_sentence_calls_by_its_name_stays_where_none_is_likely(
    extract: Extract, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "Cars are dear. Velmar won $3 million for the steel industry."
    reread_with({"": 1.0}, monkeypatch)
    monkeypatch.setattr(looks, "load_limits", lambda: replace(load_limits(), pool=(0.0, 1.0)))
    (fact,) = (fact for fact in extract(text).facts if fact.amount is not None)
    assert fact.sectors == ("steel",)


@pytest.mark.parametrize(("key", "word"), [("steel", "steel"), ("automotive", "Cars"), ("", None)])
def test_only_the_sentence_that_tells_the_last_word_is_cited(
    key: str, word: str | None, extract: Extract, monkeypatch: pytest.MonkeyPatch
) -> None:
    reread_with({key: 1.0}, monkeypatch)
    (fact,) = (fact for fact in extract(STEEL_THEN_CARS).facts if fact.amount is not None)
    cited = {STEEL_THEN_CARS[span.start : span.end] for span in fact.evidence}
    assert any("Cars" in one for one in cited) is (word == "Cars")
    assert word is None or any(word in one for one in cited)


def test_what_the_second_reading_does_to_sectors_is_told(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Cars are dear. Zinc worth $3 million was sold."
    reread_with({"automotive": 1.0}, monkeypatch)
    monkeypatch.setattr(looks, "load_limits", lambda: replace(load_limits(), pool=(0.0, 1.0)))
    kept = Recorder()
    extract_document(Document("test", text), nlp, load_lexicon(), load_frames(), kept)
    notes = [note for sentence in kept.sentences for draft in sentence.drafts for note in draft.notes]
    told = {(note.value, note.taken): note.why for note in notes if note.slot == "sector"}
    assert told["automotive", True].startswith("likely by all around it")
    assert told["metals", False].startswith("unlikely by all around it")
