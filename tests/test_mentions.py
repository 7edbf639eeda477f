"""Mentions: names and their classes, described bodies, groups, programs, gatherings, people, places, pronouns.

All people, bodies and sums are made up; the sentences show the constructions of news.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from indiggraph.annotate import annotate
from indiggraph.lexicon import load_lexicon
from indiggraph.mentions import find_mentions
from indiggraph.mentions.compose import compose
from indiggraph.model import Document, Form, Mention, ThingType

LEXICON = load_lexicon()
VOCAB = spacy.blank("en").vocab
Finder = Callable[[str], tuple[Mention, ...]]


def named(mentions: tuple[Mention, ...], kind: ThingType, form: Form = Form.NAME) -> list[str]:
    return [m.name for m in mentions if m.type.top is kind and m.form is form]


# ---- composition, on hand-made trees ------------------------------------------------------------------------------


def flat_doc(text: str) -> Doc:
    """One sentence of proper nouns; what composition needs is words, not trees."""
    words = text.split()
    pos = ["PROPN" if word[0].isalnum() and word[0].isupper() else "X" for word in words]
    pos = ["ADP" if word in ("of", "for", "said") else tag for word, tag in zip(words, pos, strict=True)]
    return Doc(VOCAB, words=words, pos=pos, heads=[0] * len(words), deps=["dep"] * len(words))


@pytest.mark.parametrize(
    ("text", "head", "expected"),
    [
        # commas and "and" join fields of work
        ("Ruritanian Energy , Fishing , and Transport Ministry said", "Ministry",
         "Ruritanian Energy , Fishing , and Transport Ministry"),
        ("Ministry of Culture , Sport and Tourism said", "Ministry", "Ministry of Culture , Sport and Tourism"),
        ("Forests and Paper Industries Protection Organization", "Organization",
         "Forests and Paper Industries Protection Organization"),
        # other words are names of their own
        ("Northwind Company , Eastwind Company", "Company", "Northwind Company"),
        ("Northwind and Eastwind Group said", "Group", "Eastwind Group"),
        # a second body's head ends the first body's field
        ("Ministry of Trade and Steel Company said", "Ministry", "Ministry of Trade"),
        ("Borduria Chamber of Commerce and Mines", "Chamber", "Borduria Chamber of Commerce and Mines"),
        ("Smith & Sons Company", "Company", "Smith & Sons Company"),
        ("Saddle Makers ' Guild", "Guild", "Saddle Makers ' Guild"),
        # a time is no part of a name
        ("March Ministry of Trade", "Ministry", "Ministry of Trade"),
    ],
)  # fmt: skip
def test_composes_names_around_heads(text: str, head: str, expected: str) -> None:
    doc = flat_doc(text)
    at = text.split().index(head)
    span = compose(doc, at, LEXICON, leading=head.lower() in LEXICON.bodies.leading)
    assert span is not None
    assert doc[span[0] : span[1]].text == expected


@pytest.mark.parametrize("text", ["the Ministry said", "Energy Minister Doe said"])
def test_a_head_alone_or_as_modifier_makes_no_name(text: str) -> None:
    doc = flat_doc(text)
    assert compose(doc, 1 if text.startswith("the") else 0, LEXICON, leading=False) is None


# ---- names ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The Ruritanian Energy, Fishing, and Transport Ministry will open two schools.",
         ["Ruritanian Energy, Fishing, and Transport Ministry"]),
        ("The Borduria Rural Roads and Rural Ports Organization (BRRPO) said BRRPO would pay.",
         ["Borduria Rural Roads and Rural Ports Organization"] * 2 + ["BRRPO", "BRRPO"]),  # with brackets too
        ("Zenda Steel Company, Strelsau Steel Company and Hentzau Steel Company raised output.",
         ["Zenda Steel Company", "Strelsau Steel Company", "Hentzau Steel Company"]),
        ("The daily Zenda Courier reported on Monday.", ["Zenda Courier"]),  # a kind of outlet before the name
        ("Head of Export Promotion Organization (EPO) said so.",
         ["Export Promotion Organization", "Export Promotion Organization", "EPO"]),  # a post before the name
        ("Secretary of Norway's Glass Makers Association Ada Voss agreed.", ["Glass Makers Association"]),
        ("Zenda Chamber of Commerce Chairman Tom Ark agreed.", ["Zenda Chamber of Commerce"]),  # a title after it
        ("The National Association of Toolmakers of Chile met.", ["National Association of Toolmakers of Chile"]),
        ("Hengtai Automobile Co., Ltd. raised output.", ["Hengtai Automobile Co., Ltd."]),  # a legal form
        ("Norway's PT Zenda Baja plans a smelter.", ["PT Zenda Baja"]),  # the kind before the name
        ("Sales rose, Zenda Haber reported.", ["Zenda Haber"]),  # an outlet that reports
        ("The press office of the Prime Minister's Office agreed.", ["Prime Minister's Office"]),
        ("The Ruritanian Privatization Organization (RPO) and the Industrial Ports Office (IPO) met. The IPO left.",
         ["Ruritanian Privatization Organization", "Ruritanian Privatization Organization", "RPO",
          "Industrial Ports Office", "Industrial Ports Office", "IPO", "IPO"]),  # initials outweigh the common word
        ("Zenda Rotary Pump Company bid. It owns all of Rotary Pump Company.",
         ["Zenda Rotary Pump Company", "Rotary Pump Company"]),  # without its first word
        ("Zenda Works, a rival of the republic's Mehr Pump Works, has a staff of 90.",
         ["Zenda Works", "Mehr Pump Works"]),  # a month's name
        ("The Ministry of New and Renewable Energy agreed.", ["Ministry of New and Renewable Energy"]),
        ("After the Islamic Revolution and the Gulf War, output rose.", []),  # events
    ],
)  # fmt: skip
def test_names_of_bodies(find: Finder, text: str, names: list[str]) -> None:
    assert named(find(text), ThingType.ORGANIZATION) == names


def test_an_acronym_in_brackets_points_to_the_long_name(find: Finder) -> None:
    mentions = find("The Strelsau Trade Promotion Organization (STPO) opened an office. STPO has ten.")
    long, whole, short, again = (m for m in mentions if m.type.top is ThingType.ORGANIZATION and m.form is Form.NAME)
    assert short.refers_to == whole.refers_to == long.id
    assert (whole.text, whole.name) == (f"{long.text} ({short.text})", long.name)
    assert again.refers_to is None
    assert short.type is long.type is again.type


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Dr. Alina Petrescu-Vale said so. Petrescu-Vale smiled.", ["Alina Petrescu-Vale", "Petrescu-Vale"]),
        ("Trade Minister Osman Delibaltov spoke. Delibaltov's deputy did not.", ["Osman Delibaltov", "Delibaltov"]),
    ],
)
def test_names_of_people_without_titles(find: Finder, text: str, names: list[str]) -> None:
    assert named(find(text), ThingType.PERSON) == names


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("The contract was won by ZENTRAK. ZENTRAK's president signed it.", "ZENTRAK", ThingType.ORGANIZATION),
        ("The plant in Brandelhof opened. It is near Brandelhof.", "Brandelhof", ThingType.PLACE),
        ("Mara Lindqvist, the chief executive, said no. Lindqvist left.", "Lindqvist", ThingType.PERSON),
        ("Engineers from the Southern Cocoa Forum met.", "Southern Cocoa Forum", ThingType.GATHERING),
        ("The Tractor Renewal Scheme pays the rest.", "Tractor Renewal Scheme", ThingType.PROGRAM),
        ("Republic of Valmora exports copper.", "Republic of Valmora", ThingType.PLACE),
        # a body has a chairman, whatever its name says; money flows through a program, or it holds a sum
        ("Zenda Textile Forum chairman Tom Ark agreed.", "Zenda Textile Forum", ThingType.ORGANIZATION),
        ("The state lends $22 million through the Zenda Response Fund.", "Zenda Response Fund", ThingType.PROGRAM),
        ("It paid half of its $350 million Zenda Harvest Fund to mills.", "Zenda Harvest Fund", ThingType.PROGRAM),
        ("Under the Zenda Drawback of Levies (ZDL) order, mills get a tenth back.", "ZDL", ThingType.PROGRAM),
        ("According to the Zenda Geological Survey, output rose.", "Zenda Geological Survey", ThingType.ORGANIZATION),
        (
            "He left for a job at Zenda Machine Tools, the state-run firm.",
            "Zenda Machine Tools",
            ThingType.ORGANIZATION,
        ),
    ],
)
def test_the_document_decides_the_class_of_a_name(find: Finder, text: str, name: str, kind: ThingType) -> None:
    assert {m.type.top for m in find(text) if m.name == name} == {kind}


def test_a_body_is_not_taken_for_its_founder(find: Finder) -> None:
    """A surname stands alone only after the full name; before, the short name is the company's."""
    mentions = find("Torvik Holding will invest. The plant is built by Torvik. Its chairwoman is Liv Torvik.")
    assert [m.type.top for m in mentions if m.name == "Torvik"] == [ThingType.ORGANIZATION]


