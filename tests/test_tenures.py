"""Tenures: who holds which post at which body, in the constructions of news.  All people and bodies are made up."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.language import Language

from indiggraph.annotate import annotate
from indiggraph.lexicon import load_lexicon
from indiggraph.mentions import find_mentions
from indiggraph.model import Document
from indiggraph.tenures import find_tenures

LEXICON = load_lexicon()
Row = tuple[str, str, str | None, bool]
Finder = Callable[[str], list[Row]]


@pytest.fixture(scope="module")
def find(nlp: Language) -> Finder:
    """A function from a text to its tenures as person, post, body and whether it is over."""

    def run(text: str) -> list[Row]:
        ((document, doc),) = annotate([Document("test", text)], nlp)
        mentions = find_mentions(document, doc, LEXICON)
        name = {m.id: m.name for m in mentions}
        tenures = find_tenures(document, doc, mentions, LEXICON)
        for tenure in tenures:
            evidence = " ".join(text[span.start : span.end] for span in tenure.evidence)
            assert tenure.rule == "tenure:relative" or " ".join(tenure.post.split()) in " ".join(evidence.split())
        return [(name[t.person], t.post, name[t.organization] if t.organization else None, t.former) for t in tenures]

    return run


@pytest.mark.parametrize(
    ("text", "row"),
    [
        # right before the name
        ("Zentrak CEO Ada Voss said so.", ("Ada Voss", "CEO", "Zentrak", False)),
        ("Petroleum Minister Tom Ark spoke to the Petroleum Ministry.",
         ("Tom Ark", "Petroleum Minister", "Petroleum Ministry", False)),
        ("Minister of State for Rural Housing Ada Voss spoke.",
         ("Ada Voss", "Minister of State for Rural Housing", None, False)),
        ("Deputy Minister of Education Tom Ark spoke.", ("Tom Ark", "Deputy Minister of Education", None, False)),
        ("Energy Cabinet Secretary Ada Voss spoke.", ("Ada Voss", "Energy Cabinet Secretary", None, False)),
        ("Union Minister of Steel Shri Tom Ark spoke.", ("Tom Ark", "Union Minister of Steel", None, False)),
        ("Tom Ark, MD & CEO, Zenda Steel Company, agreed.", ("Tom Ark", "MD & CEO", "Zenda Steel Company", False)),
        ("Zenda Steel Company is led by Ada Voss.", ("Ada Voss", "head", "Zenda Steel Company", False)),
        ("Ada Voss used to be chairman of Zenda Steel Company.",
         ("Ada Voss", "chairman", "Zenda Steel Company", True)),
        # apposition, the post first
        ("The Zentrak Motors boss, Mr Tom Ark, agreed.", ("Tom Ark", "boss", "Zentrak Motors", False)),
        ("Zentrak's president, Ada Voss, agreed.", ("Ada Voss", "president", "Zentrak", False)),
        ("Executive Secretary of the Zenda Mines Board, Engr. Tom Ark, agreed.",
         ("Tom Ark", "Executive Secretary", "Zenda Mines Board", False)),
        # apposition, the name first
        ("Ada Voss, the managing director of Zenda Steel Company, agreed.",
         ("Ada Voss", "managing director", "Zenda Steel Company", False)),
        ("Ada Voss, deputy minister of culture, sport and tourism for regional affairs, agreed.",
         ("Ada Voss", "deputy minister of culture, sport and tourism for regional affairs", None, False)),
        ("Tom Ark, Zenda Steel Company's director for safety and training, agreed.",
         ("Tom Ark", "director for safety and training", "Zenda Steel Company", False)),
        ("Tom Ark, now chairman of Zenda Steel Company, agreed.",
         ("Tom Ark", "chairman", "Zenda Steel Company", False)),
        ("Ada Voss, chairwoman and managing director of Zenda Steel Company, agreed.",
         ("Ada Voss", "chairwoman and managing director", "Zenda Steel Company", False)),
        ("The Managing Director/Chief Executive Officer of Zenda Refinery, Mr. Tom Ark, agreed.",
         ("Tom Ark", "Managing Director/Chief Executive Officer", "Zenda Refinery", False)),
        ("The Permanent Secretary, Ministry of Industry, Tom Ark, agreed.",
         ("Tom Ark", "Permanent Secretary", "Ministry of Industry", False)),
        ("Tom Ark, Group Managing Director, Zenda Oil Company, agreed.",
         ("Tom Ark", "Group Managing Director", "Zenda Oil Company", False)),
        ("Ada Voss, CEO and founder of the startup Voltara, agreed.",
         ("Ada Voss", "CEO and founder", "Voltara", False)),
        ("The head of Norway's Glass Promotion Organization (GPO), Ada Voss, agreed.",
         ("Ada Voss", "head", "Glass Promotion Organization", False)),
        ("Ada Voss, a member of the board of directors of the Zenda Chamber of Commerce, agreed.",
         ("Ada Voss", "member of the board of directors", "Zenda Chamber of Commerce", False)),
        ("Ada Voss, head of the ministry's raw materials department, agreed.",
         ("Ada Voss", "head of the ministry's raw materials department", "ministry", False)),
        ("Deputy head of the Glass Organization for export affairs Tom Ark agreed.",
         ("Tom Ark", "Deputy head", "Glass Organization", False)),
        ("Ada Voss - CEO of Zenda Steel Company - agreed.", ("Ada Voss", "CEO", "Zenda Steel Company", False)),
        ("Ada Voss, the country's industry minister, agreed.", ("Ada Voss", "industry minister", None, False)),
        # fields in a list
        ("Economy, Mining, and Energy Minister Tom Ark agreed.",
         ("Tom Ark", "Economy, Mining, and Energy Minister", None, False)),
        ("Opening the fair, Union Minister Tom Ark agreed.", ("Tom Ark", "Union Minister", None, False)),
        ("Deputy Transport Minister Tom Ark agreed.", ("Tom Ark", "Deputy Transport Minister", None, False)),
        # verbs
        ("Ada Voss, who heads the Zenda Parts Makers Association, agreed.",
         ("Ada Voss", "head", "Zenda Parts Makers Association", False)),
        ("The Zenda Harbour Fund, headed by Ada Voss, will pay.",
         ("Ada Voss", "head", "Zenda Harbour Fund", False)),
        ("Zenda Steel Company, led by chief executive Tom Ark, grew.",
         ("Tom Ark", "chief executive", "Zenda Steel Company", False)),
        ("Tom Ark, who was lately named deputy health minister, agreed.",
         ("Tom Ark", "deputy health minister", None, False)),
        ("Ada Voss is the president of Zenda Steel Company.", ("Ada Voss", "president", "Zenda Steel Company", False)),
        ("Tom Ark, who is also the chairman of Zenda Steel Company, agreed.",
         ("Tom Ark", "chairman", "Zenda Steel Company", False)),
        ("Zenda Steel Company, whose chief executive is Tom Ark, grew.",
         ("Tom Ark", "chief executive", "Zenda Steel Company", False)),
        ("Tom Ark took over as chairman of Zenda Steel Company.",
         ("Tom Ark", "chairman", "Zenda Steel Company", False)),
        # what is over
        ("Tom Ark resigned as chairman of Zenda Steel Company.", ("Tom Ark", "chairman", "Zenda Steel Company", True)),
        ("Tom Ark, who was minister of mines until 2018, agreed.", ("Tom Ark", "minister of mines", None, True)),
        ("Tom Ark, formerly head of Zenda Steel Company, agreed.", ("Tom Ark", "head", "Zenda Steel Company", True)),
        ("Ex-minister Tom Ark agreed.", ("Tom Ark", "Ex-minister", None, True)),
        ("Tom Ark, a former deputy director of the Zenda Mines Board, agreed.",
         ("Tom Ark", "deputy director", "Zenda Mines Board", True)),
        ("Former Zentrak vice chairman Tom Ark agreed.", ("Tom Ark", "vice chairman", "Zentrak", True)),
        ("The Dutch Health Minister at the time Ada Voss had said no.", ("Ada Voss", "Health Minister", None, True)),
        # the body by pronoun
        ("The Zenda Steel Company wanted loans. Its president, Ada Voss, said so.",
         ("Ada Voss", "president", "Zenda Steel Company", False)),
    ],
)  # fmt: skip
def test_one_tenure(find: Finder, text: str, row: Row) -> None:
    assert find(text) == [row]


def test_a_successor_takes_the_post_of_another(find: Finder) -> None:
    rows = find("Tom Ark succeeded Ada Voss as chairman of Zenda Steel Company.")
    assert sorted(rows) == [
        ("Ada Voss", "chairman", "Zenda Steel Company", True),
        ("Tom Ark", "chairman", "Zenda Steel Company", False),
    ]


def test_a_predecessor_had_the_post_of_whom_the_text_told_before(find: Finder) -> None:
    text = "Zenda Bank head Ada Voss agreed. Her predecessor, Tom Ark, had refused."
    assert find(text) == [("Ada Voss", "head", "Zenda Bank", False), ("Tom Ark", "head", "Zenda Bank", True)]


def test_a_headline_may_name_the_next_speaker_before(find: Finder) -> None:
    text = "Ark: Mills Must Grow\n\nMills must grow, the Zenda Bank head said.\n\nTom Ark added that they will."
    assert find(text) == [("Tom Ark", "head", "Zenda Bank", False)]


def test_a_predecessor_of_nobody_has_no_post(find: Finder) -> None:
    assert find("Her predecessor, Tom Ark, had refused.") == []


def test_the_ministry_is_told_by_the_field(find: Finder) -> None:
    text = "Ada Voss, the deputy trade minister, agreed. The Ministry of Culture, Sport and Trade will pay."
    assert find(text) == [("Ada Voss", "deputy trade minister", "Ministry of Culture, Sport and Trade", False)]


def test_a_regions_minister_is_not_of_the_national_ministry(find: Finder) -> None:
    text = "Bavaria's trade minister, Ada Voss, agreed. The Trade Ministry will pay."
    assert find(text) == [("Ada Voss", "trade minister", None, False)]


def test_a_described_speaker_is_named_in_the_next_paragraph(find: Finder) -> None:
    text = "Exports rose, the head of the Zenda Customs Administration announced.\n\nAccording to Ada Voss, sales fell."
    assert find(text) == [("Ada Voss", "head", "Zenda Customs Administration", False)]


def test_a_named_post_holder_is_not_given_the_earlier_post(find: Finder) -> None:
    text = "Exports rose, the customs chief announced. Zentrak CEO Ada Voss said sales fell."
    assert find(text) == [("Ada Voss", "CEO", "Zentrak", False)]


def test_a_person_has_each_post_once(find: Finder) -> None:
    text = "Zentrak CEO Ada Voss spoke. CEO Ada Voss, the chief of Zentrak, left."
    assert [row[1] for row in find(text)] == ["CEO", "chief"]


@pytest.mark.parametrize(
    "text",
    [
        "In the town of Ada Voss, the minister said that taxes rise.",  # the subject is somebody else
        "Ada Voss is not the president of Zenda Steel Company.",  # denied
        "The official said that Ada Voss came.",  # no post
        "Economist Ada Voss doubts it.",  # a calling, not a post
    ],
)
def test_no_tenure(find: Finder, text: str) -> None:
    assert find(text) == []
