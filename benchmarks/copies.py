"""Measures how wire copies are found among made-up texts: precision and recall on edited sentences, and the time.

    python -m benchmarks.copies [--texts N] [--seed N]

Half of the texts are copies of another one: sentences are left out, cut short, begun otherwise or reworded in a word or
two.  Beside each copied sentence stand near misses, which must not be taken for copies: another number, another name,
the other direction.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import time

from indiggraph.copies import find_copies
from indiggraph.model import Document, Extraction, Form, Mention, Span, ThingType

_STARTS = ("bel", "cor", "dan", "fel", "gar", "hol", "jun", "kor", "lim", "mar", "nor", "pel")
_ENDS = ("ade", "ber", "cot", "dle", "ent", "fin", "gon", "hut", "ine", "jer", "kin", "lot", "mer")
_NOUNS = [f"{a}{b}{c}{d}" for a in _STARTS for b in _STARTS for c in _STARTS for d in _ENDS]
_SHAPE = "The {0} of {1} said {2} {3} in {4} rose by {5} percent to {6} million tons of {7} in the {8} of the {9} year"
_SLOTS = 10


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    texts, wanted = made_up(arguments.texts, random.Random(arguments.seed))
    start = time.process_time()
    found = set(find_copies(texts).texts.items())
    seconds = time.process_time() - start
    hits = len(found & wanted)
    print(f"texts        {len(texts):,}, {len(wanted):,} of them copies")
    print(f"precision    {hits / max(1, len(found)):.3f}")
    print(f"recall       {hits / max(1, len(wanted)):.3f}")
    print(f"processor    {seconds:.1f} s")


def made_up(number: int, chance: random.Random) -> tuple[list[Extraction], set[tuple[str, str]]]:
    """Texts of eight sentences: originals, their copies, and texts that look like copies; and which are copies."""
    texts, wanted = [], set()
    for place in range(number // 3):
        sentences = [_sentence(chance) for _ in range(8)]
        copied = [_edited(sentence, chance) for sentence in chance.sample(sentences, 6)]
        near = [_changed(sentence, chance) for sentence in sentences]
        for kind, told in (("a", sentences), ("b", copied), ("c", near)):
            texts.append(_text(f"{place}{kind}", told, 1 + "abc".index(kind)))
        wanted.add((f"{place}b", f"{place}a"))
    return texts, wanted


def _sentence(chance: random.Random) -> list[str]:
    slots = chance.choices(_NOUNS, k=_SLOTS)
    slots[1] = slots[1].title()
    slots[5], slots[6] = str(chance.randrange(2, 40)), str(chance.randrange(50, 900))
    return _SHAPE.format(*slots).split()


def _edited(words: list[str], chance: random.Random) -> list[str]:
    """What an editor does to a wire's sentence: cuts the end or the beginning, or changes a word."""
    how = chance.randrange(3)
    if how == 0:
        return words[:-6]
    if how == 1:
        return ["Meanwhile", "the", *words[1:]]
    place = chance.choice([i for i, word in enumerate(words) if word.islower() and word not in ("rose", "million")])
    return [*words[:place], chance.choice(_NOUNS), *words[place + 1 :]]


def _changed(words: list[str], chance: random.Random) -> list[str]:
    """Another statement in the same words: another number, another name, or the other direction."""
    old, new = chance.choice([(words[words.index("by") + 1], "41"), (words[3], "Xelade"), ("rose", "fell")])
    return [new if word == old else word for word in words]


def _text(ident: str, sentences: list[list[str]], day: int) -> Extraction:
    text, mentions = "", []
    for words in sentences:
        span = Span(len(text), len(text) + len(" ".join(words)) + 1)
        text += " ".join(words) + ". "
        place = Span(span.start, span.start + len(words[0]))
        mentions.append(
            Mention(
                id=f"{ident}:{span.start}",
                document=ident,
                span=place,
                sentence=span,
                type=ThingType.ORGANIZATION,
                form=Form.NOMINAL,
                text=words[0],
                name=words[0],
                head="x",
                rule="made up",
            )
        )
    return Extraction(Document(ident, text, published=dt.date(2021, 1, day)), tuple(mentions), (), ())


if __name__ == "__main__":
    main()
