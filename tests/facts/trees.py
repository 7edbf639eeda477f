"""Hand-made trees, so that tests of syntax do not depend on a parser."""

from __future__ import annotations

import spacy
from spacy.tokens import Doc, Token

_VOCAB = spacy.blank("en").vocab


def tree(rows: str) -> Doc:
    """Build a Doc from lines ``form lemma UPOS TAG head dep``; heads are counted from 1, 0 is the root."""
    columns = [line.split() for line in rows.strip().splitlines()]
    words, lemmas, pos, tags, heads, deps = (list(column) for column in zip(*columns, strict=True))
    absolute = [i if int(head) == 0 else int(head) - 1 for i, head in enumerate(heads)]
    labels = ["ROOT" if dep == "root" else dep for dep in deps]
    starts = [i == 0 for i in range(len(words))]
    return Doc(_VOCAB, words=words, lemmas=lemmas, pos=pos, tags=tags, heads=absolute, deps=labels, sent_starts=starts)


def token(doc: Doc, word: str) -> Token:
    """The first token with this form."""
    return next(t for t in doc if t.text == word)
