"""Measures a model through the run-time that ships: `python -m training.evaluate --data FOLDER`.

Gold tokens and sentences. Attachment scores leave punctuation out; relations count with their subtypes. Names count
when both ends and the label agree, GPE and LOC being one label, and never where the gold label is unknown. On raw text
a sentence, or a token, is right when its first and last character are. Speed is that of `nlp.pipe` on raw text, tokens,
sentences and all, as words of the treebank per second of one core.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language

from indiggraph.lang import load
from indiggraph.lang.analyser import Analyser, Analysis
from training.data import Sentence, entities, read_names, read_treebank, words
from training.raw import RawText, Span, read_raw

TREEBANK_TESTS = ("ud_ewt_test", "ud_gum_open_test", "ud_pud_test")
NAME_TESTS = ("ner_uner_ewt_test", "ner_wikigold_test", "ner_crossner_politics_test")
TREEBANK_DEVS = ("ud_ewt_dev", "ud_gum_open_dev")
NAME_DEVS = ("ner_uner_ewt_dev",)
SPEED_TEST = "ud_pud_test"
_PARAGRAPH = 10  # sentences
_PASSES = 3  # over the texts; the fastest counts
_NAME_LABELS = {
    "ner_uner_ewt_test": ("PERSON", "ORG", "LOC"),
    "ner_uner_ewt_dev": ("PERSON", "ORG", "LOC"),
    "ner_wikigold_test": ("PERSON", "ORG", "LOC"),
    "ner_crossner_politics_test": ("PERSON", "ORG", "LOC", "EVENT"),
}

Scores = dict[str, float]


@dataclass(frozen=True, slots=True)
class Tally:
    """Names found rightly, found wrongly, and missed."""

    right: int
    wrong: int
    missed: int

    @property
    def f1(self) -> float:
        """F1 in per cent; 0 if there is nothing to find and nothing found."""
        return round(200 * self.right / max(1, 2 * self.right + self.wrong + self.missed), 1)


def score_trees(gold: Sequence[Sentence], found: Sequence[Analysis], analyser: Analyser) -> Scores:
    """UAS, LAS, UPOS, XPOS and lemma accuracy in per cent."""
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    labels = analyser.labels
    for sentence, analysis in zip(gold, found, strict=True):
        for place, token in enumerate(sentence):
            head = int(analysis.heads[place]) == token.head
            checks = {
                "UPOS": labels.upos[analysis.upos[place]] == token.upos,
                "XPOS": labels.xpos[analysis.xpos[place]] == token.xpos,
                "lemma": analysis.lemmas[place] == token.lemma,
            }
            if token.rel != "punct":
                checks |= {"UAS": head, "LAS": head and labels.rel[analysis.rel[place]] == token.rel}
            for name, value in checks.items():
                total[name] += 1
                right[name] += value
    return {name: round(100 * right[name] / total[name], 1) for name in ("UAS", "LAS", "UPOS", "XPOS", "lemma")}


def score_names(gold: Sequence[Sentence], found: Sequence[Analysis], labels: Sequence[str]) -> Scores:
    """F1 over all labels and for each label, in per cent."""
    counts: dict[str, Counter[str]] = {label: Counter() for label in labels}
    for sentence, analysis in zip(gold, found, strict=True):
        wanted = {(start, end, _merged(label)) for start, end, label in entities(sentence)}
        known = {
            (start, end, _merged(label))
            for start, end, label in analysis.names
            if all(token.ner is not None for token in sentence[start:end])
        }
        for name, spans in (("right", wanted & known), ("wrong", known - wanted), ("missed", wanted - known)):
            for _, _, label in spans:
                if label in counts:
                    counts[label][name] += 1
    total: Counter[str] = sum(counts.values(), Counter())
    return {"F1": _tally(total).f1, **{label: _tally(count).f1 for label, count in counts.items()}}


def score_raw(gold: Sequence[RawText], nlp: Language) -> Scores:
    """F1 of sentences and of tokens of raw text, in per cent."""
    counts: dict[str, Counter[str]] = {"sentences": Counter(), "tokens": Counter()}
    for raw in gold:
        doc = nlp(raw.text)
        tokens = [[(token.idx, token.idx + len(token)) for token in sent if not token.is_space] for sent in doc.sents]
        _count(counts["sentences"], set(raw.sentences), {(sent[0][0], sent[-1][1]) for sent in tokens if sent})
        _count(counts["tokens"], set(raw.tokens), {token for sent in tokens for token in sent})
    return {name: _tally(count).f1 for name, count in counts.items()}


def _count(counts: Counter[str], wanted: set[Span], found: set[Span]) -> None:
    counts.update(right=len(wanted & found), wrong=len(found - wanted), missed=len(wanted - found))


def _merged(label: str) -> str:
    return "LOC" if label == "GPE" else label


def _tally(count: Counter[str]) -> Tally:
    return Tally(count["right"], count["wrong"], count["missed"])


def _analyse(analyser: Analyser, gold: Sequence[Sentence]) -> list[Analysis]:
    return [analyser.analyse(words(sentence)) for sentence in gold]


def measure(data: Path, nlp: Language, trees: Sequence[str], names: Sequence[str]) -> dict[str, Scores]:
    """Scores of each file: trees, names, raw text."""
    record: dict[str, Scores] = {}
    analyser = nlp.get_pipe("indiggraph_syntax").analyser  # type: ignore[attr-defined]  # a pipe has any class
    for name in trees:
        gold = read_treebank(data / f"{name}.conllu.xz")
        record[name] = score_trees(gold, _analyse(analyser, gold), analyser)
    for name in names:
        named = read_names(data / f"{name}.jsonl.xz")
        record[name] = score_names(named, _analyse(analyser, named), _NAME_LABELS[name])
    with nlp.select_pipes(enable="indiggraph_sentences"):
        for name in trees:
            record[f"{name}_raw"] = score_raw(read_raw(data / f"{name}.conllu.xz"), nlp)
    return record


def measure_speed(nlp: Language, gold: Sequence[Sentence]) -> Scores:
    """Words per second of `nlp.pipe` on texts of one sentence and of ten, the process pinned to one core."""
    singles = [" ".join(words(sentence)) for sentence in gold]
    paragraphs = [" ".join(singles[start : start + _PARAGRAPH]) for start in range(0, len(singles), _PARAGRAPH)]
    count = sum(len(sentence) for sentence in gold)
    with _one_core():
        return {
            "words per second, one sentence a text": round(count / _fastest(nlp, singles)),
            "words per second, ten sentences a text": round(count / _fastest(nlp, paragraphs)),
        }


def _fastest(nlp: Language, texts: Sequence[str]) -> float:
    """Seconds of processor time of the fastest of some passes."""
    spent = []
    for _ in range(_PASSES):
        started = time.process_time()
        for _ in nlp.pipe(texts):
            pass
        spent.append(time.process_time() - started)
    return min(spent)


@contextmanager
def _one_core() -> Iterator[None]:
    """Keep the process on the last of its cores; where a system cannot do that, one thread is all that holds it."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(allowed)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, allowed)


def show(record: dict[str, Scores], write: Callable[[str], None] = print) -> None:
    """A table: one line for each file."""
    for name, scores in record.items():
        write(f"{name:28} " + "  ".join(f"{key} {value:g}" for key, value in scores.items()))


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with the training data (README.md)")
    parser.add_argument("--model", type=Path, default=Path("indiggraph/data/model"))
    parser.add_argument("--out", type=Path, default=Path("training/record.json"))
    parser.add_argument("--dev", action="store_true", help="development splits only; writes no record")
    options = parser.parse_args()
    nlp = load(options.model)
    if options.dev:
        show(measure(options.data, nlp, TREEBANK_DEVS, NAME_DEVS))
        return
    record = measure(options.data, nlp, TREEBANK_TESTS, NAME_TESTS)
    record["nlp.pipe, one pinned core"] = measure_speed(nlp, read_treebank(options.data / f"{SPEED_TEST}.conllu.xz"))
    show(record)
    options.out.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
