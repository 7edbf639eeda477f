"""Bad input and bad places, end to end: what is wrong is named and skipped, what is hostile stays text."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from click.testing import CliRunner, Result

import indiggraph
from indiggraph.cli import cli
from indiggraph.pipeline import Build
from indiggraph.store import Graph
from indiggraph.turtle import turtle
from indiggraph.validate import validate

ROOT = Path(__file__).parents[1]
NEWS = (
    "The Ministry of Pumps has signed a contract worth €5 million with Alphapump, deputy minister Anna Kovacs said.\n"
)


def _build(*arguments: str | Path, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(cli, ["build", *map(str, arguments)], input=stdin)


def _written(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


# ---- what cannot be read -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One good text among all kinds of bad ones."""
    folder = tmp_path_factory.mktemp("mixed")
    files: dict[str, bytes] = {
        "binary.txt": bytes(range(256)) * 8,
        "blank.txt": b" \n\t\n",
        "controls.txt": NEWS.encode() + b"\x1b\x07" * 40,
        "empty.html": b"",
        "empty.jsonl": b"",
        "empty.txt": b"",
        "german.txt": "Das Ministerium hat gestern in Berlin einen Vertrag über zwölf Pumpen unterzeichnet.".encode(),
        "good.txt": NEWS.encode(),
        "huge.txt": NEWS.encode() * 400,
        "latin.txt": "El ministro firmó".encode("latin-1"),
        "lines.jsonl": b'{"text": 5}\n{\n\xff\n[]\n',
        "page.html": b"<html><script>let a = 1</script></html>",
        "utf16.txt": NEWS.encode("utf-16"),
    }
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def test_bad_texts_are_named_and_all_else_is_built(mixed: Path, tmp_path: Path) -> None:
    result = _build(mixed, "-o", tmp_path / "out", "--max-bytes", "20000")
    assert result.exit_code == 1
    lines = [line.removeprefix(f"skipped {mixed}/") for line in result.stderr.splitlines()]
    assert lines == [
        "binary.txt: is binary (holds NUL bytes)",
        "blank.txt: is empty",
        "controls.txt: is binary (full of control characters)",
        "empty.html: is empty",
        "empty.jsonl: is empty",
        "empty.txt: is empty",
        "german.txt: is not English (language: de)",
        "huge.txt: is larger than 20,000 bytes",
        "latin.txt: is not UTF-8 (byte 16)",
        "lines.jsonl:1: has a wrong text: it is not a string",
        "lines.jsonl:2: is not JSON: Expecting property name enclosed in double quotes (line 1, column 2)",
        "lines.jsonl:3: is not UTF-8 (byte 0)",
        "lines.jsonl:4: is not a JSON object",
        "page.html: holds no article text",
        "utf16.txt: is binary (holds NUL bytes)",
    ]
    report = json.loads((tmp_path / "out" / "report.json").read_text("utf-8"))
    assert (report["documents"], len(report["rejected"]), report["sums"]) == (1, 15, 1)


def test_where_nothing_can_be_read_the_graph_is_empty(tmp_path: Path) -> None:
    result = _build("-", "-o", tmp_path / "out", stdin=b"")
    assert (result.exit_code, result.stderr) == (1, "skipped stdin: is empty\n")
    assert len(Graph.load(tmp_path / "out")) == 0
    assert "0 things, 0 facts" in (tmp_path / "out" / "view.html").read_text("utf-8")


# ---- what is hostile ---------------------------------------------------------------------------------------------

# Put where a name stands, and into all that a source says about itself.
HOSTILE = [
    pytest.param("</script><script>alert(1)</script>", id="a script"),
    pytest.param("<img src=x onerror=alert(1)>", id="markup"),
    pytest.param("<!--", id="a comment that does not end"),
    pytest.param("]]>&lt;&#60;", id="entities"),
    pytest.param('"""\' \\ \\u0022 \\', id="quotes and backslashes"),
    pytest.param("<https://example.org/x> a ig:Fact .", id="a triple"),
    pytest.param("http://example.org/a b{c}|d^e`f", id="an IRI that is none"),
    pytest.param("Ann\u0001\u0007\u001b[31m\u007f\u0085\u009b", id="control characters"),
    pytest.param("\u202eevil\u2066\u200b\ufeff", id="directions and invisible characters"),
    pytest.param("line\u2028paragraph\u2029", id="line separators"),
    pytest.param("e\u0301\u0301\u0301 ﷽ 𝔸 \U0001f468\u200d\U0001f469", id="marks and planes"),
    pytest.param("{{ title }} {% for %} ${x} `y`", id="templates"),
]


_PLAIN = "The plant is in the south of the country and has 40 workers.\n" * 40  # few controls make no text binary


