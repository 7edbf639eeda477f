"""Identity hangs on what the texts say, not on their order; crowded blocks are split, told, and lose nobody.

The mentions are made up by ``benchmarks.identity``.
"""

from __future__ import annotations

import random

from benchmarks.identity import made_up
from indiggraph.lexicon import load_lexicon
from indiggraph.model import Extraction
from indiggraph.resolve import Linker, resolve
from indiggraph.resolve.block import Blocks
from indiggraph.resolve.context import Countries
from indiggraph.resolve.local import Profile, local_things
from tests.resolve.marked import read

TEXTS = made_up(600, random.Random(7))
_FACTOR = 4


def outcome(linker: Linker) -> tuple[object, ...]:
    return linker.things, linker.judgements, linker.joins, linker.doubts, linker.crowds


def test_ten_random_orders_give_one_outcome() -> None:
    expected = outcome(resolve(TEXTS, lexicon=load_lexicon()))
    assert any(thing.merged for thing in expected[0])  # type: ignore[attr-defined]
    for seed in range(10):
        shuffled = random.Random(seed).sample(TEXTS, len(TEXTS))
        assert outcome(resolve(shuffled, lexicon=load_lexicon())) == expected


def test_texts_that_come_one_by_one_end_as_all_at_once() -> None:
    """A build decides anew over all it is given: what an earlier one decided leaves no trace."""
    arrived: list[Extraction] = []
    for text in TEXTS:
        arrived.insert(0, text)
        last = resolve(arrived, lexicon=load_lexicon())
    assert outcome(last) == outcome(resolve(TEXTS, lexicon=load_lexicon()))


def profiles(texts: list[Extraction]) -> list[Profile]:
    countries = Countries(load_lexicon())
    return list(dict.fromkeys(local.profile for text in texts for local in local_things(text, countries)))


def test_pairs_grow_with_the_mentions_not_with_their_square() -> None:
    short, long = (profiles(made_up(number, random.Random(3))) for number in (1000, 1000 * _FACTOR))
    few, many = (sum(1 for _ in Blocks(found).pairs()) / len(found) for found in (short, long))
    assert many < few * _FACTOR / 2  # comparing all with all would be the whole factor


def test_a_crowded_block_is_split_and_told_and_keeps_who_belongs_together() -> None:
    firsts = [f"{start}{middle}{end}" for start in "BDFGKLMNPRST" for middle in ("ar", "e", "o") for end in
              ("bi", "dan", "ku", "lim", "mor", "nas", "pet")]  # fmt: skip
    texts = [read(f"[{first} Moghimi|person|a] spoke.", f"x{number}") for number, first in enumerate(firsts)]
    spelled = read("[Barbi Moqimi|person|a] spoke.", "y")
    found = profiles([text.extraction for text in (*texts, spelled)])
    blocks = Blocks(found)
    pairs = list(blocks.pairs())
    assert len(pairs) == len(set(pairs)) < len(found) ** 2 / 5
    (crowd,) = [crowd for crowd in blocks.crowds if crowd.key == "Person name muqimi"]
    assert (crowd.things, crowd.split_by) == (len(found), "other words of the name")
    linker = resolve([text.extraction for text in (*texts, spelled)], lexicon=load_lexicon())
    (joined,) = [thing for thing in linker.things if thing.merged]
    assert joined.names == ("Barbi Moghimi", "Barbi Moqimi")
    assert linker.crowds == blocks.crowds
