"""Pairs of people's names: one person in two spellings, or two people.  All names are made up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indiggraph.resolve.names import person_name
from indiggraph.resolve.people import compare, is_short_for

ENOUGH = 0.8

SAME = [
    ("Arman Moghimi", "Arman Moqimi", "gh and q"),
    ("Sadegh Pakniyat", "Sadeq Pakniat", "gh and q, iya and ia"),
    ("Behrouz Heidarpanah", "Behruz Heydarpanah", "ou and u, ei and ey"),
    ("Jaafar Delkhosh", "Jafar Delkhosh", "a doubled vowel"),
    ("Nasser Tavassoli", "Naser Tavasoli", "doubled consonants"),
    ("Kaveh Gharib-Pour", "Kaveh Gharibpour", "hyphen or none"),
    ("Kaveh Gharib Pour", "Kaveh Gharibpour", "space or none"),
    ("Seyyed Kaveh Moradpour", "Kaveh Moradpour", "a prefix that is no name"),
    ("Dr. Kaveh Moradpour", "Kaveh Moradpour", "a form of address"),
    ("Ebrahim Shokri", "Ibrahim Shokri", "initial e and i"),
    ("Ahmed Tavana", "Ahmad Tavana", "e for an unstressed a"),
    ("Mohammad-Javad Kianfar", "Mohammad Javad Kianfar", "a compound first name"),
    ("Dmitry Belozerkin", "Dmitri Belozerkin", "final y and i"),
    ("Sergei Yelagin", "Sergey Elagin", "ei and ey, initial ye"),
    ("Hüseyin Özdemirel", "Huseyin Ozdemirel", "Turkish letters"),
    ("Çetin Karaşahin", "Cetin Karasahin", "Turkish letters that lose their marks"),
    ("Anđela Kovačić", "Andela Kovacic", "Slavic letters"),
    ("Reza Alinejad", "Reza Alinezhad", "j and zh"),
    ("Milad O'Brannagh", "Milad OBrannagh", "apostrophes"),
    ("Faisal M. Al-Quraini", "Faisal Al Quraini", "an initial between"),
    ("Mehdi Tabesh Niavarani", "Mehdi Niavarani", "a first surname left out"),
    ("Tavana Ahmad", "Ahmad Tavana", "another order"),
    ("Baek Do-hyun", "Do Hyun Baek", "another order, hyphen or none"),
    ("Abdul Hakim Torabi", "Abdolhakim Torabi", "Abdul apart or joined"),
    ("Nour al-Din Zerhouni", "Noureddine Zerhouni", "an ending of a first name apart or joined"),
    ("Faris bin Omar Al-Quraini", "Faris Omar Al-Quraini", "bin left out"),
    ("Faris El-Quraini", "Faris Quraini", "the article left out"),
    ("Elnur Qarayev", "Elnur Garayev", "Azerbaijani q"),
    ("Gaber Maghrabi", "Jaber Maghrabi", "Egyptian g"),
    ("Mykola Zelinchuk", "Nikolai Zelinchuk", "a first name in another language"),
    ("Pere Casals i Vidalet", "Pere Casals Vidalet", "a word between surnames"),
    ("Ana Lucía Quintero Bravo", "Ana Lucía Quintero", "three words shared, a further surname"),
    ("Albert Frostwick Jr.", "Albert Frostwick", "Jr. left out"),
    ("Sherzod Xolmirov", "Sherzod Kholmirov", "x for kh before a Turkic ending"),
    ("Kavitha Narwalan", "Kavita Narwalan", "an Indian th"),
]
OTHER = [
    ("Arman Karimi", "Arman Karami", "i and a tell surnames apart"),
    ("Ali Mohammadi", "Ali Mohammad", "a longer surname is another one"),
    ("Arman Rahnavard", "Sina Rahnavard", "other first names"),
    ("Arman Hatamian", "Arman Khatamian", "h and kh where no Turkic ending is"),
    ("Mehmet Fatih Oralkan", "Fatih Oralkan", "a first name left out: a hint only"),
    ("M.J. Rahnavard Tousi", "Mohammad Javad Rahnavard Tousi", "initials: a hint only"),
    ("Ahmad Soltanpour", "Ahmad Haj-Soltanpour", "Haj is a part of the surname"),
    ("Hassan Delkhosh", "Hossein Delkhosh", "first names that look alike"),
    ("Amir Amini", "Amir Imani", "surnames that look alike"),
    ("Rahnavard", "Rahnavard", "never on surname alone"),
    ("Rahnavard", "Arman Rahnavard", "never on surname alone"),
    ("Lucía Ferrer Ocampo", "Tomás Ferrer Luna", "a shared first surname"),
    ("Ali Naseri", "Ali Nasiri", "e and i may tell surnames apart: a hint only"),
    ("Ali Salemi Tabar", "Salemi Ali Tabar", "words in an order that is not a surname put first"),
    ("Omar Salem", "Omar Sallam", "e and a in a last syllable"),
    ("Albert Frostwick Jr.", "Albert Frostwick Sr.", "father and son"),
    ("Hamed Tavana", "Hamid Tavana", "first names that differ in e and i"),
    ("Chen Weirong", "Shen Weirong", "short names are not read by French habits"),
    ("Mohammad Tavana", "Mohammad Reza Tavana", "a compound first name may be another person's"),
]


@pytest.mark.parametrize(("left", "right", "why"), SAME, ids=[why for *_, why in SAME])
def test_one_person(left: str, right: str, why: str) -> None:
    likeness = compare(person_name(left), person_name(right))
    assert likeness.score >= ENOUGH
    assert not likeness.veto


@pytest.mark.parametrize(("left", "right", "why"), OTHER)
def test_two_people(left: str, right: str, why: str) -> None:
    if len(left.split()) == len(right.split()) == 1:
        assert not person_name(left).full
    else:
        assert compare(person_name(left), person_name(right)).score < ENOUGH


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Arman Karimi", "Arman Karami"),
        ("Arman Rahnavard", "Sina Rahnavard"),
        ("Lucía Ferrer Ocampo", "Tomás Ferrer Luna"),
    ],
)
def test_other_names_veto(left: str, right: str) -> None:
    assert compare(person_name(left), person_name(right)).veto


@pytest.mark.parametrize(
    ("short", "full", "fits"),
    [
        ("Delkhosh", "Arman Delkhosh", True),
        ("Mr Delkhosh", "Arman Delkhosh", True),
        ("Arman", "Arman Delkhosh", False),
        ("Dame Harriet", "Harriet Oakshott", True),
        ("Harriet", "Harriet Oakshott", False),
        ("Tavassoli", "Parviz Haj-Tavassoli", False),
        ("Ferrer", "Lucía Ferrer Ocampo", True),
        ("Ferrer Ocampo", "Lucía Ferrer Ocampo", True),
        ("de la Peña", "Rosa Quintero de la Peña", True),
    ],
)
def test_short_names(short: str, full: str, fits: bool) -> None:
    assert is_short_for(person_name(short), person_name(full)) is fits


NAMES = st.lists(st.text("abdeghiklmnorstuyz", min_size=2, max_size=9), min_size=2, max_size=3).map(" ".join)


@given(NAMES, NAMES)
def test_comparison_has_no_direction(left: str, right: str) -> None:
    one, other = person_name(left), person_name(right)
    assert compare(one, other) == compare(other, one)


@given(NAMES)
def test_a_name_is_itself(name: str) -> None:
    assert compare(person_name(name), person_name(name.upper())).score == 1


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("Mehmet Fatih Oralkan", "Fatih Oralkan", "the first of the first names left out"),
        ("M.J. Rahnavard Tousi", "Mohammad Javad Rahnavard Tousi", "initials of the first names"),
        ("K. Nurbekov", "Qairat Nurbekov", "the name in another spelling"),
        ("Bijan Namdar-Tavana", "Bijan Tavana", "a middle part of the name left out, hyphens apart"),
    ],
)
def test_hints_are_no_vetoes(one: str, other: str, why: str) -> None:
    likeness = compare(person_name(one), person_name(other))
    assert (likeness.veto, likeness.reason) == (False, why)
    assert 0.6 <= likeness.score < ENOUGH


def test_the_last_part_of_a_surname_with_a_hyphen_is_short_for_it() -> None:
    assert is_short_for(person_name("Tavana"), person_name("Bijan Namdar-Tavana"))
    assert not is_short_for(person_name("Tavana"), person_name("Bijan Haj-Tavana"))
