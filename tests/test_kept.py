"""Texts that join an existing graph: the files are those of one build of all texts, or nothing changes."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path

import pytest

from indiggraph.errors import GraphError, InputError, OutputError
from indiggraph.kept import KEPT, Kept, dump, fingerprint, load
from indiggraph.model import Extraction, Rejection
from indiggraph.pipeline import build
from indiggraph.resources import package_files
from tests.factories import document

TEXTS = {
    "a": "Arman Velda, head of the Salt Fund of Kenya (SAFK), said on Monday that Kenya exported 40 tons of salt.",
    "b": "The Kenyan Salt Fund signed a contract worth €5 million with Alphapump, SAFK chief A. Velda said.",
    "c": "Velda, who chairs the Salt Fund, expects Kenya to invest $3 million in a plant of Alphapump Co.",
    "d": "Alphapump and Alphapump Trading opened a plant in Nakuru, Kenya, last year.",
    "e": "SAFK and the Ministry of Salt, Lime and Chalk agreed to build three mills in Kenya by 2030.",
}
OTHER = "Salt prices fell by 3 percent in Kenya in May."


def lines(folder: Path, *idents: str, published: str = "2021-05-10") -> Path:
    """A file with the texts of these ids."""
    path = folder / f"{'-'.join(idents)}.jsonl"
    texts = ({"id": ident, "text": TEXTS.get(ident, OTHER), "published": published} for ident in idents)
    path.write_text("".join(json.dumps(text) + "\n" for text in texts), encoding="utf-8")
    return path


def files(folder: Path) -> dict[str, bytes]:
    """What a build wrote; which file a text was read from is told by none of it but what is kept."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.name != KEPT}


