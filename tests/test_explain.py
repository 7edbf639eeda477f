"""Explanations: of a text as it is read, and of a graph with the trail beside it."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from spacy.language import Language

import indiggraph
from indiggraph.cli import cli
from indiggraph.errors import GraphError, InputError
from indiggraph.explain.graphs import explain_node
from indiggraph.explain.records import ExplainedText
from indiggraph.explain.render import render
from indiggraph.explain.texts import explain_text, find_document
from indiggraph.lexicon import load_lexicon
from indiggraph.model import Document, Rejection, Span

pytestmark = pytest.mark.usefixtures("by_rules_alone")

TEXT = (
    "Alphapump signed a contract worth €5 million with Halden Engineering in Berlin, its managing director "
    "Irena Valdoga said.\n\n"
    "The deal for supplying pumps pleased them. Of this amount, €2 million is for valves.\n"
)
OTHER = "Irena Valdoga, the managing director of Alphapump, said it had signed a contract with Norvik Steel.\n"


@pytest.fixture(scope="module")
def told(nlp: Language) -> ExplainedText:
    return explain_text(Document("d", TEXT), nlp, load_lexicon())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of two texts, which name one person and one firm."""
    place = tmp_path_factory.mktemp("explain")
    (place / "first.txt").write_text(TEXT, "utf-8")
    (place / "second.txt").write_text(OTHER, "utf-8")
    indiggraph.build([place / "first.txt", place / "second.txt"]).write(place / "out")
    return place


def _run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["explain", *map(str, arguments)])


# ---- texts -------------------------------------------------------------------------------------------------------


def test_sentences_show_what_was_found_in_them(told: ExplainedText) -> None:
    first = told.sentences[0]
    assert (told.count, first.number, TEXT[first.start : first.end].startswith("Alphapump")) == (3, 1, True)
    mentions = {mention.text: mention for mention in first.mentions}
    assert mentions["Irena Valdoga"].type == "Person"
    assert (mentions["Alphapump"].thing, mentions["Alphapump"].why) == ("Alphapump", "a name of its own")
    assert {note.value for note in first.notes if note.slot == "trigger" and note.taken} >= {"signed", "contract"}
    [post] = first.tenures
    assert (post.person, post.post, post.former) == ("Irena Valdoga", "managing director", False)


def test_a_facts_slots_are_those_of_the_build_with_reasons(told: ExplainedText) -> None:
    [deal] = told.sentences[0].facts
    slots = {slot.slot: (slot.value, slot.why) for slot in deal.slots}
    assert (deal.type, deal.rule, deal.trigger, deal.dropped) == ("Agreement", "agreement/sign", "signed", None)
    assert slots["agent"] == ("Alphapump", "subject of “signed”")
    assert slots["amount"][0] == "€5 million"
    assert str(slots["amount"][1]).startswith("belongs to “signed”")
    assert slots["confidence"][1] is not None


def test_what_was_considered_is_told_with_the_reason(told: ExplainedText) -> None:
    dropped = [fact for fact in told.sentences[1].facts if fact.dropped is not None]
    assert "agreement/deal" in {fact.rule for fact in dropped}
    assert all("too few" in str(fact.dropped) for fact in dropped if fact.rule == "agreement/deal")


def test_a_span_or_a_number_chooses_sentences(nlp: Language) -> None:
    document, lexicon = Document("d", TEXT), load_lexicon()
    start = TEXT.index("The deal")
    chosen = explain_text(document, nlp, lexicon, span=Span(start + 2, start + 5))
    assert [sentence.number for sentence in chosen.sentences] == [2]
    assert [s.number for s in explain_text(document, nlp, lexicon, sentence=3).sentences] == [3]
    with pytest.raises(InputError, match=r"d: has the characters 0 to \d+, not 5 to 90000"):
        explain_text(document, nlp, lexicon, span=Span(5, 90000))
    with pytest.raises(InputError, match="d: has the sentences 1 to 3, not 4"):
        explain_text(document, nlp, lexicon, sentence=4)


def test_a_document_is_found_by_its_id_or_by_being_the_only_one() -> None:
    documents = [Document("a", "x"), Document("b", "y")]
    assert find_document(documents, "s", "b").id == "b"
    assert find_document(documents[:1], "s", None).id == "a"
    with pytest.raises(InputError, match="s: holds 2 documents, name one of them: a, b"):
        find_document(documents, "s", None)
    with pytest.raises(InputError, match="s: holds no document 'c'"):
        find_document(documents, "s", "c")
    with pytest.raises(InputError, match="f:3: is empty"):
        find_document([Rejection("f", "is empty", 3)], "s", None)
    with pytest.raises(InputError, match="s: holds no document"):
        find_document([], "s", None)


def test_lines_are_no_wider_than_a_terminal_and_name_every_reason(told: ExplainedText) -> None:
    shown = render(told)
    assert max(map(len, shown.splitlines())) <= 80
    for line in (
        "sentence 1, characters 0 to 121",
        "    agent         Alphapump: subject of “signed”",
        "    signed: agreement/sign, strength 3",
        "  post: Irena Valdoga, managing director, Alphapump (tenure:title)",
    ):
        assert line in shown.splitlines(), line
    assert "    not stated: no value, and its roles are too few" in shown


def test_control_characters_of_a_text_do_not_reach_the_terminal(nlp: Language) -> None:
    document = Document("d\x1b[31m", "Alphapump\x1b[31m made 400 pumps\u202e in 2020.")
    assert not {"\x1b", "\u202e"} & set(render(explain_text(document, nlp, load_lexicon())))


