"""Who says what in made-up texts: each row is one construction."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from indiggraph.facts.quotations import quotations
from indiggraph.model import Extraction, RoleName, ThingType

Extract = Callable[[str], Extraction]


def said_by(extraction: Extraction, role: RoleName, quantity: str) -> list[str]:
    """Who fills a role in the one fact whose trigger's sentence holds these words."""
    text = extraction.document.text
    facts = [f for f in extraction.facts if quantity in text[f.evidence[0].start : f.evidence[0].end]]
    assert len(facts) == 1, [(fact.type.value, fact.rule) for fact in extraction.facts]
    known = {mention.id: mention.name for mention in extraction.mentions}
    return [known[r.mention] for r in facts[0].roles if r.name is role and r.mention is not None]


SPEAKERS = [
    ("Norvik exported 40 tons of tiles, said Anna Velde, who heads the firm.", ["Anna Velde"], "inverted"),
    ("Norvik exported 40 tons of tiles, Anna Velde, who heads the firm, said.", ["Anna Velde"], "past a clause"),
    ("Norvik Steel, Anna Velde added, exported 40 tons of tiles.", ["Anna Velde"], "an aside"),
    ("The cost, she went on, was $40 for each ton of tiles.", ["she"], "a verb with a particle"),
    ("According to her, Norvik exported 40 tons of tiles.", ["her"], "a pronoun as source"),
    ("In her view, Norvik exported 40 tons of tiles.", ["her"], "an opinion"),
    ("Norvik exported 40 tons of tiles, by the Velmar Chamber's reckoning.", ["Velmar Chamber"], "a reckoning"),
    ("As Anna Velde told reporters, Norvik exported 40 tons of tiles.", ["Anna Velde"], "as somebody told"),
    ("Anna Velde was quoted as saying that Norvik exported 40 tons of tiles.", ["Anna Velde"], "quoted"),
    ("Reuters quoted Anna Velde as saying Norvik exported 40 tons of tiles.", ["Anna Velde"], "quoted by an outlet"),
    (
        "Officials at the Velmar Customs Office said Norvik exported 40 tons of tiles.",
        ["Velmar Customs Office"],
        "voices",
    ),
    (
        "A survey by the Velmar Customs Office found Norvik exported 40 tons of tiles.",
        ["Velmar Customs Office"],
        "a study",
    ),
    (
        "Anna Velde said the fair was good, noting that Norvik exported 40 tons of tiles.",
        ["Anna Velde"],
        "a participle goes on",
    ),
    (
        "Based on figures released by the Velmar Customs Office, Norvik exported 40 tons of tiles.",
        ["Velmar Customs Office"],
        "figures as base",
    ),
    (
        "Norvik exported 40 tons of tiles worth $3 million in May, latest data released by the Velmar Customs Office "
        "show.",
        ["Velmar Customs Office"],
        "data at the end",
    ),
    (
        "According to Anna Velde, the state had pledged to buy 40 tons of tiles.",
        ["Anna Velde"],
        "who tells of a promise",
    ),
    ("The guild has proposed that mills export 40 tons of tiles, Anna Velde said.", ["Anna Velde"], "of a proposal"),
    ("The Velmar Chamber wants mills to export 40 tons of tiles.", ["Velmar Chamber"], "a wish told by the text"),
    ("Exports were 40 tons of tiles (source: Velmar Customs Office).", ["Velmar Customs Office"], "in brackets"),
    ("Norvik exported 40 tons of tiles, by the reckoning of the Velmar Chamber.", ["Velmar Chamber"], "reckoning of"),
    ("The fair was good, said Anna Velde, whose firm exported 40 tons of tiles.", [], "a clause about the speaker"),
    (
        "Norvik exported 40 tons of tiles to the Fund, the firm's deputy, Anna Velde, informed Reuters.",
        ["Anna Velde"],
        "before whom she tells",
    ),
    ("Velmar Customs Office put exports at a mere 40 tons of tiles.", ["Velmar Customs Office"], "put at a value"),
    ("Norvik Steel, she went on, exported 40 tons of tiles.", ["she"], "an aside with a particle"),
    (
        "The managing director of the Velmar Chamber, Anna Velde, underlined that Norvik exported 40 tons of tiles.",
        ["Anna Velde"],
        "a name behind the body of the post",
    ),
    ("The bus was quoted at $40 in May.", [], "a price is quoted"),
    ("The Velmar Chamber reported a loss of $40 million.", ["Velmar Chamber"], "a figure is reported"),
    ("The budget bill, now before Parliament, puts the Velmar Fund's share at 40 percent.", [], "a bill says"),
    ("The tax was paid to the account of the Velmar Chamber for 40 buses.", [], "a bank account"),
    ("Anna Velde grumbled that Norvik exported 40 tons of tiles.", ["Anna Velde"], "a manner of speaking"),
    ("Norvik exported 40 tons of tiles in a show, the Velmar Customs Office.", [], "no data at the end"),
    ("Norvik said it exported 40 tons of tiles.", ["Norvik"], "one who acts and says so"),
    ("Norvik pledged to export 40 tons of tiles.", [], "an undertaking is no report"),
    ("Norvik added 40 workers.", [], "a verb that needs a clause"),
    ("Anna Velde wants mills to export 40 tons of tiles.", ["Anna Velde"], "a wish for others"),
    (
        "Anna Velde, who said she was glad, visited mills that exported 40 tons of tiles.",
        [],
        "a clause speaks for itself",
    ),
    ("Norvik exported 40 tons of tiles, a day after Anna Velde said it would close.", [], "told beside"),
    ("Per the Velmar Chamber, Norvik exported 40 tons of tiles.", ["Velmar Chamber"], "per"),
    ("Norvik's price per ton of tiles was $40.", [], "per a unit"),
    ("Anna Velde is of the opinion that exports of tiles will reach 40 tons.", ["Anna Velde"], "of the opinion"),
    ("Anna Velde is confident that exports of tiles will reach 40 tons.", ["Anna Velde"], "confident"),
    ("This follows a claim by the Velmar Chamber that mills exported 40 tons.", ["Velmar Chamber"], "a claim"),
    ("Industry body Tilex said exports of tiles reached 40 tons.", ["Tilex"], "a body beside its kind"),
    ("The Velmar Bank lent mills $40 million, it said in a statement.", ["Velmar Bank"], "the subject said it"),
    ("In the words of Commissioner Anna Velde, mills exported 40 tons.", ["Anna Velde"], "in the words of"),
    ("The Velmar Bank saw exports of tiles fall by 40 percent.", [], "who saw it happened to"),
    ("The Velmar Chamber sees exports of tiles at 40 tons next year.", ["Velmar Chamber"], "who sees it coming"),
    ("Chief executive Anna Velde: Mills exported 40 tons of tiles.", ["Anna Velde"], "before a colon"),
    (
        "The fair was a success, Anna Velde said, a day after Norvik exported 40 tons of tiles.",
        [],
        "the text's own words",
    ),
]


