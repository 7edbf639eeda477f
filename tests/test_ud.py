"""CLEAR trees -> Universal Dependencies, on hand-made trees in the style of ``en_core_web_*``."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from indiggraph.ud import is_clear, to_ud

AUX = {"is", "are", "was", "were", "been", "be"}


def _doc(table: str, entities: tuple[tuple[int, int, str], ...] = ()) -> Doc:
    """Make a document of lines "word POS head relation", the head as an index."""
    rows = [line.split() for line in table.strip().splitlines()]
    doc = Doc(
        Vocab(),
        words=[row[0] for row in rows],
        pos=[row[1] for row in rows],
        heads=[int(row[2]) for row in rows],
        deps=[row[3] for row in rows],
        lemmas=["be" if row[0].lower() in AUX else row[0].lower() for row in rows],
    )
    doc.ents = tuple(Span(doc, start, end, label=label) for start, end, label in entities)
    return doc


def _tree(doc: Doc) -> str:
    return " ".join(f"{token.dep_}({token.head.text},{token.text})" for token in doc)


CASES = {
    "a preposition hangs on its object, an oblique of the verb": (
        """
        Ministers NOUN 1 nsubj
        met VERB 1 ROOT
        in ADP 1 prep
        Gdynia PROPN 2 pobj""",
        "nsubj(met,Ministers) ROOT(met,met) case(Gdynia,in) obl(met,Gdynia)",
    ),
    "under a noun it is a nominal modifier": (
        """
        Makers NOUN 3 nsubj
        of ADP 0 prep
        pumps NOUN 1 pobj
        agreed VERB 3 ROOT""",
        "nsubj(agreed,Makers) case(pumps,of) nmod(Makers,pumps) ROOT(agreed,agreed)",
    ),
    "the agent of a passive": (
        """
        Pumps NOUN 2 nsubjpass
        were AUX 2 auxpass
        bought VERB 2 ROOT
        by ADP 2 agent
        towns NOUN 3 pobj""",
        "nsubj:pass(bought,Pumps) aux:pass(bought,were) ROOT(bought,bought) case(towns,by) obl:agent(bought,towns)",
    ),
    "a predicate noun takes the place of the copula": (
        """
        Kovacs PROPN 1 nsubj
        is AUX 1 ROOT
        head NOUN 1 attr
        of ADP 2 prep
        Alphapump PROPN 3 pobj""",
        "nsubj(head,Kovacs) cop(head,is) ROOT(head,head) case(Alphapump,of) nmod(head,Alphapump)",
    ),
    "a predicate adjective under another verb keeps that verb's relation": (
        """
        She PRON 1 nsubj
        said VERB 1 ROOT
        prices NOUN 3 nsubj
        are AUX 1 ccomp
        high ADJ 3 acomp""",
        "nsubj(said,She) ROOT(said,said) nsubj(high,prices) cop(high,are) ccomp(said,high)",
    ),
    "a place as predicate": (
        """
        Plant NOUN 1 nsubj
        is AUX 1 ROOT
        in ADP 1 prep
        Radom PROPN 2 pobj""",
        "nsubj(Radom,Plant) cop(Radom,is) case(Radom,in) ROOT(Radom,Radom)",
    ),
    "there is: the verb stays, what exists is the subject": (
        """
        There PRON 1 expl
        are AUX 1 ROOT
        plants NOUN 1 attr
        in ADP 1 prep
        Radom PROPN 3 pobj""",
        "expl(are,There) ROOT(are,are) nsubj(are,plants) case(Radom,in) obl(are,Radom)",
    ),
    "fixed prepositions": (
        """
        Rose VERB 0 ROOT
        according ADP 0 prep
        to ADP 1 prep
        officials NOUN 2 pobj""",
        "ROOT(Rose,Rose) case(officials,according) fixed(according,to) obl(Rose,officials)",
    ),
    "such as": (
        """
        Goods NOUN 0 ROOT
        such ADJ 2 amod
        as ADP 0 prep
        pumps NOUN 2 pobj""",
        "ROOT(Goods,Goods) case(pumps,such) fixed(such,as) nmod(Goods,pumps)",
    ),
    "two prepositions in a row": (
        """
        Paid VERB 0 ROOT
        out ADP 0 prep
        of ADP 1 prep
        funds NOUN 2 pobj""",
        "ROOT(Paid,Paid) case(funds,out) case(funds,of) obl(Paid,funds)",
    ),
    "a preposition over a clause": (
        """
        Saved VERB 0 ROOT
        by ADP 0 prep
        making VERB 1 pcomp
        pumps NOUN 2 dobj""",
        "ROOT(Saved,Saved) mark(making,by) advcl(Saved,making) obj(making,pumps)",
    ),
    "a stranded preposition": (
        """
        talks NOUN 0 ROOT
        they PRON 2 nsubj
        hoped VERB 0 relcl
        for ADP 2 prep""",
        "ROOT(talks,talks) nsubj(hoped,they) acl:relcl(talks,hoped) advmod(hoped,for)",
    ),
    "conjuncts hang on the first, the conjunction on what follows it": (
        """
        Buy VERB 0 ROOT
        pumps NOUN 0 dobj
        , PUNCT 1 punct
        valves NOUN 1 conj
        and CCONJ 3 cc
        pipes NOUN 3 conj""",
        "ROOT(Buy,Buy) obj(Buy,pumps) punct(pumps,,) conj(pumps,valves) cc(pipes,and) conj(pumps,pipes)",
    ),
    "coordinated prepositions coordinate their objects": (
        """
        Sold VERB 0 ROOT
        in ADP 0 prep
        Gdynia PROPN 1 pobj
        and CCONJ 1 cc
        in ADP 1 conj
        Radom PROPN 4 pobj""",
        "ROOT(Sold,Sold) case(Gdynia,in) obl(Sold,Gdynia) cc(Radom,and) case(Radom,in) conj(Gdynia,Radom)",
    ),
    "receivers, possessors, particles, negation, adverbial nouns": (
        """
        Towns NOUN 3 nsubj
        did AUX 3 aux
        not PART 3 neg
        give VERB 3 ROOT
        up ADP 3 prt
        makers NOUN 3 dative
        their PRON 7 poss
        money NOUN 3 dobj
        today NOUN 3 npadvmod""",
        "nsubj(give,Towns) aux(give,did) advmod(give,not) ROOT(give,give) compound:prt(give,up) iobj(give,makers) "
        "nmod:poss(money,their) obj(give,money) obl:unmarked(give,today)",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_clear_trees_become_ud(case: str) -> None:
    table, expected = CASES[case]
    doc = _doc(table)
    converted = to_ud(doc)
    assert _tree(converted) == expected
    assert converted.text == doc.text
    assert not is_clear(converted)


def test_trees_that_are_ud_stay_as_they_are() -> None:
    doc = _doc("Pumps NOUN 1 nsubj:pass\nsold VERB 1 ROOT\nin ADP 3 case\nRadom PROPN 1 obl")
    assert _tree(to_ud(doc)) == _tree(doc)


def test_the_first_part_of_a_persons_name_heads_it() -> None:
    doc = _doc(
        """
        Dr. PROPN 2 compound
        Anna PROPN 2 compound
        Kovacs PROPN 3 nsubj
        spoke VERB 3 ROOT
        today NOUN 3 npadvmod""",
        ((1, 3, "PERSON"),),
    )
    assert _tree(to_ud(doc)) == (
        "compound(Anna,Dr.) nsubj(spoke,Anna) flat(Anna,Kovacs) ROOT(spoke,spoke) obl:unmarked(spoke,today)"
    )


def test_names_get_our_classes_and_values_are_no_names() -> None:
    words = "Hall Act Kovacs Radom ten Cola"
    doc = _doc("\n".join(f"{word} PROPN 0 {'dep' if i else 'ROOT'}" for i, word in enumerate(words.split())))
    labels = ("FAC", "LAW", "PER", "GPE", "CARDINAL", "PRODUCT")
    doc.ents = tuple(Span(doc, i, i + 1, label=label) for i, label in enumerate(labels))
    found = [(entity.text, entity.label_) for entity in to_ud(doc).ents]
    assert found == [("Hall", "LOC"), ("Kovacs", "PERSON"), ("Radom", "GPE"), ("Cola", "PRODUCT")]


def test_a_document_without_trees_keeps_its_sentences() -> None:
    doc = Doc(Vocab(), words=["Hello", "Radom"], spaces=[True, False], sent_starts=[True, True])
    converted = to_ud(doc)
    assert (converted.text, len(list(converted.sents))) == ("Hello Radom", 2)
    assert not converted.has_annotation("DEP")
