"""Signs of facts of made-up sentences: what stands around a value and its trigger."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from spacy.language import Language

from indiggraph.frames import load_frames
from indiggraph.lexicon import load_lexicon
from indiggraph.model import Document, Fact
from indiggraph.pipeline import extract
from indiggraph.trace import Trace


class Heard(Trace):
    """Keeps the signs of facts in their order."""

    def __init__(self) -> None:
        self.signs: list[Sequence[str]] = []

    def signed(self, fact: Fact, signs: Sequence[str]) -> None:
        self.signs.append(signs)


ROWS = [
    ("Norvik Steel made 40 tons of rods.", "the type: Production", True),
    ("Norvik Steel made 40 tons of rods.", "trigger: make", True),
    ("Norvik Steel made 40 tons of rods.", "trigger is a VERB", True),
    ("Norvik Steel made 40 tons of rods.", "unit: tons", True),
    ("Norvik Steel made 40 tons of rods.", "1 above the value: make", True),
    ("Norvik Steel made 40 tons of rods.", "sentence: rod", True),
    ("Norvik Steel made 40 tons of rods.", "unit: sum", False),
    ("The fund lent farmers $30 million.", "unit: sum", True),
    ("Norvik Steel signed a contract with Halden Bank.", "unit: sum", False),
    ("Norvik Steel plans to make 40 tons of rods.", "modality: Planned", True),
    ("Norvik Steel invested in a mill with a capacity of 40 tons.", "before the value: of", True),
]


@pytest.mark.parametrize(("text", "sign", "there"), ROWS)
def test_signs(nlp: Language, text: str, sign: str, there: bool) -> None:
    heard = Heard()
    extract(Document("d", text), nlp, load_lexicon(), load_frames(), heard)
    assert heard.signs
    assert any(sign in signs for signs in heard.signs) is there
    assert all(list(signs) == sorted(set(signs)) for signs in heard.signs)
