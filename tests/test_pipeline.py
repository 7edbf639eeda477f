"""A build from texts to files: what is in it, that nothing but the input decides its bytes, that files are whole."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from types import MappingProxyType

import pyoxigraph as ox
import pytest

import indiggraph
from indiggraph.errors import GraphError, InputError, ModelError, OutputError, ResourceError
from indiggraph.model import Rejection
from indiggraph.pipeline import Build, Report, build, check_writable
from indiggraph.store import Graph
from tests.views.sample import triples

TEXTS = MappingProxyType(
    {
        "pumps": "The Ministry of Pumps has signed a contract worth €5 million with Alphapump, deputy minister Anna "
        "Kovacs said on Monday.\n\nAlphapump made 400 pumps in Radom in 2020.",
        "valves": "RADOM – Alphapump will invest $12 million in a plant for valves, its managing director Béla Németh "
        "told the Radom Courier.\r\n\r\nThe plant is to make 3,000 valves a year, Németh added.",
        "prices": "\ufeffSteel prices rose by 5.2 percent in May, the Ministry of Pumps said.",
    }
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with texts and with what cannot be read."""
    folder = tmp_path_factory.mktemp("texts")
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_bytes(text.encode())
    (folder / "bad.txt").write_bytes(b"\x00\x01")
    (folder / "news.jsonl").write_text('{"text": \n')
    return folder


@pytest.fixture(scope="module")
def built(folder: Path) -> Build:
    return build([folder])


def test_a_build_holds_the_facts_of_every_text(built: Build) -> None:
    rows = built.graph.query("""
        SELECT DISTINCT ?id ?sum { ?fact ig:amount/rdfs:label ?sum ; ig:evidence/oa:hasSource/dcterms:identifier ?id }
        ORDER BY ?id""")
    assert [(row["id"], row["sum"]) for row in rows] == [("pumps", "€5 million"), ("valves", "$12 million")]


def test_every_selector_shows_its_place_in_the_file(built: Build, folder: Path) -> None:
    rows = list(
        built.graph.query("""
        SELECT ?id ?start ?end ?exact {
          ?part oa:hasSource/dcterms:identifier ?id ; oa:hasSelector ?selector .
          ?selector oa:start ?start ; oa:end ?end ; oa:exact ?exact }""")
    )
    assert {row["id"] for row in rows} == set(TEXTS)
    for row in rows:
        with (folder / f"{row['id']}.txt").open(encoding="utf-8", newline="") as stream:
            assert stream.read()[row["start"] : row["end"]] == row["exact"]  # type: ignore[misc]


def test_the_report_counts_what_is_in_the_graph(built: Build, folder: Path) -> None:
    report = built.report
    assert report.documents == 3
    assert sorted(report.rejected, key=lambda rejection: rejection.source) == [
        Rejection(str(folder / "bad.txt"), "is binary (holds NUL bytes)"),
        Rejection(str(folder / "news.jsonl"), "is not JSON: Expecting value (line 1, column 10)", 1),
    ]
    assert report.triples == len(built.graph)
    assert sum(report.facts.values()) == len(built.graph.query("SELECT ?fact { ?fact a ig:Fact }"))
    assert report.things["Person"] == len(built.graph.query("SELECT ?person { ?person a ig:Person }"))
    assert report.sums == 2
    keys = ["documents", "rejected", "things", "facts", "sums", "triples", "version", "model", "crowds"]
    assert list(json.loads(report.to_json())) == keys
    assert json.loads(report.to_json())["rejected"][0].keys() == {"source", "line", "reason"}
    assert report.version == indiggraph.__version__


def test_neither_order_nor_workers_change_a_byte(built: Build, folder: Path) -> None:
    files = [folder / f"{name}.txt" for name in ("valves", "pumps", "prices")]
    forward = build(files)
    assert forward.graph.turtle() == built.graph.turtle()
    assert build(files[::-1], jobs=2).graph.turtle() == built.graph.turtle()
    assert forward.trail.turtle() == built.trail.turtle()


def test_a_text_tells_the_same_in_any_company(built: Build, folder: Path) -> None:
    alone = build([folder / "prices.txt"]).graph
    wanted = "SELECT ?fact ?label { ?fact a ig:Change ; rdfs:label ?label }"
    assert list(alone.query(wanted)) == list(built.graph.query(wanted))
    assert len(alone.query(wanted)) == 1


def test_progress_is_told_in_the_order_of_reading(folder: Path) -> None:
    seen: list[str] = []
    build([folder / "pumps.txt", folder / "prices.txt"], progress=seen.append)
    assert seen == ["prices", "pumps"]


