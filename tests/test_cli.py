"""The command line: what goes where, and with which exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from indiggraph.cli import cli
from indiggraph.store import Graph
from tests.views.sample import triples

COMMANDS = ("build", "query", "view", "validate", "show", "values", "explain", "evaluate")
NEWS = (
    "The Ministry of Pumps has signed a contract worth €5 million with Alphapump, deputy minister Anna Kovacs said.\n\n"
    "Alphapump made 400 pumps in Radom in 2020.\n"
)


def _run(*arguments: str | Path, stdin: str | None = None) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], input=stdin)


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    """A build's folder with the sample graph."""
    folder = tmp_path / "out"
    folder.mkdir()
    Graph.from_quads(triples()).write_turtle(folder / "graph.ttl")
    return folder


# ---- all commands ------------------------------------------------------------------------------------------------


def test_help_lists_every_command_with_its_own_first_line() -> None:
    listed = _run("--help").stdout
    for name in COMMANDS:
        own = " ".join(_run(name, "--help").stdout.split())
        [line] = [line for line in listed.splitlines() if line.strip().startswith(f"{name} ")]
        assert line.split(name, 1)[1].strip().rstrip(".").split(":")[0] in own


def test_an_unknown_command_or_option_cannot_be_done() -> None:
    assert _run("paint").exit_code == 2
    assert _run("view", "--colour", "red").exit_code == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ("query", "missing.ttl", "ASK {}"),
        ("view", "missing.ttl", "-o", "x.html"),
        ("validate", "missing"),
        ("show", "missing.ttl", "Radom"),
        ("build", "missing.txt", "-o", "out"),
    ],
)
def test_what_is_not_there_is_one_line_and_exit_code_2(
    arguments: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = _run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    [line] = result.stderr.splitlines()
    assert line.startswith("indiggraph: missing")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_is_one_line_and_exit_code_2(graph: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = _process(["query", str(graph), "SELECT * { ?s ?p ?o }"], stdout=full)
    assert done.returncode == 2
    assert done.stderr == "indiggraph: standard output: No space left on device\n"


def test_a_reader_that_has_seen_enough_is_no_failure(graph: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    done = _process(["query", str(graph), "SELECT * { ?s ?p ?o }"], stdout=write)
    os.close(write)
    assert (done.returncode, done.stderr) == (0, "")


def _process(arguments: list[str], stdout: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "indiggraph", *arguments],
        stdout=stdout,  # type: ignore[call-overload]
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        cwd=Path(__file__).parents[1],
        timeout=60,
    )


# ---- query -------------------------------------------------------------------------------------------------------


def test_a_query_answers_on_standard_output(graph: Path, tmp_path: Path) -> None:
    text = "SELECT ?label { ?person a ig:Person ; skos:prefLabel ?label } ORDER BY ?label"
    assert _run("query", graph, text, "--format", "csv").stdout == "label\nAnna Kovacs\nBéla Németh\n"
    file = tmp_path / "people.rq"
    file.write_text(text)
    assert (
        _run("query", graph / "graph.ttl", "-f", file, "--format", "tsv").stdout == "label\nAnna Kovacs\nBéla Németh\n"
    )
    answer = json.loads(_run("query", graph, text, "--format", "json").stdout)
    assert [row["label"]["value"] for row in answer["results"]["bindings"]] == ["Anna Kovacs", "Béla Németh"]


def test_named_queries_are_listed_and_asked(graph: Path) -> None:
    listed = _run("query", "--list")
    assert listed.exit_code == 0
    assert "\n    --param " in listed.stdout
    names = [line for line in listed.stdout.splitlines() if not line.startswith(" ")]
    assert len(names) > 5
    assert _run("query", graph, "--name", "posts").stdout.count("deputy minister") == 1


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ((), "name a GRAPH"),
        (("{graph}",), "give one of"),
        (("{graph}", "ASK {}", "--name", "posts"), "give one of"),
        (("{graph}", "ASK {}", "--param", "a=b"), "--param belongs to --name"),
        (("{graph}", "--name", "posts", "--param", "a"), "is not KEY=VALUE"),
        (("{graph}", "--name", "no-such"), "no query is named 'no-such'"),
        (("{graph}", "SELEKT"), "query does not parse"),
        (("{graph}", "-f", "no-such.rq"), "no-such.rq: No such file"),
        (("{graph}", "ASK {}", "--format", "xml"), "'xml' is not one of"),
    ],
)
def test_a_wrong_query_says_what_is_wrong(graph: Path, arguments: tuple[str, ...], reason: str) -> None:
    result = _run(
        "query", *(argument.format(graph=graph) if "{graph}" in argument else argument for argument in arguments)
    )
    assert (result.exit_code, result.stdout) == (2, "")
    assert reason in result.stderr


