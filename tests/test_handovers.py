"""Posts that pass on: successors, who is replaced or dismissed, who takes over.  All people and bodies are made up."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.language import Language

from indiggraph.annotate import annotate
from indiggraph.lexicon import load_lexicon
from indiggraph.mentions import find_mentions
from indiggraph.model import Document
from indiggraph.tenures import find_tenures

LEXICON = load_lexicon()
Row = tuple[str, str, str | None, bool]
Finder = Callable[[str], list[Row]]


@pytest.fixture(scope="module")
def find(nlp: Language) -> Finder:
    """A function from a text to its tenures as person, post, body and whether it is over."""

    def run(text: str) -> list[Row]:
        ((document, doc),) = annotate([Document("test", text)], nlp)
        mentions = find_mentions(document, doc, LEXICON)
        name = {m.id: m.name for m in mentions}
        tenures = find_tenures(document, doc, mentions, LEXICON)
        return [(name[t.person], t.post, name[t.organization] if t.organization else None, t.former) for t in tenures]

    return run


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        # a successor has what the one before had
        ("Malo Tandi, the former head of the Export Office who signed it, was absent. His successor, Ada Voss, agreed.",
         [("Malo Tandi", "head", "Export Office", True), ("Ada Voss", "head", "Export Office", False)]),
        # whom somebody succeeds or replaces had the post, also one that is held for a time only
        ("The board of Zenda Complex has named Ada Voss managing director. She succeeds Malo Tandi, who retires.",
         [("Ada Voss", "managing director", "Zenda Complex", False),
          ("Malo Tandi", "managing director", "Zenda Complex", True)]),
        ("The acting head of Zenda Bank, Ada Voss, came. Voss replaces Malo Tandi, who left.",
         [("Ada Voss", "acting head", "Zenda Bank", False), ("Malo Tandi", "head", "Zenda Bank", True)]),
        # "took over from", and the latter
        ("Ada Voss took over from Malo Tandi as deputy minister; the latter now chairs the Zenda Mining House.",
         [("Ada Voss", "deputy minister", None, False), ("Malo Tandi", "deputy minister", None, True),
          ("Malo Tandi", "chair", "Zenda Mining House", False)]),
        # dismissals, and words that say that a post is over
        ("Ms. Ada Voss, director general for textiles, was dismissed.",
         [("Ada Voss", "director general for textiles", None, True)]),
        ("Zenda Steel Company has removed the head of its sales office, Malo Tandi, from the list.",
         [("Malo Tandi", "head of its sales office", "Zenda Steel Company", True)]),
        ("Ada Voss, until recently chairwoman of Zenda Bank, agreed.",
         [("Ada Voss", "chairwoman", "Zenda Bank", True)]),
        ("Its chairman, Malo Tandi, an ex-deputy petroleum minister, said so.",
         [("Malo Tandi", "chairman", None, False), ("Malo Tandi", "ex-deputy petroleum minister", None, True)]),
        # two people of one surname keep their posts apart
        ("Ali Voss, director of Zenda Bank, and Reza Voss, director of Zenda Steel Company, signed.",
         [("Ali Voss", "director", "Zenda Bank", False), ("Reza Voss", "director", "Zenda Steel Company", False)]),
        # a title that is no post here
        ("The Zenda Board, which is chaired by Judge Ada Voss, will meet.",
         [("Ada Voss", "chair", "Zenda Board", False)]),
    ],
)  # fmt: skip
def test_posts_that_pass_on(find: Finder, text: str, rows: list[Row]) -> None:
    assert find(text) == rows