def add(folder: Path, source: Path, **options: object) -> None:
    build([source], add_to=folder, **options).write(folder)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of one build of all texts."""
    folder = tmp_path_factory.mktemp("whole")
    build([lines(folder.parent, *TEXTS)]).write(folder)
    return folder


@pytest.mark.parametrize("seed", range(10))
def test_one_by_one_in_any_order_ends_as_all_at_once(seed: int, whole: Path, tmp_path: Path) -> None:
    for ident in random.Random(seed).sample(sorted(TEXTS), len(TEXTS)):
        add(tmp_path / "out", lines(tmp_path, ident))
    assert files(tmp_path / "out") == files(whole)
    assert b"isReplacedBy" in files(whole)["trail.ttl"]  # texts were joined


def test_the_same_text_again_changes_nothing(whole: Path, tmp_path: Path) -> None:
    build([lines(tmp_path, *TEXTS)]).write(tmp_path / "out")
    kept = (tmp_path / "out" / KEPT).read_bytes()
    (tmp_path / "elsewhere").mkdir()
    add(tmp_path / "out", lines(tmp_path / "elsewhere", "b", "a"))
    assert files(tmp_path / "out") == files(whole)
    assert (tmp_path / "out" / KEPT).read_bytes() == kept


def test_another_text_of_an_id_is_an_error_unless_it_is_to_replace_it(tmp_path: Path) -> None:
    out = tmp_path / "out"
    build([lines(tmp_path, "a", "b")]).write(out)
    before = files(out)
    later = lines(tmp_path, "b", published="2022-05-10")
    with pytest.raises(InputError, match="another text of the id 'b' is in the graph already"):
        add(out, later)
    assert files(out) == before
    add(out, later, replace=True)
    (tmp_path / "a").mkdir()
    build([lines(tmp_path / "a", "a"), later]).write(tmp_path / "anew")
    assert files(out) == files(tmp_path / "anew") != before


def test_an_input_that_is_mended_is_no_longer_told(tmp_path: Path) -> None:
    out, path = tmp_path / "out", tmp_path / "x.txt"
    path.write_bytes(b"\x00\x01")
    assert [one.source for one in build([lines(tmp_path, "a"), path]).report.rejected] == [str(path)]
    build([lines(tmp_path, "a"), path]).write(out)
    assert [one.source for one in build([lines(tmp_path, "b")], add_to=out).report.rejected] == [str(path)]
    path.write_text(OTHER, encoding="utf-8")
    assert build([path], add_to=out).report.rejected == ()


def test_a_line_that_is_mended_is_no_longer_told(tmp_path: Path) -> None:
    out, path = tmp_path / "out", lines(tmp_path, "a", "b")
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole.replace(whole.splitlines()[1], "no JSON"), encoding="utf-8")
    build([path]).write(out)
    path.write_text(whole, encoding="utf-8")
    assert build([path], add_to=out).report.rejected == ()


def test_what_a_killed_build_left_is_no_build(tmp_path: Path) -> None:
    (tmp_path / ".build-x").mkdir()
    assert load(tmp_path, fingerprint("m", None)) == Kept()
    (tmp_path / "file").touch()
    with pytest.raises(GraphError, match="is a file"):
        load(tmp_path / "file", fingerprint("m", None))


def test_the_ontology_is_among_the_tools() -> None:
    assert "ontology/sectors.ttl" in dict(package_files())


def test_a_build_that_was_added_meanwhile_is_not_lost(tmp_path: Path) -> None:
    out = tmp_path / "out"
    add(out, lines(tmp_path, "a"))
    slow = build([lines(tmp_path, "b")], add_to=out)
    add(out, lines(tmp_path, "c"))
    before = (out / KEPT).read_bytes()
    with pytest.raises(OutputError, match="meanwhile"):
        slow.write(out)
    assert (out / KEPT).read_bytes() == before
    slow.write(tmp_path / "elsewhere")


def test_other_names_or_tools_are_an_error(tmp_path: Path) -> None:
    out = tmp_path / "out"
    build([lines(tmp_path, "a")]).write(out)
    names = tmp_path / "names.csv"
    names.write_text("id,type,name,other_names,country,source\nx,Company,Xyla,,KE,us\n", encoding="utf-8")
    with pytest.raises(GraphError, match="built with another gazetteer; build it anew"):
        build([lines(tmp_path, "b")], add_to=out, gazetteer=names)
    made_with = {**fingerprint("model", None), "indiggraph": "0"}
    (out / KEPT).write_bytes(dump(Kept(), made_with))
    with pytest.raises(GraphError, match="another version of indiggraph and another language model"):
        build([lines(tmp_path, "b")], add_to=out)


@pytest.mark.parametrize("data", [b"", b"no gzip", gzip.compress(b'{"made_with": 5}\n'), gzip.compress(b"[]\n")])
def test_a_damaged_file_is_named(data: bytes, tmp_path: Path) -> None:
    (tmp_path / KEPT).write_bytes(data)
    with pytest.raises(GraphError, match=KEPT):
        load(tmp_path, fingerprint("m", None))


def test_a_folder_without_a_build_is_not_added_to(tmp_path: Path) -> None:
    (tmp_path / "graph.ttl").touch()
    with pytest.raises(GraphError, match="holds no build that texts can be added to"):
        load(tmp_path, fingerprint("m", None))
    assert load(tmp_path / "new", fingerprint("m", None)) == Kept()


def test_what_is_kept_comes_back_as_it_was(tmp_path: Path) -> None:
    made_with = fingerprint("m", None)
    kept = Kept((Extraction(document("Ÿ “x”\r\n\u2028", "é"), (), (), ()),), (Rejection("x", "is empty", 3),))
    (tmp_path / KEPT).write_bytes(dump(kept, made_with))
    assert load(tmp_path, made_with) == kept
    assert dump(kept, made_with) == (tmp_path / KEPT).read_bytes()


def test_no_code_comes_out_of_a_file(tmp_path: Path) -> None:
    made_with = fingerprint("m", None)
    head = json.dumps({"made_with": dict(made_with), "rejected": [{"_": "dataclass"}]})
    (tmp_path / KEPT).write_bytes(gzip.compress(head.encode()))
    with pytest.raises(GraphError, match="is damaged"):
        load(tmp_path, made_with)
