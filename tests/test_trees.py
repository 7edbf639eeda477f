"""Trees are mended where the words leave no other reading, and left alone elsewhere."""

from __future__ import annotations

import pytest

from indiggraph.trees import mended
from tests.facts.trees import token, tree

COPULA = """
    Norvik Norvik PROPN NNP 4 nsubj
    is be AUX VBZ 4 cop
    the the DET DT 4 det
    owner owner NOUN NN 0 root
    of of ADP IN 7 case
    the the DET DT 7 det
    mill mill NOUN NN 4 nmod
    and and CCONJ CC {cc} cc
    Halden Halden PROPN NNP 7 conj
    was be AUX VBD 12 cop
    the the DET DT 12 det
    lessee lessee NOUN NN 4 {lessee}
"""
PASSIVE = """
    Pumps pump NOUN NNS 3 nsubj:pass
    were be AUX VBD 3 aux:pass
    sold sell VERB VBN 0 root
    to to ADP IN 5 case
    bakers baker NOUN NNS 3 obl
    and and CCONJ CC 10 cc
    £ £ SYM $ 5 conj
    3 3 NUM CD 7 nummod
    was be AUX VBD 10 aux:pass
    spent spend VERB VBN 3 conj
"""
SHARED = """
    Norvik Norvik PROPN NNP 2 nsubj
    buys buy VERB VBZ 0 root
    steel steel NOUN NN 2 obj
    and and CCONJ CC 5 cc
    zinc zinc NOUN NN 3 conj
    and and CCONJ CC 7 cc
    sells sell VERB VBZ 2 conj
    cars car NOUN NNS 7 obj
"""
OWN_SUBJECT = """
    Norvik Norvik PROPN NNP 2 nsubj
    buys buy VERB VBZ 0 root
    steel steel NOUN NN 2 obj
    and and CCONJ CC 7 cc
    firms firm NOUN NNS 7 nsubj
    abroad abroad ADV RB 5 conj
    sell sell VERB VBP 2 conj
"""
ASKING = """
    How how ADV WRB 2 advmod
    many many ADJ JJ 3 amod
    ships ship NOUN NNS 0 root
    and and CCONJ CC 5 cc
    who who PRON WP 3 conj
    is be AUX VBZ 8 cop
    the the DET DT 8 det
    owner owner NOUN NN 3 conj
"""


@pytest.mark.parametrize(
    ("rows", "word", "verb", "label"),
    [
        (COPULA.format(cc=12, lessee="conj"), "Halden", "lessee", "nsubj"),
        (COPULA.format(cc=9, lessee="parataxis"), "Halden", "lessee", "nsubj"),
        (PASSIVE, "£", "spent", "nsubj:pass"),
    ],
    ids=["and on the predicate", "and on the conjunct", "passive"],
)
def test_what_stands_between_and_and_a_verb_is_its_subject(rows: str, word: str, verb: str, label: str) -> None:
    doc = mended(tree(rows))
    assert (token(doc, word).head.text, token(doc, word).dep_) == (verb, label)


@pytest.mark.parametrize("rows", [SHARED, OWN_SUBJECT, ASKING], ids=["shared subject", "own subject", "question"])
def test_other_conjuncts_stay(rows: str) -> None:
    before = [(t.head.i, t.dep_) for t in tree(rows)]
    assert [(t.head.i, t.dep_) for t in mended(tree(rows))] == before


MODIFIED = """
    It it PRON PRP 2 nsubj
    showed show VERB VBD 0 root
    a a DET DT 7 det
    4 4 NUM CD 5 nummod
    percent percent NOUN NN 7 compound
    rise rise NOUN NN 7 compound
    year year NOUN NN 2 obj
    on on ADP IN 9 case
    year year NOUN NN 7 nmod
"""
BESIDE = MODIFIED.replace("rise NOUN NN 7 compound", "rise NOUN NN 2 obj")
FULL_YEAR = """
    A a DET DT 4 det
    rise rise NOUN NN 4 compound
    business business NOUN NN 4 compound
    year year NOUN NN 0 root
    on on ADP IN 6 case
    record record NOUN NN 4 nmod
"""


@pytest.mark.parametrize("rows", [MODIFIED, BESIDE], ids=["as its modifier", "beside it"])
def test_a_comparison_hangs_on_the_noun_before_it(rows: str) -> None:
    doc = mended(tree(rows))
    assert [(t.text, t.head.text) for t in doc if t.text in ("a", "percent", "rise")] == [
        ("a", "rise"),
        ("percent", "rise"),
        ("rise", "showed"),
    ]
    assert (doc[6].head.text, doc[6].dep_) == ("rise", "nmod:unmarked")


def test_a_year_that_is_compared_with_nothing_stays() -> None:
    assert token(mended(tree(FULL_YEAR)), "rise").head.text == "year"


GERUND = """
    Deals deal NOUN NNS 3 nsubj:pass
    were be AUX VBD 3 aux:pass
    signed sign VERB VBN 0 root
    for for ADP IN 8 case
    making make VERB VBG 3 advcl
    £ £ SYM $ 8 compound
    3 3 NUM CD 6 nummod
    worth worth NOUN NN 3 obj
    of of ADP IN 10 case
    pumps pump NOUN NNS 8 nmod
"""
NOUN_BEHIND = """
    They they PRON PRP 2 nsubj
    paid pay VERB VBD 0 root
    for for ADP IN 5 case
    running run VERB VBG 5 amod
    costs cost NOUN NNS 2 obl
"""