def test_another_base_gives_other_iris(folder: Path) -> None:
    graph = build([folder / "prices.txt"], base="https://example.org/kb/").graph
    subjects = {triple.subject.value for triple in graph.triples() if isinstance(triple.subject, ox.NamedNode)}
    assert any(subject.startswith("https://example.org/kb/fact/") for subject in subjects)
    assert not [subject for subject in subjects if subject.startswith("https://w3id.org/indiggraph/id/fact/")]


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"base": "not an iri"}, GraphError),
        ({"model": "en_no_such_model"}, ModelError),
        ({"judgements": "no-such.csv"}, ResourceError),
        ({"gazetteer": "no-such.csv"}, ResourceError),
    ],
)
def test_a_wrong_option_is_an_error_of_the_tree(folder: Path, options: dict[str, str], error: type[Exception]) -> None:
    with pytest.raises(error):
        build([folder / "prices.txt"], **options)  # type: ignore[arg-type]


def test_a_missing_source_is_an_error() -> None:
    with pytest.raises(InputError):
        build(["no-such.txt"])


def test_names_of_the_package_are_loaded_when_asked_for() -> None:
    assert indiggraph.build is build
    assert indiggraph.Graph is Graph
    assert dir(indiggraph) == sorted(indiggraph.__all__)
    with pytest.raises(AttributeError, match="has no attribute 'paint'"):
        indiggraph.paint  # noqa: B018


# ---- files -------------------------------------------------------------------------------------------------------


@pytest.fixture
def small() -> Iterator[Build]:
    """A build that needs no language pipeline."""
    graph = Graph.from_quads(triples())
    yield Build(graph, Graph(), Report(1, (), {}, {}, 0, len(graph), "0", "none"), "", b"")


def test_all_files_are_written(small: Build, tmp_path: Path) -> None:
    small.write(tmp_path / "a" / "out")
    names = sorted(path.name for path in (tmp_path / "a" / "out").iterdir())
    assert names == ["doubts.csv", "extractions.jsonl.gz", "graph.ttl", "report.json", "trail.ttl", "view.html"]
    assert Graph.load(tmp_path / "a" / "out").turtle() == small.graph.turtle()
    assert "<title>Facts from 1 text</title>" in (tmp_path / "a" / "out" / "view.html").read_text("utf-8")


def test_a_second_build_replaces_the_first_and_leaves_other_files(small: Build, tmp_path: Path) -> None:
    (tmp_path / "graph.ttl").write_text("old")
    (tmp_path / "notes.txt").write_text("mine")
    small.write(tmp_path)
    assert (tmp_path / "graph.ttl").read_bytes() == small.graph.turtle()
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_a_failure_leaves_what_was_there(small: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "graph.ttl").write_text("old")

    def full(path: Path, data: bytes) -> None:
        if path.name == "report.json":
            raise OSError(28, "No space left on device")
        path.write_bytes(data)

    monkeypatch.setattr("indiggraph.pipeline._write_durably", full)
    with pytest.raises(OutputError, match="cannot be written: No space left on device"):
        small.write(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["graph.ttl"]
    assert (tmp_path / "graph.ttl").read_text() == "old"
    with pytest.raises(OutputError):
        small.write(tmp_path / "new")
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    "blocked", ["graph.ttl", "trail.ttl", "doubts.csv", "view.html", "extractions.jsonl.gz", "report.json"]
)
def test_a_folder_with_the_name_of_a_file_stops_a_build_before_a_file_is_touched(
    small: Build, tmp_path: Path, blocked: str
) -> None:
    (tmp_path / blocked).mkdir()
    with pytest.raises(OutputError, match=f"{blocked}: is a folder"):
        check_writable(tmp_path)
    with pytest.raises(OutputError, match=f"{blocked}: is a folder"):
        small.write(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [blocked]


@pytest.mark.parametrize(
    "failing", ["graph.ttl", "trail.ttl", "doubts.csv", "view.html", "extractions.jsonl.gz", "report.json"]
)
def test_a_rename_that_fails_undoes_those_before_it(
    small: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    old = {"graph.ttl": "old graph", "view.html": "old view", "report.json": "old report"}  # and no others
    for name, text in old.items():
        (tmp_path / name).write_text(text)
    replace = Path.replace

    def stubborn(source: Path, target: Path) -> Path:
        if source.name == failing and source.parent.name != "old":
            raise OSError(5, "Input/output error")
        return replace(source, target)

    monkeypatch.setattr(Path, "replace", stubborn)
    with pytest.raises(OutputError, match="cannot be written: Input/output error"):
        small.write(tmp_path)
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == old


def test_the_report_takes_its_name_last(small: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names: list[str] = []
    replace = Path.replace

    def noted(source: Path, target: Path) -> Path:
        names.append(target.name)
        return replace(source, target)

    monkeypatch.setattr(Path, "replace", noted)
    small.write(tmp_path)
    assert names == ["graph.ttl", "trail.ttl", "doubts.csv", "view.html", "extractions.jsonl.gz", "report.json"]


def test_a_place_that_cannot_be_written_is_known_before_the_work(tmp_path: Path) -> None:
    check_writable(tmp_path / "a" / "b")
    assert not (tmp_path / "a").exists()
    (tmp_path / "file").write_text("")
    for place in (tmp_path / "file", tmp_path / "file" / "out"):
        with pytest.raises(OutputError, match="is not a folder"):
            check_writable(place)