@pytest.mark.parametrize(("text", "expected", "why"), SPEAKERS, ids=[row[2] for row in SPEAKERS])
def test_who_says_so(extract: Extract, text: str, expected: list[str], why: str) -> None:
    assert said_by(extract(text), RoleName.STATED_BY, "40") == expected


CARRIERS = [
    ("Norvik exported 40 tons of tiles, Anna Velde told Reuters.", ["Reuters"], "told"),
    ("As reported by Reuters, Norvik exported 40 tons of tiles.", ["Reuters"], "as reported by"),
    (
        "Anna Velde said in an interview with Reuters that Norvik exported 40 tons of tiles.",
        ["Reuters"],
        "an interview",
    ),
    (
        "Norvik exported 40 tons of tiles, Anna Velde told the Harran Gazette.",
        ["Harran Gazette"],
        "a paper by its name",
    ),
    ("Norvik exported 40 tons of tiles, the trade daily Harran Gazette reported.", ["Harran Gazette"], "described"),
    ("Quoting Anna Velde, Reuters said Norvik exported 40 tons of tiles.", ["Reuters"], "who quotes"),
]


@pytest.mark.parametrize(("text", "expected", "why"), CARRIERS, ids=[row[2] for row in CARRIERS])
def test_who_carries_it(extract: Extract, text: str, expected: list[str], why: str) -> None:
    assert said_by(extract(text), RoleName.REPORTED_BY, "40") == expected


def test_an_outlet_may_be_told_something_by_its_kind(extract: Extract) -> None:
    text = "The fair opened, Reuters reported. Anna Velde told the agency that Norvik exported 40 tons of tiles."
    assert said_by(extract(text), RoleName.REPORTED_BY, "40") == ["Reuters"]


def test_a_described_outlet_is_the_one_named_before(extract: Extract) -> None:
    text = "Reuters reported that the fair opened. The agency said Norvik exported 40 tons of tiles."
    assert said_by(extract(text), RoleName.REPORTED_BY, "40") == ["Reuters"]


QUOTES = [
    ('Anna Velde spoke. "We sold 40 tons of tiles. We bought none," said Ben Orr.', ["Ben Orr"], "told at its end"),
    ('Anna Velde said: "We opened two mills. We sold 40 tons of tiles."', ["Anna Velde"], "told where it begins"),
    (
        'Anna Velde said the fair was good.\n\n"We sold 40 tons of tiles, more than ever."',
        ["Anna Velde"],
        "told before",
    ),
    (
        '"We opened two mills," Anna Velde said. "It was hard.\n\n"We sold 40 tons of tiles, and bought none."',
        ["Anna Velde"],
        "over paragraphs",
    ),
    ("Anna Velde said the fair was good. Norvik sold 40 tons of tiles.", [], "the text's own words"),
]


@pytest.mark.parametrize(("text", "expected", "why"), QUOTES, ids=[row[2] for row in QUOTES])
def test_who_speaks_in_a_quotation(extract: Extract, text: str, expected: list[str], why: str) -> None:
    assert said_by(extract(text), RoleName.STATED_BY, "40") == expected


