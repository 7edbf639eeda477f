"""Tells which figures are bare, and the noun that their own clause tells for them.

A figure is bare where no noun follows in its phrase: "31,700 of these", "118 were revived", "jobs at 2,950".
"""

from __future__ import annotations

import re

from spacy.tokens import Token

from indiggraph.facts.cues import Figures
from indiggraph.facts.syntax import base, governors
from indiggraph.facts.view import SentenceView
from indiggraph.model import Money, Quantity, ThingType

__all__ = ["GROUPED", "is_bare", "is_level", "is_part", "noun_behind", "noun_of", "scale_of"]

GROUPED = re.compile(r"\d,\d{3}")
_WORD = re.compile(r"[^\W\d_]+")
_YEAR = re.compile(r"\d{4}")
_RATIO = re.compile(r"\s?[-–:]\d|\s(?:votes\s)?to\s\d")
_RATIO_END = re.compile(r"\d\s?[-–:]|\d\s(?:votes\s)?to\s")
_LABELS = frozenset({"nummod", "flat", "compound", "dep", "nmod:unmarked", "nmod:desc"})
_BEFORE_NOUNS = frozenset({"nummod", "compound", "amod", "nmod", "det"})
_SUBJECTS = frozenset({"nsubj", "csubj"})
_PLURAL = frozenset({"NNS", "NNPS"})
_MODIFIERS = frozenset({"ADJ", "NOUN", "PROPN", "CCONJ", "PUNCT", "NUM"})
_REACH = 7
"""Tokens behind a figure in which its noun stands."""
_HOURS = 12
_DIGITS = "0123456789"


def is_bare(value: Quantity, root: Token, view: SentenceView, figures: Figures) -> bool:
    """Whether a number stands where a noun phrase would: no noun behind it, no name or label before it."""
    if root.dep_ in _BEFORE_NOUNS and root.head.i > root.i and not _ends_phrase(root, figures):
        return False
    alone = all(child.pos_ == "PUNCT" for child in root.children)
    if root.dep_ in ("amod", "appos") and root.head.pos_ == "PROPN" and alone:
        return False  # "Irena Valdoga, 52"
    if scale_of(value.text, figures) is not None or GROUPED.search(value.text):
        return True
    if _is_bracketed(value, view):
        return not _YEAR.fullmatch(value.text)
    if _YEAR.fullmatch(value.text) or root.pos_ != "NUM" or _is_ratio(value, root, figures):
        return False
    if root.dep_ in _LABELS and not _ends_phrase(root, figures):
        return False
    below = {child.lower_ for child in root.children}
    if "the" in below and not below & figures.others:
        return False
    if base(root) == "nmod" and not any(child.dep_ == "case" for child in root.children):
        return False
    return not (_is_said(root, view) or _is_age(root, view) or _is_hour(value, root))


def _ends_phrase(root: Token, figures: Figures) -> bool:
    """Whether what the tree takes for a figure's noun is none ("paid 540 *to* firms", "three *stand* idle")."""
    if root.head.i < root.i:
        return False
    between = root.doc[root.i + 1 : root.head.i]
    if root.head.pos_ in ("VERB", "AUX", "ADJ") or root.head.lower_ in figures.others:
        return True
    ranged = any(token.pos_ == "NUM" for token in between)
    return not ranged and any(token.pos_ in ("ADP", "VERB", "AUX", "PART") for token in between)


def _is_bracketed(value: Quantity, view: SentenceView) -> bool:
    """ "Followed by Kell (388)"."""
    text = view.sentence.doc.text
    return text[value.span.start - 1 : value.span.start] == "(" and text[value.span.end : value.span.end + 1] == ")"