# ---- view, show --------------------------------------------------------------------------------------------------


def test_a_view_is_written_whole_or_near_a_thing(graph: Path, tmp_path: Path) -> None:
    whole, near = tmp_path / "whole.html", tmp_path / "near.html"
    assert _run("view", graph, "-o", whole).exit_code == 0
    assert "8 things, 2 facts" in whole.read_text("utf-8")
    assert _run("view", graph, "-o", near, "--about", "nemeth", "--hops", "1").exit_code == 0
    assert "<title>Around Béla Németh</title>" in near.read_text("utf-8")
    assert "1 thing, 0 facts" in near.read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("--hops", "2"), "--hops belongs to --about"),
        (("--about", "Atlantis"), "nothing in the graph is called 'Atlantis'"),
    ],
)
def test_a_view_that_cannot_be_drawn_writes_nothing(
    graph: Path, tmp_path: Path, arguments: tuple[str, ...], reason: str
) -> None:
    result = _run("view", graph, "-o", tmp_path / "view.html", *arguments)
    assert result.exit_code == 2
    assert reason in result.stderr
    assert not (tmp_path / "view.html").exists()


def test_a_view_into_a_folder_that_is_not_there_is_an_error(graph: Path, tmp_path: Path) -> None:
    result = _run("view", graph, "-o", tmp_path / "no" / "view.html")
    assert result.exit_code == 2
    assert "cannot be written" in result.stderr


def test_show_tells_posts_facts_values_and_sentences(graph: Path) -> None:
    shown = _run("show", graph, "anna kovacs").stdout
    assert shown.splitlines()[0] == "Anna Kovacs (Person)"
    for line in (
        "  also: Kovacs",
        "deputy minister: Anna Kovacs, Ministry of Pumps",
        "Agreement [stated by]: Ministry of Pumps – agreement: €5 million – domestic pump makers",
        "  counterparty: domestic pump makers",
        "  amount: over €5 million (at least 5,000,000 EUR)",
        "  “The ministry will pay makers over €5 million.”",
        "    Pumps for two towns, characters 40 to 90",
    ):
        assert line in shown.splitlines(), line


@pytest.mark.parametrize("name", ["Béla Németh", "BELA NEMETH", "meth", "https://w3id.org/indiggraph/id/person/nemeth"])
def test_a_thing_is_found_by_name_part_or_iri(graph: Path, name: str) -> None:
    assert _run("show", graph, name).stdout.startswith("Béla Németh (Person)\n")


def test_several_things_of_a_name_are_listed(graph: Path) -> None:
    result = _run("show", graph, "pump")
    assert result.exit_code == 2
    assert "3 things are called 'pump'" in result.stderr
    assert "Alphapump <https://w3id.org/indiggraph/id/organization/alphapump>" in result.stderr
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("name", ["Atlantis", "", " "])
def test_an_unknown_thing_cannot_be_shown(graph: Path, name: str) -> None:
    result = _run("show", graph, name)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "nothing in the graph is called" in result.stderr


def test_control_characters_of_a_text_never_reach_the_terminal(tmp_path: Path) -> None:
    file = tmp_path / "graph.ttl"
    Graph.from_quads(triples('person:x a ig:Person ; skos:prefLabel "Ann\\u001B[31m\\u0007\\u202Ea" .')).write_turtle(
        file
    )
    assert _run("show", file, "ann").stdout.splitlines()[0] == "Ann [31m a (Person)"


# ---- validate ----------------------------------------------------------------------------------------------------


def test_findings_are_lines_and_exit_code_1(tmp_path: Path) -> None:
    file = tmp_path / "graph.ttl"
    Graph.from_quads(triples("fact:bare a ig:Fact, ig:Agreement .")).write_turtle(file)
    result = _run("validate", file)
    assert result.exit_code == 1
    assert result.stdout.startswith("violation: ")
    assert all("<https://w3id.org/indiggraph/id/fact/bare>" in line for line in result.stdout.splitlines())


