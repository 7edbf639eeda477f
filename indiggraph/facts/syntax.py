"""Grammatical functions over Universal Dependencies, the same for verbs, nouns, active and passive.

A *function* is a name that frames use for a place in the tree around a trigger:

``subj``      who does it: subject of an active verb, *by*-phrase of a passive one, the shared subject of a
              coordinated, controlled or participial verb, the antecedent of a subject relative clause
``obj``       what is acted on: object of an active verb, subject of a passive one, the noun a past participle modifies
``iobj``      who receives: "spared *the company* $3 million", "*the firm* was awarded a contract"
``poss``      the possessor of a noun
``is``        what a noun is said to be: "its partners are *X and Y*"
``adv``       adverbs
``mod``       compound or adjectival modifiers of a noun
``comp``      the head of a clausal or infinitive complement
``purpose``   the head of an infinitive beside the verb ("called on banks *to lend*")
a preposition ``with``, ``for``, ``of`` ... : the noun that this preposition attaches to the trigger

Labels are those of UD 2.16 English (de Marneffe et al. 2021, Universal Dependencies).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

__all__ = [
    "arguments",
    "base",
    "clause_head",
    "coordinated",
    "function_in_words",
    "governors",
    "heads_of",
    "in_clause",
    "is_passive",
    "particles",
    "phrase",
    "within_clause",
]

_CLAUSAL = ("ccomp", "xcomp", "csubj")
_SUBJECTS = ("nsubj", "csubj")
_CLAUSES = frozenset({"ROOT", "root", "ccomp", "advcl", "acl", "parataxis", "csubj", "conj", "xcomp"})
_IN_WORDS = {
    "subj": "subject",
    "obj": "object",
    "iobj": "recipient",
    "poss": "owner",
    "is": "predicate",
    "adv": "adverb",
    "mod": "modifier",
    "comp": "complement",
    "purpose": "purpose",
}
_FINITE = frozenset({"VBD", "VBZ"})
_ADDRESSED_BEHIND = {
    "call": ("on", "upon"),
    "appeal": ("to",),
    "rely": ("on", "upon"),
    "count": ("on",),
    "depend": ("on", "upon"),
    "look": ("to",),
    "wait": ("for",),
    "plead": ("with",),
}
"""Verbs whose infinitive has its actor behind a preposition ("called *on banks* to lend")."""
_RATES = frozenset({"percent", "%", "point"})
_PARTY_PREPOSITIONS = frozenset({"with", "from", "between"})
_OUTLAYS = frozenset({"investment", "outlay", "cost", "expenditure", "spending"})
"""What is done with these is paid by whoever does it ("built it *with an investment of* $3 million")."""
_CONTAINERS = frozenset(
    {"line", "package", "round", "tranche", "total", "amount", "sum", "series", "number", "batch", "worth"}
)
_DEALS = frozenset({"agreement", "contract", "deal", "memorandum", "accord", "pact", "decree", "order", "bill"})
"""What one signs to act: who signs "an agreement *creating* a fund" creates it."""
_CONTROLLING = frozenset(
    {
        "order",
        "oblige",
        "instruct",
        "mandate",
        "task",
        "compel",
        "direct",
        "require",
        "force",
        "urge",
        "ask",
        "tell",
        "request",
        "permit",
        "authorize",
        "authorise",
        "encourage",
        "invite",
        "persuade",
        "call",
    }
)
"""Verbs whose object does what their infinitive says, wherever it hangs (VerbNet order-60, force-59, urge-58.1)."""
_LIGHT_RELATIVE = frozenset({"which", "who", "that", "whom"})


def base(token: Token) -> str:
    """The dependency label without its subtype ("nsubj:pass" -> "nsubj")."""
    return token.dep_.split(":", 1)[0]


def is_passive(verb: Token) -> bool:
    """Whether the verb is a passive: by its auxiliary, its subject's label, or as a bare past participle."""
    if any(child.dep_ == "aux:pass" for child in verb.children):
        return True
    if verb.tag_ not in _FINITE and any(child.dep_ in ("nsubj:pass", "csubj:pass") for child in verb.children):
        return True
    return verb.tag_ == "VBN" and base(verb) in ("acl", "amod", "advcl") and not _has_aux(verb)


def arguments(predicate: Token) -> list[tuple[str, Token]]:
    """The functions around a verb or noun, each with the head token of its filler, coordination not yet expanded."""
    found = [*_direct(predicate), *_shared(predicate)]
    return list(dict.fromkeys(found))


def function_in_words(function: str) -> str:
    """A function as a reader knows it: "subject"; a preposition in quotation marks."""
    return _IN_WORDS.get(function, f"“{function}”")


