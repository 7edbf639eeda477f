"""Programs and gatherings that are described: "harbour modernization program", "the closing ceremony"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from indiggraph.lexicon import Lexicon
from indiggraph.mentions.phrases import has_body_kind
from indiggraph.mentions.programs import year_before, year_end
from indiggraph.mentions.tokens import (
    ANAPHORIC,
    DEFINITE,
    LOOSE,
    MAX_COMPLEMENT,
    Candidate,
    complement_end,
    determiner,
    is_join,
    is_plural,
    left_modifiers,
    noun,
    phrase_start,
    trimmed,
    without_article,
)
from indiggraph.model import Form, ThingType
from indiggraph.word_classes import Programs

__all__ = ["find_matters"]

_TIMES = frozenset({"year", "month", "week", "quarter", "half", "period", "season", "decade"})
_HOLDING = frozenset({"hold", "host", "organize", "organise", "convene", "stage"})
_PURPOSE = LOOSE - {"for"}  # prepositions that end what a program is for


def find_matters(doc: Doc, names: list[Candidate], lexicon: Lexicon) -> Iterator[Candidate]:
    """Find described programs and gatherings beside the names."""
    taken = {i for name in names for i in range(name.start, name.end)}
    programs = {name.end - 1 for name in names if name.type is ThingType.PROGRAM}
    for token in doc:
        if token.i in taken or token.pos_ not in ("NOUN", "PROPN") or token.dep_ == "compound":
            continue
        word = noun(token)
        if word in lexicon.programs.kinds_told or word in lexicon.programs.yearly:
            found = _told_kind(doc, token, lexicon)
        elif word in lexicon.programs.stages:
            found = _stage(doc, token, names, lexicon)
        elif word in lexicon.programs.strong or word in lexicon.programs.weak:
            found = _program(doc, token, programs, lexicon)
        elif word in lexicon.gatherings.strong:
            found = _gathering(doc, token, lexicon)
        else:
            found = None
        if found is not None:
            yield found


def _names_its_kind(doc: Doc, token: Token, named: set[int]) -> bool:
    """Whether a noun is the kind that follows a program's name: "Northern Lights (NL) program"."""
    i = token.i - 1
    while i > 0 and doc[i].text in (")", '"', "”", "“", "("):
        i -= 1
    return i in named


def _program(doc: Doc, token: Token, before: set[int], lexicon: Lexicon) -> Candidate | None:
    if _names_its_kind(doc, token, before) or determiner(token) == "no" or has_body_kind(token, lexicon):
        return None
    programs, word, single = lexicon.programs, noun(token), not is_plural(token)
    ignored = programs.ignored_modifiers | ANAPHORIC
    words = [t for t in left_modifiers(token) if t.lower_ not in ignored and _describes(t) and not _is_owners(t, token)]
    named = any(t.text[0].isupper() and not lexicon.is_demonym(t.text) for t in words)
    weak, definite = word in programs.weak, determiner(token) in DEFINITE
    end = _purpose_end(doc, token, lexicon)
    purposeful = end > token.i + 1 and single and (not weak or _is_meant_to(doc, token, programs))
    if word in programs.complement_only and not named:
        words = [t for t in words if t.lower_ in programs.fields]
    enough = len(words) >= (1 if single and not weak else 2) and (single or not weak)
    first = year_before(doc, token)
    dated = first is not None and (not weak or word in programs.dated)
    enough |= single and (dated or _is_of_kind(token, words, programs))
    if ((enough or named) and not _is_predicate(token)) or purposeful:
        end = year_end(doc, end) if any(t.lower_ in programs.yearly for t in words) else end
        start = first if dated and first is not None else _after_owner(doc, phrase_start(token), token, ignored)
        return Candidate(start, end, ThingType.PROGRAM, Form.NAME, "program", token.i, definite=definite)
    inner = weak and _has_complement(doc, token)  # "in the framework of the plan"
    if definite and single and not words and not inner and not _is_paid(token, lexicon):
        start, form = phrase_start(token), Form.NOMINAL
        if not weak and _is_introduced(doc, token):
            start, form = without_article(doc, start), Form.NAME
        return Candidate(start, token.i + 1, ThingType.PROGRAM, form, "program-bare", token.i, definite=True)
    return None