@pytest.mark.parametrize(
    "text",
    [
        "Prices rose in March and fell on Monday.",
        "The sum was paid in Euro.",
        "QT/LV",
        "The Dutch and the Germans agreed.",
    ],
)
def test_times_currencies_initials_and_peoples_are_no_names(find: Finder, text: str) -> None:
    assert [m.text for m in find(text) if m.form is Form.NAME and m.type is not ThingType.SECTOR] == []


def test_a_licence_line_gives_its_carrier_alone(find: Finder) -> None:
    text = "Output rose in Ghent.\n\nTexts of Zenda News Agency are licensed under Common Use Terms."
    assert named(find(text), ThingType.ORGANIZATION) == ["Zenda News Agency"]


def test_a_short_credit_line_has_no_other_mentions(find: Finder) -> None:
    mentions = find("Output rose in Ghent.\n\nPhoto: the steel ministry. All rights reserved.")
    assert [m.text for m in mentions] == ["Ghent"]


def test_a_country_before_a_post_stays_a_place(find: Finder) -> None:
    mentions = find("U.S. Secretary of Commerce Ada Voss met Ohio Governor Tom Ark.")
    assert named(mentions, ThingType.PLACE) == ["U.S.", "Ohio"]


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Director general of Zenda Customs Office said no.", "Director general of Zenda Customs Office"),
        ("Chief executive of Zenda Steel Company said no.", "Chief executive of Zenda Steel Company"),
        ("President of Agricultural Research Organization said no.", "President of Agricultural Research Organization"),
        ("Kenyan deputy agriculture, fishing, and food minister for planning also said that output rose.",
         "deputy agriculture, fishing, and food minister for planning"),
        ("The Economy, Mining, and Energy Minister said no.", "Economy, Mining, and Energy Minister"),
    ],
)  # fmt: skip
def test_a_described_speaker_is_one_mention(find: Finder, text: str, person: str) -> None:
    mentions = find(text)
    assert named(mentions, ThingType.PERSON, Form.NOMINAL) == [person]
    assert named(mentions, ThingType.SECTOR) == []  # the words of a post name no sector


