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
from indiggraph.evaluate import evaluate
from indiggraph.evaluation.answers import figures, in_slots
from indiggraph.evaluation.compare import compare, side_by_side
from indiggraph.evaluation.reliability import score_reliability
from indiggraph.evaluation.report import errors, group_table, table
from indiggraph.evaluation.result import Evaluation
from indiggraph.evaluation.tally import Tally
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
    assert (found.documents, found.absent) == (("doc",), ())


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
    assert (found.documents, found.absent) == (("doc", "other"), ("other",))
    assert found.facts.missed == 3
    assert found.by_document["other"]["slots"].f1 == 0
    assert (found.sums.total, found.sums.found) == (4, 2)


# ---- by type, document and answer ----------------------------------------------------------------------------------


def changed_gold() -> dict[str, Any]:
    """Gold that the graph misses in a role, a type and a whole fact, and a fact that it has to spare."""
    gold = copy.deepcopy(GOLD)
    gold["facts"][0]["counterparty"] = ["castora"]
    gold["facts"][0]["agent"] = ["prado"]
    gold["facts"][1]["type"] = "Investment"
    gold["facts"][2]["cue"], gold["facts"][2]["quantity"] = "nowhere", []
    gold["tenures"].append({"person": "prado", "post": "mayor", "organization": None, "former": False})
    return gold


def test_types_and_documents_add_up_to_the_whole(tmp_path: Path, graph: Graph) -> None:
    found = score(tmp_path, graph, changed_gold(), {**GOLD, "id": "other"})
    assert set(found.by_type) == {"Agreement", "Investment", "Change"}
    assert found.by_type["Investment"]["facts"].missed == 1
    assert found.by_type["Agreement"]["facts"].spare == 1
    for groups, parts in ((found.by_type, ("facts", "slots")), (found.by_document, tuple(found.parts))):
        for part in parts:
            whole = [groups[name][part] for name in groups if part in groups[name]]
            total = Tally.total(Tally(one.right, spare=one.spare, missed=one.missed) for one in whole).figures()
            assert total == found.parts[part], part
    by_slot = Tally.total(Tally(f.right, spare=f.spare, missed=f.missed) for f in found.by_slot.values())
    assert by_slot.figures() == found.slots == figures(in_slots(found.answers))


def test_errors_are_listed_by_document_and_fact(tmp_path: Path, graph: Graph) -> None:
    lines = errors(score(tmp_path, graph, changed_gold())).splitlines()
    assert lines[0] == "doc"
    for line in (
        "  tenures: missed Ana Prado, mayor",
        "  fact f1 Agreement, “signed a deal worth”",
        "    agent: missed Ana Prado; spare Orban Works",
        "  fact f2 Investment, “Of this, €2 million”",
        "    type: spare Agreement; missed Investment",
        "  missed fact f3 Change, “nowhere”",
    ):
        assert line in lines, line
    assert [line for line in lines if line.startswith("  spare fact Change, “")]
    assert not [line for line in lines if "12 %" in line], "slots of facts that are missed or spare are not listed"


def test_nothing_wrong_lists_nothing(tmp_path: Path, graph: Graph) -> None:
    assert errors(score(tmp_path, graph, GOLD)) == ""


def test_groups_are_printed(tmp_path: Path, graph: Graph) -> None:
    lines = group_table(score(tmp_path, graph, GOLD).by_type).splitlines()
    assert lines[1:3] == ["Agreement", "  facts           1.000  1.000  1.000      2      0      0"]


# ---- two graphs ----------------------------------------------------------------------------------------------------


def test_gains_and_losses_are_told_by_fact(tmp_path: Path, graph: Graph) -> None:
    kept = [
        t for t in graph.triples() if "counterparty" not in t.predicate.value and "statedBy" not in t.predicate.value
    ]
    less = evaluated(tmp_path, Graph.from_quads(kept))
    compared = compare(less, evaluated(tmp_path, graph))
    assert [(d.sign, d.part, d.what) for d in compared.differences] == [
        ("+", "counterparty", "found Orban Works"),
        ("+", "statedBy", "found Ana Prado"),
    ]
    assert {d.fact for d in compared.differences} == {"f1 Agreement, “signed a deal worth”"}
    assert compared.figures["slot counterparty"] == (0.0, 1.0)
    back = compare(evaluated(tmp_path, graph), less)
    assert [d.sign for d in back.differences] == ["-", "-"]
    shown = back.table().splitlines()
    assert "slot counterparty          1.000   0.000   -1.000" in shown
    assert "gains 0, losses 2" in shown
    assert "  - counterparty: lost Orban Works" in shown
    assert not [line for line in shown if line.startswith("entities ")], "what is the same is left out"


def evaluated(folder: Path, graph: Graph) -> Evaluation:
    return score(folder, graph, GOLD)


def test_a_spare_answer_that_goes_is_a_gain(tmp_path: Path, graph: Graph) -> None:
    gold = copy.deepcopy(GOLD)
    gold["facts"][0]["statedBy"] = []
    kept = Graph.from_quads(t for t in graph.triples() if "statedBy" not in t.predicate.value)
    [difference] = compare(score(tmp_path, graph, gold), score(tmp_path, kept, gold)).differences
    assert (difference.sign, difference.what) == ("+", "no longer spare Ana Prado")


def test_the_same_graph_gains_and_loses_nothing(tmp_path: Path, graph: Graph) -> None:
    compared = compare(evaluated(tmp_path, graph), evaluated(tmp_path, graph))
    assert compared.differences == ()
    assert compared.table() == "no figure has changed\ngains 0, losses 0\n"
    assert side_by_side({"a": (None, 0.5), "b": (1, 1)}).splitlines()[1].split() == ["a", "none", "0.500"]


# ---- confidence ----------------------------------------------------------------------------------------------------


def test_reliability_compares_confidence_with_what_is_right() -> None:
    curve = score_reliability([(0.85, True), (0.85, False), (0.3, False), (1.0, True), (0.0, False)])
    assert [(one.low, one.facts, one.confidence, one.right) for one in curve.bins] == [
        (0.0, 1, 0.0, 0.0),
        (0.3, 1, 0.3, 0.0),
        (0.8, 2, 0.85, 0.5),
        (0.9, 1, 1.0, 1.0),
    ]
    assert curve.error == pytest.approx((2 * 0.35 + 0.3) / 5)
    assert "0.8 to 0.9            2  0.850  0.500" in curve.table().splitlines()


def test_without_facts_there_is_no_curve() -> None:
    assert score_reliability([]).to_json() == {"ece": None, "bins": []}


def test_facts_count_for_the_curve_unless_they_are_optional(tmp_path: Path, graph: Graph) -> None:
    assert sum(one.facts for one in score(tmp_path, graph, GOLD).reliability.bins) == 3
    gold = changed_gold()
    [one] = score(tmp_path, graph, gold).reliability.bins
    assert (one.low, one.facts, one.right) == (0.9, 3, round(1 / 3, 4))
    gold["facts"][0]["optional"] = True
    [other] = score(tmp_path, graph, gold).reliability.bins
    assert (other.facts, other.right) == (2, 0.0)


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
    lines = table(found).splitlines()
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
