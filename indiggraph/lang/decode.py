"""From scores to trees, names and lemmas. Pure numpy; knows neither spaCy nor the network."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

__all__ = [
    "apply_lemma_rule",
    "best_tree",
    "bio_spans",
    "bio_transitions",
    "is_tree",
    "lemma_rule",
    "regular_nouns",
    "regular_verbs",
    "viterbi",
]

Floats = npt.NDArray[np.floating]
IntArray = npt.NDArray[np.int64]

_FORBIDDEN = -1e9  # score of an arc or a step that must never be taken
_EXTRA_ROOT = 1e4  # charge for each arc from the root, so that the best tree has exactly one
_MAX_CUT = 6  # letters a lemma rule may cut; beyond that the lemma is spelled out


# --- trees -----------------------------------------------------------------------------------------------------------


def best_tree(scores: Floats) -> IntArray:
    """Heads of the best tree with one root.

    `scores[i, j]` says how well head j (0 the root, word k is k + 1) suits word i (from 0); the heads returned count
    alike. Scores need no normalising: what is added to all heads of a word is added to every tree. Greedy heads are
    kept where they are such a tree; otherwise Chu-Liu/Edmonds.
    """
    words = len(scores)
    allowed = scores.astype(np.float64)
    np.fill_diagonal(allowed[:, 1:], _FORBIDDEN)
    greedy: IntArray = allowed.argmax(1)
    if is_tree(heads := greedy.tolist()) and heads.count(0) == 1:
        return greedy
    square = np.full((words + 1, words + 1), _FORBIDDEN)
    square[1:] = allowed
    square[1:, 0] -= _EXTRA_ROOT
    return _spanning_tree(square)[1:]


def is_tree(heads: Sequence[int]) -> bool:
    """Whether every word reaches the root (no cycle)."""
    seen = [-1] + [0] * len(heads)  # number of the walk that first came by
    for start in range(1, len(seen)):
        node = start
        while seen[node] == 0:
            seen[node] = start
            node = heads[node - 1]
        if seen[node] == start:
            return False
    return True


def _find_cycle(heads: IntArray) -> list[int]:
    """Nodes of one cycle of the graph, empty if there is none; node 0 is the root."""
    seen = np.zeros(len(heads), np.int64)
    seen[0] = -1
    for start in range(1, len(heads)):
        node = start
        while seen[node] == 0:
            seen[node] = start
            node = int(heads[node])
        if seen[node] == start:
            cycle = [node]
            while (node := int(heads[node])) != cycle[0]:
                cycle.append(node)
            return cycle
    return []


def _spanning_tree(scores: Floats) -> IntArray:
    """Chu-Liu/Edmonds over `scores[dependent, head]`; node 0 is the root and its own head in the answer."""
    heads: IntArray = scores.argmax(1)
    heads[0] = 0
    members = _find_cycle(heads)
    if not members:
        return heads
    cycle = np.array(members)
    outside = np.ones(len(scores), np.bool_)
    outside[cycle] = False
    rest = np.flatnonzero(outside)
    broken_at, left_from, contracted = _contract(scores, heads, cycle, rest)
    inner = _spanning_tree(contracted)
    answer = np.zeros(len(scores), np.int64)
    answer[cycle] = heads[cycle]
    for place, node in enumerate(rest):
        if node:
            answer[node] = cycle[left_from[place]] if inner[place] == len(rest) else rest[inner[place]]
    entered_by = inner[len(rest)]
    answer[cycle[broken_at[entered_by]]] = rest[entered_by]
    return answer


def _contract(scores: Floats, heads: IntArray, cycle: IntArray, rest: IntArray) -> tuple[IntArray, IntArray, Floats]:
    """Fold a cycle into one last node.

    Returns, for each node of `rest`: the place in the cycle that an arc from it would enter, the place in the cycle
    that its own arc would leave, and the scores of the folded graph.
    """
    size = len(rest)
    gain = scores[np.ix_(cycle, rest)] - scores[cycle, heads[cycle]][:, None]
    leave = scores[np.ix_(rest, cycle)]
    folded = np.full((size + 1, size + 1), 10 * _FORBIDDEN)
    folded[:size, :size] = scores[np.ix_(rest, rest)]
    folded[size, :size] = gain.max(0)
    folded[:size, size] = leave.max(1)
    folded[0] = 10 * _FORBIDDEN
    return gain.argmax(0), leave.argmax(1), folded


# --- names -----------------------------------------------------------------------------------------------------------


def bio_transitions(tags: Sequence[str]) -> Floats:
    """Score of each step from one tag (row) to the next (column): 0, or forbidden where I- does not continue a name.

    The row of `O` is also what may stand at the start of a sentence.
    """
    steps = np.zeros((len(tags), len(tags)))
    for row, before in enumerate(tags):
        for column, after in enumerate(tags):
            if after.startswith("I-") and before[2:] != after[2:]:
                steps[row, column] = _FORBIDDEN
    return steps


def viterbi(scores: Floats, steps: Floats, start: int) -> IntArray:
    """Best sequence of tags; `start` is the tag taken to stand before the first word.

    Scores need no normalising, as in `best_tree`.
    """
    greedy: IntArray = scores.argmax(1)
    if not (steps[np.concatenate([[start], greedy[:-1]]), greedy] < 0).any():
        return greedy
    best = scores[0] + steps[start]
    back = []
    for row in scores[1:]:
        candidates = best[:, None] + steps
        back.append(candidates.argmax(0))
        best = candidates.max(0) + row
    path = [int(best.argmax())]
    for pointers in reversed(back):
        path.append(int(pointers[path[-1]]))
    return np.array(path[::-1], np.int64)


def bio_spans(tags: Sequence[str]) -> list[tuple[int, int, str]]:
    """Names as (start, end, label), end exclusive, from well-formed BIO tags."""
    spans: list[tuple[int, int, str]] = []
    start = -1
    for place, tag in enumerate([*tags, "O"]):
        if start >= 0 and not tag.startswith("I-"):
            spans.append((start, place, tags[start][2:]))
            start = -1
        if tag.startswith("B-"):
            start = place
    return spans


# --- lemmas ----------------------------------------------------------------------------------------------------------


def lemma_rule(form: str, lemma: str) -> str:
    """The edit that makes `lemma` of `form`.

    `=form` and `=lower` keep the form; `=` + text is the lemma itself; otherwise the case (l lower, k kept, t title),
    the number of letters cut off at the end, `|`, and the letters added.
    """
    low_form, low_lemma = form.lower(), lemma.lower()
    shared = 0
    while shared < min(len(low_form), len(low_lemma)) and low_form[shared] == low_lemma[shared]:
        shared += 1
    cut = len(form) - shared
    if shared and cut <= _MAX_CUT:
        for case in "lkt":
            rule = f"{case}{cut}|{low_lemma[shared:]}"
            if apply_lemma_rule(form, rule) == lemma:
                return rule
    if form == lemma:
        return "=form"
    return "=lower" if low_form == lemma else f"={lemma}"


def apply_lemma_rule(form: str, rule: str) -> str:
    """The lemma that a rule of `lemma_rule` makes of a form; a rule that cuts too much leaves the form."""
    if rule == "=form":
        return form
    if rule == "=lower":
        return form.lower()
    if rule.startswith("="):
        return rule[1:]
    cut, added = rule[1:].split("|", 1)
    keep = len(form) - int(cut)
    text = form[:keep] + added if keep > 0 else form
    if rule[0] == "l":
        return text.lower()
    return text if rule[0] == "k" else text[:1].upper() + text[1:].lower()


def regular_verbs(form: str, tag: str) -> tuple[str, ...]:
    """Lemmas that a regular English verb form may have, likeliest first, by the rules of spelling.

    `tag` is VBD, VBN, VBG or VBZ; other tags give none.  A doubled consonant is undone ("allotted"), and an "e" is
    put back where English words need one ("disbursed", "localised").
    """
    if tag == "VBZ":
        return _of_third_person(form.lower())
    endings = {"VBD": ("ed", "d"), "VBN": ("ed", "d"), "VBG": ("ing",)}.get(tag, ())
    low = form.lower()
    ending = next((e for e in endings if low.endswith(e) and len(low) > len(e) + 2), None)
    if ending is None:
        return ()
    stem = low[: -len(ending)]
    if ending == "d":
        return (stem,)
    if stem.endswith("i"):
        return (stem[:-1] + "y",)
    doubled = stem[-1] == stem[-2] and stem[-1] in "bdgklmnprtvz" and not _DOUBLE_L.search(stem)
    undoubled = (stem[:-1],) if doubled else ()
    if len(stem) > len("bias") and stem.endswith(_ALWAYS_E):
        return (stem + "e",)
    silent_e = stem.endswith(_SILENT_E) and not stem.endswith("ss")
    plain = (stem + "e", stem) if silent_e or _SHORT.fullmatch(stem) else (stem, stem + "e")
    return (*undoubled, *plain)


def regular_nouns(form: str, tag: str) -> tuple[str, ...]:
    """Lemmas that a regular plural may have where spelling leaves two, likeliest first: "factories", "batches"."""
    low = form.lower()
    if tag != "NNS":
        return ()
    if low.endswith("ies") and len(low) > len("ties"):
        return (low[:-3] + "y", low[:-1])
    return (low[:-2], low[:-1]) if low.endswith(("ches", "shes", "sses", "xes", "zzes", "oes")) else ()


def _of_third_person(low: str) -> tuple[str, ...]:
    """ "abolishes", "ratifies": an "e" of the ending is none of the verb's; other verbs only drop the "s"."""
    if low.endswith("ies") and len(low) > len("flies"):
        return (low[:-3] + "y",)
    return (low[:-2],) if low.endswith(("shes", "ches", "sses", "xes", "zzes")) else ()


_DOUBLE_L = re.compile(r"^[^aeiouy]*[aeiouy]ll$|(?:ba|ca|fa|sta|thra|wa)ll$")
"""Stems that have two "l" in every form: "mulled", "mothballed", "installed"; not "cancelled", "totalled"."""
_SILENT_E = (
    "s",
    "z",
    "c",
    "v",
    "u",
    "dg",
    "at",
    "ur",
    "id",
    "ut",
    "iv",
    "bl",
    "pl",
    "dl",
    "tl",
    "gl",
    "lig",
    "rod",
    "ced",
    "nven",
)
_ALWAYS_E = ("is", "yz", "lin", "plor", "opin")
"""Ends of longer stems that are no words without an "e", though nouns may look like them ("emphasised")."""
_SHORT = re.compile(r"[^aeiou]*[aeiou][^aeiouwxy]")
"""One short vowel before one consonant, which would be doubled if the verb had no "e" ("mined", but "pinned")."""
