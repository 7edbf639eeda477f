"""Bodies that a text only describes: offices told by their field, their parts in posts, a ministry that is never named.

All people and bodies are made up; the sentences show the constructions of news.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.language import Language

from indiggraph.annotate import annotate
from indiggraph.lexicon import load_lexicon
from indiggraph.mentions import find_mentions
from indiggraph.model import Document, Extraction, Thing
from indiggraph.resolve import resolve
from indiggraph.tenures import find_tenures

LEXICON = load_lexicon()
Reader = Callable[[str], Extraction]


@pytest.fixture(scope="module")
def read(nlp: Language) -> Reader:
    """A function from a text to its mentions and tenures."""

    def run(text: str) -> Extraction:
        ((document, doc),) = annotate([Document(str(hash(text)), text)], nlp)
        mentions = find_mentions(document, doc, LEXICON)
        return Extraction(document, mentions, (), find_tenures(document, doc, mentions, LEXICON), ())

    return run


def offices(extraction: Extraction) -> list[str]:
    return [mention.name for mention in extraction.mentions if mention.rule == "office"]


def bodies(things: tuple[Thing, ...]) -> list[tuple[str, int]]:
    return sorted((thing.label, len(thing.mentions)) for thing in things if thing.type.top == "Organization")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Kenya's federal audit office warned of delays.", ["federal audit office"]),
        ("A statement by the labour appeals panel cleared the mill.", ["labour appeals panel"]),
        ("The ministry appealed to the competition tribunal.", ["competition tribunal"]),
        ("A spokesman for Kenya's tea ministry denied the report.", ["tea ministry"]),  # what owns it stays apart
        ("A wool ministry envoy said imports would fall.", ["wool ministry"]),  # before another noun
        ("Tom Ark, head of the millers' union, told reporters so.", ["millers' union"]),  # its members own it
        ("He told the province's administrative council in the evening.", ["administrative council"]),
        ("It was closed by the regional department of labour and social security.",
         ["regional department of labour and social security"]),
        ("He spoke to the district's working group for removal of obstacles.",
         ["working group for removal of obstacles"]),
        ("The department rejected it.", []),  # no field
        ("A safety committee may be set up.", []),  # none in particular
    ],
)  # fmt: skip
def test_offices_are_told_by_their_field(read: Reader, text: str, names: list[str]) -> None:
    assert offices(read(text)) == names


@pytest.mark.parametrize(
    ("text", "post", "body"),
    [
        ("Ada Voss, who heads Zenda Steel Company's contracts department, left.",
         "heads Zenda Steel Company's contracts department", "Zenda Steel Company"),
        ("Ada Voss, who heads the economic committee of Zenda Chamber, agreed.",
         "heads the economic committee", "Zenda Chamber"),
        ("Ada Voss, chairwoman of the tariff committee of the Zenda Chamber, agreed.",
         "chairwoman of the tariff committee", "Zenda Chamber"),
        ("Ada Voss, head of the millers' union, agreed.", "head", "millers' union"),
    ],
)  # fmt: skip
def test_a_part_of_a_named_body_is_part_of_the_post(read: Reader, text: str, post: str, body: str) -> None:
    extraction = read(text)
    names = {mention.id: mention.name for mention in extraction.mentions}
    (tenure,) = extraction.tenures
    assert (tenure.post, names[tenure.organization or ""]) == (post, body)


def test_a_ministry_that_is_never_named_is_a_thing_of_its_text(read: Reader) -> None:
    one = read("Imports fell. The ministry will review the list. Traders asked the ministry for time.")
    other = read("The ministry banned two goods.")
    assert bodies(resolve([one, other], lexicon=LEXICON).things) == [("ministry", 1), ("ministry", 2)]


def test_a_ministry_may_be_named_behind_its_description(read: Reader) -> None:
    text = read("The ministry will open a credit line. According to the Tea Ministry's own figures, sales rose.")
    assert bodies(resolve([text], lexicon=LEXICON).things) == [("Tea Ministry", 2)]


def test_offices_of_two_texts_are_not_taken_for_one(read: Reader) -> None:
    texts = [read("The sales office of Zenda objected."), read("The sales office of Avala agreed.")]
    found = bodies(resolve(texts, lexicon=LEXICON).things)
    assert [name for name, _ in found].count("sales office") == 2
