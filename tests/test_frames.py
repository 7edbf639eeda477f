"""Frame files: they load, say what is wrong with them, and their own examples hold."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from indiggraph import frames as module
from indiggraph.errors import ResourceError
from indiggraph.frames import load_frames
from indiggraph.model import Extraction, FactType

pytestmark = pytest.mark.usefixtures("by_rules_alone")

EXAMPLES = [
    pytest.param(frame.type, text, id=f"{frame.name}: {text}")
    for frame in load_frames().frames
    for text in frame.examples
]
COUNTEREXAMPLES = [
    pytest.param(frame.type, text, id=f"{frame.name}: {text}")
    for frame in load_frames().frames
    for text in frame.counterexamples
]


@pytest.mark.parametrize(("kind", "text"), EXAMPLES)
def test_example_gives_a_fact_of_the_type(kind: FactType, text: str, extract: Callable[[str], Extraction]) -> None:
    assert kind in {fact.type for fact in extract(text).facts}


@pytest.mark.parametrize(("kind", "text"), COUNTEREXAMPLES)
def test_counterexample_gives_none(kind: FactType, text: str, extract: Callable[[str], Extraction]) -> None:
    assert kind not in {fact.type for fact in extract(text).facts}


def test_sums_are_headed_by_what_currencies_are_called() -> None:
    money = load_frames().classes["money"]
    assert {"$", "zł", "guarani", "hryvnia", "rupee", "gbp", "rs"} <= money
    assert not money & {"all", "top", "try"}  # codes that are everyday words


def test_every_type_has_a_frame_with_examples_of_both_kinds() -> None:
    frames = load_frames().frames
    assert {frame.type for frame in frames} == set(FactType)
    assert all(len(frame.examples) >= 2 and frame.counterexamples for frame in frames)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param("type: Agreement\ntrigger: []\n", "unknown key 'trigger'", id="a misspelt key"),
        pytest.param("type: Deal\n", "type is none of", id="an unknown type"),
        pytest.param("type: Saving\nroles: {giver: [subj]}\n", "unknown role", id="an unknown role"),
        pytest.param("type: Saving\ntriggers: [{verb: ['class:nothing']}]\n", "no word class", id="an unknown class"),
        pytest.param("- a\n", "not a mapping", id="not a mapping"),
    ],
)
def test_a_wrong_file_is_named(text: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "classes.yaml").write_text("deal: [contract]\n", encoding="utf-8")
    (tmp_path / "wrong.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(module, "data_path", lambda name: tmp_path)
    with pytest.raises(ResourceError, match=reason) as caught:
        load_frames.__wrapped__()
    assert "wrong.yaml" in str(caught.value)