def heads_of(predicate: Token, function: str) -> list[Token]:
    """All fillers of a function, coordinated ones included."""
    heads = [token for name, token in arguments(predicate) if name == function]
    return list(dict.fromkeys(conjunct for head in heads for conjunct in coordinated(head)))


def in_clause(head: Token, marker: str) -> list[Token]:
    """Nouns with the preposition anywhere below the head within its clause: the second route to an argument.

    Prepositional phrases are where trees err most; "signed contracts worth €3 million with makers" says with whom
    wherever the phrase hangs.
    """
    found = []
    stack = list(head.children)
    while stack:
        token = stack.pop()
        if token.pos_ in ("VERB", "AUX") and base(token) not in ("acl", "amod"):
            continue
        if _preposition(token) == marker and base(token) in ("nmod", "obl"):
            found.append(token)
        stack.extend(child for child in token.children if child.dep_ != "acl:relcl")
    return sorted(found, key=lambda token: token.i)


def coordinated(head: Token) -> list[Token]:
    """The token and its conjuncts of the same kind ("A, B and C" -> [A, B, C])."""
    conjuncts = [head]
    for child in head.children:
        if child.dep_ == "conj" and child.pos_ not in ("VERB", "AUX"):
            conjuncts.extend(coordinated(child))
    return conjuncts


def particles(verb: Token) -> list[str]:
    """The particles behind a verb; the "through" of "fell through" is one whatever the tree calls it."""
    behind = [child for child in verb.children if child.i > verb.i]
    bare = [child for child in behind if child.dep_ == "advmod" and child.lower_ == "through"]
    return [child.lower_ for child in behind if child.dep_ == "compound:prt" or child in bare]


def governors(token: Token) -> Iterator[Token]:
    """The token's ancestors within its sentence, nearest first, the token itself included."""
    yield token
    while token.head.i != token.i:
        token = token.head
        yield token


def phrase(head: Token, *, relative: bool = False) -> tuple[int, int]:
    """First token and end (exclusive) of a noun phrase; of what follows its head only "of" belongs to it."""
    kept = [head]
    stack = [head]
    while stack:
        for child in stack.pop().children:
            if _belongs(child, head, relative):
                kept.append(child)
                stack.append(child)
    kept.sort(key=lambda token: token.i)
    first = head.i
    by_index = {token.i for token in kept}
    while first - 1 in by_index:
        first -= 1
    while first < head.i and head.doc[first].dep_ == "cc":  # "and" may hang on a modifier
        first += 1
    last = head.i
    while last + 1 in by_index:
        last += 1
    return first, last + 1


def _belongs(child: Token, head: Token, relative: bool) -> bool:
    if child.head.i == head.i and child.dep_ in ("det", "case", "cc:preconj", "mark", "punct", "det:predet", "cop"):
        return child.dep_ == "punct" and child.text in "-–" and child.i < head.i
    if child.head.i == head.i and base(child) in ("appos", "parataxis", "nsubj", "dep", "advcl", "aux", "advmod"):
        return False
    if child.head.i == head.i and (child.dep_ in ("conj", "cc") or child.lower_ == "worth"):
        return False
    if child.head.i == head.i and base(child) == "nmod" and child.i > head.i:
        counted = child.pos_ in ("SYM", "NUM") or any(grand.dep_ == "nummod" for grand in child.children)
        if counted or _preposition(child) not in ("of", ""):
            return False
    return relative or base(child) not in ("acl", "parataxis", "appos")


def _direct(predicate: Token) -> Iterator[tuple[str, Token]]:
    passive = is_passive(predicate)
    objects = [child for child in predicate.children if child.dep_ == "obj"]
    ditransitive = any(child.lemma_.lower() not in _RATES for child in objects)  # "was raised *3 percent*": by how much
    for child in predicate.children:
        label = base(child)
        if label in _SUBJECTS:
            acted_on = "iobj" if ditransitive else "obj"
            function = (
                acted_on if passive or (child.dep_.endswith(":pass") and predicate.tag_ not in _FINITE) else "subj"
            )
            yield function, _antecedent(child, predicate)
        elif label == "advmod":
            yield "adv", child
        elif label == "obj" and _preposition(child) in ("for", "on", "upon"):  # "called *for* a ban"
            yield from _oblique(child, passive)
        elif label in ("obj", "iobj") and _preposition(child) in _PARTY_PREPOSITIONS:  # trees' mistake: it has a case
            yield _preposition(child), child
        elif label in ("obj", "iobj"):
            receives = label == "obj" and child.i == objects[0].i and _has_second(objects)  # "lent X $3 million"
            yield "iobj" if receives else label, _antecedent(child, predicate)
            if label == "iobj" and not objects:  # "urged mills to buy"
                yield "obj", child
            yield from (("iobj", receiver) for receiver in _before_sum(child))
        elif child.dep_ == "obl:agent" and _preposition(child) == "by":
            yield "subj", child
        elif label in ("obl", "nmod"):
            yield from _oblique(child, passive)
        elif label in _CLAUSAL:
            yield "comp", child
        elif label in ("compound", "amod"):
            yield "mod", child
        elif label in ("advcl", "acl"):
            yield from _clausal_oblique(child)