# ---- graphs ------------------------------------------------------------------------------------------------------


def test_a_thing_says_why_its_mentions_are_one(folder: Path) -> None:
    node = explain_node(folder / "out", "Irena Valdoga")
    assert {(mention.document, mention.text) for mention in node.mentions} == {
        ("first", "Irena Valdoga"),
        ("second", "Irena Valdoga"),
    }
    assert all(mention.why for mention in node.mentions)
    [join] = node.joins
    assert (join.left, join.right) == ("“Irena Valdoga” in first", "“Irena Valdoga” in second")
    assert any("same_person: 1 × 1" in reason for reason in join.reasons)
    assert explain_node(folder / "out", node.iri) == node
    assert "one thing over several documents" in render(node)


def test_every_thing_of_two_documents_has_its_joins(folder: Path) -> None:
    graph = indiggraph.Graph.load(folder / "out")
    query = """SELECT ?thing { ?m ig:refersTo ?thing ; oa:hasSource ?d }
    GROUP BY ?thing HAVING (COUNT(DISTINCT ?d) > 1)"""
    things = [str(row["thing"]) for row in graph.query(query)]
    assert things
    for thing in things:
        node = explain_node(folder / "out", thing)
        assert len(node.joins) == len({mention.document for mention in node.mentions}) - 1, thing
        assert all(join.reasons for join in node.joins)


def test_a_fact_and_a_document_say_why(folder: Path) -> None:
    document = explain_node(folder / "out", "first")
    assert document.type == "Document"
    claim = document.facts[0]
    assert claim.rule == "agreement/sign"
    assert "agent “Alphapump”: subject of “signed”" in claim.reasons
    ident = claim.iri.rsplit("/", 1)[1]
    for name in (ident, f"fact:{ident}", claim.iri):
        assert explain_node(folder / "out", name).facts == (claim,)


def test_a_graph_without_a_trail_says_so(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "graph.ttl").write_bytes((folder / "out" / "graph.ttl").read_bytes())
    node = explain_node(tmp_path / "graph.ttl", "Alphapump")
    assert (node.trail, node.joins) == (False, ())
    assert render(node).splitlines()[-1] == "There is no trail.ttl beside the graph, so nothing says why."


def test_a_fact_of_a_foreign_graph_has_no_rule(tmp_path: Path) -> None:
    file = tmp_path / "foreign.ttl"
    file.write_text("@prefix ig: <https://w3id.org/indiggraph/ns#> . <http://example.org/f> a ig:Fact, ig:Saving .")
    shown = render(explain_node(file, "http://example.org/f"))
    assert "None" not in shown
    assert "There is no trail.ttl" in shown


@pytest.mark.parametrize("what", ["Atlantis", "", "fact:", "fact:0123", "https://example.org/x"])
def test_what_is_not_in_the_graph_is_an_error(folder: Path, what: str) -> None:
    with pytest.raises(GraphError, match="nothing in the graph is called"):
        explain_node(folder / "out", what)


# ---- the command -------------------------------------------------------------------------------------------------


def test_the_command_explains_texts_and_graphs(folder: Path, told: ExplainedText) -> None:
    text = _run(folder / "first.txt", "--sentence", "1")
    assert (text.exit_code, text.stderr) == (0, "")
    assert text.stdout.startswith(f"first: {len(TEXT)} characters, 3 sentences, 1 of them shown\n")
    data: dict[str, Any] = json.loads(_run(folder / "first.txt", "--format", "json").stdout)
    same = json.loads(json.dumps(asdict(told)))
    for parts in zip(data["sentences"], same["sentences"], strict=True):
        one, other = ([[fact[key] for key in ("type", "trigger", "slots")] for fact in part["facts"]] for part in parts)
        assert parts[0]["notes"] == parts[1]["notes"]
        assert [fact[:2] for fact in one] == [fact[:2] for fact in other]
    node = json.loads(_run(folder / "out", "Alphapump", "--format", "json").stdout)
    assert node["label"] == "Alphapump"
    assert _run(folder, "second", "--span", "0:10").stdout.startswith("second: ")


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("missing.txt",), "missing.txt"),
        (("empty.txt",), "empty.txt: is empty"),
        ((".",), "holds 2 documents, name one of them"),
        ((".", "third"), "holds no document 'third'"),
        (("first.txt", "--span", "0:99999"), "has the characters 0 to"),
        (("first.txt", "--span", "9:9"), "not 9 to 9"),
        (("first.txt", "--span", "9"), "'9' is not START:END"),
        (("first.txt", "--sentence", "0"), "has the sentences 1 to 3, not 0"),
        (("first.txt", "--published", "soon"), "'soon' is not an ISO date"),
        (("out",), "name WHAT in the graph"),
        (("out", "Alphapump", "--sentence", "1"), "options belong to texts"),
        (("out", "Atlantis"), "nothing in the graph is called 'Atlantis'"),
        (("missing.ttl", "Alphapump"), "missing.ttl: no such graph"),
    ],
)
def test_what_cannot_be_explained_is_exit_code_2(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], reason: str
) -> None:
    for file in ("first.txt", "second.txt"):
        (tmp_path / file).write_bytes((folder / file).read_bytes())
    (tmp_path / "out").symlink_to(folder / "out")
    monkeypatch.chdir(tmp_path)
    if arguments[0] == "empty.txt":
        (tmp_path / "empty.txt").write_text("")
    result = _run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert reason in " ".join(result.stderr.split())
