"""Measures identity on made-up mentions: how long 100,000 of them take, in how much memory, and pairs scored a second.

    python -m benchmarks.identity [--mentions N] [--seed N]

Each text mentions a country, its people by full name and surname, its bodies by long name and acronym, and a group.
Names are put together from syllables; one person is spelt in several ways.  How often a name is used falls with its
rank, as in news.  Printed: seconds of one core and peak memory of the whole decision, things found, and pairs scored a
second of one core.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from collections.abc import Sequence
from itertools import islice
from typing import TypeVar

from indiggraph.lexicon import load_lexicon
from indiggraph.model import Document, Extraction, Form, Mention, Span, ThingType
from indiggraph.resolve import resolve
from indiggraph.resolve.block import Blocks
from indiggraph.resolve.context import Countries
from indiggraph.resolve.features import Corpus, score
from indiggraph.resolve.local import local_things

_COUNTRIES = {"Kenya": "KE", "Iran": "IR", "Turkey": "TR", "India": "IN", "Brazil": "BR", "Norway": "NO"}
_STARTS = ["Ba", "Gha", "Ka", "Mo", "Ne", "Pa", "Ra", "Sha", "Ta", "Za", "Del", "Far", "Jah", "Khos", "Nik", "Sor"]
_MIDDLES = ["ba", "de", "hi", "ka", "le", "ma", "ni", "ra", "sho", "ta", "vi", "za"]
_ENDS = ["di", "ghi", "ian", "khah", "lou", "mi", "nejad", "pour", "qi", "ri", "shi", "vand"]
_FIELDS = ["Steel", "Cement", "Energy", "Trade", "Mining", "Water", "Textile", "Copper", "Sugar", "Transport", "Glass"]
_KINDS = ["Company", "Organization", "Association", "Fund", "Bank", "Institute"]
_SPELLINGS = (("gh", "q"), ("ou", "u"), ("i", "y"), ("kh", "kh"), ("sh", "sh"))
_PER_TEXT = 20
T = TypeVar("T")
_Surface = tuple[str, ThingType, Form, str | None]
"""What stands in a text: the words, their class and form, a country's code."""


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mentions", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    lexicon = load_lexicon()
    texts = made_up(arguments.mentions, random.Random(arguments.seed))
    mentions = sum(len(text.mentions) for text in texts)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    linker = resolve(texts, lexicon=lexicon)
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"{mentions:,} mentions of {len(texts):,} texts: {len(linker.things):,} things in {seconds:.1f} s")
    print(f"peak memory {peak / 1024:,.0f} MB, of it {before / 1024:,.0f} MB before the decision")
    print(f"blocks that were split: {len(linker.crowds)}")
    print(f"pairs scored a second: {pairs_a_second(texts[:2000], Countries(lexicon)):,.0f}")


def made_up(mentions: int, chance: random.Random) -> list[Extraction]:
    """Texts with that many mentions."""
    people = [f"{_name(chance)} {_name(chance)}" for _ in range(max(10, mentions // 40))]
    bodies = [_body(chance) for _ in range(max(10, mentions // 100))]
    return [_text(f"text{number}", people, bodies, chance) for number in range(mentions // _PER_TEXT)]


def pairs_a_second(texts: list[Extraction], countries: Countries) -> float:
    """How many pairs that share a block are scored a second."""
    profiles = list(dict.fromkeys(local.profile for text in texts for local in local_things(text, countries)))
    corpus = Corpus.of(profiles)
    pairs = list(islice(Blocks(profiles).pairs(), 200_000))
    start = time.process_time()
    for left, right in pairs:
        score(profiles[left], profiles[right], corpus)
    return len(pairs) / (time.process_time() - start)


def _name(chance: random.Random) -> str:
    middles = chance.choices(_MIDDLES, k=chance.choice((1, 1, 2)))
    return "".join([chance.choice(_STARTS), *middles, chance.choice(_ENDS)])


def _body(chance: random.Random) -> tuple[str, str]:
    """A long name and its acronym."""
    words = [_name(chance), *chance.sample(_FIELDS, 2), chance.choice(_KINDS)]
    return " ".join(words), "".join(word[0] for word in words)


def _text(ident: str, people: list[str], bodies: list[tuple[str, str]], chance: random.Random) -> Extraction:
    country = chance.choice(list(_COUNTRIES))
    surfaces: list[_Surface] = [(country, ThingType.PLACE, Form.NAME, _COUNTRIES[country])]
    while len(surfaces) < _PER_TEXT - 1:
        person = _spelled(_picked(people, chance), chance)
        long, short = _picked(bodies, chance)
        surfaces += [
            (person, ThingType.PERSON, Form.NAME, None),
            (person.split()[-1], ThingType.PERSON, Form.NAME, None),
        ]
        surfaces += [(long, ThingType.COMPANY, Form.NAME, None), (short, ThingType.COMPANY, Form.NAME, None)]
    group = f"{chance.choice(_FIELDS).lower()} {chance.choice(('makers', 'exporters', 'investors'))}"
    surfaces = [*surfaces[: _PER_TEXT - 1], (group, ThingType.GROUP, Form.NOMINAL, None)]
    mentions, text = [], ""
    for surface, kind, form, key in surfaces:
        span = Span(len(text), len(text) + len(surface))
        mentions.append(_mention(ident, span, surface, kind, form, key))
        text += f"{surface}. "
    return Extraction(Document(ident, text), tuple(mentions), (), ())


def _picked(items: Sequence[T], chance: random.Random) -> T:
    """One of the items, the first ones much more often."""
    return items[int(len(items) * chance.random() ** 3)]


def _spelled(name: str, chance: random.Random) -> str:
    old, new = chance.choice(_SPELLINGS)
    return name.replace(old, new) if chance.random() < 0.3 else name


def _mention(ident: str, span: Span, surface: str, kind: ThingType, form: Form, key: str | None) -> Mention:
    return Mention(
        id=f"{ident}:{span.start}",
        document=ident,
        span=span,
        sentence=Span(span.start, span.end + 1),
        type=kind,
        form=form,
        text=surface,
        name=surface,
        head=surface.split()[-1].lower().removesuffix("s"),
        rule="made up",
        key=key,
        country=key,
    )


if __name__ == "__main__":
    main()