def _is_meant_to(doc: Doc, token: Token, programs: Programs) -> bool:
    """Whether words right behind a weak head tell what it is for: "a project *to* electrify villages"."""
    return noun(token) in programs.purposeful and doc[token.i + 1].lower_ in ("to", "for")


def _is_of_kind(token: Token, words: list[Token], programs: Programs) -> bool:
    """Whether one noun before a weak head tells which one is meant: "the *railway* project"."""
    definite = determiner(token) in DEFINITE or any(child.dep_ == "nmod:poss" for child in token.lefts)
    return definite and noun(token) in programs.by_noun and len(words) == 1 and words[0].dep_ == "compound"


def _is_introduced(doc: Doc, token: Token) -> bool:
    """Whether a clause right behind a noun says which one is meant: "the bylaw *that the cabinet passed*"."""
    clauses = (child for child in token.rights if child.dep_ == "acl:relcl" and child.left_edge.i == token.i + 1)
    return any(doc[clause.left_edge.i].lower_ in ("that", "which") for clause in clauses)


def _has_complement(doc: Doc, token: Token) -> bool:
    return token.i + 1 < len(doc) and doc[token.i + 1].lower_ == "of"


def _told_kind(doc: Doc, token: Token, lexicon: Lexicon) -> Candidate | None:
    """Return a treaty, a budget or a document whose kind or year is told: "the free trade agreement"."""
    if is_plural(token) or _is_predicate(token):
        return None
    word, programs = noun(token), lexicon.programs
    kinds = programs.kinds_told.get(word, "").split()
    first = year_before(doc, token)
    told = next((t.i for t in left_modifiers(token) if t.lower_ in kinds), None)
    own = any(child.dep_ == "nmod:poss" and child.pos_ == "PRON" for child in token.lefts)
    dated = word in programs.yearly and not own and (first is not None or year_end(doc, token.i + 1) > token.i + 1)
    if told is None and not dated:
        return None
    end = year_end(doc, token.i + 1) if word in programs.yearly else _purpose_end(doc, token, lexicon)
    start = min(i for i in (first, told, token.i) if i is not None)
    return Candidate(start, end, ThingType.PROGRAM, Form.NAME, "program", token.i,
                     definite=determiner(token) in DEFINITE)  # fmt: skip


def _stage(doc: Doc, token: Token, names: list[Candidate], lexicon: Lexicon) -> Candidate | None:
    """Return a stage of a work that is no program by its name: "the third phase of the Zenda refinery"."""
    numbered = doc[token.i + 1 : token.i + 2].text.isdigit()  # "phase 11 of Zenda"
    told = any(t.dep_ in ("amod", "nummod") for t in left_modifiers(token))
    whole = next((c for c in token.children if c.dep_ == "nmod" and doc[c.left_edge.i].lower_ == "of"), None)
    name = next((n for n in names if whole is not None and n.start <= whole.i < n.end), None)
    if whole is None or name is None or name.type is ThingType.PROGRAM:
        return None
    if not numbered and not (told and noun(whole) in lexicon.sites.kinds):
        return None
    start = without_article(doc, phrase_start(token))
    return Candidate(start, name.end, ThingType.PROGRAM, Form.NAME, "program", token.i, definite=True)


def _is_paid(token: Token, lexicon: Lexicon) -> bool:
    """ "Cut *the bill* by half": a sum to pay, no draft of a law."""
    acted_on = token.dep_ in ("obj", "nsubj:pass") and token.head.lemma_.lower() in lexicon.programs.paid
    return acted_on and noun(token) == "bill"


def _is_predicate(token: Token) -> bool:
    inside = any(child.dep_ == "case" for child in token.children)  # "is 4% under the plan"
    return not inside and any(child.dep_ == "cop" for child in token.children)


def _describes(modifier: Token) -> bool:
    """Whether a modifier tells what kind of thing is meant: no number, sum, owner or clause."""
    counts = modifier.dep_ in ("nummod", "nmod:poss", "acl") or modifier.pos_ in ("NUM", "SYM")
    return not counts and not any(character.isdigit() for character in modifier.text)


