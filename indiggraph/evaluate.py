"""How right a graph is: the figures of the accuracy gate, from gold annotations.

A thing, post, fact or slot is right, spare or missed; precision, recall and F1 follow.  Gold documents that the graph
lacks count as all missed; documents without gold are not looked at.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indiggraph.errors import ResourceError
from indiggraph.evaluation.align import Things, align_facts, align_things
from indiggraph.evaluation.gold import GoldDocument, GoldFact, GoldTenure, read_gold
from indiggraph.evaluation.grounding import Grounding, score_grounding
from indiggraph.evaluation.identity import Identity, score_identity
from indiggraph.evaluation.predicted import Predicted, PredictedFact, PredictedTenure, read_predicted
from indiggraph.evaluation.slots import LINKED, MISSED, SlotCounter
from indiggraph.evaluation.tally import Figures, Tally
from indiggraph.evaluation.words import overlap
from indiggraph.store import Graph

__all__ = ["Evaluation", "Sums", "evaluate"]

_SCORED = frozenset({"Person", "Organization", "Group", "Place", "Program", "Gathering"})
"""Classes of things that are scored with precision."""
_SIMILAR_POST, _SIMILAR_BODY = 0.4, 0.6


@dataclass(frozen=True, slots=True)
class Sums:
    """Sums of the gold: how many there are, are found, and are found with every slot that links them right."""

    total: int
    found: int
    linked: int

    def to_json(self) -> dict[str, Any]:
        """The total, and the shares (``None`` where there are no sums)."""
        shares = {"found": self.found, "fully_linked": self.linked}
        return {"total": self.total} | {
            name: round(number / self.total, 4) if self.total else None for name, number in shares.items()
        }


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All figures; ``absent`` counts gold documents that the graph lacks, ``by_document`` is F1 of the slots."""

    documents: int
    absent: int
    entities: Figures
    entities_typed: Figures
    tenures: Figures
    facts: Figures
    slots: Figures
    sums: Sums
    by_slot: Mapping[str, Figures]
    by_document: Mapping[str, float]
    grounding: Grounding | None = None
    identity: Identity | None = None

    def to_json(self) -> dict[str, Any]:
        """All figures as what JSON can hold."""
        parts = {name: getattr(self, name).to_json() for name in _PARTS}
        return {
            "documents": self.documents,
            "absent": self.absent,
            **parts,
            "sums": self.sums.to_json(),
            "by_slot": {slot: figures.to_json() for slot, figures in self.by_slot.items()},
            "by_document": dict(self.by_document),
            **({"grounding": self.grounding.to_json()} if self.grounding is not None else {}),
            **(self.identity.to_json() if self.identity is not None else {}),
        }

    def table(self) -> str:
        """The figures as text in columns."""
        rows = [(name.replace("_", " "), getattr(self, name)) for name in _PARTS]
        rows += [(f"  {slot}", figures) for slot, figures in self.by_slot.items()]
        lines = [
            f"{'':16}{'P':>7}{'R':>7}{'F1':>7}{'right':>7}{'spare':>7}{'missed':>7}",
            *(_row(*row) for row in rows),
        ]
        sums = self.sums
        lines.append(f"sums: {sums.total}, found {sums.found}, fully linked {sums.linked}")
        lines.append(f"documents: {self.documents}, absent {self.absent}")
        if self.grounding is not None:
            counts = (f"{name.replace('_', ' ')} {number}" for name, number in self.grounding.to_json().items())
            lines.append("grounding: " + ", ".join(counts))
        if self.identity is not None:
            lines.append(_identity_line(self.identity))
        return "\n".join(lines) + "\n"


_PARTS = ("entities", "entities_typed", "tenures", "facts", "slots")


def _row(name: str, figures: Figures) -> str:
    scores = (figures.precision, figures.recall, figures.f1)
    counts = (figures.right, figures.spare, figures.missed)
    return f"{name:16}" + "".join(f"{score:7.3f}" for score in scores) + "".join(f"{count:7}" for count in counts)