def test_fisheries_are_a_sector(find: Finder) -> None:
    assert named(find("Exports of fisheries rose."), ThingType.GROUP, Form.NOMINAL) == []


def test_a_title_that_stands_in_a_name_may_be_left_out(find: Finder) -> None:
    mentions = find("Dame Orla Brandt opened the mill.")
    assert named(mentions, ThingType.PERSON) == ["Dame Orla Brandt", "Orla Brandt"]
    assert mentions[1].refers_to == mentions[0].id


def test_what_somebody_heads_is_a_body(find: Finder) -> None:
    assert "Tamral Copper" in named(find("Orla Brandt heads Tamral Copper."), ThingType.ORGANIZATION)


@pytest.mark.parametrize("text", ["Fars news agency said so.", "Iran exports gas, Fars reported."])
def test_an_outlet_with_the_name_of_a_place(find: Finder, text: str) -> None:
    assert [m.key for m in find(text) if m.type is ThingType.NEWS_AGENCY] == ["fars-news"]
    assert not [m for m in find("A mill in Fars opened.") if m.type is ThingType.NEWS_AGENCY]


def test_a_country_right_behind_a_bodys_name(find: Finder) -> None:
    mentions = find("The Trade Ministry in Kenya said the plan is ready.")
    assert [(m.name, m.country) for m in mentions if m.country] == [("Trade Ministry", "KE"), ("Kenya", "KE")]


