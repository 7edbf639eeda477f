"""What the words around a name say about its class: titles, posts, prepositions, descriptions, capitals."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from spacy.tokens import Doc, Token

from indiggraph.lexicon import Lexicon
from indiggraph.mentions.tokens import is_outlet, is_plural, noun, text_of, title_at
from indiggraph.model import ThingType

__all__ = ["context_votes", "joined_with", "listed_with_people"]

_PERSON, _BODY, _PLACE, _OUTLET = (
    ThingType.PERSON,
    ThingType.ORGANIZATION,
    ThingType.PLACE,
    ThingType.NEWS_AGENCY,
)
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_CLOSING = frozenset({")", '"', "”", "’", "'"})
_CHANNELS = frozenset({"through", "under", "via"})
_CALLED = frozenset({"called", "named", "titled", "dubbed"})
_POST_REACH = 7  # tokens
_PEOPLE = 2  # in a list at least, that tell what the others are
_ONE_NAME = 8.0  # votes for somebody who has one name only, which each place where it stands speaks against
_STEM = 3  # letters before an ending at least
_OF = frozenset({"of", "for", "at", "with"})
_IN_BODIES = frozenset({"NOUN", "PROPN", "ADJ", "DET", "PART", "CCONJ"})
_WHERE = frozenset({"in", "at", "near", "across", "over", "from", "outside"})
_RELATIVE = frozenset({"who", "whom"})
_THINGS = frozenset({"which", "that", "whose"})

Vote = tuple[ThingType, float]


def context_votes(doc: Doc, start: int, end: int, lexicon: Lexicon) -> Iterator[Vote]:
    """Yield classes and weights for the name at tokens ``start`` to ``end``."""
    country = lexicon.country(text_of(doc, start, end)) is not None
    yield from _shape(doc, start, end, country)
    yield from _of_firm(doc, start, end, lexicon)
    votes = [
        *_of_person(doc, start, end, lexicon),
        *_before(doc, start, end, lexicon),
        *_after(doc, start, end, lexicon, country),
        *_carries(doc, start, end, lexicon),
        *_apposition(doc, start, end, lexicon),
        *_apposed_to(doc, start, end, lexicon),
    ]
    titled = country and start > 0 and doc[start - 1].lower_.rstrip(".") in lexicon.posts.honorifics
    yield from (vote for vote in votes if not country or titled or vote[0] is _PLACE)  # "Norway, the top buyer"


def _shape(doc: Doc, start: int, end: int, country: bool) -> Iterator[Vote]:
    word = doc[start].text
    if end - start > 1 or country:
        return
    if word.isupper() and len(word) > 1 and not _opens_text(doc, start):
        yield _BODY, 1.5  # acronyms are bodies more often than anything else
    yield _PERSON, -2.0  # news gives people's full names first; surnames are told from those
    yield _BODY, 0.25


def _of_firm(doc: Doc, start: int, end: int, lexicon: Lexicon) -> Iterator[Vote]:
    """Vote by words and endings that only firms' names have: "Karan Sanat", "Nordenergo"."""
    bodies, words = lexicon.bodies, [token.lower_ for token in doc[start:end]]
    telling = bodies.firm_words | bodies.foreign | bodies.foreign_public
    told = len(words) > 1 and any(word in telling for word in words)
    told |= any(_has_ending(word, bodies.firm_endings) for word in (words[0], words[-1]))
    if told and not any(entry.type is _PLACE for entry in lexicon.entries(text_of(doc, start, end))):
        yield _PERSON, -4.0
        yield _PLACE, -4.0
        yield _BODY, 1.5


def _has_ending(word: str, endings: Collection[str]) -> bool:
    return any(word.endswith(ending) and len(word) >= len(ending) + _STEM for ending in endings)


def _of_person(doc: Doc, start: int, end: int, lexicon: Lexicon) -> Iterator[Vote]:
    """Vote by what only people have: first names, titles in names, relatives, posts that are given to them."""
    people, before = lexicon.people, doc[start - 1] if start > 0 else None
    if before is not None and before.text == "," and start > 1:
        before = doc[start - 2]
    if before is not None and noun(before) in people.kin and not is_plural(before):
        yield _PERSON, 4.0  # "his brother X"
    if end - start < 2 or noun(doc[end - 1]) in lexicon.bodies.heads:
        return
    if lexicon.is_given_name(doc[start].text) and not any(lexicon.find_goods(doc[start + 1 : end].text)):
        yield _PERSON, 2.0
    if _has_ending(doc[end - 1].lower_, people.surname_endings):
        yield _PERSON, 2.0
    if doc[start].lower_ in people.titles_of_names:
        yield _PERSON, 3.0
    if _follows_post(doc, start, lexicon):
        yield _PERSON, 3.0
    root = doc[start:end].root
    if root.dep_ == "nsubj" and root.head.pos_ == "VERB" and root.head.lemma_.lower() in people.deeds:
        yield _PERSON, 2.0


