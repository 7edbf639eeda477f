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


def test_right_sectors_are_those_that_are_annotated(seeds: list[Labelled]) -> None:
    assert any(one.sectors() == {"steel"} or "automotive" in one.sectors() for one in seeds)
    for one in seeds:
        assert ("" in one.sectors()) is not bool(one.gold.slots["sector"])
        assert "" in one.offer[0]


def test_what_is_trained_computes_what_is_read(seeds: list[Labelled], tmp_path: Path) -> None:
    pytest.importorskip("torch", reason="needs the extra train")
    from indiggraph.facts.reading.article import ArticleReader
    from indiggraph.facts.reading.network import read_network
    from indiggraph.lang.encoder import Encoder, Pieces
    from indiggraph.resources import data_path
    from training.reading import answers_of, save, train

    text = seeds[0].text
    facts = [one for one in seeds if one.text is text][:4]
    network = train(facts, seed=0, passes=1)
    save(tmp_path, network, [text])
    reader = read_network(tmp_path / "reading.npz")
    pieces = Pieces.from_file(data_path("model", "tokenizer.json"))
    article = ArticleReader(pieces, Encoder(tmp_path / "article.onnx")).read(text)
    for one in facts:
        trained, read = answers_of(network, one), reader.read(one.around, article)
        for found, wanted in ((read.fillers, trained.fillers), (read.kinds, trained.kinds)):
            assert np.abs(found - wanted).mean() < 0.02  # what the encoder computes is rounded to 8 bits
        assert read.sectors.keys() == trained.sectors.keys()


def test_the_gold_is_read_by_rules_alone(seeds: list[Labelled]) -> None:
    pytest.importorskip("torch", reason="needs the extra train")
    from training.reading import rules_alone

    with rules_alone():
        alone = list(labelled(ROOT / "seeds", ROOT / "tests" / "gold" / "seeds"))
    assert {one.fact.id for one in alone} == {one.fact.id for one in seeds}
    assert all(np.array_equal(one.around.told, other.around.told) for one, other in zip(alone, seeds, strict=True))


def test_limits_that_nothing_passes_leave_what_rules_put_there(seeds: list[Labelled]) -> None:
    pytest.importorskip("torch", reason="needs the extra train")
    from indiggraph.facts.reading.article import load_article_reader
    from indiggraph.facts.reading.network import load_reader
    from training.limits import filled

    reader, article_reader = load_reader(), load_article_reader()
    read = [(one, reader.read(one.around, article_reader.read(one.text))) for one in seeds]
    column = ROLES.index(RoleName.AGENT)
    by_rules, all_taken, none = (filled(read, column, *limits) for limits in ((2.0, -1.0), (-1.0, -1.0), (2.0, 2.0)))
    assert 0 < by_rules.right <= by_rules.right + by_rules.missed
    assert by_rules.right + by_rules.missed == all_taken.right == none.missed
    assert none.right == none.spare == 0
    assert all_taken.spare > by_rules.spare