def test_a_wire_in_the_dateline_is_an_agency(find: Finder) -> None:
    (wire,) = (m for m in find("OSLO (QXN) – Sales rose by a fifth.") if m.text == "QXN")
    assert wire.type is ThingType.NEWS_AGENCY


def test_a_dash_that_touches_the_place_of_a_dateline_joins_no_names(find: Finder) -> None:
    assert named(find("OSLO- Norway sold three million tons of steel."), ThingType.PLACE) == ["OSLO", "Norway"]


def test_a_name_with_a_country_in_brackets_is_whole(find: Finder) -> None:
    assert "NQVL (India) Ltd" in named(
        find("State-run NQVL (India) Ltd, which digs, was told."), ThingType.ORGANIZATION
    )


def test_a_place_in_a_bodys_name_is_no_mention(find: Finder) -> None:
    assert named(find("The Norway Small Mines Organization closed."), ThingType.PLACE) == []


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("The Norwegian Small Mines Organization closed.", "NO"),  # a demonym in the name
        ("The Small Mines Organization of Norway closed.", "NO"),  # a country in the name
        ("Norway's Small Mines Organization closed.", "NO"),  # a country that owns it
        ("The Small Mines Organization closed.", None),
    ],
)
def test_countries_of_bodies(find: Finder, text: str, country: str | None) -> None:
    (body,) = (m for m in find(text) if m.type.top is ThingType.ORGANIZATION)
    assert body.country == country


# ---- descriptions ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("The bank struck deals with regional farm machinery dealers.", ["regional farm machinery dealers"]),
        ("Manufacturers of pumps and valves met.", ["Manufacturers of pumps and valves"]),
        ("Ruritania wants to trade with Dutch exporters and lenders.", ["Dutch exporters and lenders"]),
        ("Belgian firms which repair lifts can expand.", ["Belgian firms which repair lifts"]),
        ("Family-owned companies received loans.", ["Family-owned companies"]),
        ("A consortium of five Danish contractors won.", ["consortium of five Danish contractors"]),
        ("The city bought buses from a Dutch supplier.", ["Dutch supplier"]),
        ("The glass and cement industry saved 7 million euros.", ["glass and cement industry"]),
        ("The private sector invested 7 million euros.", ["private sector"]),
        ("Forty idle mines were handed over to the private sector.", ["private sector"]),
        ("It is needed that the private sector comes in.", ["private sector"]),
        ("The guild, whose 900 members buy steel, agreed.", ["900 members"]),
        ("Its members pay more.", []),  # of nobody in particular
        ("The mill lent four tractors to 60 households.", ["60 households"]),
        ("The fund lends $4,000 to each newlywed couple.", ["newlywed couple"]),
        ("The fund gave grants for rural teachers.", ["rural teachers"]),
        ("Rural teachers met.", []),  # a party only where something is for them
        ("The number of grants rose from 40 to 60 households.", []),  # a level
        ("The town has 24 factories.", []),
        ("Sixty factories received loans.", ["Sixty factories"]),
        ("The mill was sold to a private investor.", ["private investor"]),
        ("Companies grow.", []),  # says nothing
        ("The companies that we know and like and often see pay.", []),  # points back
    ],
)
def test_groups(find: Finder, text: str, groups: list[str]) -> None:
    assert named(find(text), ThingType.GROUP) == groups


