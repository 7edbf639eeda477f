"""Pairs in doubt: what a build writes down, how they are ordered and shown, how answers are kept.  All is made up."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

import indiggraph
from indiggraph.cli import cli
from indiggraph.errors import ResourceError
from indiggraph.model import Doubt, Judgement, Verdict
from indiggraph.resolve import read_judgements
from indiggraph.review import questions, read_doubts, write_doubts
from indiggraph.store import Graph
from indiggraph.terms import BASE

TEXTS = {
    "one": "Zendabad Steel Company has signed a contract worth €5 million with Kenya. "
    "It will invest $2 million in Kenya.",
    "two": "Zendabad Steel Trading Company has signed a contract worth €7 million with Kenya.",
    "three": "Zenith Mines signed a contract worth €1 million with Kenya, its managing director Arman Moqimi said.",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a build of three texts."""
    place = tmp_path_factory.mktemp("review")
    for name, text in TEXTS.items():
        (place / f"{name}.txt").write_text(text, encoding="utf-8")
    indiggraph.build([place]).write(place / "out")
    return place / "out"


def test_a_parent_and_a_subsidiary_are_asked_about_and_not_joined(folder: Path) -> None:
    (question,) = questions(Graph.load(folder), read_doubts(folder))
    assert (question.left, question.right) == ("zendabad-steel-company", "zendabad-steel-trading-company")
    assert not question.joined
    assert question.facts == 3
    assert [passage.text in TEXTS[passage.document] for passage in question.passages] == [True, True]
    assert question.passages[1].text == TEXTS["two"]


def test_what_is_decided_is_not_asked_again(folder: Path) -> None:
    row = read_doubts(folder)[0]
    decided = Judgement(row["right"], row["left"], Verdict.UNSURE, Decimal(1))
    assert not questions(Graph.load(folder), read_doubts(folder), [decided])


def test_doubt_times_facts_decides_the_order(folder: Path) -> None:
    (row,) = read_doubts(folder)
    fewer = {**row, "left": "a", "doubt": str(Decimal(row["doubt"]) / 2)}
    asked = questions(Graph.load(folder), [fewer, row])
    assert [question.left for question in asked] == [row["left"], "a"]
    assert asked[0].weight == 2 * asked[1].weight


def test_doubts_survive_writing(tmp_path: Path) -> None:
    doubt = Doubt("a, b", 'c "d"', "m1", "m2", True, Decimal("0.85"), Decimal("0.5"), ("one", "two"))
    (tmp_path / "doubts.csv").write_text(write_doubts([doubt], BASE), encoding="utf-8")
    (row,) = read_doubts(tmp_path)
    assert (row["left"], row["right"], row["verdict"], row["reasons"]) == ("a, b", 'c "d"', "same", "one; two")


@pytest.mark.parametrize("text", [None, "left,right\n1,2\n"])
def test_a_folder_without_doubts_is_an_error(tmp_path: Path, text: str | None) -> None:
    if text is not None:
        (tmp_path / "doubts.csv").write_text(text, encoding="utf-8")
    with pytest.raises(ResourceError, match=r"doubts\.csv"):
        read_doubts(tmp_path)


def test_the_command_lists_for_people_and_for_scripts(folder: Path) -> None:
    shown = CliRunner().invoke(cli, ["review", str(folder)])
    assert shown.exit_code == 0
    assert "zendabad-steel-company | zendabad-steel-trading-company" in shown.stdout
    assert TEXTS["two"] in shown.stdout
    told = json.loads(CliRunner().invoke(cli, ["review", str(folder), "--format", "json"]).stdout)
    assert told["facts"] == 3


def test_an_answer_is_a_line_that_the_next_build_obeys(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "judgements.csv"
    names = ["zendabad-steel-company", "zendabad-steel-trading-company"]
    done = CliRunner().invoke(cli, ["review", str(folder), "--judgements", str(file), "--same", *names, "--who", "me"])
    assert done.exit_code == 0, done.output
    (judgement,) = read_judgements(file)
    assert (judgement.left, judgement.right, judgement.verdict) == (*names, Verdict.SAME)
    built = indiggraph.build([folder.parent / f"{name}.txt" for name in TEXTS], judgements=file)
    rows = built.graph.query("SELECT ?name { ?thing skos:altLabel|skos:prefLabel ?name ; skos:altLabel ?other }")
    assert {"Zendabad Steel Company", "Zendabad Steel Trading Company"} <= {row["name"] for row in rows}
    assert built.doubts.count("\n") == 1  # the columns alone


def test_asking_writes_each_answer(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "judgements.csv"
    done = CliRunner().invoke(cli, ["review", str(folder), "--judgements", str(file), "--ask"], input="n\n")
    assert done.exit_code == 0, done.output
    assert [judgement.verdict for judgement in read_judgements(file)] == [Verdict.NOT_SAME]


def test_an_answer_needs_a_file(folder: Path) -> None:
    assert CliRunner().invoke(cli, ["review", str(folder), "--same", "a", "b"]).exit_code == 2
