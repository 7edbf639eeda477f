"""Texts read by rules, for tests of the second reading."""

from __future__ import annotations

from collections.abc import Mapping

from spacy.language import Language

from indiggraph.facts import find_facts
from indiggraph.facts.reading.surroundings import (
    Surroundings,
    surroundings_of,
)
from indiggraph.facts.view import SentenceView, sentence_views
from indiggraph.frames import load_frames
from indiggraph.lexicon import load_lexicon
from indiggraph.mentions import find_mentions
from indiggraph.model import Document, Fact, Mention, RoleName
from indiggraph.values import find_values

TEXT = (
    "Velmar Bank met growers in Harran. In May, Norvik Steel lent Halden Works $4 million for a mill. "
    "Of this, $1 million was spent on pumps."
)
Read = tuple[tuple[Fact, ...], list[SentenceView], Mapping[str, Mention]]


def read_text(nlp: Language, text: str) -> Read:
    """The facts of a text by rules, its sentences, and its mentions by id."""
    document, doc = Document("test", text), nlp(text)
    mentions = find_mentions(document, doc, load_lexicon())
    values = find_values(text, None, numbers=True, vague=True)
    facts = find_facts(document, doc, mentions, values, load_frames(), load_lexicon())
    return facts, sentence_views(doc, mentions, values), {mention.id: mention for mention in mentions}


def loan(read: Read) -> tuple[Fact, Surroundings]:
    """The fact of the $4 million, and what stands around it."""
    facts, views, _ = read
    number = next(n for n, fact in enumerate(facts) if fact.amount is not None and fact.amount.value == 4_000_000)
    return facts[number], list(surroundings_of(facts, views, ()))[number]


def columns_of(around: Surroundings, mentions: Mapping[str, Mention], name: str) -> int:
    """The row of the candidate with a name."""
    rows = [row for row, one in enumerate(around.candidates) if isinstance(one.ref, str) and one.ref in mentions]
    return next(row for row in rows if mentions[str(around.candidates[row].ref)].name == name)


def fillers(fact: Fact, role: RoleName, mentions: Mapping[str, Mention]) -> set[str]:
    return {mentions[str(one.mention)].name for one in fact.roles if one.name is role}