# ---- values ------------------------------------------------------------------------------------------------------


def test_values_answers_a_json_line_for_each() -> None:
    lines = [
        {"id": "a", "text": "It cost €5 million last year.", "ref": "2021-05-08T10:00:00"},
        {"text": "Nothing to see."},
    ]
    result = _run("values", stdin="".join(f"{json.dumps(line)}\n" for line in lines))
    first, second = map(json.loads, result.stdout.splitlines())
    assert first["id"] == "a"
    assert [(value["kind"], value["text"]) for value in first["values"]] == [
        ("money", "€5 million"),
        ("date", "last year"),
    ]
    assert (first["values"][0]["value"], first["values"][0]["currency"]) == ("5000000", "EUR")
    assert (first["values"][1]["first_day"], first["values"][1]["last_day"]) == ("2020-01-01", "2020-12-31")
    assert second == {"id": None, "values": []}
    assert result.exit_code == 0


def test_values_reads_plain_lines_of_a_file(tmp_path: Path) -> None:
    file = tmp_path / "texts.txt"
    file.write_bytes("It cost €5 million.\r\n\nAbout 40 pumps\n".encode())
    result = _run("values", "--plain", file)
    assert [len(json.loads(line)["values"]) for line in result.stdout.splitlines()] == [1, 0, 1]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "-:1: is not JSON"),
        ("[]", "-:1: has no text"),
        ('{"text": 5}', "-:1: has no text"),
        ('{"text": "x", "ref": "today"}', "-:1: has a wrong ref: 'today' is not an ISO date"),
    ],
)
def test_values_names_wrong_lines_and_reads_the_others(line: str, reason: str) -> None:
    result = _run("values", stdin=f'{line}\n{{"id": 2, "text": "x"}}\n')
    assert result.exit_code == 1
    assert result.stderr.startswith(reason)
    assert [json.loads(found)["id"] for found in result.stdout.splitlines()] == [2]


# ---- build -------------------------------------------------------------------------------------------------------


def test_a_build_says_what_it_read_and_where_it_is(tmp_path: Path) -> None:
    (tmp_path / "news.txt").write_text(NEWS)
    (tmp_path / "bad.txt").write_bytes(b"\xff")
    result = _run("build", tmp_path / "news.txt", tmp_path / "bad.txt", "-o", tmp_path / "out")
    assert result.exit_code == 1
    assert result.stdout.startswith("documents  1, 1 skipped\nthings     ")
    assert f"graph      {tmp_path}/out/graph.ttl\n" in result.stdout
    assert result.stderr == f"skipped {tmp_path}/bad.txt: is not UTF-8 (byte 0)\n"
    assert json.loads((tmp_path / "out" / "report.json").read_text())["documents"] == 1
    assert "€5 million" in _run("query", tmp_path / "out", "--name", "largest-sums").stdout


