"""Things across texts: what is merged, what never is, how things are called, and that order changes nothing."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indiggraph.lexicon import load_lexicon
from indiggraph.model import Judgement, Thing, ThingType, Verdict
from indiggraph.resolve import Linker, resolve
from tests.resolve.marked import Marked, clusters, link, read

TOGETHER = [
    pytest.param(
        ["[Arman Moghimi|person|a] spoke.", "[Arman Moqimi|person|a] left. [Moqimi|person|a] is back."],
        id="a person in two spellings",
    ),
    pytest.param(
        ["[Moghimi|person|a] spoke.", "[Moghimi|person|b] left.", "[Arman Moghimi|person|c] left."],
        id="never on surname alone",
    ),
    pytest.param(
        ["[Sina Moghimi|person|a] spoke. [Moghimi|person|a] left.", "[Arman Moghimi|person|b] left."],
        id="two first names",
    ),
    pytest.param(
        [
            "In [Kenya|place|k] the [Ministry of Fishery, Mine and Transport|body|m] paid.",
            "The [Kenyan Fishery, Mining, and Transport Ministry|body|m] paid.",
            "[Kenya|place|k] said its [Fisheries Ministry|body|m] paid.",
            "In [Ghana|place|g] the [Ministry of Fishery, Mine and Transport|body|n] paid.",
        ],
        id="a ministry in three forms, and another country's",
    ),
    pytest.param(
        ["In [Kenya|place|k] [the government|body~|x] paid.", "In [Ghana|place|g] [the government|body~|y] paid."],
        id="governments of two countries",
    ),
    pytest.param(
        ["[Kenya|place|k] exports salt.", "[Kenyan farmers|group~|f] said [the country|place~|k] needs rain."],
        id="the country is the country",
    ),
    pytest.param(
        [
            "[Oriental Mines Renewal Organization|body|a] ([OMRO|body|a]) and [Oriental Salt Organization|body|b] met.",
            "[OMRO|body|a] and [OSO|body|b] met.",
            "[Oriental Salt Organization|body|b] ([OSO|body|b]) pays.",
        ],
        id="acronyms by the definitions of other texts",
    ),
    pytest.param(
        [
            "[Kenya|place|k] has a [National Ports Company|body|a] ([NPC|body|a]).",
            "[Ghana|place|g] has a [National Petroleum Council|body|b] ([NPC|body|b]).",
            "In [Ghana|place|g] the [NPC|body|b] met.",
        ],
        id="one acronym of two bodies",
    ),
    pytest.param(
        ["[Bank of Housing and Land|company|a] lends.", "[Bank of Housing|company|b] lends."],
        id="banks that share a word",
    ),
    pytest.param(
        ["[Varzan Tabas Steel Company|company|a] grew.", "[Varzan Kashmar Steel Company|company|b] grew."],
        id="makers of two towns",
    ),
    pytest.param(
        ["[Esferan Steel|company|a] grew.", "[Isferan Steel Company|company|a] grew."],
        id="a name spelt otherwise, with and without its legal form",
    ),
    pytest.param(
        [
            "[Kenyan valve makers|group~|v] met [suppliers|group~|s].",
            "[Kenyan valve makers|group~|v] met [suppliers|group~|t].",
            "[Ghanaian valve makers|group~|w] met.",
        ],
        id="groups in the same words, but no bare ones",
    ),
    pytest.param(
        ["[The opening ceremony|event~|a] was held.", "[The opening ceremony|event~|b] was held."],
        id="events described alike are not one",
    ),
    pytest.param(
        ["[Zenda Steel|company|a] and [Zenda Steel Trading|company|b] met.", "[Zenda Steel Co.|company|a] grew."],
        id="a subsidiary listed beside its parent",
    ),
    pytest.param(
        ["[Zenda Salt Company|company|a] grew. [Zenda Salt Trading Company|company|b] sells."],
        id="two legal forms, two companies",
    ),
    pytest.param(
        [
            "[National Kenyan Salt Mining and Sales Company|company|a] ([NKSMSC|company|a]) grew.",
            "[National Kenyan Salt Mining and Sales Company|company|a] met [National Kenyan Salt Company|company|b].",
        ],
        id="a full name leaves nothing out",
    ),
    pytest.param(
        [
            "In [Kenya|place|k] the [Nairobi Chamber of Commerce, Industries and Mines|body|a] met.",
            "In [Kenya|place|k] the [Nairobi Chamber of Commerce|body|a] met the [Kenya Chamber of Commerce|body|b].",
        ],
        id="a chamber by its first field, and another one",
    ),
    pytest.param(
        [
            "In [Kenya|place|k] the [Ministry of Fishery, Mine and Transport|body|m] paid.",
            "The [Fishery, Mine and Transport Ministry|body|m] paid.",
            "The [Ministry of Fishery|body|n] paid.",
        ],
        id="three fields tell a ministry without a country, one does not",
    ),
    pytest.param(
        ["[Velda Industrial Group|company|a] grew.", "[Velda Holding|company|a] and [Velda Complex|company|a] grew."],
        id="words that go with a legal form",
    ),
    pytest.param(
        ["[Bank of Salt|body|a] ([BoS|body|a]) lends in [Kenya|place|k].", "In [Kenya|place|k] [BOS|body|a] lends."],
        id="an acronym with a small letter",
    ),
    pytest.param(
        [
            "[Russia|place|r] has a [Ministry of Commerce|body|m].",
            "[China|place|c] has a [Ministry of Commerce|body|n].",
        ],
        id="the lexicon's ministry of another country",
    ),
    pytest.param(
        [
            "In [Iran|place|i] [Ports and Maritime Organization of Iran|body|m] met [PMO|body|m].",
            "[India|place|j]'s [PMO|body|p].",
        ],
        id="the lexicon's body with its country, and its acronym elsewhere",
    ),
    pytest.param(
        [
            "[Russia|place|r]'s [Ministry of Industry and Trade|body|m] met.",
            "The [Russian Industry and Trade Ministry|body|m] met.",
            "[Vietnam|place|v]'s [Ministry of Industry and Trade|body|n] met.",
        ],
        id="a ministry by a name that the lexicon knows in another country",
    ),
    pytest.param(
        [
            "[Kenya|place|k] has [Kenya Chamber of Commerce and Industries|body|a].",
            "[Kenya|place|k] has [Mombasa Chamber of Commerce|body|b].",
            "In [Kenya|place|k] the [Kenya Chamber of Commerce|body|a] met.",
        ],
        id="a city's chamber leaves the country's alone",
    ),
    pytest.param(
        ["[Ana Salto-Verde|person|a] left.", "[Ana Verde|person|b] left.", "[Ana Mir-Verde|person|c] left."],
        id="a part of a surname alone is not enough",
    ),
    pytest.param(
        ["[turbine blades|goods~|b] sell.", "[Turbine blades|goods~|b] and [blade|goods~|c] factories."],
        id="goods are the same everywhere",
    ),
]


@pytest.mark.parametrize("texts", TOGETHER)
def test_texts(texts: list[str]) -> None:
    marked = [read(text, f"doc{number}") for number, text in enumerate(texts)]
    wanted, found = clusters(link(*marked), *marked)
    assert found == wanted


def shown(linker: Linker) -> list[tuple[object, ...]]:
    return [(t.type, t.slug, t.label, t.names, t.mentions, t.merged, t.key) for t in linker.things]


CORPUS = [
    read(text, f"doc{number}")
    for number, text in enumerate(text for case in TOGETHER for text in case.values[0])  # type: ignore[union-attr]
]


@settings(max_examples=20, deadline=None)
@given(st.permutations(CORPUS))
def test_order_changes_nothing(order: list[Marked]) -> None:
    assert shown(link(*order)) == shown(link(*CORPUS))
    assert link(*order).judgements == link(*CORPUS).judgements


def thing(linker: Linker, label: str) -> Thing:
    found = [item for item in linker.things if item.label == label]
    assert len(found) == 1
    return found[0]


def test_a_merged_thing_takes_the_smallest_slug() -> None:
    linker = link(read("[Arman Moqimi|person|a] spoke.", "x"), read("[Arman Moghimi|person|a] left.", "y"))
    (person,) = linker.things
    assert (person.slug, person.merged) == ("arman-moghimi", ("arman-moqimi",))
    assert person.names == ("Arman Moghimi", "Arman Moqimi")
    (judgement,) = linker.judgements
    assert (judgement.left, judgement.right) == ("arman-moqimi", "arman-moghimi")
    assert judgement.verdict is Verdict.SAME
    assert judgement.reasons[0].startswith("the same name in another spelling (same_person: 0.")


def test_two_things_of_one_name_get_stable_suffixes() -> None:
    texts = [read("[Moghimi|person|a] spoke.", "x"), read("[Moghimi|person|b] spoke.", "y")]
    slugs = [item.slug for item in link(*texts).things]
    assert len(set(slugs)) == 2
    assert all(slug.startswith("moghimi-") for slug in slugs)
    assert slugs == [item.slug for item in link(*reversed(texts)).things]


def test_generic_bodies_show_their_country_in_the_slug() -> None:
    linker = link(read("In [Kenya|place|k] [the government|body~|x] paid.", "x"))
    assert thing(linker, "government").slug == "government-ke"


def test_the_country_has_the_slug_of_its_name() -> None:
    linker = link(read("[Kenyan farmers|group|f] said [the country|place~|k] needs rain.", "x"))
    assert thing(linker, "country").slug == "kenya"


def test_wikidata_ids_come_from_the_lexicon() -> None:
    linker = link(read("[Iran|place|i] borders [Iraq|place|q].", "x"))
    assert thing(linker, "Iran").same_as == "http://www.wikidata.org/entity/Q794"
    assert thing(linker, "Iraq").same_as is None  # its id was not verified


def test_labels_are_the_fullest_good_form() -> None:
    text = "[MALMA|place|p] - [NDB|body|a], [Northern Dairy Board (NDB)|body|a], [Northern Dairy Board|body|a]. "
    labels = {item.label for item in link(read(text + "[Malma|place|p]")).things}
    assert labels == {"Northern Dairy Board", "Malma"}


def test_pronouns_and_bare_descriptions_are_no_names() -> None:
    linker = link(read("[Ana Prado|person!|a] spoke. [She|person^!|a] left. [The official|person~!|a] came back."))
    assert thing(linker, "Ana Prado").names == ("Ana Prado",)
    assert len(thing(linker, "Ana Prado").mentions) == 3


def test_the_class_is_what_most_mentions_say() -> None:
    linker = link(
        read("[Castora|company|a] grew. [Castora|company|a] sank.", "x"), read("[Castora|body|a] is closed.", "y")
    )
    assert thing(linker, "Castora").type is ThingType.COMPANY


def test_a_chain_of_links_does_not_join_vetoed_ends() -> None:
    """Both spellings fit the one with an initial; they do not fit each other."""
    texts = [
        read(
            "[Arman Delkhosh|person|a], head of the [Salt Fund|body|f].", "x", {"Arman Delkhosh": ("head", "Salt Fund")}
        ),
        read("[A. Delkhosh|person|a], head of the [Salt Fund|body|f].", "y", {"A. Delkhosh": ("head", "Salt Fund")}),
        read("[Ali Delkhosh|person|b], head of the [Salt Fund|body|f].", "z", {"Ali Delkhosh": ("head", "Salt Fund")}),
    ]
    people = [item for item in link(*texts).things if item.type is ThingType.PERSON]
    assert [len(person.mentions) for person in people] in ([1, 2], [2, 1])


def decide(left: str, right: str, verdict: Verdict) -> Judgement:
    return Judgement(left, right, verdict, Decimal(1), ("someone", "knows"))


def office(text: str, ident: str, person: str, post: str, body: str | None = None) -> Marked:
    """A text in which a person holds a post."""
    return read(text, ident, {person: (post, body)})


def test_a_surname_with_the_office_of_a_country_is_the_full_name_with_it() -> None:
    full = office("In [Kenya|place|k] President [Arman Moghimi|person|a] spoke.", "x", "Arman Moghimi", "President")
    short = office("[Kenya|place|k] and its president [Moghimi|person|a] agree.", "y", "Moghimi", "president")
    abroad = office("[Ghana|place|g] and its president [Moghimi|person|b] agree.", "z", "Moghimi", "president")
    assert len([item for item in link(full, short, abroad).things if item.type is ThingType.PERSON]) == 2


def test_a_surname_with_a_post_that_many_hold_stays_alone() -> None:
    full = office("In [Kenya|place|k] spokesman [Arman Moghimi|person|a] spoke.", "x", "Arman Moghimi", "spokesman")
    short = office("[Kenya|place|k] and spokesman [Moghimi|person|b] agree.", "y", "Moghimi", "spokesman")
    assert len([item for item in link(full, short).things if item.type is ThingType.PERSON]) == 2


def test_decisions_outrank_scores() -> None:
    spelled = [read("[Arman Moqimi|person|a] spoke.", "x"), read("[Arman Moghimi|person|a] left.", "y")]
    extractions = [one.extraction for one in spelled]
    apart = decide("arman-moqimi", "Arman Moghimi", Verdict.NOT_SAME)
    assert len(resolve(extractions, (apart,), lexicon=load_lexicon()).things) == 2
    unsure = decide("arman-moqimi", "Arman Moghimi", Verdict.UNSURE)
    linker = resolve(extractions, (unsure,), lexicon=load_lexicon())
    assert len(linker.things) == 1
    assert unsure in linker.judgements


def test_a_decision_joins_what_scores_keep_apart() -> None:
    texts = [read("[Castora|company|a] grew.", "x"), read("[Kastoria Holding|company|b] grew.", "y")]
    extractions = [one.extraction for one in texts]
    assert len(resolve(extractions).things) == 2
    same = decide("castora", "Kastoria Holding", Verdict.SAME)
    (joined,) = resolve(extractions, (same,)).things
    assert joined.merged == ("kastoria-holding",)


def test_one_leader_joins_names_within_one_another() -> None:
    told = (
        ("[Ana Prado|person|p], head of [Velda Salt|company|a] in [Kenya|place|k].", "Ana Prado", "head", "Velda Salt"),
        ("[Velda|company|a] of [Kenya|place|k] has [A. Prado|person|p] as chief.", "A. Prado", "chief", "Velda"),
        ("[Eva Roth|person|q], head of [Velda Oil|company|b] in [Kenya|place|k].", "Eva Roth", "head", "Velda Oil"),
    )
    texts = [office(text, f"x{number}", *rest) for number, (text, *rest) in enumerate(told)]
    bodies = sorted(item.names for item in link(*texts).things if item.type.top is ThingType.ORGANIZATION)
    assert bodies == [("Velda", "Velda Salt"), ("Velda Oil",)]


def test_a_text_that_names_no_country_is_about_that_of_its_publisher() -> None:
    named = read("[Iran|place|i] has a [Ministry of Salt|body|m].", "x").extraction
    other = read("The [Ministry of Salt|body|m] paid.", "y").extraction
    assert len(resolve([named, other], lexicon=load_lexicon()).things) == 3
    other = replace(other, document=replace(other.document, publisher="Tasnim News Agency"))
    assert len(resolve([named, other], lexicon=load_lexicon()).things) == 2


def test_nothing_comes_of_nothing() -> None:
    linker = resolve([])
    assert linker.things == ()
    assert linker.judgements == ()
    assert linker.thing_of("x") is None
