"""The seeds about other people, bodies, sums, sectors and years are read as well as the seeds themselves."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from statistics import fmean

import pytest
import yaml

import indiggraph
from indiggraph.evaluate import evaluate
from indiggraph.evaluation.report import table
from indiggraph.evaluation.result import Evaluation
from indiggraph.resources import data_path
from indiggraph.schema import sectors
from tests.mutations.mutate import Mutation, Plan, mutate
from tests.test_gate import FLOORS, figures

ROOT = Path(__file__).parent.parent
TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))}
GOLD = {name: json.loads((ROOT / "tests/gold/seeds" / f"{name}.json").read_text(encoding="utf-8")) for name in TEXTS}
REPLACEMENTS = yaml.safe_load((ROOT / "tests/mutations/replacements.yaml").read_text(encoding="utf-8"))
SEEDS = range(1, 7)
MANY = range(1, 41)
"""Seeds with which the mutator alone is tried: it costs nothing."""


def mutated(name: str, seed: int) -> Mutation:
    return mutate(TEXTS[name], GOLD[name], seed)


# ---- the mutator ---------------------------------------------------------------------------------------------------

texts = pytest.mark.parametrize("name", TEXTS)


@texts
def test_same_seed_same_text(name: str) -> None:
    assert mutated(name, 3) == mutated(name, 3)
    assert len({mutated(name, seed).text for seed in MANY}) == len(MANY)


@texts
def test_names_and_cues_stand_in_the_text(name: str) -> None:
    absent = {form for entity in GOLD[name]["entities"] for form in entity["names"] if form not in TEXTS[name]}
    for seed in MANY:
        mutation = mutated(name, seed)
        plan = Plan.drawn(seed)
        names = {form for entity in mutation.gold["entities"] for form in entity["names"]} - set(map(plan.text, absent))
        assert [form for form in names if form not in mutation.text] == []
        assert [fact["cue"] for fact in mutation.gold["facts"] if mutation.text.count(fact["cue"]) != 1] == []


@texts
def test_sums_stand_in_the_text(name: str) -> None:
    scales = {"million": 10**6, "billion": 10**9, "trillion": 10**12}
    for seed in MANY:
        mutation = mutated(name, seed)
        found = re.findall(r"([\d.]+) (million|billion|trillion)", mutation.text)
        amounts = [fact["amount"] for fact in mutation.gold["facts"] if fact["amount"]]
        sums = [item["value"] for amount in amounts for item in (amount, *amount["equivalents"])]
        assert sorted(sums) == sorted(round(float(number) * scales[scale]) for number, scale in found)
        assert len(set(sums)) == len(sums)


def test_parts_do_not_exceed_their_total() -> None:
    [name] = [name for name in TEXTS if any(fact["partOf"] for fact in GOLD[name]["facts"])]
    for seed in MANY:
        facts = {fact["key"]: fact for fact in mutated(name, seed).gold["facts"]}
        rests = [
            facts[whole]["amount"]["value"] - sum(f["amount"]["value"] for f in facts.values() if f["partOf"] == whole)
            for whole in ("f2", "f7")
        ]
        assert rests[0] == 0
        assert 0 < rests[1] < 10**7


@texts
def test_little_is_left_of_the_original(name: str) -> None:
    kept = {form for form in Plan.drawn(1).forms if form in TEXTS[name]}
    everywhere = {"Iran", "Iranian", "Tehran", "TEHRAN", "Leader of Islamic Revolution"}
    for seed in MANY:
        plan, mutation = Plan.drawn(seed), mutated(name, seed)
        same = {form for form in kept if plan.forms[form] == form}
        assert same <= everywhere | {form for form in kept if "March" in form}
        assert mutation.places >= 40
        assert not re.search(r"\b[Aa] [aeiou]|\b[Aa]n [^aeiouAEIOU]", mutation.text)


def test_the_same_people_in_both_texts() -> None:
    for seed in MANY:
        first, second = (
            {entity["key"]: entity["names"][0] for entity in mutated(name, seed).gold["entities"]} for name in TEXTS
        )
        assert first["rahmani"] == second["rahmani"]
        assert len({names for key, names in first.items() if key in ("rahmani", "niaraki", "khamenei")}) == 3


def test_pools_hold_what_exists() -> None:
    """Sectors are those of the scheme, news agencies those of the gazetteer."""
    pools = [entry for pool in REPLACEMENTS["sectors"].values() for entry in pool]
    keys = {entry if isinstance(entry, str) else entry["key"] for entry in [*pools, *REPLACEMENTS["goods"]]}
    assert keys <= {sector.key for sector in sectors()}
    with data_path("gazetteer").joinpath("media.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    known = {name for row in rows for name in (row["name"], *row["other_names"].split("|"))}
    assert {*REPLACEMENTS["agencies"], *REPLACEMENTS["carriers"]} <= known


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("2019-03-21", "2020-03-20", id="an Iranian year begins"),
        pytest.param("2020-03-19", "2021-03-20", id="and ends"),
    ],
)
def test_iranian_years(old: str, new: str) -> None:
    plan = next(p for p in map(Plan.drawn, MANY) if p.forms["2019"] == "2020" and p.forms["Iran"] == "Iran")
    assert plan.times[old] == new


# ---- the build -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def evaluations(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Evaluation]:
    """Both mutated texts of each seed, built as one graph and evaluated."""
    return {seed: _evaluation(tmp_path_factory.mktemp(f"seed{seed}-"), seed) for seed in SEEDS}


def _evaluation(folder: Path, seed: int) -> Evaluation:
    articles, gold = folder / "texts", folder / "gold"
    articles.mkdir()
    gold.mkdir()
    for name in TEXTS:
        mutation = mutated(name, seed)
        (articles / f"{name}.txt").write_text(mutation.text, encoding="utf-8")
        (gold / f"{name}.json").write_text(json.dumps(mutation.gold), encoding="utf-8")
    return evaluate(gold, indiggraph.build([articles]).graph, articles)


@pytest.mark.parametrize("seed", SEEDS)
def test_one_mutation(evaluations: dict[int, Evaluation], seed: int) -> None:
    evaluation = evaluations[seed]
    found = figures(evaluation)
    low = {name: found[name] for name, floor in FLOORS["mutation"].items() if found[name] < floor}
    assert not low, f"seed {seed}: {low} below {FLOORS['mutation']}\n{table(evaluation)}"
    assert evaluation.grounding is not None
    grounding = (evaluation.grounding.wrong_offsets, evaluation.grounding.values_outside_evidence)
    assert grounding == (0, 0), f"seed {seed}: {evaluation.grounding}"


@pytest.mark.parametrize("figure", FLOORS["seeds"])
def test_average_of_the_mutations(evaluations: dict[int, Evaluation], figure: str) -> None:
    values = {seed: round(figures(evaluation)[figure], 3) for seed, evaluation in evaluations.items()}
    assert fmean(values.values()) >= FLOORS["seeds"][figure], f"{figure}: {fmean(values.values()):.3f} of {values}"
