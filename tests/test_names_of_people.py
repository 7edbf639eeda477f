"""Names of people that taggers take for bodies: first names, relatives, titles, posts given to them, other spellings.

All people and bodies are made up; the sentences show the constructions of news.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.language import Language

from indiggraph.annotate import annotate
from indiggraph.lexicon import load_lexicon
from indiggraph.mentions import find_mentions
from indiggraph.model import Document, Form, ThingType

LEXICON = load_lexicon()
People = Callable[[str], list[str]]


@pytest.fixture(scope="module")
def people(nlp: Language) -> People:
    """A function from a text to the names of people in it."""

    def run(text: str) -> list[str]:
        ((document, doc),) = annotate([Document("test", text)], nlp)
        found = find_mentions(document, doc, LEXICON)
        return [m.name for m in found if m.type is ThingType.PERSON and m.form is Form.NAME]

    return run


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a first name, whatever the tagger says of the name
        ("The loom makers of Zenda want more, Farhang Tandi-Nasab explained.", ["Farhang Tandi-Nasab"]),
        # ... but not where goods or a body's head follow
        ("Zenda's Parvaneh Glass signed a contract to sell five kilns to Valmora.", []),
        # an object of a verb that gives posts, with the post behind
        ("The board of Zenda Machine Complex has named Seyyed Malek Torvan managing director for two years.",
         ["Seyyed Malek Torvan", "Malek Torvan"]),
        # a relative
        ("With his brother Torvollah and money of a bank, he opened a forge.", ["Torvollah"]),
        # a body of the post between post and name
        ("Member and spokesperson of the presiding board Roqayyeh Tandian told Zenda News that it will wait.",
         ["Roqayyeh Tandian"]),
        # a surname in another spelling later
        ("Behrang Moghimian runs the mine. In the decree, the minister tasks Moqimian with seven projects.",
         ["Behrang Moghimian", "Moqimian"]),
        # two of one surname, whatever the tagger says of either
        ("Vannasen Torvany and Bounsi Torvany run the mill. Bounsi Torvany sells the rice.",
         ["Vannasen Torvany", "Bounsi Torvany", "Bounsi Torvany"]),
        # both surnames later
        ("Yolanda Torvas de la Zenda spoke. Torvas de la Zenda called it a start.",
         ["Yolanda Torvas de la Zenda", "Torvas de la Zenda"]),
        # one name only, with the post behind it
        ("Tandiyo, secretary general of the Rattan Weavers Guild, asked for a ban. It starts in June, Tandiyo said.",
         ["Tandiyo", "Tandiyo"]),
        # a surname that comes first, where it stands alone
        ("Analyst Teo Boon-Kiat at Zenda Research cut his forecast. Teo sees tin at $90.", ["Teo Boon-Kiat", "Teo"]),
        # endings of surnames
        ("Vartanuk Melkonyan and Torvan Zendehzadeh met. Melkonyan signed.",
         ["Vartanuk Melkonyan", "Torvan Zendehzadeh", "Melkonyan"]),
        # what only people are
        ("Murith Zendambi, a grower, sold 2 tons.", ["Murith Zendambi"]),
        # a given name of two syllables
        ("The dock was built by Noh Mi-ran of Busan.", ["Noh Mi-ran"]),
        # a first name behind a body
        ("Her colleague on the tariff commission Farhang Tandi asked for more.", ["Farhang Tandi"]),
        # what only people do
        ("Zendar Torvanova thanked the miners.", ["Zendar Torvanova"]),
        # a first name alone, of somebody named in full before
        ("Torvan Zendeh died in Valmora. Torvan opened a workshop there. The ministry then took Torvan too.",
         ["Torvan Zendeh", "Torvan", "Torvan"]),
    ],
)  # fmt: skip
def test_people_by_what_only_they_have(people: People, text: str, expected: list[str]) -> None:
    assert people(text) == expected


def test_a_place_before_a_post_is_no_person(people: People) -> None:
    assert people("Over in Torva, ministers have promised tax breaks.") == []


@pytest.mark.parametrize(
    "word", ["Farhang", "Roghayeh", "Mohammad-Ali", "Gholam-Ali", "Hosein", "Harshvardhan", "Ata'ollah"]
)
def test_first_names_in_any_spelling(word: str) -> None:
    assert LEXICON.is_given_name(word)


@pytest.mark.parametrize("word", ["Tehran", "Northwind", "Tile"])
def test_other_words_are_no_first_names(word: str) -> None:
    assert not LEXICON.is_given_name(word)
