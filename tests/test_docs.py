"""The pages: what they show is what is printed now, what they name is there, and every command is told."""

from __future__ import annotations

import importlib.metadata
import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
import yaml
from spacy.language import Language

import indiggraph
from docs.render import NOTEBOOK, PAGES, QUERIES, ROOT, queries_page, rendered
from indiggraph import frames, pipeline, query
from indiggraph.cli import cli
from indiggraph.lexicon import load_lexicon
from indiggraph.model import Document

README = (ROOT / "README.md").read_text("utf-8")
FRAMES = (ROOT / "docs" / "frames.md").read_text("utf-8")
MARKDOWN = sorted(
    path
    for path in ROOT.rglob("*.md")
    if not {part for part in path.relative_to(ROOT).parts if part.startswith(".") or part in ("build", "dist")}
)
COMMANDS = cli.list_commands(click.Context(cli))


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _block(page: str, kind: str, *, after: str) -> str:
    found = re.search(rf"^```{kind}\n(.*?)^```$", page.partition(after)[2], re.M | re.S)
    assert found, f"no {kind} after {after!r}"
    return found[1]


# ---- what is shown -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_a_page_shows_what_is_printed_now(page: Path) -> None:
    text = page.read_text("utf-8")
    assert rendered(text) == text, "run: make docs"


def test_the_list_of_queries_is_whole() -> None:
    assert QUERIES.read_text("utf-8") == queries_page(), "run: make docs"


def test_the_first_sentence_is_the_one_that_is_read() -> None:
    quoted = re.search(r"(?:^> .+\n)+", README, re.M)
    assert quoted
    shown = " ".join(line.removeprefix("> ") for line in quoted[0].splitlines())
    assert shown == (ROOT / "docs" / "sentence.txt").read_text("utf-8").strip()
    assert README.index(quoted[0]) < 20, "the README opens with it"


def test_what_is_shown_names_no_place_of_a_machine() -> None:
    for path in (*PAGES, QUERIES, NOTEBOOK):
        assert not re.search(r"/(?:home|root|tmp|work|Users)/", path.read_text("utf-8")), path


def test_the_figures_of_the_language_model_are_those_that_were_measured() -> None:
    shown = README.partition("The language model, on test sets")[2].partition("[training/README.md]")[0]
    measured = (ROOT / "training" / "README.md").read_text("utf-8")
    figures = re.findall(r"\d[\d,]*\.?\d*", shown)
    assert len(figures) > 10
    assert not [figure for figure in figures if figure.rstrip(".,") not in measured]


# ---- commands and options ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_explained(name: str) -> None:
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    assert command.help
    assert f"| `indiggraph {name} " in README
    assert f"\n### {name}\n" in README
    for option in command.params:
        assert not isinstance(option, click.Option) or option.help or option.name == "form", option.name


def test_every_option_of_build_is_in_the_readme() -> None:
    command = cli.get_command(click.Context(cli), "build")
    assert command is not None
    table = README.partition("| option of `build` |")[2].partition("###")[0]
    named = set(re.findall(r"`(--[a-z-]+)", table))
    options = {option.opts[-1] for option in command.params if isinstance(option, click.Option)}
    assert named == options - {"--output"}


def test_no_page_names_a_command_or_target_that_is_not_there() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for path in MARKDOWN:
        text = path.read_text("utf-8")
        for name in re.findall(r"(?:^\$ |`)indiggraph ([a-z]+)\b", text, re.M):
            assert name in COMMANDS, f"{_name(path)}: indiggraph {name}"
        for target in re.findall(r"(?:^|`)make ([a-z]+)\b", text, re.M):
            assert f"\n{target}:" in makefile, f"{_name(path)}: make {target}"


# ---- links, versions ---------------------------------------------------------------------------------------------


def _links(path: Path) -> Iterator[str]:
    for target in re.findall(r"\]\(([^)\s]+)\)", path.read_text("utf-8")):
        if not re.match(r"[a-z]+:|#", target):
            yield target.partition("#")[0]


