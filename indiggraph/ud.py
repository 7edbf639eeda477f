"""Labels of other English spaCy pipelines -> ours: Universal Dependencies and our classes of names.

``en_core_web_*`` is trained on OntoNotes trees in the CLEAR style (Choi and Palmer 2012, *Guidelines for the CLEAR
Style Constituent to Dependency Conversion*): prepositions and the verb "be" head their phrases.  Universal
Dependencies (https://universaldependencies.org/en/) hang them on the content word, and so do our rules.  The
conversion follows what the English Web Treebank does; where CLEAR does not tell two UD relations apart, the commoner
one is taken.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Span

__all__ = ["is_clear", "to_ud"]

_CLEAR_ONLY = frozenset(
    {
        "acomp", "agent", "attr", "auxpass", "csubjpass", "dative", "dobj", "meta", "neg", "npadvmod", "nsubjpass",
        "oprd", "pcomp", "pobj", "poss", "preconj", "predet", "prep", "prt", "quantmod", "relcl",
    }
)  # fmt: skip

_RENAMED = {
    "auxpass": "aux:pass",
    "csubjpass": "csubj:pass",
    "dative": "iobj",
    "dobj": "obj",
    "intj": "discourse",
    "meta": "parataxis",
    "neg": "advmod",
    "npadvmod": "obl:unmarked",
    "nsubjpass": "nsubj:pass",
    "oprd": "xcomp",
    "poss": "nmod:poss",
    "preconj": "cc:preconj",
    "predet": "det:predet",
    "prt": "compound:prt",
    "quantmod": "advmod",
    "relcl": "acl:relcl",
    # left over where the conversion found no better place
    "acomp": "xcomp",
    "agent": "advmod",
    "attr": "xcomp",
    "pcomp": "advcl",
    "pobj": "obl",
    "prep": "advmod",
}

_ENTITIES = {
    "EVENT": "EVENT",
    "FAC": "LOC",
    "GPE": "GPE",
    "LOC": "LOC",
    "NORP": "NORP",
    "ORG": "ORG",
    "PER": "PERSON",
    "PERSON": "PERSON",
    "PRODUCT": "PRODUCT",
}
"""OntoNotes and WikiNER classes to ours; what is not here (LAW, WORK_OF_ART, values, MISC) is no name of a thing."""

_FIXED = frozenset(
    {
        ("according", "to"), ("as", "for"), ("as", "of"), ("as", "to"), ("because", "of"), ("due", "to"),
        ("instead", "of"), ("prior", "to"), ("rather", "than"), ("such", "as"),
    }
)  # fmt: skip
_PREPOSITIONS = frozenset({"agent", "dative", "prep"})
_NOMINAL = frozenset({"NOUN", "NUM", "PRON", "PROPN", "SYM"})


def is_clear(doc: Doc) -> bool:
    """Whether the trees of a document are in the CLEAR style."""
    return any(token.dep_ in _CLEAR_ONLY for token in doc)


def to_ud(doc: Doc) -> Doc:
    """Return the document with UD trees (if its own are CLEAR) and with our classes of names; the text is the same."""
    tree = _Tree(doc)
    if is_clear(doc):
        tree.convert()
    parsed = doc.has_annotation("DEP")
    converted = Doc(
        doc.vocab,
        words=[token.text for token in doc],
        spaces=[bool(token.whitespace_) for token in doc],
        tags=[token.tag_ for token in doc],
        pos=[token.pos_ for token in doc],
        morphs=[str(token.morph) for token in doc],
        lemmas=[token.lemma_ for token in doc],
        heads=tree.heads if parsed else None,
        deps=tree.deps if parsed else None,
        sent_starts=None if parsed else [token.is_sent_start for token in doc],
        user_data=doc.user_data,
    )
    converted.ents = tuple(
        Span(converted, entity.start, entity.end, label=_ENTITIES[entity.label_])
        for entity in doc.ents
        if entity.label_ in _ENTITIES
    )
    return converted


class _Tree:
    """Heads and relations of a document while they are rewritten; a root is its own head."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.heads = [token.head.i for token in doc]
        self.deps = [token.dep_ for token in doc]

    def convert(self) -> None:
        """Rewrite the CLEAR trees as UD; the order of the steps matters."""
        self._spread_conjuncts()
        # from the right: in "out of the budget", "of" must have handed "budget" up before "out" is looked at
        for i in reversed(range(len(self.heads))):
            if self.deps[i] in _PREPOSITIONS:
                self._lower_preposition(i)
        for i in range(len(self.heads)):
            if self.doc[i].lemma_ == "be" and not self.deps[i].startswith("aux"):
                self._lower_copula(i)
        self._flatten_persons()
        self.deps = [_RENAMED.get(dep, dep) for dep in self.deps]

    def _children(self, i: int) -> Iterator[int]:
        return (child for child, head in enumerate(self.heads) if head == i and child != i)

    def _child(self, i: int, *deps: str) -> int | None:
        return next((child for child in self._children(i) if self.deps[child] in deps), None)

    def _attach(self, i: int, head: int, dep: str) -> None:
        self.heads[i], self.deps[i] = head, dep

    def _take_place(self, i: int, of: int, dep: str) -> None:
        """Hang ``i`` where ``of`` hangs."""
        self._attach(i, i if self.heads[of] == of else self.heads[of], dep)

    def _spread_conjuncts(self) -> None:
        """Hang all conjuncts on the first, as UD does (CLEAR chains them), and each "and" on what it introduces."""
        for i, dep in enumerate(self.deps):
            if dep == "conj":
                while self.deps[self.heads[i]] == "conj":
                    self.heads[i] = self.heads[self.heads[i]]
        for i, dep in enumerate(self.deps):
            if dep == "cc":
                first = self.heads[i] if self.deps[self.heads[i]] != "conj" else self.heads[self.heads[i]]
                later = (child for child in self._children(first) if self.deps[child] == "conj" and child > i)
                self.heads[i] = next(later, self.heads[i])

    def _lower_preposition(self, i: int) -> None:
        """Turn preposition over object into object with a case marker, and over clause into clause with a marker."""
        nominal, clause = self._child(i, "pobj"), self._child(i, "pcomp")
        content = nominal if nominal is not None else clause
        if content is None:
            return
        is_clause = content == clause and self.doc[content].pos_ in ("VERB", "AUX")
        self._take_place(content, i, self._relation(i, is_clause))
        for child in list(self._children(i)):
            self._move_from_preposition(child, content)
        self._attach(i, content, "mark" if is_clause else "case")
        self._fix(i - 1, i)
        self._fix(i, i + 1)

    def _fix(self, left: int, right: int) -> None:
        """Join "according to" and its like, if both words belong to the same object, under the first."""
        if left < 0 or right >= len(self.heads):
            return
        if (self.doc[left].text.lower(), self.doc[right].text.lower()) not in _FIXED:
            return
        content = self.heads[right]
        if self.heads[left] == content:
            self._attach(left, content, "case")
            self._attach(right, left, "fixed")

    def _relation(self, i: int, is_clause: bool) -> str:
        """UD relation of what the preposition ``i`` introduces."""
        head = self.heads[i]
        if self.deps[head] in _PREPOSITIONS and self._child(head, "pobj") is None:
            return "pobj"  # "out of": the outer preposition takes it from here
        under_noun = self.doc[head].pos_ in _NOMINAL
        if is_clause:
            return "acl" if under_noun else "advcl"
        if self.deps[i] == "agent":
            return "obl:agent"
        return "nmod" if under_noun else "obl"

    def _move_from_preposition(self, child: int, content: int) -> None:
        inner = self._child(child, "pobj") if self.deps[child] == "conj" else None
        if inner is None:
            self.heads[child] = content
            return
        self._attach(inner, content, "conj")  # "in Gdynia and in Radom": the places are coordinated
        for other in list(self._children(child)):
            self.heads[other] = inner
        self._attach(child, inner, "case")

    def _lower_copula(self, i: int) -> None:
        """Turn "be" over its predicate into predicate with a copula; "there is" keeps its verb."""
        predicate = self._child(i, "attr", "acomp", "oprd")
        if self._child(i, "expl") is not None:
            if predicate is not None:
                self.deps[predicate] = "nsubj"
            return
        if predicate is None and self._child(i, "ccomp", "xcomp", "dobj", "conj") is None:
            predicate = next((child for child in self._children(i) if self.deps[child] == "obl" and child > i), None)
        if predicate is None or self._child(i, "nsubj", "csubj") is None:
            return
        self._take_place(predicate, i, self.deps[i])
        for child in list(self._children(i)):
            self.heads[child] = predicate
        self._attach(i, predicate, "cop")

    def _flatten_persons(self) -> None:
        """Make the first part of a person's name its head; CLEAR takes the last."""
        for entity in self.doc.ents:
            first, last = entity.start, entity.end - 1
            parts = range(first, last)
            if _ENTITIES.get(entity.label_) != "PERSON" or any(
                self.deps[i] != "compound" or self.heads[i] not in range(first, last + 1) for i in parts
            ):
                continue
            if first == last:
                continue
            self._take_place(first, last, self.deps[last])
            for child in list(self._children(last)):
                self.heads[child] = first
            for i in range(first + 1, last + 1):
                self._attach(i, first, "flat")