def _identity_line(identity: Identity) -> str:
    b_cubed = f"identity (B³): P {identity.precision:.3f}, R {identity.recall:.3f}, F1 {identity.f1:.3f}"
    names = f"{identity.missing} of {identity.mentions} names missing"
    return f"{b_cubed}; {names}; {identity.apart} of {identity.pairs} pairs of like names apart"


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
    return counter.evaluation(
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
    """The tallies, filled document by document."""

    def __init__(self, graph: Predicted) -> None:
        self.graph = graph
        self.entities, self.typed, self.tenures, self.facts = Tally(), Tally(), Tally(), Tally()
        self.slots = SlotCounter()
        self.sums = self.sums_found = self.sums_linked = 0
        self.absent = 0
        self.by_document: dict[str, float] = {}

    def count(self, document: GoldDocument) -> None:
        """Count one document."""
        before = Tally.total(self.slots.tallies.values())
        self.absent += document.id not in self.graph.documents
        things = align_things(document, self.graph)
        self._count_things(document, things)
        self._count_tenures(document, things)
        self._count_facts(document, things)
        after = Tally.total(self.slots.tallies.values())
        gained = Tally(after.right - before.right, after.spare - before.spare, after.missed - before.missed)
        self.by_document[document.id] = round(gained.scores[2], 3)

    def evaluation(self, grounding: Grounding | None, identity: Identity | None) -> Evaluation:
        """The figures of all that was counted."""
        tallies = self.slots.tallies
        return Evaluation(
            documents=len(self.by_document),
            absent=self.absent,
            entities=self.entities.figures(),
            entities_typed=self.typed.figures(),
            tenures=self.tenures.figures(),
            facts=self.facts.figures(),
            slots=Tally.total(tallies.values()).figures(),
            sums=Sums(self.sums, self.sums_found, self.sums_linked),
            by_slot={slot: tallies[slot].figures() for slot in sorted(tallies)},
            by_document=dict(self.by_document),
            grounding=grounding,
            identity=identity,
        )

    # ---- things ----

    def _count_things(self, document: GoldDocument, things: Things) -> None:
        free = {entity.key for entity in document.entities if entity.optional or entity.types[0] == "Product"}
        for entity in document.entities:
            if entity.types[0] in _SCORED and entity.key not in free:
                iri = things.iri_of.get(entity.key)
                self.entities.hit(iri is not None)
                self.typed.hit(iri is not None and self._has_class(iri, entity.types))
        accepted = {entity.key: entity.types for entity in reversed(document.entities)}
        for iri in self.graph.mentions[document.id]:
            key = things.key_of.get(iri)
            if not self.graph.types.get(iri, set()) & _SCORED or key in free:
                continue
            self.entities.add(spare=int(key is None))
            self.typed.add(spare=int(key is None or not self._has_class(iri, accepted[key])))

    def _has_class(self, iri: str, accepted: tuple[str, ...]) -> bool:
        """Whether a thing has one class of the table, and that one is accepted."""
        top = self.graph.top(iri)
        return len(top) == 1 and not top.isdisjoint(accepted)

    # ---- posts ----

    def _count_tenures(self, document: GoldDocument, things: Things) -> None:
        left = list(self.graph.tenures[document.id])
        for gold in document.tenures:
            found = next((tenure for tenure in left if _same_tenure(gold, tenure, things)), None)
            if found is not None:
                left.remove(found)
                self.tenures.add(1)
                self.slots.tallies["former"].add(
                    int(gold.former and found.former),
                    spare=int(found.former and not gold.former),
                    missed=int(gold.former and not found.former),
                )
            elif not gold.optional:
                self.tenures.add(missed=1)
        self.tenures.add(spare=len(left))

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
            self._count_spare(fact, gold_of.get(j))

    def _count_fact(self, gold: GoldFact, fact: PredictedFact | None, things: Things, fact_of: dict[str, str]) -> None:
        self.facts.hit(fact is not None and fact.type in gold.types)
        if fact is None:
            self.slots.missed(gold)
            wrong = {MISSED}
        else:
            wrong = self.slots.aligned(gold, fact, things, fact_of)
        if gold.counted_amount is not None:
            self.sums += 1
            self.sums_found += not wrong & {MISSED, "amount"}
            self.sums_linked += not wrong & LINKED

    def _count_spare(self, fact: PredictedFact, gold: GoldFact | None) -> None:
        if gold is None:
            self.facts.add(spare=1)
            self.slots.spare(fact)
        elif fact.type not in gold.types:
            self.facts.add(spare=1)
            if gold.optional:
                self.slots.tallies["type"].add(spare=1)


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
