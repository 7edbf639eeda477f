"""Sentence boundaries: each case is a text with `|` where a new sentence starts, and the reason."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from indiggraph.lang import load
from indiggraph.resources import data_path

ROOT = Path(__file__).parents[2]

CASES = [
    ("plain", "The plant opened. |It employs 40 people."),
    ("question and exclamation mark", "Will it open? |Nobody knows! |We wait."),
    ("title before a name", "The works of Mr. Orlan and Engr. Bolade opened. |Dr. Sefu left."),
    ("office before a name", "Gov. Tarn met Sen. Ilves on Monday."),
    ("initial inside a name", "Rafiq M. Al-Tarhuni spoke. |He left."),
    ("two initials before a name", "K. R. Delan signed it."),
    ("initial at the end, a clear starter after it", "They chose Plan B. |The work began."),
    ("month before a day", "It opened on Oct. 5 and closed on Nov. 7. |All went well."),
    ("month at the end of a sentence", "It opened in Oct. |The owners were glad."),
    ("number sign", "Furnace No. 7 was lit. |Furnace Nos. 3 and 4 were not."),
    ("no as a word", "Was it lit? |No. |Nobody came."),
    ("company form in a name", "Velmar Co. Steel bought Orsk Inc. shares."),
    ("company form at the end", "The buyer is Velmar Inc. |The price is secret."),
    ("country in short form inside", "The U.S. Trade Office and the U.K. firm agreed."),
    ("country in short form at the end", "They moved to the U.S. |They did not come back."),
    ("hours", "It starts at 5 p.m. on Monday. |It ends at 6 p.m. |The rest is free."),
    ("versus", "The case Velmar vs. Orsk goes on."),
    ("decimal number", "Output rose 3.5 percent to 1.27 million tons. |Exports fell."),
    ("dateline with dash", "ARDAN – The works opened. |It is new."),
    ("dateline with full stop and date", "NORVIKGRAD. July 11 (QNF) – The works opened. |It is new."),
    ("dateline with month and agency", "ARDAN, Oct. 05 (XNA) -- The works opened. |It is new."),
    ("dateline of two words with agency", "NEW ARDAN (XNA) — The works opened."),
    ("dateline with an agency after the date", "Ardan, Feb. 14, XNA – The works opened. |It is new."),
    ("dateline with a dash that touches it", "ARDAN- Norvik opened the works. |It is new."),
    ("dateline in a second line", "Works open\n|ARDAN. June 3 (QNF) – The works opened."),
    ("quotation mark after the full stop", "“The works are open.” |He then left."),
    ("straight quotation marks", '"The works are open." |"They are new," he said.'),
    ("bracket after the full stop", "(The works are open.) |They are new."),
    ("question inside a quotation", "“Is it open?” Velda asked. |Nobody knew."),
    ("lower case after a question mark in quotes", '"Is it open?" she asked.'),
    ("sentence that starts with a quotation", "He left. |“I am tired,” he said."),
    ("missing space", "They live in Ardan.|The works are near."),
    ("ellipsis that goes on", "It is ... not known. |We wait."),
    ("ellipsis that ends", "It is not known... |We wait."),
    ("ellipsis sign", "It is not known… |We wait."),
    ("line break without a full stop", "Works open in Ardan\n|The works opened."),
    ("paragraphs", "The works opened.\n\n|They are new.\n"),
    ("line break inside what rules would join", "It was Mr.\n|Velda came."),
    ("carriage return", "Works open\r\n|They are new."),
    ("number of an item", "1. The works open. |They are new."),
    ("letter of an item", "a) The works open.\n|b) They are new."),
    ("reference mark", "The works opened in 1990. [3] |They closed in 2001."),
    ("for example", "Metals, e.g. Copper, are dear."),
    ("and so on, going on", "Tiles, bricks, etc. were sold. |Sand was not."),
    ("colon and semicolon do not end", "He said: The works open; They are new."),
    ("sentence that starts with an amount", "They paid. |$5 million came back. |€2 million did not."),
    ("lower case goes on", "He signed approx. five and then no. six of them."),
    ("dateline of two places", "ARDAN/NORVIK, Jan 3 (XNA) - Velmar Steel said that output rose. |Shares fell."),
    ("dateline with colon", "Ardan: Velmar Steel said its profit rose. |The shares fell."),
    ("items that follow one another", "1. Open the works. |2. Close the mine. |3. Pay the debts."),
    ("bullets in a line", "• Output rose by 3 percent |• Exports fell to 1.2 million tons |• Imports were flat"),
    ("bullets of lines", "– Output rose.\n|– Exports fell.\n|– Imports were flat."),
    ("initials of writer and editor", "The talks ended. |AB/CD |All rights reserved."),
    ("names of bodies are no initials", "The talks ended.\n|UN/EU Envoys met."),
    ("legal form after a mark in a name", "Velmar! Inc. bought the works. |It paid $5 million."),
    ("legal form in two parts", "It was given to Velmar Works Pvt. Ltd. |The price is secret."),
    (
        "headline of capitalised words",
        "Velmar Steel Opens New Works in Ardan, Plans Second One\n|Velmar has opened works.",
    ),
    ("headline with colon", "Steel: Output Up 13%, Exports Down\n|Output rose."),
    ("quotation of two sentences", "“The works are open. |They are new,” he said."),
    ("brackets inside a sentence", "The works (which opened in 2031) are new. |(They are small.) |Nobody came."),
    ("amount after a mark", "It cost €4.5bn. |A second line costs €2.1bn."),
    ("written in lower case", "hi all, the works are open now. |please come by on monday. |thanks"),
    ("lower case with a small i", "i think it is open. |they told me so. |you should go!"),
    ("head of an e-mail", "Velda Orlan |08/16/2031 03:48 PM |Please find attached the letter."),
    ("web address", "See www.velmar.example for more. |It is new."),
]


@pytest.fixture(scope="module")
def nlp() -> Language:
    """Tokens and sentences alone."""
    pipeline = load()
    pipeline.disable_pipe("indiggraph_syntax")
    return pipeline


@pytest.mark.parametrize(("reason", "marked"), CASES, ids=[reason for reason, _ in CASES])
def test_boundaries(nlp: Language, reason: str, marked: str) -> None:
    expected = [part.strip() for part in marked.split("|")]
    found = [sent.text.strip() for sent in nlp(marked.replace("|", "")).sents]
    assert found == expected


def _texts() -> dict[str, str]:
    """The texts of the seeds and of the development corpus by their ids."""
    rows = map(json.loads, (ROOT / "tests" / "gold" / "dev.jsonl").read_text("utf-8").splitlines())
    seeds = {path.stem: path.read_bytes().decode("utf-8") for path in (ROOT / "seeds").glob("*.txt")}
    return seeds | {row["id"]: row["text"] for row in rows}


TEXTS = _texts()
GOLD = {
    row["id"]: [tuple(span) for span in row["sentences"]]
    for row in map(json.loads, (ROOT / "tests/gold/sentences/sentences.jsonl").read_text("utf-8").splitlines())
}


def test_the_gold_has_each_text_and_every_character() -> None:
    assert set(GOLD) == set(TEXTS)
    for name, text in TEXTS.items():
        between = zip(
            [0, *(end for _, end in GOLD[name])], [*(start for start, _ in GOLD[name]), len(text)], strict=True
        )
        assert not any(text[end:start].strip() for end, start in between), name
        assert all(text[start:end] == text[start:end].strip() != "" for start, end in GOLD[name]), name


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_sentences_of_the_gold(nlp: Language, name: str) -> None:
    words = [[token for token in sent if not token.is_space] for sent in nlp(TEXTS[name]).sents]
    assert [(sent[0].idx, sent[-1].idx + len(sent[-1])) for sent in words] == GOLD[name]


def test_every_line_is_its_own(nlp: Language) -> None:
    lines = ["Works open", "Ardan", "The works opened.", "Mr."]
    assert [sent.text.strip() for sent in nlp("\n".join(lines)).sents] == lines


def test_white_space_belongs_to_a_sentence_of_words(nlp: Language) -> None:
    doc = nlp("\n\n  The works opened.  \n\n They are new. \n ")
    assert [sent.text for sent in doc.sents] == ["\n\n  The works opened.  \n\n ", "They are new. \n "]


_PIECES = (
    "Mr.",
    "The",
    "works",
    ".",
    "U.S.",
    "“",
    "”",
    '"',
    "\n",
    " ",
    "5",
    "(",
    ")",
    "...",
    "?",
    "–",
    "ARDAN",
    "é",
    "🙂",
)


_UNADAPTED = spacy.blank("en")
_UNADAPTED.add_pipe("indiggraph_sentences", config={"model": str(data_path("model"))})


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(_PIECES), max_size=25).map(" ".join) | st.text(max_size=60))
def test_any_text_is_covered_in_order(text: str) -> None:
    doc = _UNADAPTED(text)
    assert "".join(sent.text_with_ws for sent in doc.sents) == text
    for sent in doc.sents:
        assert "\n" not in sent.text.strip()
