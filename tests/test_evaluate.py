"""The figures of the accuracy gate: a graph against gold that says the same, and gold that differs in one place."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from indiggraph import rdf
from indiggraph.errors import ResourceError
from indiggraph.evaluate import Evaluation, evaluate
from indiggraph.evaluation.words import canonical_duration, norm, overlap, tokens
from indiggraph.model import Direction, FactType, Form, RoleName, ThingType
from indiggraph.resolve import resolve
from indiggraph.store import Graph
from tests import factories as make

TEXT = (
    "Castora Mills signed a deal worth €5 million (about $6 million) with Orban Works, said Ana Prado, head of "
    "Castora.\n\n"
    "Of this, €2 million is for looms. Exports of 30 tons of yarn rose by 12 percent in 2030.\n"
)

GOLD: dict[str, Any] = {
    "id": "doc",
    "entities": [
        {"key": "castora", "type": "Organization", "names": ["Castora Mills", "Castora"]},
        {"key": "orban", "type": "Organization", "names": ["Orban Works"]},
        {"key": "prado", "type": "Person", "names": ["Ana Prado"]},
        {"key": "yarn", "type": "Product", "names": ["yarn"], "optional": True},
    ],
    "tenures": [{"person": "prado", "post": "head", "organization": "castora", "former": False}],
    "facts": [
        {
            "key": "f1",
            "type": "Agreement",
            "modality": "actual",
            "agent": ["castora"],
            "counterparty": ["orban"],
            "statedBy": ["prado"],
            "sector": ["textile"],
            "amount": {"value": 5000000, "currency": "EUR", "equivalents": [{"value": 6000000, "currency": "USD"}]},
            "cue": "signed a deal worth",
        },
        {
            "key": "f2",
            "type": "Agreement",
            "modality": "actual",
            "amount": {"value": 2000000, "currency": "EUR"},
            "theme": ["looms"],
            "partOf": "f1",
            "cue": "Of this, €2 million",
        },
        {
            "key": "f3",
            "type": "Change",
            "modality": "actual",
            "theme": ["yarn"],
            "direction": "increase",
            "quantity": [{"value": 12, "unit": "%"}, {"value": 30, "unit": "tons", "optional": True}],
            "time": {"begin": "2030-01-01", "end": "2030-12-31", "text": "in 2030"},
            "cue": "rose by 12 percent",
        },
    ],
}


@pytest.fixture(scope="module")
def graph() -> Graph:
    doc = make.document(TEXT)
    castora = make.mention(doc, "Castora Mills", ThingType.COMPANY, subject=True)
    again = make.mention(doc, "Castora", ThingType.COMPANY, nth=1)
    orban = make.mention(doc, "Orban Works", ThingType.COMPANY)
    prado = make.mention(doc, "Ana Prado", ThingType.PERSON)
    yarn = make.mention(doc, "yarn", ThingType.PRODUCT, form=Form.NOMINAL)
    deal = make.fact(
        doc,
        FactType.AGREEMENT,
        "signed",
        {RoleName.AGENT: [castora], RoleName.COUNTERPARTY: [orban], RoleName.STATED_BY: [prado]},
        amount=make.money(
            doc, "€5 million", "5000000", "EUR", equivalents=(make.money(doc, "$6 million", "6000000", "USD"),)
        ),
        sectors=("textile",),
    )
    share = make.fact(
        doc,
        FactType.AGREEMENT,
        "is for",
        {RoleName.THEME: ["looms"]},
        amount=make.money(doc, "€2 million", "2000000", "EUR"),
        part_of=deal.id,
    )
    change = make.fact(
        doc,
        FactType.CHANGE,
        "rose",
        {RoleName.THEME: [yarn]},
        quantities=(make.quantity(doc, "12 percent", "12", "%"), make.quantity(doc, "30 tons", "30", "tons")),
        time=make.interval(doc, "in 2030", "2030-01-01", "2030-12-31", "year"),
        direction=Direction.INCREASE,
    )
    post = make.tenure(doc, prado, "head", again)
    said = make.extraction(doc, (castora, again, orban, prado, yarn), (deal, share, change), (post,))
    return Graph.from_quads(rdf.triples(said, resolve([said])))


def score(folder: Path, graph: Graph, *golds: dict[str, Any], texts: Path | None = None) -> Evaluation:
    for gold in golds:
        (folder / f"{gold['id']}.json").write_text(json.dumps(gold), encoding="utf-8")
    return evaluate(folder, graph, texts)


def test_the_same_is_right_throughout(tmp_path: Path, graph: Graph) -> None:
    found = score(tmp_path, graph, GOLD)
    parts = (found.entities, found.entities_typed, found.tenures, found.facts, found.slots, *found.by_slot.values())
    assert {(figures.spare, figures.missed) for figures in parts} == {(0, 0)}
    assert (found.entities.right, found.tenures.right, found.facts.right) == (3, 1, 3)
    assert (found.sums.total, found.sums.found, found.sums.linked) == (2, 2, 2)
    assert (found.documents, found.absent) == (1, 0)


Change = Callable[[dict[str, Any]], object]

CHANGES: list[tuple[str, Change, str, tuple[int, int]]] = [
    ("another sum", lambda g: g["facts"][0]["amount"].update(value=7), "amount", (1, 1)),
    ("another currency", lambda g: g["facts"][0]["amount"].update(currency="USD"), "amount", (1, 1)),
    ("an equivalent that is not there", lambda g: g["facts"][0]["amount"]["equivalents"][0].update(value=7),
     "equivalent", (0, 1)),
    ("another modality", lambda g: g["facts"][0].update(modality="planned"), "modality", (1, 1)),
    ("another accepted modality", lambda g: g["facts"][0].update(modality="planned", modality_alt=["actual"]),
     "modality", (0, 0)),
    ("the two parties swapped", lambda g: g["facts"][0].update(agent=["orban"], counterparty=["castora"]),
     "agent", (0, 0)),
    ("a party too many", lambda g: g["facts"][0].update(counterparty=[]), "agent", (1, 0)),
    ("a party that may be left out",
     lambda g: g["facts"][0].update(counterparty=[{"value": "orban", "optional": True}]), "agent", (0, 0)),
    ("a speaker too few", lambda g: g["facts"][1].update(statedBy=["prado"]), "statedBy", (0, 1)),
    ("another sector", lambda g: g["facts"][0].update(sector=["steel"]), "sector", (1, 1)),
    ("another whole", lambda g: g["facts"][1].update(partOf="f3"), "partOf", (1, 1)),
    ("a whole that may be left out", lambda g: g["facts"][1].update(partOf=None, partOf_optional=True),
     "partOf", (0, 0)),
    ("another percentage", lambda g: g["facts"][2]["quantity"][0].update(value=13), "quantity", (1, 1)),
    ("another direction", lambda g: g["facts"][2].update(direction="decrease"), "direction", (1, 1)),
    ("another day", lambda g: g["facts"][2]["time"].update(end="2030-06-30"), "time", (1, 1)),
    ("another accepted day", lambda g: g["facts"][2]["time"].update(end="2030-06-30", alt_end="2030-12-31"),
     "time", (0, 0)),
    ("a theme in more words", lambda g: g["facts"][1].update(theme=["new weaving looms"]), "theme", (0, 0)),
    ("another theme", lambda g: g["facts"][1].update(theme=["pumps"]), "theme", (1, 1)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "slot", "wrong"), [entry[1:] for entry in CHANGES], ids=[entry[0] for entry in CHANGES]
)
def test_one_slot_differs(tmp_path: Path, graph: Graph, change: Change, slot: str, wrong: tuple[int, int]) -> None:
    gold = copy.deepcopy(GOLD)
    change(gold)
    found = score(tmp_path, graph, gold)
    figures = found.by_slot[slot]
    assert (figures.spare, figures.missed) == wrong
    total = sum(f.spare + f.missed for f in found.by_slot.values())
    assert total == sum(wrong), "no other slot is touched"


def test_things_posts_and_facts_that_differ(tmp_path: Path, graph: Graph) -> None:
    gold = copy.deepcopy(GOLD)
    gold["entities"][0]["type"] = "Group"
    gold["entities"][1]["names"] = ["Another Works"]
    gold["tenures"][0]["former"] = True
    gold["tenures"].append({"person": "prado", "post": "mayor", "organization": None, "former": False})
    gold["facts"][2]["cue"], gold["facts"][2]["quantity"] = "nowhere", []
    found = score(tmp_path, graph, gold)
    assert (found.entities.right, found.entities.spare, found.entities.missed) == (2, 1, 1)
    assert (found.entities_typed.right, found.entities_typed.spare, found.entities_typed.missed) == (1, 2, 2)
    assert (found.tenures.right, found.tenures.missed) == (1, 1)
    assert found.by_slot["former"].missed == 1
    assert (found.facts.right, found.facts.spare, found.facts.missed) == (2, 1, 1)
    assert found.sums.linked == 1, "a party that is no thing of the text is not linked"


def test_optional_facts_cost_nothing(tmp_path: Path, graph: Graph) -> None:
    gold = copy.deepcopy(GOLD)
    gold["facts"][2]["optional"] = True
    gold["facts"].append({"key": "f4", "type": "Trade", "cue": "nowhere", "optional": True})
    found = score(tmp_path, graph, gold)
    assert (found.facts.right, found.facts.spare, found.facts.missed) == (2, 0, 0)


def test_a_document_that_the_graph_lacks_is_missed(tmp_path: Path, graph: Graph) -> None:
    found = score(tmp_path, graph, GOLD, {**GOLD, "id": "other"})
    assert (found.documents, found.absent) == (2, 1)
    assert found.facts.missed == 3
    assert found.by_document["other"] == 0
    assert (found.sums.total, found.sums.found) == (4, 2)


def test_identity(tmp_path: Path, graph: Graph) -> None:
    entities = [
        {"key": "castora", "type": "Organization", "mentions": [{"doc": "doc", "name": "Castora Mills"},
                                                                {"doc": "doc", "name": "Castora"}]},
        {"key": "orban", "type": "Organization", "mentions": [{"doc": "doc", "name": "Orban Works"},
                                                              {"doc": "doc", "name": "the works"},
                                                              {"doc": "doc", "name": "it", "generic": True},
                                                              {"doc": "elsewhere", "name": "Orban"}]},
    ]  # fmt: skip
    friends = [{"keys": ["castora", "orban"]}, {"keys": ["castora", "unknown"]}]
    (tmp_path / "identity.json").write_text(json.dumps({"entities": entities, "false_friends": friends}))
    identity = score(tmp_path, graph, GOLD).identity
    assert identity is not None
    assert (identity.mentions, identity.missing, identity.pairs, identity.apart) == (4, 1, 1, 1)
    assert (identity.precision, identity.recall) == (0.75, 0.625)


def test_grounding(tmp_path: Path, graph: Graph) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "doc.txt").write_bytes(TEXT.encode())
    grounding = score(tmp_path, graph, GOLD, texts=texts).grounding
    assert grounding is not None
    assert (grounding.wrong_offsets, grounding.wide_evidence, grounding.values_outside_evidence) == (0, 0, 0)
    (texts / "doc.txt").write_bytes(b"\n" + TEXT.encode())
    shifted = score(tmp_path, graph, GOLD, texts=texts).grounding
    assert shifted is not None
    assert shifted.selectors == shifted.wrong_offsets == grounding.selectors > 5


def test_what_is_printed(tmp_path: Path, graph: Graph) -> None:
    found = score(tmp_path, graph, GOLD)
    data = json.loads(json.dumps(found.to_json()))
    assert data["facts"] == {"P": 1.0, "R": 1.0, "F1": 1.0, "tp": 3, "fp": 0, "fn": 0}
    assert data["sums"] == {"total": 2, "found": 1.0, "fully_linked": 1.0}
    lines = found.table().splitlines()
    assert "entities typed    1.000  1.000  1.000      3      0      0" in lines
    assert "sums: 2, found 2, fully linked 2" in lines


@pytest.mark.parametrize(
    ("file", "text", "reason"),
    [
        ("a.json", "{", "a.json:1: "),
        ("a.json", '{"id": "x"}', "a.json: is not a gold annotation: KeyError"),
        ("identity.json", "{}", "holds no gold annotations"),
    ],
)
def test_gold_that_is_none_is_named(tmp_path: Path, file: str, text: str, reason: str) -> None:
    (tmp_path / file).write_text(text)
    with pytest.raises(ResourceError, match=reason):
        evaluate(tmp_path, Graph())


def test_words() -> None:
    assert norm("The Ministry’s PÉTRO-Plan") == "ministry petro plan"
    assert tokens("branches of the companies") == {"branch", "company"}
    assert overlap("auto parts makers", "makers of auto parts") == 1
    assert overlap("the", "of") == 0
    assert canonical_duration("P18M") == canonical_duration("P1Y6M")
    assert canonical_duration("P2W") == canonical_duration("P14D")
    assert canonical_duration(None) is None
    assert canonical_duration("soon") == "soon"