def test_standard_input_and_options_reach_the_graph(tmp_path: Path) -> None:
    options = ("--published", "2021-05-08", "--publisher", "Example Wire", "--base", "https://example.org/")
    assert _run("build", "-", "-o", tmp_path / "out", *options, stdin=NEWS).exit_code == 0
    text = "SELECT ?id ?name ?day { ?d dcterms:identifier ?id ; dcterms:publisher ?name ; schema:datePublished ?day }"
    answer = _run("query", tmp_path / "out", text, "--format", "csv").stdout
    assert answer == "id,name,day\nstdin,Example Wire,2021-05-08\n"
    assert "<https://example.org/" in (tmp_path / "out" / "graph.ttl").read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("--published", "yesterday"), "'yesterday' is not an ISO date"),
        (("--jobs", "0"), "0 is not in the range"),
        (("--max-bytes", "0"), "0 is not in the range"),
        (("--model", "en_no_such_model"), "model 'en_no_such_model' cannot be loaded"),
        (("--base", "x"), "base 'x' is not an absolute IRI"),
        (("--gazetteer", "no-such.csv"), "no-such.csv"),
        (("--judgements", "no-such.csv"), "no-such.csv"),
    ],
)
def test_a_build_that_cannot_be_done_writes_nothing(tmp_path: Path, arguments: tuple[str, ...], reason: str) -> None:
    (tmp_path / "news.txt").write_text(NEWS)
    result = _run("build", tmp_path / "news.txt", "-o", tmp_path / "out", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert reason in result.stderr
    assert not (tmp_path / "out").exists()


def test_an_output_that_is_a_file_is_refused_before_the_work(tmp_path: Path) -> None:
    (tmp_path / "news.txt").write_text(NEWS)
    (tmp_path / "out").write_text("mine")
    result = _run("build", tmp_path / "news.txt", "-o", tmp_path / "out")
    assert result.exit_code == 2
    assert result.stderr == f"indiggraph: {tmp_path}/out: {tmp_path}/out is not a folder\n"
    assert (tmp_path / "out").read_text() == "mine"


# ---- evaluate ----------------------------------------------------------------------------------------------------


def test_figures_are_printed_as_a_table_or_as_json(graph: Path, tmp_path: Path) -> None:
    gold = tmp_path / "gold"
    gold.mkdir()
    entities = [{"key": "k", "type": "Person", "names": ["Anna Kovacs"]}]
    (gold / "d1.json").write_text(json.dumps({"id": "d1", "entities": entities, "tenures": [], "facts": []}))
    assert "sums: 0, found 0, fully linked 0\ndocuments: 1, absent 0\n" in _run("evaluate", gold, graph).stdout
    assert json.loads(_run("evaluate", gold, graph, "--json").stdout)["documents"] == 1


def test_what_is_asked_of_figures_is_printed(graph: Path, tmp_path: Path) -> None:
    gold = tmp_path / "gold"
    gold.mkdir()
    entities = [{"key": "k", "type": "Person", "names": ["Anna Kovacs"]}]
    (gold / "d1.json").write_text(json.dumps({"id": "d1", "entities": entities, "tenures": [], "facts": []}))
    assert _run("evaluate", gold, graph, "--by", "document").stdout.splitlines()[1] == "d1"
    assert "expected calibration error" in _run("evaluate", gold, graph, "--reliability").stdout
    assert "spare fact Agreement" in _run("evaluate", gold, graph, "--errors").stdout
    same = _run("evaluate", gold, graph, "--against", graph)
    assert (same.exit_code, same.stdout) == (0, "no figure has changed\ngains 0, losses 0\n")
    assert (
        json.loads(_run("evaluate", gold, graph, "--against", graph, "--json").stdout)["against"]["differences"] == []
    )


def test_gold_that_the_graph_lacks_is_exit_code_1(graph: Path, tmp_path: Path) -> None:
    gold = tmp_path / "gold"
    gold.mkdir()
    for name in ("d1", "elsewhere"):
        (gold / f"{name}.json").write_text(json.dumps({"id": name, "entities": [], "tenures": [], "facts": []}))
    result = _run("evaluate", gold, graph)
    assert result.exit_code == 1
    assert "documents: 2, absent 1 (elsewhere)\n" in result.stdout
    assert result.stderr == "1 documents of the gold are not in the graph\n"
    assert _run("evaluate", gold, graph, "--json").exit_code == 1


def test_figures_need_gold(graph: Path, tmp_path: Path) -> None:
    result = _run("evaluate", tmp_path / "no-gold", graph)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "no-gold" in result.stderr


# ---- adding to a build -------------------------------------------------------------------------------------------


def test_texts_are_added_to_a_build_or_nothing_changes(tmp_path: Path) -> None:
    first, out = tmp_path / "first.txt", tmp_path / "out"
    first.write_text(NEWS, encoding="utf-8")
    assert _run("build", first, "-o", out, "--add").exit_code == 0
    (tmp_path / "second.txt").write_text(NEWS.replace("5 million", "6 million"), encoding="utf-8")
    added = _run("build", tmp_path / "second.txt", "-o", out, "--add")
    assert (added.exit_code, added.stdout.splitlines()[0]) == (0, "documents  2")
    first.write_text(NEWS.replace("400", "500"), encoding="utf-8")
    before = (out / "graph.ttl").read_bytes()
    refused = _run("build", first, "-o", out, "--add")
    assert refused.exit_code == 2
    assert refused.stderr == f"indiggraph: {first}: another text of the id 'first' is in the graph already\n"
    assert (out / "graph.ttl").read_bytes() == before
    assert _run("build", first, "-o", out, "--add", "--replace").exit_code == 0
    assert b"500" in (out / "graph.ttl").read_bytes() != before
    assert _run("build", first, "-o", out, "--replace").exit_code == 2