def _follows_post(doc: Doc, start: int, lexicon: Lexicon) -> bool:
    """Whether a name follows a post with its body: "chairman of Northwind Board | Ada Voss".

    Behind a comma, or a body that is only described ("head of the state miner"), the name may be a body's as well.
    """
    sure = doc[start].ent_type_ == "PERSON"
    last = start - 1 - (sure and doc[start - 1].text == ",")
    if last < 2 or not (sure or (doc[last].text[0].isupper() and doc[last].ent_type_ and doc[start].ent_iob_ == "B")):
        return False
    first = last
    while first > max(last - _POST_REACH, doc[start].sent.start) and _is_in_body(doc[first]):
        first -= 1
    return first < last and doc[first].lower_ in _OF and _post_before(doc, first, lexicon)


def _is_in_body(token: Token) -> bool:
    return token.pos_ in _IN_BODIES or token.dep_ == "amod"


def _opens_text(doc: Doc, i: int) -> bool:
    return i == 0 or (doc[i - 1].text in ("/", "\n") or doc[i - 1].is_space)


def _before(doc: Doc, start: int, end: int, lexicon: Lexicon) -> Iterator[Vote]:
    if start == 0:
        return
    before = doc[start - 1]
    low = before.lower_.rstrip(".")
    earlier = doc[start - 2] if start > 1 else None
    if low == "" and earlier is not None:  # a full stop cut off a title: "Engr ."
        low = earlier.lower_
    if _titles(before, lexicon) or low in lexicon.posts.honorifics:
        yield _PERSON, 3.0
    if is_outlet(before, lexicon):
        yield _OUTLET, 3.0
    elif _kind_of_body(before, lexicon) and not before.text[0].isupper():
        named = lexicon.is_given_name(doc[start].text) and end - start > 1
        of_person = doc[start].ent_type_ == "PERSON" and (named or _follows_post(doc, start, lexicon))
        yield (_PERSON, 1.0) if of_person else (_BODY, 3.0)
    if low == "by" and earlier is not None and earlier.lemma_.lower() in lexicon.posts.heads_of:
        yield _PERSON, 3.0  # "headed by X"
    if (
        before.pos_ == "VERB"
        and before.lemma_.lower() in lexicon.posts.heads_of
        and lexicon.country(doc[start].text) is None
    ):
        yield _BODY, 3.0  # "who heads X"
    if low in ("in", "near", "across"):
        yield _PLACE, 2.0
    elif low == "at":
        works = _post_before(doc, start - 1, lexicon) or (end - start > 2 and doc[start].ent_type_ == "ORG")
        yield (_BODY, 3.0) if works else (_PLACE, 2.0)  # "a job at Zenda Machine Tools"
    elif noun(doc[end - 1]) in lexicon.programs.names and not lexicon.entries(text_of(doc, start, end)):
        yield from _out_of(doc, start)
    elif low == "from" and earlier is not None and earlier.pos_ == "NOUN":
        yield _PLACE, 1.0
    if low in _CALLED and earlier is not None and noun(earlier) in lexicon.programs.strong:
        yield ThingType.PROGRAM, 4.5  # "a scheme called X"
    if low == "of" and earlier is not None:
        if noun(earlier) in lexicon.posts.heads:
            yield _BODY, 1.5
        elif noun(earlier) in lexicon.bodies.organs:
            yield _BODY, 3.0
        elif noun(earlier) in lexicon.nouns.area_heads or noun(earlier) in lexicon.nouns.places:
            yield _PLACE, 3.0
        elif earlier.lower_ == "according":
            yield _PERSON, 0.5


def _out_of(doc: Doc, start: int) -> Iterator[Vote]:
    """Vote for a program where money flows through a name or the name holds a sum: "its $9 million Harvest Fund"."""
    i = start - 1 - (doc[start - 1].lower_ == "the")
    summed = i > 1 and doc[i].like_num and any(t.ent_type_ == "MONEY" or t.pos_ == "SYM" for t in doc[i - 2 : i])
    if summed or doc[i].lower_ in _CHANNELS:
        yield ThingType.PROGRAM, 4.5