def _is_ratio(value: Quantity, root: Token, figures: Figures) -> bool:
    """ "55:45", "voted 5-2", "by 16 to 7"."""
    text, span = root.doc.text, value.span
    paired = _RATIO.match(text, span.end) or _RATIO_END.search(text[max(0, span.start - 12) : span.start])
    if paired is None:
        return False
    near = {governor.lemma_.lower() for governor in list(governors(root))[:3]}
    return bool(near & figures.votes) or paired[0].strip(_DIGITS) in (":", "-", "–") or _is_vote(root)


def _is_vote(root: Token) -> bool:
    """ "Voted down, by *16 to 7*"."""
    numbers = (root, *(child for child in root.children if child.pos_ == "NUM"), root.head)
    cases = {child.lower_ for token in numbers if token.pos_ == "NUM" for child in token.children}
    return "by" in cases and "to" in cases


def _is_said(root: Token, view: SentenceView) -> bool:
    """Whether a lone figure is no part of a clause, or what somebody is ("He was 84")."""
    if any(child.dep_ == "expl" for child in root.head.children) and base(root) != "nsubj":
        return True
    if base(root) not in ("root", "appos", "parataxis", "advcl", "ccomp", "conj"):
        return False
    subjects = [child for child in root.children if base(child) in _SUBJECTS]
    if any(child.dep_ == "cop" for child in root.children):
        return not subjects or any(_is_person(child, view) for child in subjects)
    parts = any(child.dep_ == "nmod" and child.pos_ == "PRON" for child in root.children)
    return base(root) in ("root", "appos", "parataxis") and not subjects and not parts


def _is_person(token: Token, view: SentenceView) -> bool:
    personal = token.pos_ == "PRON" and token.lower_ in ("he", "she", "i", "who", "you")
    return personal or view.mention_at(token, (ThingType.PERSON,)) is not None


def _is_age(root: Token, view: SentenceView) -> bool:
    """ "Whose manager he was *at 32*"."""
    if not any(child.lower_ == "at" for child in root.children if child.dep_ == "case"):
        return False
    subjects = (child for child in root.head.children if base(child) in _SUBJECTS)
    return any(view.mention_at(child, (ThingType.PERSON,)) is not None for child in subjects)


def _is_hour(value: Quantity, root: Token) -> bool:
    """ "The gates opened *at seven*"."""
    small = value.value is not None and value.value <= _HOURS and base(root) == "obl"
    return small and any(child.lower_ == "at" for child in root.children if child.dep_ == "case")


# ---- the noun that the clause tells ----------------------------------------------------------------------------


def noun_behind(value: Quantity, root: Token, figures: Figures) -> str | None:
    """The plural that a figure counts over other words ("112 *mining and trade projects*", "14 *gas and* 3 *fans*")."""
    if root.dep_ not in _BEFORE_NOUNS or root.head.i < root.i or _YEAR.fullmatch(value.text):
        return None
    if root.i > root.sent.start and root.nbor(-1).pos_ == "PROPN":
        return None
    for token in root.doc[root.i + 1 : min(root.i + 1 + _REACH, root.sent.end)]:
        if token.tag_ in _PLURAL:
            return None if token.lemma_.lower() in figures.never else token.text
        if token.pos_ not in _MODIFIERS or token.lower_ in (":", ";", ")-"):
            return None
    return None


def noun_of(root: Token, scaled: bool, view: SentenceView, figures: Figures) -> str | None:
    """The noun that the clause tells: "the number of *shops* at 840", "*jobs* at 2,950", "of the *areas*, 11 are".

    What is told in billions is mostly money, whatever it is for: it has a noun only as "of which".
    """
    whole = _whole(root, scaled, view)
    if whole is not None or root.head.i == root.i:
        return whole
    titled = root.doc[root.i - 2] if root.i - 2 >= root.sent.start and root.nbor(-1).text == ":" else None
    if titled is not None and titled.tag_ in _PLURAL and titled.i == root.sent.start:
        return titled.text
    if scaled:
        return None
    if root.head.lemma_.lower() in figures.totals and root.head.pos_ != "VERB":
        return _counted(root.head)
    manned = _manned(root, figures)
    if manned is not None:
        return manned
    for child in root.head.children:
        found = _told_by(child, root, figures)
        if found is not None and not _in_sum(child, view):
            return found
    return None


