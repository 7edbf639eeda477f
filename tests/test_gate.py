"""The accuracy gate: the graphs of the seeds and of the annotated articles are as right as they have been."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

import indiggraph
from indiggraph.evaluate import evaluate
from indiggraph.evaluation.compare import figures_of, side_by_side
from indiggraph.evaluation.report import table
from indiggraph.evaluation.result import Evaluation
from indiggraph.store import Graph
from indiggraph.validate import validate

ROOT = Path(__file__).parent.parent
GOLD = Path(__file__).parent / "gold"
FLOORS = yaml.safe_load((GOLD / "floors.yaml").read_text(encoding="utf-8"))
LEAST = {
    "seeds": {
        "entities_typed": 0.85,
        "tenures": 0.80,
        "facts": 0.75,
        "slots": 0.70,
        "sums_found": 1.0,
        "sums_linked": 0.533,
    },
    "dev": {"entities_typed": 0.65, "sums_found": 0.90, "slots": 0.50},
}
"""What was asked for when the gate was made; no floor may fall below it."""
PARTS = tuple(part for part in FLOORS if part != "mutation")
"""The parts of the gold: the seeds, and each ``<part>.jsonl`` with its folder of annotations."""
SURE, UNSURE = 0.8, 0.6
"""Confidence from which facts are told as sure, and below which they are not."""
LEAD = 0.20
"""How far the slots' F1 of the seeds may run ahead of the development corpus, lest two known texts are what is read."""


@dataclass(frozen=True, slots=True)
class Built:
    """A part of the gold with its graph and its figures."""

    graph: Graph
    evaluation: Evaluation


def figures(evaluation: Evaluation) -> dict[str, float]:
    """The figures that have floors."""
    parts = {name: getattr(evaluation, name).f1 for name in ("entities_typed", "tenures", "facts", "slots")}
    sums = evaluation.sums
    found = evaluation.identity
    identity = {} if found is None else {"identity": found.f1, "apart": found.apart / found.pairs}
    return parts | identity | {"sums_found": sums.found / sums.total, "sums_linked": sums.linked / sums.total}


def source(part: str) -> Path:
    """What a part's graph is built of."""
    return ROOT / "seeds" if part == "seeds" else GOLD / f"{part}.jsonl"


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Built]:
    """The graphs of all parts, each built once."""
    return {part: build(source(part), GOLD / part, tmp_path_factory.mktemp(part)) for part in PARTS}


def build(source: Path, gold: Path, folder: Path) -> Built:
    """A part's graph and its figures; the texts of JSON lines are written into the folder to compare with."""
    texts = folder if source.is_file() else source
    if source.is_file():
        for article in map(json.loads, source.read_text(encoding="utf-8").splitlines()):
            (folder / f"{article['id']}.txt").write_bytes(article["text"].encode())
    graph = indiggraph.build([source]).graph
    return Built(graph, evaluate(gold, graph, texts))


parts = pytest.mark.parametrize("part", PARTS)


@pytest.mark.parametrize(("part", "figure"), [(part, figure) for part in PARTS for figure in FLOORS[part]])
def test_floor(built: dict[str, Built], part: str, figure: str) -> None:
    found, floor = figures(built[part].evaluation)[figure], FLOORS[part][figure]
    assert found >= floor, f"{part}: {figure} {found:.3f} < {floor}\n{table(built[part].evaluation)}"


def test_identity_has_floors() -> None:
    parts = [part for part in PARTS if (GOLD / part / "identity.json").exists()]
    assert parts
    assert all({"identity", "apart"} <= FLOORS[part].keys() for part in parts)


def test_all_articles_have_floors() -> None:
    assert {path.stem for path in GOLD.glob("*.jsonl")} == set(PARTS) - {"seeds"}


@parts
def test_all_articles_are_annotated(part: str) -> None:
    if part == "seeds":
        texts = {path.stem for path in source(part).glob("*.txt")}
    else:
        texts = {json.loads(line)["id"] for line in source(part).read_text(encoding="utf-8").splitlines()}
    assert texts
    assert texts == {path.stem for path in (GOLD / part).glob("*.json")} - {"identity", "conflicts"}


@pytest.mark.parametrize("part", LEAST)
def test_floors_do_not_fall_below_the_least(part: str) -> None:
    low = {
        figure: FLOORS[part].get(figure) for figure, least in LEAST[part].items() if FLOORS[part].get(figure, 0) < least
    }
    assert not low, f"floors.yaml, {part}: {low} below {LEAST[part]}"


@parts
def test_what_changed_since_the_stored_figures_is_printed(
    built: dict[str, Built], part: str, capsys: pytest.CaptureFixture[str]
) -> None:
    now = figures_of(built[part].evaluation)
    stored = json.loads((GOLD / "figures.json").read_text(encoding="utf-8"))[part]
    assert now.keys() == stored.keys(), "run: make figures"
    with capsys.disabled():
        print(f"\n{part}, against the stored figures")
        print(side_by_side({name: (stored[name], now[name]) for name in now}), end="")


@parts
def test_all_documents_are_built(built: dict[str, Built], part: str) -> None:
    assert built[part].evaluation.absent == ()


@parts
def test_grounding(built: dict[str, Built], part: str) -> None:
    grounding = built[part].evaluation.grounding
    assert grounding is not None
    assert grounding.selectors > 0
    wrong = (grounding.wrong_offsets, grounding.wide_evidence, grounding.values_outside_evidence)
    assert wrong == (0, 0, 0), f"{part}: {grounding}"


def test_confident_facts_are_right_more_often(built: dict[str, Built]) -> None:
    judged = [fact for part in PARTS if part != "seeds" for fact in built[part].evaluation.judged]
    sure = [fact.right for fact in judged if fact.confidence >= SURE]
    unsure = [fact.right for fact in judged if fact.confidence < UNSURE]
    assert unsure.count(False) / len(unsure) > 3 * sure.count(False) / len(sure)
    assert sum(sure) / len(sure) > SURE


@parts
def test_confidence_promises_no_more_than_is_kept(built: dict[str, Built], part: str) -> None:
    judged = built[part].evaluation.judged
    promised, kept = sum(fact.confidence for fact in judged), sum(fact.right for fact in judged)
    assert promised <= kept + 0.03 * len(judged), f"{part}: {promised:.1f} of {len(judged)} promised, {kept} right"


def test_seeds_do_not_run_ahead(built: dict[str, Built]) -> None:
    slots = {part: built[part].evaluation.slots.f1 for part in ("seeds", "dev")}
    assert slots["seeds"] - slots["dev"] <= LEAD, f"F1 of the slots: {slots}"


@parts
def test_valid(built: dict[str, Built], part: str) -> None:
    findings = validate(built[part].graph)
    assert not findings, f"{part}: {len(findings)} findings\n" + "\n".join(map(str, findings[:20]))
