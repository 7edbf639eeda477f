"""How right a graph is: the figures of the accuracy gate, from gold annotations.

A thing, post, fact or slot is right, spare or missed; precision, recall and F1 follow, over all and by slot, type of
fact and document.  Gold documents that the graph lacks count as all missed; documents without gold are not looked at.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from indiggraph.errors import ResourceError
from indiggraph.evaluation.align import Things, align_facts, align_things
from indiggraph.evaluation.answers import Answer
from indiggraph.evaluation.gold import GoldDocument, GoldFact, GoldTenure, read_gold
from indiggraph.evaluation.grounding import score_grounding
from indiggraph.evaluation.identity import score_identity
from indiggraph.evaluation.predicted import Predicted, PredictedFact, PredictedTenure, read_predicted
from indiggraph.evaluation.reliability import Judged
from indiggraph.evaluation.result import Evaluation, Sums
from indiggraph.evaluation.slots import LINKED, MISSED, Verdict, aligned_slots, missed_slots, spare_slots
from indiggraph.evaluation.words import overlap
from indiggraph.store import Graph

__all__ = ["Evaluation", "Sums", "evaluate"]

_SCORED = frozenset({"Person", "Organization", "Group", "Place", "Program", "Gathering"})
"""Classes of things that are scored with precision."""
_SIMILAR_POST, _SIMILAR_BODY = 0.4, 0.6
_CUE = 60
"""Characters of a sentence that name a spare fact."""


def evaluate(gold_dir: str | Path, graph: Graph, texts: str | Path | None = None) -> Evaluation:
    """Score a graph against a folder of gold annotations.

    Where the folder holds ``identity.json``, identity across documents is scored too; with ``texts``, a folder of the
    articles as ``<id>.txt``, the offsets and the evidence are checked against them.

    Raises:
        ResourceError: the folder holds no gold, or a file of it is malformed.
        QueryError: the graph cannot be queried.
    """
    folder = Path(gold_dir)
    documents = read_gold(folder)
    predicted = read_predicted(graph)
    counter = _Counter(predicted)
    for document in documents:
        counter.count(document)
    names = [document.id for document in documents]
    identity = folder / "identity.json"
    return Evaluation(
        documents=tuple(names),
        absent=tuple(name for name in names if name not in predicted.documents),
        answers=tuple(counter.answers),
        sums=Sums(counter.sums, counter.sums_found, counter.sums_linked),
        judged=tuple(counter.judged),
        grounding=None if texts is None else score_grounding(graph, predicted, _texts(Path(texts), names)),
        identity=score_identity(identity, names, predicted) if identity.exists() else None,
    )


def _texts(folder: Path, documents: list[str]) -> dict[str, str]:
    paths = {ident: folder / f"{ident}.txt" for ident in documents}
    found = {ident: path for ident, path in paths.items() if path.exists()}
    if not found:
        raise ResourceError(str(folder), "holds no text of a gold document")
    return {ident: path.read_bytes().decode("utf-8") for ident, path in found.items()}


class _Counter:
    """The answers, collected document by document."""

    def __init__(self, graph: Predicted) -> None:
        self.graph = graph
        self.answers: list[Answer] = []
        self.judged: list[Judged] = []
        self.sums = self.sums_found = self.sums_linked = 0

    def count(self, document: GoldDocument) -> None:
        """Collect the answers of one document."""
        things = align_things(document, self.graph)
        self._count_things(document, things)
        self._count_tenures(document, things)
        self._count_facts(document, things)

    # ---- things ----

    def _count_things(self, document: GoldDocument, things: Things) -> None:
        free = {entity.key for entity in document.entities if entity.optional or entity.types[0] == "Product"}
        for entity in document.entities:
            if entity.types[0] in _SCORED and entity.key not in free:
                iri = things.iri_of.get(entity.key)
                typed = iri is not None and self._has_class(iri, entity.types)
                name = things.name(entity.key)
                self._note(document, "entities", "missed" if iri is None else "right", name)
                self._note(document, "entities_typed", "right" if typed else "missed", f"{name} ({entity.types[0]})")
        accepted = {entity.key: entity.types for entity in reversed(document.entities)}
        for iri in self.graph.mentions[document.id]:
            key = things.key_of.get(iri)
            if not self.graph.types.get(iri, set()) & _SCORED or key in free:
                continue
            name = things.called(iri)
            if key is None:
                self._note(document, "entities", "spare", found=name)
            if key is None or not self._has_class(iri, accepted[key]):
                kinds = "/".join(sorted(self.graph.top(iri)))
                self._note(document, "entities_typed", "spare", found=f"{name} ({kinds})")

    def _has_class(self, iri: str, accepted: tuple[str, ...]) -> bool:
        """Whether a thing has one class of the table, and that one is accepted."""
        top = self.graph.top(iri)
        return len(top) == 1 and not top.isdisjoint(accepted)

    def _note(self, document: GoldDocument, part: str, verdict: Verdict, gold: str = "", found: str = "") -> None:
        self.answers.append(Answer(document.id, part, verdict, gold, found))

    # ---- posts ----

    def _count_tenures(self, document: GoldDocument, things: Things) -> None:
        left = list(self.graph.tenures[document.id])
        for gold in document.tenures:
            name = f"{things.name(gold.person)}, {gold.posts[0]}"
            found = next((tenure for tenure in left if _same_tenure(gold, tenure, things)), None)
            if found is not None:
                left.remove(found)
                self._note(document, "tenures", "right", name)
                if gold.former or found.former:
                    verdict: Verdict = "spare" if not gold.former else "right" if found.former else "missed"
                    self._note(document, "former", verdict, name)
            elif not gold.optional:
                self._note(document, "tenures", "missed", name)
        for tenure in left:
            person = "nobody" if tenure.person is None else things.called(tenure.person)
            self._note(document, "tenures", "spare", found=f"{person}, {tenure.post}")

    # ---- facts ----

    def _count_facts(self, document: GoldDocument, things: Things) -> None:
        found = self.graph.facts[document.id]
        aligned = align_facts(things, found)
        fact_of = {document.facts[i].key: found[j].iri for i, j in aligned.items()}
        for i, gold in enumerate(document.facts):
            if not gold.optional:
                self._count_fact(gold, found[aligned[i]] if i in aligned else None, things, fact_of)
        gold_of = {j: document.facts[i] for i, j in aligned.items()}
        for j, fact in enumerate(found):
            self._count_spare(fact, gold_of.get(j), things)

    def _count_fact(self, gold: GoldFact, fact: PredictedFact | None, things: Things, fact_of: dict[str, str]) -> None:
        noter = _Noter(self.answers, things.document.id, _gold_name(gold), gold.type, fact is not None)
        right = fact is not None and fact.type in gold.types
        noter.note("facts", "right" if right else "missed", _gold_name(gold), "" if fact is None else fact.type)
        if fact is None:
            missed_slots(gold, things, noter.note)
            wrong = {MISSED}
        else:
            wrong = aligned_slots(gold, fact, things, fact_of, noter.note)
            self._judge(things.document.id, fact, right)
        if gold.counted_amount is not None:
            self.sums += 1
            self.sums_found += not wrong & {MISSED, "amount"}
            self.sums_linked += not wrong & LINKED

    def _count_spare(self, fact: PredictedFact, gold: GoldFact | None, things: Things) -> None:
        """Count a fact as spare that nothing annotates, or whose type is another than the annotated ones."""
        if gold is not None and fact.type in gold.types:
            return
        name = _spare_name(fact) if gold is None else _gold_name(gold)
        noter = _Noter(self.answers, things.document.id, name, fact.type, gold is not None)
        noter.note("facts", "spare", "", _spare_name(fact))
        if gold is None:
            spare_slots(fact, things, noter.note)
        elif gold.optional:
            noter.note("type", "spare", "", fact.type)
        if gold is None or gold.optional:
            self._judge(things.document.id, fact, right=False)

    def _judge(self, document: str, fact: PredictedFact, right: bool) -> None:
        if fact.confidence is not None:
            self.judged.append(Judged(document, fact.iri, fact.confidence, right))


@dataclass(frozen=True, slots=True)
class _Noter:
    """Takes the answers of one fact."""

    answers: list[Answer]
    document: str
    fact: str
    type: str
    alone: bool

    def note(self, part: str, verdict: Verdict, gold: str, found: str) -> None:
        """Take one answer."""
        alone = self.alone or part == "facts"
        self.answers.append(Answer(self.document, part, verdict, gold, found, self.fact, self.type, alone))


def _gold_name(gold: GoldFact) -> str:
    cue = f", “{gold.cues[0]}”" if gold.cues else ""
    return f"{gold.key} {gold.type}{cue}"


def _spare_name(fact: PredictedFact) -> str:
    quote = " ".join(min(fact.quotes, default="").split())
    return f"{fact.type}, “{quote[:_CUE].rstrip()}{'…' if len(quote) > _CUE else ''}”"


def _same_tenure(gold: GoldTenure, tenure: PredictedTenure, things: Things) -> bool:
    """Whether a post is the annotated one: the person, a like post, and the body where both name one."""
    if things.iri_of.get(gold.person) != tenure.person or tenure.person is None:
        return False
    if not any(overlap(post, tenure.post) >= _SIMILAR_POST for post in gold.posts):
        return False
    return _same_body(gold, tenure, things)


def _same_body(gold: GoldTenure, tenure: PredictedTenure, things: Things) -> bool:
    if things.iri_of.get(gold.organization or "") == tenure.organization:
        return True
    if tenure.organization is None:
        return overlap(gold.posts[0], tenure.post) >= _SIMILAR_BODY
    called = things.surfaces(tenure.organization)
    alike = any(overlap(body, surface) >= _SIMILAR_BODY for body in gold.bodies for surface in called)
    return gold.organization is None and alike