def _manned(root: Token, figures: Figures) -> str | None:
    """ "A workforce *of 2,300*", "the plant employs *240*"."""
    head = root.head.lemma_.lower()
    if base(root) == "nmod" and any(case.lower_ == "of" for case in root.children):
        return figures.headcounts.get(head)
    return "people" if base(root) == "obj" and head in figures.manning else None


def _told_by(child: Token, root: Token, figures: Figures) -> str | None:
    """The noun that a part of the figure's clause tells, a total, what it is out of, or what reaches it."""
    lemma = child.lemma_.lower()
    if lemma in figures.totals and base(child) in ("nsubj", "obj"):
        return _counted(child)
    if child.i > root.i:
        return None
    if base(child) == "obl":
        return child.text if _is_fronted(child) else None
    if base(child) not in ("nsubj", "obj"):
        return None
    cases = {case.lower_ for case in root.children if case.dep_ == "case"}
    if child.tag_ in _PLURAL and cases & figures.levels and not _is_counted(child):
        return child.text
    if child.tag_ in _PLURAL and root.head.lemma_.lower() in figures.amounting and base(root) == "obj":
        return child.text
    return figures.headcounts.get(lemma) if cases & figures.levels else None


def _counted(total: Token) -> str | None:
    """What a total is of: "the number of *shops*", "*staff* numbers"."""
    inner = [child for child in total.children if base(child) == "nmod" and child.tag_ in _PLURAL]
    inner += [child for child in total.children if child.dep_ == "compound"]
    return inner[0].text if inner else None


def _in_sum(token: Token, view: SentenceView) -> bool:
    return any(isinstance(v, Money) and v.span.start <= token.idx < v.span.end for v in view.values)


def _whole(root: Token, scaled: bool, view: SentenceView) -> str | None:
    """ "312 of the province's stagnant *units*", "*boards*, of which three million are imported"."""
    for child in root.children:
        if base(child) == "nmod" and any(case.lower_ == "of" for case in child.children) and child.i > root.i:
            told = child.tag_ in _PLURAL and not scaled and not _in_sum(child, view)
            return child.text if told else None
    for governor in list(governors(root))[:3]:
        if governor.dep_ == "acl:relcl":
            relative = _relative(root) or _relative(governor)
            antecedent = governor.head
            plain = antecedent.tag_ in _PLURAL and not _is_counted(antecedent)
            return antecedent.text if relative and plain else None
    return None


def _relative(token: Token) -> bool:
    return any(
        child.lower_ in ("which", "whom") and any(case.lower_ == "of" for case in child.children)
        for child in token.children
    )


def _is_fronted(child: Token) -> bool:
    first = child.left_edge
    return (first.is_sent_start or first.i == child.sent.start) and first.lower_ == "of" and child.tag_ in _PLURAL


def _is_counted(noun: Token) -> bool:
    return any(child.dep_ == "nummod" for child in noun.children)


# ---- how a figure stands ----------------------------------------------------------------------------------------


def is_level(root: Token) -> bool:
    """Whether a figure stands behind a preposition, as those do that something measured reaches."""
    return any(child.dep_ == "case" for child in root.children)


def is_part(root: Token, figures: Figures) -> bool:
    """ "31,700 *of these*", "*of which* 12 were sold"."""
    near = [child for token in list(governors(root))[:2] for child in token.children]
    return any(
        token.lower_ in figures.parts and any(case.lower_ == "of" for case in token.children if case.dep_ == "case")
        for token in near
    )


def scale_of(text: str, figures: Figures) -> str | None:
    """The scale word of a figure, in full ("Rs21bn" -> billion)."""
    words = [figures.scales[word] for word in _WORD.findall(text.lower()) if word in figures.scales]
    return words[0] if words else None
