"""What the second reading learns from: labels of the gold; and that what is trained computes what is read."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from indiggraph.facts.reading.surroundings import ASKED, KINDS, PART_OF, ROLES, TIME
from indiggraph.model import RoleName
from training.labels import Labelled, labelled

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def seeds() -> list[Labelled]:
    """The facts of the seeds with what they should hold."""
    return list(labelled(ROOT / "seeds", ROOT / "tests" / "gold" / "seeds"))


def test_facts_of_the_gold_are_labelled(seeds: list[Labelled]) -> None:
    assert len(seeds) > 20
    for one in seeds:
        assert len(one.groups) == len(one.around.candidates)
        assert one.wanted.shape == one.weights.shape == (max(one.groups, default=-1) + 1, ASKED)
        assert one.kinds.sum() == pytest.approx(1)
        name = "Occurrence" if one.gold.type == "Gathering" else one.gold.type
        assert one.kinds[[kind.value for kind in KINDS].index(name)]


def test_what_is_wanted_is_what_is_annotated(seeds: list[Labelled]) -> None:
    column = ROLES.index(RoleName.AGENT)
    annotated = sum(len(one.gold.slots["agent"]) for one in seeds)
    wanted = sum(float(one.wanted[:, column].sum()) for one in seeds)
    assert 0.7 * annotated <= wanted <= annotated
    assert sum(float(one.wanted[:, TIME].sum()) for one in seeds) > 0
    assert sum(float(one.wanted[:, PART_OF].sum()) for one in seeds) > 0


def test_only_what_is_asked_of_a_candidate_counts(seeds: list[Labelled]) -> None:
    for one in seeds:
        for candidate, group in zip(one.around.candidates, one.groups, strict=True):
            others = [column for column in range(ASKED) if column not in candidate.columns]
            assert not one.weights[group, others].any()


def test_what_is_trained_computes_what_is_read(seeds: list[Labelled], tmp_path: Path) -> None:
    pytest.importorskip("torch", reason="needs the extra train")
    from indiggraph.facts.reading.network import read_networks
    from training.reading import answers_of, save, train

    network = train(seeds[:4], seed=0, passes=1)
    save(tmp_path / "reading.npz", [network])
    reader = read_networks(tmp_path / "reading.npz")
    for one in seeds[:8]:
        trained, read = answers_of(network, one), reader.read(one.around)
        assert np.allclose(trained.fillers, read.fillers, atol=5e-3)  # weights are kept in 16 bits
        assert np.allclose(trained.kinds, read.kinds, atol=5e-3)
        assert np.allclose(trained.directions, read.directions, atol=5e-3)


@pytest.mark.parametrize("weights", [None, b"of other features"], ids=["missing", "of other features"])
def test_the_gold_is_read_by_rules_whatever_the_weights_are(
    weights: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("torch", reason="needs the extra train")
    import training.reading as reading
    from indiggraph.facts.reading.network import read_networks

    limits, file = tmp_path / "reading.yaml", tmp_path / "reading.npz"
    limits.write_text("as they were", encoding="utf-8")
    if weights is not None:
        file.write_bytes(weights)
    width = reading.vector_width()
    monkeypatch.setattr(reading, "vector_width", lambda: width)
    monkeypatch.setattr(reading, "data_path", lambda *_: tmp_path)
    with reading.rules_alone():
        assert len(read_networks(file).networks) == 1
        assert limits.read_text(encoding="utf-8") != "as they were"
    assert limits.read_text(encoding="utf-8") == "as they were"
    assert (file.read_bytes() if file.exists() else None) == weights


def test_limits_that_nothing_passes_leave_what_rules_put_there(seeds: list[Labelled]) -> None:
    pytest.importorskip("torch", reason="needs the extra train")
    from indiggraph.facts.reading.network import load_reader
    from training.limits import filled

    reader = load_reader()
    read = [(one, reader.read(one.around)) for one in seeds]
    column = ROLES.index(RoleName.AGENT)
    by_rules, all_taken, none = (filled(read, column, *limits) for limits in ((2.0, -1.0), (-1.0, -1.0), (2.0, 2.0)))
    assert 0 < by_rules.right <= by_rules.right + by_rules.missed
    assert by_rules.right + by_rules.missed == all_taken.right == none.missed
    assert none.right == none.spare == 0
    assert all_taken.spare > by_rules.spare
