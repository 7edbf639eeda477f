"""Work grows with a text's length, not with its square.

Counted are calls of functions, not seconds, which other load on the machine would change.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from indiggraph.annotate import annotate
from indiggraph.facts.view import sentence_views
from indiggraph.lexicon import load_lexicon
from indiggraph.mentions import find_mentions
from indiggraph.model import Document
from indiggraph.tenures import find_tenures
from indiggraph.values import find_values

PARAGRAPH = (
    "The Ministry of Pumps has signed a contract worth €5 million with Alphapump, deputy minister Anna Kovacs said on "
    "Monday. Its deputy director told reporters that domestic parts makers will invest. The minister added that "
    "exports of steel rose by 12 percent. Alphapump will build a plant in Radom, its managing director Béla Németh "
    "said. Radom Steel Company, headed by Jan Nowak, was named the supplier.\n\n"
)
_FACTOR = 4
_MOST = 1.5 * _FACTOR  # a square would be four times the factor
LEXICON = load_lexicon()
_Annotated = tuple[Document, Doc]
_Texts = tuple[_Annotated, _Annotated]


@pytest.fixture(scope="module")
def texts(nlp: Language) -> _Texts:
    """A text, and one of four times its length."""
    short, long = annotate([Document("test", PARAGRAPH * 8), Document("test", PARAGRAPH * 8 * _FACTOR)], nlp)
    return short, long


def _calls(work: Callable[[], object]) -> int:
    """Count the calls of functions, those of spaCy's own included; a generator's step is a call too."""
    calls = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return calls


def _growth(work: Callable[[Document, Doc], object], texts: _Texts) -> float:
    (short, short_doc), (long, long_doc) = texts
    work(short, short_doc)  # what is loaded once is loaded
    return _calls(lambda: work(long, long_doc)) / _calls(lambda: work(short, short_doc))


@pytest.mark.parametrize(
    "piece", [PARAGRAPH, "Works of Mr. Orlan opened, ", "a. ", "[1] ", '! " ) ', "ARDAN (X\n", "1. "]
)
def test_sentences_are_found_in_time_linear_in_the_text(nlp: Language, piece: str) -> None:
    find = nlp.get_pipe("indiggraph_sentences")
    short, long = (nlp.make_doc(piece * 40 * times) for times in (1, _FACTOR))
    find(long)  # the classes of words are remembered
    assert _calls(lambda: find(long)) / _calls(lambda: find(short)) < _MOST


def test_mentions_are_found_in_time_linear_in_the_text(
    texts: _Texts,
) -> None:
    assert _growth(lambda document, doc: find_mentions(document, doc, LEXICON), texts) < _MOST


def test_tenures_are_found_in_time_linear_in_the_text(
    texts: _Texts,
) -> None:
    mentions = {document.text: find_mentions(document, doc, LEXICON) for document, doc in texts}
    assert all(mentions.values())

    def work(document: Document, doc: Doc) -> object:
        return find_tenures(document, doc, mentions[document.text], LEXICON)

    assert _growth(work, texts) < _MOST


def test_sentences_are_seen_in_time_linear_in_the_text(
    texts: _Texts,
) -> None:
    mentions = {document.text: find_mentions(document, doc, LEXICON) for document, doc in texts}
    values = {document.text: find_values(document.text) for document, _ in texts}
    assert all(values.values())

    def work(document: Document, doc: Doc) -> object:
        return sentence_views(doc, mentions[document.text], values[document.text])

    assert _growth(work, texts) < _MOST
