"""Sentence boundaries: each case is a text with `|` where a new sentence starts, and the reason."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from indiggraph.lang import load
from indiggraph.resources import data_path

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
