"""Wire copies: what editors do to a sentence leaves one source; another number, name or direction makes another."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace
from decimal import Decimal

import pytest

from benchmarks.copies import made_up
from indiggraph.copies import Copies, find_copies
from indiggraph.model import Extraction, Span, Tenure
from indiggraph.pipeline import build
from indiggraph.query import run
from indiggraph.validate import validate
from tests.factories import document

SENTENCE = "The Velda Salt Fund signed a contract worth €5 million with Alphapump to renew 3 mills in Nakuru on Sunday."


def carried(*texts: str, days: tuple[int, ...] = (1, 2, 3)) -> tuple[list[Extraction], Copies]:
    """Texts of one day each, every line a sentence on which a claim stands, and the copies among them."""
    found = []
    for number, text in enumerate(texts):
        doc = replace(document(text, f"x{number}"), published=dt.date(2021, 5, days[number]))
        starts = [0, *(i + 1 for i, char in enumerate(text) if char == "\n")]
        spans = [Span(start, (text + "\n").index("\n", start)) for start in starts]
        claims = [Tenure(f"{doc.id}:{span.start}", doc.id, "p", "head", (span,), "rule", Decimal(1)) for span in spans]
        found.append(Extraction(doc, (), (), tuple(claims)))
    return found, find_copies(found)


@pytest.mark.parametrize(
    "copy",
    [
        SENTENCE,
        SENTENCE.replace("on Sunday", "on Sunday, the fund's website reported"),
        SENTENCE.replace(" in Nakuru on Sunday", ""),
        SENTENCE.replace("signed a contract", "has inked a contract"),
        f"Meanwhile, {SENTENCE[0].lower()}{SENTENCE[1:]}",
        SENTENCE.replace(" to renew 3 mills", ""),
    ],
)
def test_an_edited_sentence_is_a_copy(copy: str) -> None:
    _, copies = carried(SENTENCE, copy)
    assert [(left[0], right[0]) for left, right in copies.sentences.items()] == [("x1", "x0")]


@pytest.mark.parametrize(
    "other",
    [
        SENTENCE.replace("€5 million", "€7 million"),
        SENTENCE.replace("million", "billion"),
        SENTENCE.replace("3 mills", "four mills"),
        SENTENCE.replace("Alphapump", "Betapump"),
        SENTENCE.replace("signed", "never signed"),
        SENTENCE.replace("signed", "will sign"),
        "Alphapump said on Sunday that it has renewed the mills of Nakuru for the Velda Salt Fund.",
    ],
)
def test_another_statement_is_none(other: str) -> None:
    assert not carried(SENTENCE, other)[1].sentences


def test_short_sentences_tell_nothing() -> None:
    assert not carried("He did not say more on that.", "He did not say more on that.")[1].sentences


def test_a_text_does_not_copy_itself() -> None:
    assert not carried(f"{SENTENCE}\n{SENTENCE}")[1].sentences


def test_the_earliest_text_is_the_origin_whatever_the_order() -> None:
    texts, copies = carried(SENTENCE, SENTENCE, SENTENCE, days=(3, 1, 2))
    assert {(left[0], right[0]) for left, right in copies.sentences.items()} == {("x0", "x1"), ("x2", "x1")}
    assert find_copies(texts[::-1]) == copies


def test_a_text_is_a_copy_where_most_of_it_is() -> None:
    lines = [SENTENCE.replace("Nakuru", name).replace("3 mills", f"{n} mills") for n, name in enumerate("ABCDEF", 11)]
    lines = [
        f"{name}esta Mills {'xyzuvw'[n]}oted that {line}"
        for n, (name, line) in enumerate(zip("ABCDEF", lines, strict=True))
    ]
    own = [
        f"Velda makers of {word} told nobody how the {word} trade of Kenya was to go on then."
        for word in ("soda", "lime")
    ]
    _, copies = carried("\n".join(lines), "\n".join(lines[:4]), "\n".join([*lines[:1], *own]))
    assert copies.texts == {"x1": "x0"}


def test_precision_and_recall_on_made_up_texts() -> None:
    texts, wanted = made_up(300, random.Random(5))
    found = set(find_copies(texts).texts.items())
    assert len(found & wanted) >= 0.95 * len(wanted)
    assert found <= wanted


def test_a_copy_counts_once(tmp_path: object) -> None:
    from pathlib import Path

    folder = Path(str(tmp_path))
    (folder / "a.txt").write_text(SENTENCE)
    (folder / "b.txt").write_text(SENTENCE.replace("on Sunday", "on Sunday, as told"))
    (folder / "c.txt").write_text(SENTENCE.replace("€5 million", "€9 million").replace("Alphapump", "Betapump"))
    graph = build([folder], published=dt.date(2021, 5, 10)).graph
    assert [(row["facts"], row["total"]) for row in run(graph, "sums-by-body")] == [(2, Decimal(14_000_000))]
    assert [(row["document"], row["origin"], row["whole"]) for row in run(graph, "copies")] == [("b", "a", "sentence")]
    assert validate(graph) == []


def test_a_fuller_sentence_than_the_earlier_one_is_no_copy() -> None:
    _, copies = carried(SENTENCE.replace(" worth €5 million", ""), SENTENCE)
    assert copies.sentences == {}


def test_two_sums_are_not_joined_by_a_sentence_without_one() -> None:
    poor = SENTENCE.replace(" worth €5 million", "")
    _, copies = carried(SENTENCE, poor, SENTENCE.replace("€5 million", "€7 million"))
    assert [(left[0], right[0]) for left, right in copies.sentences.items()] == [("x1", "x0")]


@pytest.mark.parametrize("denied", ["didn't sign", "didn’t sign", "cannot sign"])
def test_short_denials_turn_a_statement_round(denied: str) -> None:
    _, copies = carried(SENTENCE.replace("signed", "can sign"), SENTENCE.replace("signed", denied))
    assert copies.sentences == {}
