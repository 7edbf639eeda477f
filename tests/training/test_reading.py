"""What the second reading learns from: labels of the gold; and that what is trained computes what is read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from indiggraph.facts.reading.article import load_article_reader
from indiggraph.facts.reading.decisions import load_limits
from indiggraph.facts.reading.features import Feature, Mark
from indiggraph.facts.reading.network import Answers, load_reader
from indiggraph.facts.reading.surroundings import ASKED, KINDS, PART_OF, ROLES, TIME, ArticleText
from indiggraph.model import RoleName
from training.labels import Labelled, labelled
from training.readings import HELD_OUT, UNREAD, learned_from, learned_from_only

ROOT = Path(__file__).parents[2]
Rows = npt.NDArray[np.float32]
Read = list[tuple[Labelled, Answers]]


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


def test_hidden_answers_of_rules_leave_no_trace(seeds: list[Labelled]) -> None:
    pytest.importorskip("torch", reason="needs the extra train")
    from training.batches import batch_of

    facts = [one for one in seeds if one.text is seeds[0].text]
    shown, hidden = (batch_of(facts, [hide] * len(facts), [""]) for hide in (False, True))
    speakers = [int(mark) for mark in (Mark.SPEAKER, Mark.LAST_SPEAKER)]
    for batch, traces in ((shown, True), (hidden, False)):
        assert bool(batch.told.any()) is traces
        assert bool(batch.features[..., Feature.PARTY].any()) is traces
        assert any(bool((batch.features[..., Feature.MARK] == mark).any()) for mark in speakers) is traces
    assert hidden.classes[:, 0].tolist() == [len(KINDS)] * len(facts)


def test_what_is_trained_computes_what_is_read(seeds: list[Labelled], tmp_path: Path) -> None:
    pytest.importorskip("torch", reason="needs the extra train")
    import torch

    from indiggraph.facts.reading.article import ArticleReader
    from indiggraph.facts.reading.network import read_network
    from indiggraph.lang.encoder import Encoder, Pieces
    from indiggraph.resources import data_path
    from training.reading import answers_of, read_article, save, train

    first = seeds[0].text
    facts = [one for one in seeds if one.text is first][:4]
    long = ArticleText(first.words * 3, tuple(k * len(first.words) + at for k in range(3) for at in first.starts))
    network = train(facts, passes=1)
    save(tmp_path, network, [first])
    pieces = Pieces.from_file(data_path("model", "tokenizer.json"))
    article_reader = ArticleReader(pieces, Encoder(tmp_path / "article.onnx"))
    for text in (first, long):
        with torch.no_grad():
            trained = read_article(network, text)[0].numpy()
        read = article_reader.read(text).words
        assert _likeness(trained, read) > 0.98 > _likeness(trained, np.roll(read, 1, axis=0))
    reader, article = read_network(tmp_path / "reading.npz"), article_reader.read(first)
    for one in facts:
        wanted, found = answers_of(network, one), reader.read(one.around, article)
        assert np.allclose(found.fillers, wanted.fillers, atol=0.05)  # what the encoder computes is rounded to 8 bits
        assert np.allclose(found.kinds, wanted.kinds, atol=0.05)
        assert np.allclose([*found.sectors.values()], [*wanted.sectors.values()], atol=0.02)


def test_processes_that_share_a_step_learn_the_same_each_time(seeds: list[Labelled]) -> None:
    pytest.importorskip("torch", reason="needs the extra train")
    import torch

    from training.batches import articles_of
    from training.reading import train

    facts = [one for article in articles_of(seeds) for one in article[:2]]
    first, second = (train(facts, passes=1, processes=2).state_dict() for _ in range(2))
    alone = train(facts, passes=1).state_dict()
    assert all(torch.equal(first[name], second[name]) for name in first)
    assert any(not torch.equal(first[name], alone[name]) for name in first)


def test_what_processes_computed_is_added_up() -> None:
    pytest.importorskip("torch", reason="needs the extra train")
    from threading import Barrier, Thread

    import torch

    from training.reading import _add_up

    own = [torch.tensor([1.0, 2.0]), torch.tensor([10.0, 20.0])]
    shared, together = [torch.zeros(2), torch.zeros(2)], Barrier(2, timeout=60)
    sharing = [Thread(target=_add_up, args=(own[number], shared, number, together)) for number in range(2)]
    for one in sharing:
        one.start()
    for one in sharing:
        one.join()
    assert [one.tolist() for one in own] == [[11.0, 22.0]] * 2


def _likeness(rows: Rows, others: Rows) -> float:
    """The mean cosine of rows, without what all rows share."""
    first, second = (table - rows.mean(axis=0) for table in (rows, others))
    norms = np.linalg.norm(first, axis=1) * np.linalg.norm(second, axis=1)
    return float(((first * second).sum(axis=1) / norms).mean())


def test_the_gold_is_read_by_rules_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("torch", reason="needs the extra train")
    from training.reading import rules_alone

    def never() -> None:
        raise AssertionError("no network is asked")

    monkeypatch.setattr("indiggraph.facts.reading.decisions.load_reader", never)
    with rules_alone():
        assert len(list(labelled(ROOT / "seeds", ROOT / "tests" / "gold" / "seeds"))) > 20
    with pytest.raises(AssertionError, match="no network"):
        list(labelled(ROOT / "seeds", ROOT / "tests" / "gold" / "seeds"))


def test_nothing_is_learned_from_what_is_unread_or_held_out() -> None:
    learned = {gold.name for _, gold in (*learned_from(), *learned_from_only())}
    assert {"seeds", "dev", "agency", "bulletin", "release"} <= learned
    assert not learned & (UNREAD | HELD_OUT)


@pytest.fixture(scope="module")
def read(seeds: list[Labelled]) -> Read:
    """The facts of the seeds, and what the packaged network answers."""
    reader = load_reader()
    article_reader = load_article_reader(reader.encoder)
    return [(one, reader.read(one.around, article_reader.read(one.text))) for one in seeds]


def test_limits_that_nothing_passes_leave_what_rules_put_there(read: Read) -> None:
    pytest.importorskip("torch", reason="needs the extra train")
    from training.limits import filled

    column = ROLES.index(RoleName.BENEFICIARY)
    by_rules, all_taken, none = (filled(read, column, *limits) for limits in ((2.0, -1.0), (-1.0, -1.0), (2.0, 2.0)))
    assert 0 < by_rules.right <= by_rules.right + by_rules.missed
    assert by_rules.right + by_rules.missed == all_taken.right == none.missed
    assert none.right == none.spare == 0
    assert all_taken.spare > by_rules.spare


def test_a_single_role_gets_one_filler_at_most_and_none_beside_those_of_rules(read: Read) -> None:
    pytest.importorskip("torch", reason="needs the extra train")
    from training.limits import taken

    column = ROLES.index(RoleName.AGENT)
    for one, answers in read:
        by_rules, lenient = (taken(one, answers, column, fill, -1.0) for fill in (2.0, -1.0))
        assert lenient == by_rules if any(by_rules.values()) else sum(lenient.values()) == min(1, len(lenient))


def test_sums_are_right_where_all_their_slots_are(read: Read) -> None:
    pytest.importorskip("torch", reason="needs the extra train")
    from training.limits import right_sums

    limits = load_limits()
    found = right_sums(read, limits)
    assert found["sums"] == 15
    assert 0 < found["all of these"] <= min(found.values())
    nothing = replace(limits, fill=dict.fromkeys(limits.fill, 2.0), keep=dict.fromkeys(limits.keep, 2.0))
    emptied = right_sums(read, nothing)
    assert emptied["statedBy"] == sum(not one.gold.slots["statedBy"] for one, _ in read if one.gold.counted_amount)
    assert emptied["all of these"] < found["all of these"]