def test_a_bare_group_is_a_description(find: Finder) -> None:
    mentions = find("The loans go to suppliers. The banks agreed. The fund obliged lenders to pay.")
    assert named(mentions, ThingType.GROUP, Form.NOMINAL) == ["suppliers", "banks", "lenders"]
    assert [m.definite for m in mentions if m.type is ThingType.GROUP] == [False, True, False]


@pytest.mark.parametrize(
    ("text", "programs"),
    [
        ("The ministry launched a harbour modernization program.", ["harbour modernization program"]),
        ("They discussed the program for repair of rural roads.", ["program for repair of rural roads"]),
        ("Its plan to widen rural lending was approved.", ["plan to widen rural lending"]),
        ("The mentioned bus renewal plan began.", ["bus renewal plan"]),  # "mentioned" tells nothing
        ("Under Vision 2030 and the Zenda Agenda 2035, output grows.", ["Vision 2030", "Zenda Agenda 2035"]),
        ("They agreed on a plan.", []),
        ("The import bill rose.", []),  # no law
        ("The budget bill for the next year was read.", ["budget bill for the next year"]),  # a law by its field
        ("The share was 54%, and the plan for the year 57%.", []),  # a figure
    ],
)
def test_programs(find: Finder, text: str, programs: list[str]) -> None:
    assert named(find(text), ThingType.PROGRAM) == programs


def test_the_kind_after_a_programs_name_is_no_second_program(find: Finder) -> None:
    mentions = find("Under its Total Local Value (TLV) program, the firm buys at home.")
    assert named(mentions, ThingType.PROGRAM) == ["Total Local Value", "Total Local Value", "TLV"]


def test_a_gathering_that_is_held_for_the_first_time(find: Finder) -> None:
    mentions = find("An expanded meeting of the board was held in Oslo. Many visited the four-day fair.")
    assert named(mentions, ThingType.GATHERING) == ["expanded meeting", "four-day fair"]


def test_a_country_in_brackets_is_no_acronym(find: Finder) -> None:
    mentions = find("Norvik Rare Earths (India) Ltd digs in India.")
    assert "India" not in named(mentions, ThingType.ORGANIZATION)


def test_a_sum_to_pay_is_no_program(find: Finder) -> None:
    assert named(find("They hope to cut the bill by half."), ThingType.PROGRAM, Form.NOMINAL) == []
    assert named(find("They passed the bill."), ThingType.PROGRAM, Form.NOMINAL) == ["bill"]


def test_the_kinds_of_outlets(find: Finder) -> None:
    mentions = find("The innovation agency Finterra and the news agency Pravda Nova spoke. He told Parliament.")
    assert [m.name for m in mentions if m.type is ThingType.NEWS_AGENCY] == ["Pravda Nova"]


def test_gatherings(find: Finder) -> None:
    mentions = find(
        "He spoke at the closing ceremony of the 8th Zenda International Food Packaging Exhibition in Oslo."
    )
    assert named(mentions, ThingType.GATHERING) == [
        "closing ceremony",
        "8th Zenda International Food Packaging Exhibition",
    ]
    assert named(mentions, ThingType.PLACE) == ["Oslo"]


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("Sales rose, the ministry said.", ThingType.ORGANIZATION, "ministry"),
        ("The oil giant paid.", ThingType.ORGANIZATION, "oil giant"),
        ("The government will help.", ThingType.ORGANIZATION, "government"),
        ("Exports of the country fell.", ThingType.PLACE, "country"),
        ("The program ended.", ThingType.PROGRAM, "program"),
        ("The exhibition closed.", ThingType.GATHERING, "exhibition"),
        ("The official said that sales rose.", ThingType.PERSON, "official"),
        ("The Zentrak chief said that sales rose.", ThingType.PERSON, "Zentrak chief"),
        ("The head of the Zenda Mines Organization agreed.", ThingType.PERSON, "head of the Zenda Mines Organization"),
    ],
)
def test_definite_descriptions(find: Finder, text: str, kind: ThingType, name: str) -> None:
    (found,) = (m for m in find(text) if m.form is Form.NOMINAL and m.type.top is kind)
    assert (found.name, found.definite) == (name, True)