def _is_first_part(token: Token) -> bool:
    """The "four" and "-" of "four-day fair" belong to its name."""
    return not token.whitespace_ and is_join(token.nbor(1)) and not token.nbor(1).whitespace_


def _is_owners(token: Token, head: Token) -> bool:
    """Whether a word belongs to the owner of a noun: "the *commerce* minister's plan"."""
    return any(a.dep_ == "nmod:poss" for a in token.ancestors if a.i < head.i)


def _after_owner(doc: Doc, start: int, head: Token, ignored: frozenset[str]) -> int:
    """Return where a phrase begins behind article, possessive, number and words that tell nothing."""
    while start < head.i:
        token = doc[start]
        owner = _is_owners(token, head)
        counts = token.pos_ in ("NUM", "SYM") or token.dep_ in ("det", "nmod:poss", "case", "det:predet", "nummod")
        if _is_first_part(token) or not (owner or counts or token.is_punct or token.lower_ in ignored):
            break
        start += 1
    return start


def _purpose_end(doc: Doc, token: Token, lexicon: Lexicon) -> int:
    """Return the end of a program's phrase: with what it is for ("program for repair of roads", "plan to ...")."""
    end = token.i + 1
    if end < len(doc) and doc[end].lower_ == "on" and doc[end].dep_ == "case" and doc[end].head.pos_ == "NOUN":
        return complement_end(doc, doc[end].head, _PURPOSE)  # wherever the parser hangs it: "bill on ..."
    for child in token.rights:
        opener = doc[child.left_edge.i]
        if opener.i != end:
            continue
        plain = child.pos_ in ("NOUN", "PROPN") and not _is_sum(child, lexicon)
        if child.dep_ == "nmod" and opener.lower_ in ("for", "on", "of") and plain:
            end = complement_end(doc, child, _PURPOSE)
        elif child.dep_ in ("acl", "acl:to") and opener.lower_ in ("to", "for"):
            limit = min(child.right_edge.i + 1, end + MAX_COMPLEMENT)
            breaks = (i for i in range(end, limit) if doc[i].lower_ in (",", "(", "–", "—", "worth"))
            end = trimmed(doc, next(breaks, limit))
    return end


def _is_sum(token: Token, lexicon: Lexicon) -> bool:
    word = noun(token)
    return word in _TIMES or lexicon.is_calendar_or_money(word) or any(part.pos_ == "SYM" for part in token.subtree)


def _is_held(token: Token, lexicon: Lexicon) -> bool:
    """Whether a gathering is told of for the first time: "a regional seminar was held", "told a press conference"."""
    verb = token.head.lemma_.lower()
    acted_on = token.dep_ in ("obj", "nsubj:pass") and verb in _HOLDING
    addressed = token.dep_ in ("obj", "iobj") and verb in lexicon.gatherings.addressed
    attended = token.dep_ == "obl" and any(c.lower_ in ("at", "during") for c in token.children if c.dep_ == "case")
    held = acted_on or addressed or attended or (token.dep_ == "nsubj" and verb == "take")
    return determiner(token) in ("a", "an") and held


def _gathering(doc: Doc, token: Token, lexicon: Lexicon) -> Candidate | None:
    if is_plural(token) or not (determiner(token) in DEFINITE or _is_held(token, lexicon)):
        return None
    start = phrase_start(token)
    words = [t for t in left_modifiers(token) if t.lower_ not in ANAPHORIC and _describes(t)]
    if not words:
        kind = ThingType.GATHERING
        return Candidate(start, token.i + 1, kind, Form.NOMINAL, "gathering-bare", token.i, definite=True)
    end = token.i + 1
    for child in token.rights:  # "forum and exhibition"
        if child.dep_ == "conj" and child.i == end + 1 and noun(child) in lexicon.gatherings.strong:
            end = child.i + 1
    first = _after_owner(doc, start, token, ANAPHORIC)
    return Candidate(first, end, ThingType.GATHERING, Form.NAME, "gathering", token.i, definite=True)
