"""Names of bodies: foreign kinds, lists of fields, owners that belong to the name, other bodies inside, short forms.

All people and bodies are made up; the sentences show the constructions of news.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from indiggraph.model import Form, Mention, ThingType

Finder = Callable[[str], tuple[Mention, ...]]


def bodies(found: tuple[Mention, ...]) -> list[str]:
    return [m.name for m in found if m.type.top is ThingType.ORGANIZATION and m.form is Form.NAME]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # fields that no list has, told by their endings
        ("The Organization for Weighing, Metering and Certification fined 14 plants.",
         ["Organization for Weighing, Metering and Certification"]),
        ("Valmora's Ministry of Vineyards and Orchards paid the growers.", ["Ministry of Vineyards and Orchards"]),
        # ... but another body behind "and" stays one
        ("The Ministry of Roads and Zenda Paving Company signed.", ["Ministry of Roads", "Zenda Paving Company"]),
        ("The Department of Trade and National Tariff Panel opened a case.",
         ["Department of Trade", "National Tariff Panel"]),
        ("Torvan Federation of Beet Growers and Zenda Beet Sugar Co., Ltd. fixed a price.",
         ["Torvan Federation of Beet Growers", "Zenda Beet Sugar Co., Ltd."]),
        # a body within another one
        ("The pumps office of the Water Ministry signed the contract.", ["pumps office", "Water Ministry"]),
        # a region that owns it
        ("Torvan Province's Mine and Trade Department issued 12 permits.",
         ["Torvan Province's Mine and Trade Department"]),
        # the country behind the head word
        ("The Zenda Grain Exchange of Norway sold 90 lots.", ["Zenda Grain Exchange of Norway"]),
        # those who belong to it
        ("Brewers Association of Torvan wants lower duties.", ["Brewers Association of Torvan"]),
        ("The Tandi Spinners' Forum asked for cotton.", ["Tandi Spinners' Forum"]),
        ("All India Kettle Makers Federation will meet in May.", ["All India Kettle Makers Federation"]),
        # kinds in other languages, through particles
        ("Agencia Torvana de la Sal and Kementerian Teh signed.", ["Agencia Torvana de la Sal", "Kementerian Teh"]),
        ("Torvan Dokuma Birliği wants duties.", ["Torvan Dokuma Birliği"]),
        ("It owes Bank Torvan-e Zendeh 4 billion rials.", ["Bank Torvan-e Zendeh"]),
        # a list that the tagger holds together
        ("The Union of Makers of Looms and Spare Shuttles met.", ["Union of Makers of Looms and Spare Shuttles"]),
        ("The Directorate General of Kilns and Ovens fined it.", ["Directorate General of Kilns and Ovens"]),
        # a name without its last words is no place and no person
        ("It lost to Torvan Gulf Petroleum. Torvan Gulf wants $2 million.", ["Torvan Gulf Petroleum", "Torvan Gulf"]),
        ("Torvan-e Zendeh Combined Power Plant shut.", ["Torvan-e Zendeh Combined Power Plant"]),
        # words of firms' names behind a town
        ("Mashhad Labaniat lost its permit.", ["Mashhad Labaniat"]),
        # works by what they make
        ("The Zahedan carbamide plant needs gas.", ["Zahedan carbamide plant"]),
        # a firm by its kind
        ("The chipmaker Velkin stayed out.", ["Velkin"]),
        # bodies without a name of their own
        ("Police seized 12 tons of tea.", ["Police"]),
        ("State television showed the cars.", ["State television"]),
        ("Customs duties were raised.", []),
        ("The mercantile exchange sold bitumen for foreign exchange.", ["mercantile exchange"]),
        # what is left of such a name is no person
        ("Minera Zendo Tandi dug for tin. Zendo Tandi will appeal.", ["Minera Zendo Tandi", "Zendo Tandi"]),
    ],
)  # fmt: skip
def test_whole_names_of_bodies(find: Finder, text: str, expected: list[str]) -> None:
    assert bodies(find(text)) == expected


def test_a_gathering_has_no_members(find: Finder) -> None:
    found = find("The Torvan Energy Forum opened in Zenda.")
    assert [m.type for m in found if m.name == "Torvan Energy Forum"] == [ThingType.GATHERING]


def test_the_headquarters_are_one_body(find: Finder) -> None:
    found = find("The Torvan Flood Headquarters met. The headquarters named no owner.")
    texts = [m.text for m in found if m.type.top is ThingType.ORGANIZATION]
    assert texts == ["Torvan Flood Headquarters", "The headquarters"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The Norwegian mill is old. The state will pay 30 million crowns.", ThingType.GOVERNMENT_BODY),
        ("The Indian mill is old. The state will pay 30 million rupees.", ThingType.PLACE),
        ("The Norwegian mill is old. It lies in the north of the state.", ThingType.PLACE),
    ],
)
def test_the_state_that_acts_is_the_government(find: Finder, text: str, kind: ThingType) -> None:
    assert [m.type for m in find(text) if m.text.lower() == "the state"] == [kind]