@pytest.mark.parametrize("path", MARKDOWN, ids=_name)
def test_links_lead_somewhere(path: Path) -> None:
    missing = [target for target in _links(path) if not (path.parent / target).exists()]
    assert not missing


def test_there_is_one_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert project["project"]["dynamic"] == ["version"]
    assert project["tool"]["hatch"]["version"]["path"] == "indiggraph/__init__.py"
    assert re.fullmatch(r"\d+\.\d+\.\d+", indiggraph.__version__)
    ontology = (ROOT / "ontology" / "indiggraph.ttl").read_text("utf-8")
    assert f'owl:versionInfo "{indiggraph.__version__}"' in ontology


def test_the_installed_package_has_the_version_of_the_sources() -> None:
    try:
        installed = importlib.metadata.version("indiggraph")
    except importlib.metadata.PackageNotFoundError:
        pytest.skip("indiggraph is run from its folder and not installed")
    assert installed == indiggraph.__version__


# ---- the examples of docs/frames.md ------------------------------------------------------------------------------


@pytest.fixture
def example_frame(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> frames.Frames:
    """The frame that the page shows, alone."""
    classes = ROOT / "indiggraph" / "data" / "frames" / "classes.yaml"
    (tmp_path / "classes.yaml").write_text(classes.read_text("utf-8"), "utf-8")
    (tmp_path / "example.yaml").write_text(_block(FRAMES, "yaml", after="## A frame"), "utf-8")
    monkeypatch.setattr(frames, "data_path", lambda name: tmp_path)
    return frames.load_frames.__wrapped__()


@pytest.mark.usefixtures("by_rules_alone")
def test_the_frame_that_is_shown_finds_its_examples(example_frame: frames.Frames, nlp: Language) -> None:
    [frame] = example_frame.frames
    lexicon = load_lexicon()

    def evoked(text: str) -> set[str]:
        """The names of frames by which facts are found; the second look at types learned from other frames."""
        facts = pipeline.extract(Document("d", text), nlp, lexicon, example_frame).facts
        return {fact.rule.partition("/")[0] for fact in facts}

    assert len(frame.examples) == 2
    for text in frame.examples:
        assert isinstance(text, str)
        assert frame.name in evoked(text), text
    for text in frame.counterexamples:
        assert frame.name not in evoked(text), text


def test_the_names_that_are_shown_are_read(tmp_path: Path) -> None:
    file = tmp_path / "names.csv"
    file.write_text(_block(FRAMES, "csv", after="## A body"), "utf-8")
    lexicon = load_lexicon(file)
    [company], [place] = lexicon.entries("APW"), lexicon.entries("Valmora")
    assert (company.id, company.type, place.type) == ("alvento-pumps", "Company", "Place")


def test_the_sector_that_is_shown_is_turtle_of_the_scheme() -> None:
    scheme = (ROOT / "ontology" / "sectors.ttl").read_text("utf-8")
    for prefix in set(re.findall(r"(\w+):\w", _block(FRAMES, "turtle", after="## A sector"))):
        assert f"@prefix {prefix}:" in scheme


def test_the_cue_that_is_shown_has_the_form_of_the_file() -> None:
    shown = yaml.safe_load(_block(FRAMES, "yaml", after="## A cue"))
    there = yaml.safe_load((ROOT / "indiggraph" / "data" / "cues" / "modality.yaml").read_text("utf-8"))
    assert set(shown["governor"]["Planned"]) - set(there["governor"]["Planned"]) == {"contemplate"}


def test_the_query_that_is_shown_runs(extract: Callable[[str], object]) -> None:
    shown = query._read("example", _block(FRAMES, "sparql", after="## A query"))
    [parameter] = shown.parameters
    assert (parameter.name, parameter.default) == ("kind", "Saving")
    built = indiggraph.build([ROOT / "docs" / "sentence.txt"])
    assert len(built.graph.query(shown.bound({}))) == 0
    assert len(built.graph.query(shown.bound({"kind": "Agreement"}))) == 1