def test_a_post_beside_its_holders_name_is_no_mention(find: Finder) -> None:
    mentions = find("Zentrak's president, Ada Voss, said so. CEO Tom Ark agreed.")
    assert named(mentions, ThingType.PERSON, Form.NOMINAL) == []


def test_pronouns(find: Finder) -> None:
    mentions = find("He said that it had sold its plant. They raised their prices.")
    found = [(m.text, m.type) for m in mentions if m.form is Form.PRONOUN]
    assert found == [
        ("He", ThingType.PERSON),
        ("it", ThingType.ORGANIZATION),
        ("its", ThingType.ORGANIZATION),
        ("They", ThingType.GROUP),
        ("their", ThingType.GROUP),
    ]


def test_a_title_line_gives_names_alone(find: Finder) -> None:
    mentions = find("Big Makers and the Minister Welcome the New Plan\n\nSales rose in Oslo.")
    assert [m.text for m in mentions if m.rule in ("group", "post", "program")] == []


# ---- what holds for every text --------------------------------------------------------------------------------------

SENTENCES = (
    "The Zenda Mines Organization (ZMO) signed a deal with Dutch suppliers.",
    "Trade Minister Osman Delibaltov said that the plan to cut imports would work.",
    "TEHRAN – Output rose.\n\nIts chairman, Ada Voss, told Reuters that the country exports steel.",
    "“We pay”, said the head of ZMO – who left.",
)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parts=st.lists(st.sampled_from(SENTENCES) | st.text(max_size=12), max_size=4))
def test_mentions_show_what_stands_in_their_span(find: Finder, parts: list[str]) -> None:
    text = " ".join(parts)
    mentions = find(text)
    assert [m.span for m in mentions] == sorted({m.span for m in mentions})
    for mention in mentions:
        assert text[mention.span.start : mention.span.end] == mention.text
        assert mention.sentence.covers(mention.span)
    ids = {m.id for m in mentions}
    assert all(m.refers_to in ids for m in mentions if m.refers_to is not None)


def test_a_body_that_a_country_has_one_of_is_named_with_its_country(find: Finder) -> None:
    found = find("On Tuesday, Kenya's parliament approved the bill, and Kenya's deputy governor left.")
    (body,) = [mention for mention in found if mention.type is ThingType.GOVERNMENT_BODY]
    assert (body.text, body.country) == ("Kenya's parliament", "KE")
    assert "Kenya" in named(found, ThingType.PLACE)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Gebze Cable Company made 4 tons of wire. Gebze sold it.", {ThingType.COMPANY}),
        ("Gebze Cable Company made 4 tons of wire. Its yard is in Gebze. Gebze sold it.", {ThingType.PLACE}),
        ("Gebze Cable Company made 4 tons of wire. The mayor of Gebze sold it.", {ThingType.PLACE}),
    ],
    ids=["a firm by its town", "a town where something is", "a town that does nothing"],
)
def test_a_town_that_a_firm_is_called_by(nlp: Language, text: str, kinds: set[ThingType]) -> None:
    document = Document("d", text)
    [(_, doc)] = annotate([document], nlp)
    found = find_mentions(document, doc, load_lexicon())
    assert {mention.type for mention in found if mention.text == "Gebze"} == kinds
