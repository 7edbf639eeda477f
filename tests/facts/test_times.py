"""Which time is whose, in made-up texts of one day: each row is one construction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from spacy.language import Language

from indiggraph.frames import load_frames
from indiggraph.lexicon import load_lexicon
from indiggraph.model import Document, Extraction, Fact
from indiggraph.pipeline import extract

Extract = Callable[[str], Extraction]

PUBLISHED = dt.date(2020, 7, 15)  # a Wednesday


@pytest.fixture(scope="module")
def dated(nlp: Language) -> Extract:
    """A function from a text published on a certain day to all that it says."""
    lexicon, frames = load_lexicon(), load_frames()
    return lambda text: extract(Document("test", text, published=PUBLISHED), nlp, lexicon, frames)


def with_value(extraction: Extraction, number: str) -> Fact:
    """The one fact with this number in its sum or quantities."""
    facts = [f for f in extraction.facts if any(number in v.text for v in (f.amount, *f.quantities) if v is not None)]
    assert len(facts) == 1, [(fact.type.value, fact.rule) for fact in extraction.facts]
    return facts[0]


TIMES = [
    (
        "Exports reached $40 million in May 2019, over the $30 million booked in May 2018.",
        "30",
        "May 2018",
        "a participle right behind the value",
    ),
    ("From January to May 2019, exports reached 40 tons.", "40", "January to May 2019", "a range behind from"),
    ("The budget was raised from $30 million to $40 million for May 2019.", "30", None, "the level before"),
    ("Norvik opened a mill in 2019 and has since made 40 pumps.", "40", None, "since then"),
    ("Work has begun on a mill worth $40 million, seven months behind schedule.", "40", None, "how late it is"),
    ("The mill will employ 40 people when it opens in 2024.", "40", "2024", "a clause that says when"),
    ("Norvik exported 40 tons of tiles in May 2019.", "40", "May 2019", "the verb's"),
    (
        "Norvik exported 40 tons of tiles in May 2019, against 30 tons in May 2018.",
        "40",
        "May 2019",
        "not what it is compared with",
    ),
    (
        "Norvik exported 40 tons of tiles in May 2019, against 30 tons in May 2018.",
        "30",
        "May 2018",
        "the compared value's own",
    ),
    ("Norvik exported 40 tons of tiles in May, 5 percent more than in April.", "5", "May", "than"),
    ("Exports of 40 tons in 2019 fell by 5 percent against 2018.", "5", "2019", "against"),
    ("Norvik exported 40 tons of tiles in 2019 and will export 50 tons by 2022.", "50", "by 2022", "its own clause"),
    ("Norvik exported 40 tons of tiles in 2019 and will export 50 tons by 2022.", "40", "2019", "the other clause"),
    ("Norvik exported 40 tons of tiles and 50 tons of bricks in 2019.", "40", "2019", "shared by coordinated values"),
    ("Norvik, which was founded in 1990, exported 40 tons of tiles.", "40", None, "a clause beside it"),
    ("Norvik has a mill that exported 40 tons of tiles in 2019.", "40", "2019", "in a relative clause"),
    (
        "On Tuesday Norvik opened a mill, which exported 40 tons of tiles.",
        "40",
        None,
        "a day is not its relative clauses'",
    ),
    ("Norvik plans to export 40 tons of tiles in 2022.", "40", "2022", "under a plan"),
    ("Some 40 tons of tiles are planned to be exported in 2022.", "40", "2022", "raised over a plan"),
    ("Norvik exported 40 tons of tiles in May, Anna Velde said on Tuesday.", "40", "May", "not when it was said"),
    ("Norvik exported 40 tons of tiles, Anna Velde announced on Tuesday.", "40", None, "only when it was said"),
    ("Anna Velde said last week Norvik had exported 40 tons of tiles.", "40", None, "right behind the speech verb"),
    (
        "Norvik made 400 tons of yarn in the first quarter of 2019, 9 percent more than in the same period of 2018.",
        "9",
        "the first quarter of 2019",
        "the period of the figure that a difference is told of",
    ),
    ("Exports were 40 tons in 2019, up 9 percent on 2018.", "9", "2019", "up on"),
    ("Sales more than doubled in 2019, reaching 40 tons.", "40", "2019", "more than doubled"),
    (
        "Norvik has defined 60 projects since 2018, 12 of which have been handed over to Tavan.",
        "12",
        None,
        "not the time of what a share is taken from",
    ),
    (
        "Norvik drilled 90 meters in 2018, 34 meters of which were tested in May 2019.",
        "34",
        "May 2019",
        "a share's own",
    ),
    ("Norvik will have to repay the $12 million it got in 2019.", "12", "2019", "a clause without a pronoun"),
    (
        "The chamber proposed that the waiver be prolonged till May 2024 and that fees be cut by 4 percent.",
        "4",
        None,
        "an open end before a joined clause",
    ),
    (
        "Costing $12 million, the mill is expected to make 40 tons of glass from 2026.",
        "12",
        None,
        "what is expected of who pays",
    ),
    ("Norvik supplies 40 tons of yarn, and Tavan will open a mill in May 2022.", "40", None, "a joined clause's"),
    (
        "A grant of $15 million, moved by the ministry in February 2020, is pending.",
        "15",
        "February 2020",
        "a participle",
    ),
    ("The target set by the ministry for 2021 is 40 tons.", "40", "2021", "the year that a target is set for"),
    (
        "Minister Ali Karvan announced exports of 40 tons of yarn in 2019.",
        "40",
        "2019",
        "the period of figures that are announced",
    ),
    ("On Tuesday Norvik will open a wind farm financed by Tavan with $58 million.", "58", None, "a participle's event"),
    (
        "Anna Velde, who told Ardan News on Tuesday that mills owe 40 tons of ore, is a minister.",
        "40",
        None,
        "told then",
    ),
    (
        "On Friday the ministry ordered mills to stop imports, saying that four mines have a capacity of 40 tons.",
        "40",
        None,
        "when it was ordered",
    ),
    ("In line with Vision 2040, Norvik exported 40 tons of tiles.", "40", None, "a year in a name"),
    (
        "ARDAN, 12 May (Ardan News) --- Norvik exported 40 tons of tiles.",
        "40",
        None,
        "the day of the dateline",
    ),
    (
        "Norvik exported 40 tons in the first ten months of the year (March 21, 2019-January 20, 2020).",
        "40",
        "the first ten months of the year (March 21, 2019-January 20, 2020)",
        "with the bracket that explains it",
    ),
]


@pytest.mark.parametrize(("text", "number", "expected", "why"), TIMES, ids=[row[3] for row in TIMES])
def test_time(dated: Extract, text: str, number: str, expected: str | None, why: str) -> None:
    time = with_value(dated(text), number).time
    assert (None if time is None else time.text) == expected


def test_a_time_behind_the_speech_verb_is_when_it_was_said(dated: Extract) -> None:
    fact = with_value(dated("Norvik exported 40 tons of tiles, Anna Velde announced on Tuesday."), "40")
    assert fact.stated_at is not None
    assert fact.stated_at.first == dt.date(2020, 7, 14)


def test_the_end_of_what_is_proposed(dated: Extract) -> None:
    (fact,) = dated("The ministry has proposed that the scheme be extended till June 2022.").facts
    assert fact.time is not None
    assert fact.time.text == "till June 2022"
