"""Stores the figures that the accuracy gate prints changes against: ``make figures``."""

from __future__ import annotations

import json

import indiggraph
from indiggraph.evaluate import evaluate
from indiggraph.evaluation.compare import figures_of
from tests.test_gate import GOLD, PARTS, source

if __name__ == "__main__":
    found = {part: figures_of(evaluate(GOLD / part, indiggraph.build([source(part)]).graph)) for part in PARTS}
    (GOLD / "figures.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
