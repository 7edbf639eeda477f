"""Grammatical functions: the same answer for active, passive, relative, coordinated and nominal constructions."""

from __future__ import annotations

import pytest

from indiggraph.facts.syntax import arguments, coordinated, heads_of, is_passive, phrase
from tests.facts.trees import token, tree

ACTIVE = """
Norvik Norvik PROPN NNP 2 nsubj
signed sign VERB VBD 0 root
contracts contract NOUN NNS 2 obj
with with ADP IN 6 case
local local ADJ JJ 6 amod
makers maker NOUN NNS 2 obl
"""
PASSIVE = """
Contracts contract NOUN NNS 3 nsubj:pass
were be AUX VBD 3 aux:pass
signed sign VERB VBN 0 root
by by ADP IN 5 case
Norvik Norvik PROPN NNP 3 obl:agent
"""
PARTICIPLE = """
contracts contract NOUN NNS 0 root
signed sign VERB VBN 1 acl
by by ADP IN 4 case
Norvik Norvik PROPN NNP 2 obl:agent
"""
RELATIVE = """
Norvik Norvik PROPN NNP 0 root
which which PRON WDT 3 nsubj
signed sign VERB VBD 1 acl:relcl
contracts contract NOUN NNS 3 obj
"""
OBJECT_RELATIVE = """
contracts contract NOUN NNS 0 root
which which PRON WDT 4 obj
Norvik Norvik PROPN NNP 4 nsubj
signed sign VERB VBD 1 acl:relcl
"""
CONTROL = """
Norvik Norvik PROPN NNP 2 nsubj
plans plan VERB VBZ 0 root
to to PART TO 4 mark
sign sign VERB VB 2 xcomp
contracts contract NOUN NNS 4 obj
"""
OBJECT_CONTROL = """
He he PRON PRP 2 nsubj
urged urge VERB VBD 0 root
banks bank NOUN NNS 2 obj
to to PART TO 5 mark
sign sign VERB VB 2 xcomp
"""
SHARED = """
Norvik Norvik PROPN NNP 2 nsubj
met meet VERB VBD 0 root
and and CCONJ CC 4 cc
signed sign VERB VBD 2 conj
"""


@pytest.mark.parametrize(
    ("rows", "verb", "function", "expected"),
    [
        pytest.param(ACTIVE, "signed", "subj", ["Norvik"], id="subject of an active verb"),
        pytest.param(ACTIVE, "signed", "obj", ["contracts"], id="object"),
        pytest.param(ACTIVE, "signed", "with", ["makers"], id="a preposition names its function"),
        pytest.param(PASSIVE, "signed", "subj", ["Norvik"], id="the by-phrase of a passive is who does it"),
        pytest.param(PASSIVE, "signed", "obj", ["Contracts"], id="the subject of a passive is acted on"),
        pytest.param(PARTICIPLE, "signed", "obj", ["contracts"], id="a past participle acts on its noun"),
        pytest.param(RELATIVE, "signed", "subj", ["Norvik"], id="a relative pronoun stands for its noun"),
        pytest.param(OBJECT_RELATIVE, "signed", "obj", ["contracts"], id="also as object"),
        pytest.param(CONTROL, "sign", "subj", ["Norvik"], id="an infinitive shares the subject"),
        pytest.param(OBJECT_CONTROL, "sign", "subj", ["banks"], id="or takes the object of who urges"),
        pytest.param(SHARED, "signed", "subj", ["Norvik"], id="coordinated verbs share their subject"),
    ],
)
def test_functions(rows: str, verb: str, function: str, expected: list[str]) -> None:
    doc = tree(rows)
    assert [head.text for head in heads_of(token(doc, verb), function)] == expected


def test_passive_is_seen_in_auxiliary_and_bare_participle() -> None:
    assert is_passive(token(tree(PASSIVE), "signed"))
    assert is_passive(token(tree(PARTICIPLE), "signed"))
    assert not is_passive(token(tree(ACTIVE), "signed"))


def test_coordination_is_expanded_and_verbs_are_not() -> None:
    doc = tree("""
    oil oil NOUN NN 0 root
    , , PUNCT , 3 punct
    gas gas NOUN NN 1 conj
    and and CCONJ CC 5 cc
    steel steel NOUN NN 1 conj
    """)
    assert [t.text for t in coordinated(doc[0])] == ["oil", "gas", "steel"]


def test_phrase_leaves_determiner_and_relative_clause_out() -> None:
    doc = tree("""
    the the DET DT 3 det
    new new ADJ JJ 3 amod
    pumps pump NOUN NNS 0 root
    which which PRON WDT 5 nsubj
    leak leak VERB VBP 3 acl:relcl
    """)
    first, end = phrase(doc[2])
    assert doc[first:end].text == "new pumps"


def test_arguments_are_unique() -> None:
    found = arguments(token(tree(ACTIVE), "signed"))
    assert len(found) == len(set(found))