def _has_second(objects: Sequence[Token]) -> bool:
    """Whether a verb has two objects; in "bought cells worth $3 million" the sum is none."""
    return len(objects) > 1 and objects[1].nbor(-1).lemma_.lower() != "worth"


def _before_sum(sum_: Token) -> list[Token]:
    """ "Lent Harran Steel $3 million": trees take the receiver for a part of the sum."""
    names = [child for child in sum_.children if child.dep_ == "compound" and child.pos_ == "PROPN"]
    return names if sum_.pos_ == "SYM" else []


def _oblique(child: Token, passive: bool) -> Iterator[tuple[str, Token]]:
    if child.dep_ == "nmod:poss":
        yield "poss", _owner(child)
        return
    if child.dep_ in ("nmod:desc", "nmod:unmarked"):
        yield "mod", child
        return
    preposition = _preposition(child)
    if preposition == "by" and passive:
        yield "subj", child
    yield preposition or "bare", child


def _owner(possessor: Token) -> Token:
    """ "The firm, whose sales rose": the noun that the relative clause modifies."""
    if possessor.lower_ == "whose":
        for governor in governors(possessor):
            if governor.dep_ == "acl:relcl":
                return governor.head
    return possessor


def _clausal_oblique(clause: Token) -> Iterator[tuple[str, Token]]:
    """ "for indigenizing parts", "by making pumps": a preposition marks the gerund; "to make" complements a noun."""
    mark = next((child for child in clause.children if child.dep_ == "mark" and child.i < clause.i), None)
    to = any(child.dep_ == "mark" and child.lower_ == "to" for child in clause.children)
    if mark is not None and clause.tag_ == "VBG":
        yield mark.lower_, clause
    elif mark is not None and mark.lower_ == "for" and to:  # "asked *for prices to be cut*"
        yield "purpose", clause
    elif mark is not None and mark.lower_ == "to":
        yield "comp" if base(clause) == "acl" or _is_controlled(clause) else "purpose", clause


def _is_controlled(infinitive: Token) -> bool:
    """ "Ordered two mills on Sunday *to refund* ...": what an object is to do, which trees take for a purpose."""
    verb = infinitive.head
    to = any(child.dep_ == "mark" and child.lower_ == "to" for child in infinitive.children)
    people = [child for child in verb.children if child.dep_ in ("obj", "nsubj:pass") or _is_called_on(child)]
    return to and verb.lemma_.lower() in _CONTROLLING and bool(people) and verb.i < infinitive.i


def _is_called_on(noun: Token) -> bool:
    return noun.head.lemma_.lower() == "call" and _preposition(noun) in _ADDRESSED_BEHIND["call"]


def _preposition(noun: Token) -> str:
    cases = [child for child in noun.children if child.dep_ == "case" and child.i < noun.i]
    if not cases:
        return ""
    words = [cases[0].lower_]
    words += [child.lower_ for child in cases[0].children if child.dep_ == "fixed"]
    return " ".join(words)


def _antecedent(child: Token, predicate: Token) -> Token:
    """A relative pronoun stands for the noun that its clause modifies."""
    if child.lower_ in _LIGHT_RELATIVE and child.tag_ in ("WDT", "WP", "IN", "DT") and predicate.dep_ == "acl:relcl":
        return predicate.head
    return child


def within_clause(token: Token) -> Iterator[Token]:
    """The token's governors up to the head of its clause."""
    last = clause_head(token)
    for governor in governors(token):
        yield governor
        if governor.i == last.i:
            return


def clause_head(token: Token) -> Token:
    """The head of the clause that the token belongs to: a verb, or the predicate of a copula."""
    for governor in governors(token):
        if governor.dep_ == "conj" and not _is_clause(governor):
            continue
        if base(governor) in _CLAUSES and (governor.pos_ in ("VERB", "AUX") or _is_clause(governor)):
            return governor
    return token.sent.root


def _is_clause(token: Token) -> bool:
    """Whether a coordinated or attached token makes a clause of its own: a verb, or it has a subject."""
    return token.pos_ in ("VERB", "AUX") or any(base(child) in (*_SUBJECTS, "cop") for child in token.children)


