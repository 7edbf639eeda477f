"""The language pipeline: English tokens, sentences, tags, lemmas, Universal Dependencies trees and names.

The only part of the package that knows the model. `load()` gives a spaCy pipeline.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import spacy
from spacy.about import __version__ as spacy_version
from spacy.language import Language
from spacy.util import is_compatible_version

from indiggraph.errors import ModelError, ResourceError
from indiggraph.lang import components as components  # registers the components
from indiggraph.lang import sentences as sentences
from indiggraph.lang.encoder import read_json
from indiggraph.lang.marks import short_forms
from indiggraph.lang.tokenizer import adapt_tokenizer
from indiggraph.resources import data_path

__all__ = ["load"]


def load(path: Path | None = None) -> Language:
    """The pipeline with the model in a folder, by default the one in the package.

    Raises `ModelError` if a file is missing or broken, or if the model was built for another version of spaCy.
    """
    folder = path or _packaged()
    meta = _meta(folder / "meta.json")
    nlp = spacy.blank("en")
    adapt_tokenizer(nlp, short_forms().tokens)
    nlp.add_pipe("indiggraph_sentences", config={"model": str(folder)})
    nlp.add_pipe("indiggraph_syntax", config={"model": str(folder)})
    nlp.meta.update(meta)
    return nlp


def _packaged() -> Path:
    try:
        return data_path("model")
    except ResourceError as error:
        raise ModelError(str(error)) from error


def _meta(path: Path) -> dict[str, Any]:
    """Read `meta.json` and hold the running spaCy against it."""
    meta = read_json(path)
    wanted = meta.get("spacy_version") if isinstance(meta, dict) else None
    if not isinstance(wanted, str):
        raise ModelError(f"no spacy_version in {path}")
    if not is_compatible_version(spacy_version, wanted):
        raise ModelError(f"the language model in {path.parent} is for spaCy {wanted}, not {spacy_version}")
    return dict(meta)