class _Tags(HTMLParser):
    """Collects the start tags of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        self.tags.append(tag)


@dataclass(frozen=True, slots=True)
class Hostile:
    """A build of a text that is full of something hostile."""

    text: str
    folder: Path
    build: Build


@pytest.fixture(scope="module", params=HOSTILE)
def hostile(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Hostile:
    text, folder = str(request.param), tmp_path_factory.mktemp("hostile")
    news = (
        f"The {text} Ministry has signed a contract worth €5 million with {text} Company, minister Anna {text} "
        f"Kovacs said. “{text}” is the program of Alphapump, Anna Kovacs told {text} News Agency on Saturday, and the "
        f"exports of the country rose to 400 pumps in 2020.\n{_PLAIN}"
    )
    about = dict.fromkeys(("id", "title", "publisher", "license"), text) | {"url": f"https://example.org/{text}"}
    (folder / "news.jsonl").write_text(json.dumps({"text": news, **about}) + "\n", "utf-8")
    built = indiggraph.build([folder])
    built.write(folder / "out")
    return Hostile(text, folder / "out", built)


def test_hostile_text_is_read(hostile: Hostile) -> None:
    assert hostile.build.report.rejected == ()
    assert hostile.build.report.sums >= 1
    [row] = hostile.build.graph.query("SELECT ?title { ?document a ig:Document ; dcterms:title ?title }")
    assert row["title"] == hostile.text


def test_hostile_text_breaks_no_turtle(hostile: Hostile) -> None:
    data = (hostile.folder / "graph.ttl").read_bytes()
    parsed = list(ox.parse(data, format=ox.RdfFormat.TURTLE))
    assert turtle(quad.triple for quad in parsed) == data == hostile.build.graph.turtle()
    assert len(rdflib.Graph().parse(data=data, format="turtle")) == len(parsed) == len(hostile.build.graph)
    assert validate(hostile.build.graph) == []


def test_hostile_text_breaks_no_page(hostile: Hostile) -> None:
    html = (hostile.folder / "view.html").read_text("utf-8")
    tags = _Tags(html).tags
    assert tags.count("script") == 3  # the data, vis-network, the page's own
    assert not {"img", "iframe", "object", "a"} & set(tags)
    found = html.partition('id="graph-data">')[2].partition("</script>")[0]
    assert json.loads(found)["nodes"]


def test_names_of_files_are_shown_without_their_control_characters(tmp_path: Path) -> None:
    file = tmp_path / "a\x1b[31m\n.txt"
    file.write_bytes(b"\xff")
    result = _build(file, "-o", tmp_path / "out")
    assert result.stderr == f"skipped {tmp_path}/a [31m .txt: is not UTF-8 (byte 0)\n"


# ---- where it cannot be written ----------------------------------------------------------------------------------


def test_a_disk_that_fills_up_is_exit_code_2_and_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "news.txt").write_text(NEWS, "utf-8")
    out = tmp_path / "out"
    out.mkdir()
    (out / "graph.ttl").write_text("old")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    result = _build(tmp_path / "news.txt", "-o", out)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"indiggraph: {out}: cannot be written: No space left on device\n"
    assert _written(out) == ["graph.ttl"]
    assert (out / "graph.ttl").read_text() == "old"


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_folder_that_may_not_be_written_to_is_known_before_the_work(tmp_path: Path) -> None:
    (tmp_path / "news.txt").write_text(NEWS, "utf-8")
    out = tmp_path / "out"
    out.mkdir(mode=0o500)
    result = _build(tmp_path / "news.txt", "-o", out)
    assert (result.exit_code, result.stderr) == (2, f"indiggraph: {out}: {out} cannot be written to\n")
    assert _written(out) == []


_KILLED = """
import os, signal, sys
from indiggraph.pipeline import Build, Report
from indiggraph.store import Graph
from tests.views.sample import triples

graph = Graph.from_quads(triples())
calls = iter(range(int(sys.argv[2])))
def kill_at_the_last(descriptor):
    if next(calls, None) is None:
        os.kill(os.getpid(), signal.SIGKILL)
os.fsync = kill_at_the_last
Build(graph, Graph(), Report(1, (), {}, {}, 0, len(graph), "0", "none"), "", b"").write(sys.argv[1])
"""


@pytest.mark.parametrize("after", [0, 2])
def test_a_killed_process_leaves_no_part_of_a_file(after: int, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "graph.ttl").write_text("old")
    arguments = [sys.executable, "-c", _KILLED, str(out), str(after)]
    done = subprocess.run(arguments, cwd=ROOT, check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL
    assert [name for name in _written(out) if not name.startswith(".")] == ["graph.ttl"]
    assert (out / "graph.ttl").read_text() == "old"