def _shared(predicate: Token) -> Iterator[tuple[str, Token]]:
    """Arguments that stand elsewhere: of participles, infinitives, coordinated verbs and nouns, light verbs' nouns."""
    if predicate.pos_ in ("NOUN", "PROPN"):
        if base(predicate) == "nsubj" and any(child.dep_ == "cop" for child in predicate.head.children):
            yield "is", predicate.head
        yield from _of_sibling_nouns(predicate)
        yield from _of_light_verb(predicate)
        return
    if predicate.pos_ not in ("VERB", "AUX"):
        return
    own = {name for name, _ in _direct(predicate)}
    label = base(predicate)
    wanted = "obj" if is_passive(predicate) else "subj"
    if wanted in own and label != "acl":
        return
    if label == "acl":
        yield from _of_modified_noun(predicate, own, wanted)
    elif label in ("conj", "xcomp", "advcl"):
        yield from _of_governor(predicate, wanted)


def _of_sibling_nouns(noun: Token) -> Iterator[tuple[str, Token]]:
    """ "Research and trade with X": the last noun's complement belongs to the first one, too."""
    first = noun.head if noun.dep_ == "conj" else noun
    for sibling in coordinated(first):
        if sibling.i != noun.i:
            yield from ((name, head) for name, head in _direct(sibling) if name in ("with", "between"))


def _of_light_verb(noun: Token) -> Iterator[tuple[str, Token]]:
    """Who does what a noun says, where a verb governs it: "X welcomes cooperation", "X grows through exports".

    A line *of credit* that somebody opens is credit that he gives.
    """
    if base(noun) == "nmod" and _preposition(noun) == "of" and noun.head.lemma_.lower() in _CONTAINERS:
        noun = noun.head
    head = noun.head
    if _is_done(noun) and head.pos_ in ("VERB", "AUX") and head.i != noun.i:
        yield from ((name, token) for name, token in arguments(head) if name == "subj" and token.i != noun.i)


def _is_done(noun: Token) -> bool:
    """Whether the subject of a verb does what a noun at it says: "*through exports*", "*in cooperation* with Y"."""
    preposition = _preposition(noun)
    if base(noun) == "obj":
        return True
    partner = any(_preposition(child) == "with" for child in noun.children)
    outlay = preposition in ("with", "at", "by") and noun.lemma_.lower() in _OUTLAYS
    return base(noun) == "obl" and (preposition == "through" or (preposition == "in" and partner) or outlay)


def _of_modified_noun(verb: Token, own: set[str], wanted: str) -> Iterator[tuple[str, Token]]:
    if any(child.dep_ == "mark" for child in verb.children):  # "to build", "for producing": the noun does not act
        if wanted not in own:
            yield from _of_possessor(verb.head, wanted)
    elif wanted not in own:
        yield wanted, verb.head
        if wanted == "subj" and verb.head.lemma_.lower() in _DEALS and base(verb.head) == "obj":
            yield from _subjects_of(verb.head.head, wanted)
    elif verb.dep_ == "acl:relcl" and "obj" not in own and not is_passive(verb):
        yield "obj", verb.head


def _of_possessor(noun: Token, wanted: str) -> Iterator[tuple[str, Token]]:
    """ "Expressed the firm's readiness to cooperate": the possessor acts, else the subject of the noun's verb."""
    owners = [child for child in noun.children if child.dep_ == "nmod:poss"]
    if owners:
        yield wanted, owners[0]
    elif base(noun) in ("obj", "obl"):
        yield from _subjects_of(noun.head, wanted)


def _subjects_of(verb: Token, wanted: str) -> Iterator[tuple[str, Token]]:
    if verb.pos_ in ("VERB", "AUX"):
        yield from ((wanted, token) for name, token in arguments(verb) if name == "subj")


def _of_governor(verb: Token, wanted: str) -> Iterator[tuple[str, Token]]:
    governor = verb.head
    if base(verb) == "conj" and verb.tag_ in _FINITE and governor.tag_ == "VB" and base(governor) in ("xcomp", "advcl"):
        governor = governor.head  # "urged firms to hire and praised ...": no infinitive goes on with a finite verb
    if governor.pos_ not in ("VERB", "AUX", "ADJ") and governor.lower_ != "about":
        return
    available = [*_direct(governor), *_shared(governor)]
    if base(verb) == "xcomp" or _is_controlled(verb):
        controlled = [token for name, token in available if name in ("obj", "iobj")]
        if controlled and not is_passive(governor):
            yield wanted, controlled[0]
            return
    addressed = [token for name, token in available if name in _ADDRESSED_BEHIND.get(governor.lemma_.lower(), ())]
    if addressed and wanted == "subj" and any(child.lower_ == "to" and child.dep_ == "mark" for child in verb.children):
        yield wanted, addressed[-1]
        return
    order = ("obj", "subj") if is_passive(governor) else ("subj",)
    for name in order:
        fillers = [token for found, token in available if found == name]
        if fillers:
            yield from ((wanted, filler) for filler in fillers)
            return


def _has_aux(verb: Token) -> bool:
    return any(base(child) == "aux" for child in verb.children)