TO_LOWER = """
    It it PRON PRP 2 nsubj
    {verb} VERB VBD 0 root
    mills mill NOUN NNS 2 obj
    to to ADP IN 6 case
    lower low ADJ JJR 6 amod
    prices price NOUN NNS 2 obl
"""


def test_what_somebody_is_told_to_lower_is_an_object() -> None:
    doc = mended(tree(TO_LOWER.format(verb="told tell")))
    assert [(token(doc, word).head.text, token(doc, word).dep_) for word in ("lower", "prices", "to")] == [
        ("told", "xcomp"),
        ("lower", "obj"),
        ("lower", "mark"),
    ]


def test_what_something_led_to_stays() -> None:
    assert token(mended(tree(TO_LOWER.format(verb="led lead"))), "prices").head.text == "led"


def test_a_preposition_before_a_gerund_marks_it() -> None:
    doc = mended(tree(GERUND))
    assert (token(doc, "for").head.text, token(doc, "for").dep_) == ("making", "mark")
    assert (token(doc, "worth").head.text, token(doc, "worth").dep_) == ("making", "obj")


def test_a_gerund_under_the_root_makes_no_cycle() -> None:
    doc = mended(
        tree("""
    After after ADP IN 3 case
    signing sign VERB VBG 3 advcl
    deals deal NOUN NNS 0 root
""")
    )
    assert [t.text for t in doc if t.head.i == t.i] == ["deals"]


def test_a_participle_before_its_noun_is_no_gerund() -> None:
    assert token(mended(tree(NOUN_BEHIND)), "for").head.text == "costs"


BIDS = """
    Bids bid NOUN NNS 6 nsubj:pass
    , , PUNCT , 4 punct
    by by ADP IN 4 case
    Norvik Norvik PROPN NNP 1 {label}
    were be AUX VBD 6 aux:pass
    lost lose VERB VBN 0 root
"""
FUND = """
    They they PRON PRP 2 nsubj
    signed sign VERB VBD 0 root
    agreements agreement NOUN NNS 2 obj
    on on ADP IN 5 case
    funds fund NOUN NNS 3 nmod
    from from ADP IN 7 case
    which which PRON WDT 9 obl
    makers maker NOUN NNS 9 nsubj
    borrow borrow VERB VBP 3 acl:relcl
"""


def test_who_made_something_is_no_conjunct_of_it() -> None:
    assert token(mended(tree(BIDS.format(label="conj"))), "Norvik").dep_ == "nmod"


def test_a_relative_clause_with_a_preposition_hangs_on_the_noun_before_it() -> None:
    assert token(mended(tree(FUND)), "borrow").head.text == "funds"


def test_a_part_is_the_subject_of_the_clause_behind_which() -> None:
    """ "9 tons, 4 tons of which were sold": parsers may take the part for one more name of the whole."""
    doc = mended(
        tree(
            """
            Norvik Norvik PROPN NNP 2 nsubj
            made make VERB VBD 0 root
            tiles tile NOUN NNS 2 obj
            , , PUNCT , 5 punct
            half half NOUN NN 3 appos
            of of ADP IN 7 case
            which which PRON WDT 5 nmod
            were be AUX VBD 9 aux:pass
            sold sell VERB VBN 3 acl:relcl
            """
        )
    )
    half = token(doc, "half")
    assert (half.head.text, half.dep_) == ("sold", "nsubj:pass")
    assert token(doc, "sold").head.text == "tiles"


NOTE = """
    Note note NOUN NN 0 root
    4 4 NUM CD 1 flat
    of of ADP IN 5 case
    the the DET DT 5 det
    bill bill NOUN NN 1 nmod
    {first}
    would would AUX MD 8 aux
    cut cut VERB VB 1 {label}
    fees fee NOUN NNS 8 obj
"""


@pytest.mark.parametrize("label", ["appos", "acl:relcl"])
def test_a_noun_before_a_helping_verb_is_its_subject(label: str) -> None:
    doc = mended(tree(NOTE.format(label=label, first="now now ADV RB 8 advmod")))
    assert (token(doc, "Note").dep_, token(doc, "Note").head.text, token(doc, "cut").dep_) == ("nsubj", "cut", "ROOT")


@pytest.mark.parametrize("first", ["that that PRON WDT 8 nsubj", "they they PRON PRP 8 nsubj"])
def test_a_relative_clause_stays(first: str) -> None:
    assert token(mended(tree(NOTE.format(label="acl:relcl", first=first))), "cut").dep_ == "acl:relcl"


MULTIPLIED = """
    Tile tile NOUN NN 2 compound
    sales sale NOUN NNS 3 nsubj
    more more ADJ JJR 0 root
    than than ADP IN 5 case
    tripled tripled ADJ JJ 3 obl
"""
BY_ITSELF = """
    Sales sale NOUN NNS 2 nsubj:pass
    {verb} {verb} VERB VBN 0 root
    by by ADP IN 5 case
    12 12 NUM CD 5 nummod
    percent percent NOUN NN 2 obl
"""


def test_what_more_than_tripled_is_a_subject() -> None:
    doc = mended(tree(MULTIPLIED))
    verb, noun = token(doc, "tripled"), token(doc, "sales")
    assert (verb.head, verb.lemma_, noun.head, noun.dep_) == (verb, "triple", verb, "nsubj")


@pytest.mark.parametrize(("verb", "label"), [("slump", "nsubj"), ("cut", "nsubj:pass")])
def test_what_goes_by_itself_is_no_passive(verb: str, label: str) -> None:
    assert token(mended(tree(BY_ITSELF.format(verb=verb))), "Sales").dep_ == label