def _post_before(doc: Doc, i: int, lexicon: Lexicon) -> bool:
    """Whether a post stands before a preposition in its clause: "vice president for trade | at"."""
    near = doc[max(i - _POST_REACH, doc[i].sent.start) : i]
    clause = max((token.i + 1 for token in near if token.is_punct or token.pos_ == "VERB"), default=near.start)
    return any(_titles(token, lexicon) and token.pos_ in ("NOUN", "PROPN") for token in doc[clause:i])


def _titles(token: Token, lexicon: Lexicon) -> bool:
    return noun(token) in lexicon.posts.heads and token.tag_ not in ("NNS", "NNPS")


def _after(doc: Doc, start: int, end: int, lexicon: Lexicon, country: bool) -> Iterator[Vote]:
    if end >= len(doc):
        return
    after = doc[end]
    later = doc[end + 1] if end + 1 < len(doc) else None
    following = later if after.text in _CLOSING else after
    if after.text == "(" and end + 3 < len(doc) and doc[end + 2].text == ")":
        following = doc[end + 3]
    titled = following is not None and following is not after and following.pos_ in ("NOUN", "PROPN")
    if titled and following is not None and noun(following) in lexicon.programs.titles:
        yield ThingType.PROGRAM, 4.5  # "Harvest Loans (HL) Scheme"
    elif following is not None and following.text[0].islower():
        if noun(following) in lexicon.programs.strong:
            yield ThingType.PROGRAM, 2.5
        elif noun(following) in lexicon.sites.systems and end - start == 1:
            yield ThingType.PROGRAM, 3.0  # "the Zenix platform"
        elif noun(following) in lexicon.gatherings.kinds:
            yield ThingType.GATHERING, 2.5
    if after.text in _POSSESSIVE and later is not None:
        yield from _owner_of(doc, end + 1, lexicon)
    elif after.text in ("-", "–") and later is not None and later.lower_ in ("based", "backed", "made", "wide"):
        yield _PLACE, 3.0
    elif (title := title_at(doc, end, lexicon)) is not None and title.pos_ in ("NOUN", "PROPN"):
        if noun(title) in lexicon.posts.territorial:
            yield _PLACE, 1.5  # "the Ohio governor"
        elif _is_appointed(doc, start, end, lexicon):
            yield _PERSON, 3.0  # "named Ada Voss managing director"
        elif not country:
            yield _BODY, 4.5  # "the Northwind chief", "the Northwind Forum chairman"
    elif after.lower_ == "news" and later is not None and later.lower_ == "agency":
        yield _OUTLET, 3.0
    elif after.text == "," and later is not None and later.lower_ in _RELATIVE:
        yield _PERSON, 3.0
    elif after.text == "," and later is not None and later.lower_ in _THINGS:
        yield _BODY, 1.0


def _is_appointed(doc: Doc, start: int, end: int, lexicon: Lexicon) -> bool:
    """Whether a name of several words is the object of a verb that gives posts."""
    verb = doc[start - 1] if start > 0 else None
    return (
        verb is not None and end - start > 1 and verb.pos_ == "VERB" and verb.lemma_.lower() in lexicon.posts.appointed
    )


def _carries(doc: Doc, start: int, end: int, lexicon: Lexicon) -> Iterator[Vote]:
    """Vote for an outlet that carries what others say: "told X", ", X reported"."""
    before = doc[start - 1] if start > 0 else None
    if before is None:
        return
    told = before.lower_ in ("told", "tells") and doc[start:end].root.head == before
    told = told and noun(doc[end - 1]) not in lexicon.bodies.unique  # "told Parliament"
    quoted = before.text in (",", "”", '"') or before.lower_ == "as"
    reports = quoted and end < len(doc) and doc[end].lower_ in ("reported", "reports")
    if told or reports:
        yield _OUTLET, 2.5


def _owner_of(doc: Doc, i: int, lexicon: Lexicon) -> Iterator[Vote]:
    """Vote by what a possessive owns: bodies have chiefs and output, countries have ministries."""
    heads = lexicon.bodies.heads
    owned = next((token for token in doc[i : i + 8] if token.pos_ == "NOUN" or noun(token) in heads), None)
    if owned is None:
        return
    word = noun(owned)
    if heads.get(word) is ThingType.GOVERNMENT_BODY:
        yield _PLACE, 2.0
    elif word in lexicon.posts.heads and word != "deputy":
        yield _BODY, 2.0


def _kind_of_body(token: Token, lexicon: Lexicon) -> bool:
    word = noun(token)
    bodies = lexicon.bodies
    known = word in bodies.heads or word in bodies.descriptions or word.endswith(("maker", "builder"))
    return known and token.pos_ == "NOUN" and token.tag_ != "NNS"


