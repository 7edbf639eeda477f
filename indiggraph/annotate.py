"""Document -> spaCy ``Doc``: words, lemmas, trees, names; the only module that loads a pipeline.

Character offsets in the ``Doc`` are offsets in :attr:`Document.text`; what stands around the article is blank in it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

import numpy as np
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from indiggraph import lang
from indiggraph.errors import ModelError
from indiggraph.furniture import blank_furniture
from indiggraph.model import Document
from indiggraph.trees import mended
from indiggraph.ud import to_ud

__all__ = ["Pipeline", "annotate", "load_model", "model_name"]

Pipeline = Language
"""What annotates: a spaCy pipeline."""

_NEEDED = ("DEP", "ENT_IOB", "LEMMA", "POS")
_PROBE = "The mayor opened a bridge."

# Invisible characters that no tokeniser expects, as spaces of the same length: byte order mark, zero-width space,
# word joiner.  (The zero-width joiners are letters of some names and stay.)
_INVISIBLE = str.maketrans(dict.fromkeys("\ufeff\u200b\u2060", " "))


def load_model(name: str | None = None) -> Pipeline:
    """Return our own pipeline, or an installed spaCy pipeline by name or path with its labels mapped to ours.

    Raises:
        ModelError: it is not installed, is broken, or lacks one of tags, lemmas, trees and names.
    """
    nlp = lang.load() if name is None else _load_foreign(name)
    nlp.max_length = sys.maxsize  # how long a text may be is the reader's to say
    return nlp


def model_name(nlp: Pipeline) -> str:
    """Name and version of a pipeline, for reports."""
    return f"{nlp.meta['lang']}_{nlp.meta['name']} {nlp.meta['version']}"


def annotate(documents: Iterable[Document], nlp: Pipeline) -> Iterator[tuple[Document, Doc]]:
    """Annotate documents in order, streaming.

    Each is analysed by itself: in a common batch of a foreign model the neighbours may decide how far numbers are
    rounded, and the result must not depend on what else is read.
    """
    for document in documents:
        yield document, mended(nlp(blank_furniture(document.text).translate(_INVISIBLE)))


@Language.component("indiggraph_ud")
def _convert(doc: Doc) -> Doc:
    doc.tensor = np.zeros((len(doc), 0), np.int8)  # what another model sees of a word means nothing to us
    return to_ud(doc)


def _load_foreign(name: str) -> Language:
    try:
        nlp = spacy.load(name)
    except (OSError, ValueError, ImportError) as error:  # missing; of another version; lacks a package
        raise ModelError(f"model {name!r} cannot be loaded: {_first_line(error)}") from error
    probe = nlp(_PROBE)
    missing = [layer for layer in _NEEDED if not probe.has_annotation(layer)]
    if missing:
        raise ModelError(f"model {name!r} lacks {', '.join(missing)}")
    nlp.add_pipe("indiggraph_ud", last=True)
    return nlp


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]
