"""Lines around an article are blanked, the article is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indiggraph.furniture import blank_furniture

ARTICLE = "Norvik Steel opened a mill in Ardan, worth $3 million.\nShare of exports in its sales rose, it said."


@pytest.mark.parametrize(
    "line",
    [
        "Tags: steel, Ardan, export",
        "News ID 457812",
        "News Code: 457812",
        "QX/LV",
        "4821**1390",
        "XNA/530214",
        "Photo: A view of the mill in Ardan (Photo by Dana Wren)",
        "Follow us on Twitter @norvik",
        "Print",
        "Economy 2021-03-07 17:42",
        "Sunday, 7 March 2021 12:48 GMT",
        "Last update: Monday, 8 March 2021",
        "Read also: Norvik to open ten mills",
    ],
)
def test_furniture_is_blank(line: str) -> None:
    text = f"{line}\n{ARTICLE}\n{line}\n"
    assert blank_furniture(text) == f"{' ' * len(line)}\n{ARTICLE}\n{' ' * len(line)}\n"


def test_a_long_line_is_text_however_it_begins() -> None:
    told = "Updated: The minister said that Norway will invest $5 million in a plant. " * 3
    below = "Related news\nNorvik opens a mill\n" + "A long paragraph of an agency without a full stop " * 4 + "(XNA)"
    assert blank_furniture(told) == told
    assert blank_furniture(below).split("\n")[2] == below.split("\n")[2]


def test_headlines_of_other_articles_are_blank_up_to_the_next_sentence() -> None:
    text = "Read more:\nNorvik to open ten mills\nArdan bans imports of tyres\n\nOutput fell by a fifth."
    assert blank_furniture(text).split() == ["Output", "fell", "by", "a", "fifth."]


@pytest.mark.parametrize(
    "line",
    [
        "Print runs of the ministry's report rose to 3,000 copies.",
        "Photo makers said: sales fell.",
        "Share of steel in exports: 12 percent.",
        "Updated rules on steel take effect at 12:30 on Monday.",
        "Economy Minister Dana Wren opened the mill.",
        "Related news of a ban on imports reached the ministry on Monday.",
        "The plant will open at 10:30 on May 3",
        "Norvik Steel: exports rose 12%",
    ],
)
def test_text_stays(line: str) -> None:
    assert blank_furniture(line) == line


@given(st.text())
def test_offsets_stay(text: str) -> None:
    blanked = blank_furniture(text)
    assert len(blanked) == len(text)
    assert all(new in (" ", old) for new, old in zip(blanked, text, strict=True))