def _apposition(doc: Doc, start: int, end: int, lexicon: Lexicon) -> Iterator[Vote]:
    """Vote by a description set off with commas: ", a foundry in X", ", its chief executive"."""
    if end >= len(doc) or doc[end].text not in (",", "–", "—") or end + 1 >= len(doc):
        return
    opener = doc[end + 1]
    if opener.pos_ not in ("DET", "PRON", "NOUN", "ADJ", "PROPN"):
        return
    head = next((token for token in doc[end + 1 : end + 7] if _closes_phrase(token)), None)
    if head is None:
        return
    word = noun(head)
    if word in lexicon.posts.heads and word not in lexicon.bodies.heads:
        if not is_plural(head) and opener.lower_ not in _THINGS:
            yield _PERSON, _ONE_NAME if _has_post(doc, start, end, head, lexicon) else 3.0
    elif end - start > 1 and opener.pos_ == "DET" and word in lexicon.people.callings and not is_plural(head):
        yield _PERSON, 3.0  # "Ada Voss, a grower"
    elif end - start > 1 and word in lexicon.groups.strong and lexicon.is_given_name(doc[start].text):
        yield _PERSON, 1.0  # "Ada Voss, a tea importer"
    elif opener.pos_ in ("DET", "PRON") and (_kind_of_body(head, lexicon) or word in lexicon.groups.strong):
        yield _BODY, 3.0
    elif opener.pos_ == "DET" and word in lexicon.programs.strong:
        yield ThingType.PROGRAM, 3.0


def _has_post(doc: Doc, start: int, end: int, head: Token, lexicon: Lexicon) -> bool:
    """Whether a name of one word is surely a person's by the post behind it: "Tandiyo, head of Zenda Board"."""
    sure = noun(head) not in lexicon.posts.loose_heads or noun(head.nbor(-1)) in lexicon.posts.heads
    where = start > 0 and doc[start - 1].lower_ in _WHERE  # "In Zenda, governor ..."
    closed = head.i + 1 < len(doc) and doc[head.i + 1].lower_ in _OF | {",", "in"}
    return end - start == 1 and sure and closed and not where


def _apposed_to(doc: Doc, start: int, end: int, lexicon: Lexicon) -> Iterator[Vote]:
    """Vote by the description that the name explains: "a later plan, the Eastern Harvest Fund"."""
    root = doc[start:end].root
    if root.dep_ != "appos" or start <= root.head.i < end:
        return
    if noun(root.head) in lexicon.programs.strong and root.head.text[0].islower():
        yield ThingType.PROGRAM, 4.5
    if (
        _titles(root.head, lexicon)
        and doc[start - 1].text == ","
        and doc[end : end + 1].text == ","
        and end - start > 1
    ):
        yield _PERSON, 2.0  # "the head of the board, Malo Tandi, said"


def _closes_phrase(token: Token) -> bool:
    """Whether a noun ends its phrase's left part: the next word is no noun of the same phrase."""
    if token.pos_ not in ("NOUN", "PROPN"):
        return False
    following = token.nbor() if token.i + 1 < len(token.doc) else None
    return following is None or following.pos_ not in ("NOUN", "PROPN", "PART")


def joined_with(doc: Doc, start: int, end: int, others: set[int]) -> bool:
    """Whether a name is joined by "and" or a comma with one of the other tokens: "Northwind and Eastwind Company"."""
    return any(i in others for i in _joined(doc, start, end))


def _joined(doc: Doc, start: int, end: int) -> list[int]:
    """Return the heads of what "and" or commas join with a name."""
    root = doc[start:end].root
    first = root.head if root.dep_ == "conj" else root
    joined = [first, *(child for child in first.children if child.dep_ == "conj")]
    return [token.i for token in joined if not start <= token.i < end]


def listed_with_people(
    doc: Doc, start: int, end: int, ends: Mapping[int, int], people: Collection[int], lexicon: Lexicon
) -> bool:
    """Whether a name of two words or more stands in a list of people, or beside a name with the same last word.

    ``ends`` maps the tokens of names to where they end, ``people`` are the tokens of those that are people's.
    """
    last = doc[end - 1]
    firm = noun(last) in lexicon.bodies.heads or last.lower_ in lexicon.bodies.firm_words or last.text.isupper()
    if end - start < 2 or firm or lexicon.is_topic(last.text) or lexicon.entries(last.text):
        return False
    joined = [i for i in _joined(doc, start, end) if i in ends]
    namesake = any(doc[ends[i] - 1].text == last.text and i not in range(start, end) for i in joined)
    return namesake or sum(i in people for i in joined) >= _PEOPLE