PASSAGES = [
    (
        "Norvik exported 40 tons of tiles.\n\nMaking the remarks on Sunday, Anna Velde said the fair was good.",
        ["Anna Velde"],
        "made the remarks",
    ),
    ("Norvik exported 40 tons of tiles. This was said by Anna Velde.", ["Anna Velde"], "said this"),
    (
        "Norvik exported 40 tons of tiles.\n\nAnna Velde made the opening speech on Sunday, and said it was fine.",
        [],
        "made no remarks",
    ),
    (
        "The fair was good, according to the Velmar Chamber. Norvik exported 40 tons of tiles, it said.",
        ["Velmar Chamber"],
        "it is the body that spoke",
    ),
    (
        "Anna Velde said mills would open. So far 40 have exported tiles worth $3 million.",
        ["Anna Velde"],
        "a bare number goes on",
    ),
    ("Anna Velde said the mill was sold. It exported 40 tons of tiles.", ["Anna Velde"], "about the same"),
    (
        "Anna Velde said the mill had sold tiles. Traders in Halden bought 40 tons of them.",
        ["Anna Velde"],
        "a part of it",
    ),
    (
        "Anna Velde said the fair was good. In all, 40 tons of tiles were exported.",
        ["Anna Velde"],
        "to the paragraph's end",
    ),
    ("The Velmar Chamber said the fair was good. In all, 40 tons of tiles were exported.", [], "a body says one thing"),
    ("Anna Velde said the fair was good. Norvik exported 40 tons of tiles.", [], "a body acts"),
    ("Anna Velde said the fair was good. Her office exported 40 tons of tiles.", [], "what is the speaker's own"),
    ("Anna Velde wants a fair. In all, 40 tons of tiles were exported.", [], "a wish goes on nowhere"),
    ("Anna Velde said the mill was sold.\n\nIt exported 40 tons of tiles.", [], "another paragraph"),
    ("Anna Velde said the mill was sold. She exported 40 tons of tiles.", [], "what the speaker does"),
    (
        "Anna Velde went on to list what the firm did. Norvik exported 40 tons of tiles.",
        ["Anna Velde"],
        "a list told",
    ),
    (
        "Anna Velde gave these figures, she said:\n– exports of 40 tons of tiles\n– two mills",
        ["she"],
        "a list below",
    ),
    (
        "The latest report by the Velmar Chamber shows the fair was good. Norvik, the report added, exported 40 tons "
        "of tiles.",
        ["Velmar Chamber"],
        "the report goes on",
    ),
    (
        "The Velmar Chamber said in a report that the fair was good. According to the report, Norvik exported 40 tons "
        "of tiles.",
        ["Velmar Chamber"],
        "according to the report",
    ),
    (
        'Ben Orr said the fair was good. Anna Velde disagrees: "Norvik exported 40 tons of tiles, and no more."',
        ["Anna Velde"],
        "who stands before the colon",
    ),
    (
        "An interview with Anna Velde of Norvik\n\nQ: How was the year?\n\nA: Good. We sold 40 tons of tiles.",
        ["Anna Velde"],
        "an answer",
    ),
    (
        "An interview with Anna Velde of Norvik\n\nQ: You sold 40 tons of tiles. How was the year?\n\nA: Good.",
        [],
        "a question",
    ),
    (
        "Anna Velde and Ben Orr met in Halden.\n\nAnna Velde: The year was good.\n\nBen Orr: We sold 40 tons of tiles.",
        ["Ben Orr"],
        "names before colons",
    ),
]


@pytest.mark.parametrize(("text", "expected", "why"), PASSAGES, ids=[row[2] for row in PASSAGES])
def test_who_speaks_over_sentences(extract: Extract, text: str, expected: list[str], why: str) -> None:
    assert said_by(extract(text), RoleName.STATED_BY, "40") == expected


def test_a_quotation_left_open_ends_with_its_paragraph() -> None:
    text = '"We have never closed a mill here.\nThe fair opened.\n"We sold tiles to all of them."\n'
    assert [text[span.start : span.end] for span in quotations(text)] == ['"We sold tiles to all of them."']


def test_a_surname_in_the_headline_is_that_of_the_person_named_below(extract: Extract) -> None:
    text = "Orlandi: Mills Must Export\n\nNorvik head Anna Orlandi spoke.\n\nOrlandi said Norvik grew."
    extraction = extract(text)
    kinds = {m.type for m in extraction.mentions if m.name == "Orlandi"}
    assert kinds == {ThingType.PERSON}


def test_a_name_behind_the_body_of_a_post_is_its_holders(extract: Extract) -> None:
    extraction = extract("Sales hit 40 pumps, according to the director general of Halden Customs Office, Dana Wren.")
    (fact,) = extraction.facts
    names = {mention.id: mention.name for mention in extraction.mentions}
    assert [names[r.mention] for r in fact.roles if r.name is RoleName.STATED_BY and r.mention] == ["Dana Wren"]
