"""Figures whose noun or currency the text has told before; people and companies are made up."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from indiggraph.model import Extraction, Money, Quantity

Extract = Callable[[str], Extraction]


def counted(extraction: Extraction, text: str) -> str | None:
    """The unit or currency of the one value of a fact with this text, ``None`` where no fact has it."""
    values = {v for fact in extraction.facts for v in (fact.amount, *fact.quantities) if v is not None}
    units = {v.currency if isinstance(v, Money) else v.unit for v in values if v.text == text}
    assert len(units) <= 1
    return next(iter(units), None)


TOLD = [
    ("Norvik made 52,300 cars in May. Halden made 31,700 of these.", "31,700", "cars", "of these"),
    ("Norvik made 52,300 cars in May. The remaining 9,400 came from Halden.", "9,400", "cars", "remaining"),
    ("Of the 90 trillion rials in the budget, only 26 trillion was paid.", "26 trillion", "IRR", "a scale word"),
    ("The fund gave 33 trillion rials. Norvik got 14 trillion, Halden nine trillion.", "nine trillion", "IRR", "a row"),
    ("Mills got 9 trillion rials; 720 makers applied. Halden got 2 trillion.", "2 trillion", "IRR", "the same scale"),
    ("The firm needs 310 million euros; a bank has offered 90 million.", "90 million", "EUR", "an object"),
    ("Norvik delivered 48 boats in May, whereas in June it delivered 29.", "29", "boats", "a clause's end"),
    ("Some 2,500 wagons should enter service. So far only 540 have.", "540", "wagons", "before an auxiliary"),
    ("Idle mills in the province fell from 164 to 127.", "127", "mills", "a plural subject"),
    ("Irena Valdoga put direct jobs at 2,950.", "2,950", "jobs", "a plural object"),
    ("Norvik revived 146 mills.\n\nHalden noted that 38 of these are in Kell.", "38", "mills", "in another paragraph"),
    ("Of the pits, 11 are in Norland.", "11", "pits", "a fronted plural"),
    ("The fund promised 240 trillion rials, of which Norvik has seen 38.", "38", "IRR", "what is paid"),
    ("A tyre that cost 390,000 tomans in May sells for 610,000.", "610,000", "IRT", "a price"),
    ("The bank lent 54 billion tomans. It paid out 20 billion to 38 firms.", "20 billion", "IRT", "no noun's number"),
    ("Output of lamps and bulbs stood at 380,000 in May.", "380,000", "lamps", "what output is of"),
    ("Employment at Norvik shrank from 460 to 390.", "390", "jobs", "a body's people"),
    ("Norvik runs 48 boats and owns three docks. In May it sold 31.", "31", "boats", "the figure of its size"),
    ("Some 47 idle and half-idle mills reopened in Kell.", "47", "mills", "adjectives in a row"),
    ("Halden ordered 14 gas and 7 steam turbines.", "14", "turbines", "a row that shares its noun"),
    ("The loans, at 4 percent in towns and six elsewhere, are paid by banks.", "six", "%", "a joined percentage"),
    ("Tariffs on boats fell to 15 percent from 26.", "26", "%", "a percentage before"),
    ("Norland shut its mills, and bids for 17 of them came in May.", "17", "mills", "what a pronoun stands for"),
    (
        "Norvik made 52 boats in May. Eight others are at the yard.",
        "Eight others",
        "boats",
        "a noun that stands for it",
    ),
    ("Of 530 files that banks got, 198 led to payment.", "198", "files", "a fronted count"),
]
NOTHING = [
    ("Norvik made 320 boats in May. Article 44 was changed.", "44", "a label"),
    ("Norvik made 320 boats in May. Irena Valdoga was 84.", "84", "an age"),
    ("Norvik, whose manager she was at 32, made 320 boats.", "32", "an age before the count"),
    ("Norvik made 320 boats. The motion was voted down, by 16 to 7.", "16", "a vote"),
    ("Norvik made 320 boats. The council voted 5-2 for it.", "5", "a vote in figures"),
    ("Norvik made 320 boats. The gates opened at seven.", "seven", "an hour"),
    ("Norvik made 320 boats. Irena Valdoga, 52, sold them.", "52", "an age behind a name"),
    ("Norvik made 320 boats in 1398.", "1398", "a year"),
    ("Halden got 33 trillion rials. Four of those were late.", "Four", "a small figure after a sum"),
    ("Norvik made 320 boats. It rained. Then 12 came.", "12", "too far back"),
]


@pytest.mark.parametrize(("text", "figure", "unit"), [row[:3] for row in TOLD], ids=[row[3] for row in TOLD])
def test_a_bare_figure_counts_what_the_text_told(extract: Extract, text: str, figure: str, unit: str) -> None:
    assert counted(extract(text), figure) == unit


@pytest.mark.parametrize(("text", "figure"), [row[:2] for row in NOTHING], ids=[row[2] for row in NOTHING])
def test_some_bare_figures_count_nothing(extract: Extract, text: str, figure: str) -> None:
    extraction = extract(text)
    assert counted(extraction, figure) is None
    assert not any(isinstance(q, Quantity) and q.text == figure for f in extraction.facts for q in f.quantities)


def test_the_sentence_that_tells_the_unit_is_cited(extract: Extract) -> None:
    text = "The fund gave 33 trillion rials. Norvik got 14 trillion. Halden got nine trillion."
    first, second, third = extract(text).facts
    cited = [[text[span.start : span.end] for span in fact.evidence] for fact in (first, second, third)]
    assert all("The fund gave 33 trillion rials." in quotes for quotes in cited)
    assert cited[2][0] == "Halden got nine trillion."


def test_a_unit_told_by_a_figure_that_was_told_before_cites_where_it_was_told_first(extract: Extract) -> None:
    text = "The fund gave 33 trillion rials. Norvik got 14 trillion, Halden nine trillion."
    last = extract(text).facts[-1]
    assert last.amount is not None
    assert last.amount.text == "nine trillion"
    assert "The fund gave 33 trillion rials." in {text[span.start : span.end] for span in last.evidence}


def test_rates_of_an_order_or_a_change_are_facts_of_their_own(extract: Extract) -> None:
    ordered = extract("The cabinet imposed duties of 10 percent on ore and 15 percent on coal.")
    assert sorted(q.text for f in ordered.facts for q in f.quantities) == ["10 percent", "15 percent"]
    assert all(len(fact.quantities) == 1 for fact in ordered.facts)
    changed = extract("Boat exports fell 2.1 percent in weight and 1.4 percent in value.")
    assert [[q.text for q in f.quantities] for f in changed.facts] == [["2.1 percent"], ["1.4 percent"]]
