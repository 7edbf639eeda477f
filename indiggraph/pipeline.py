"""Composes the stages: sources -> read -> annotate -> extract -> resolve -> RDF -> files."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import os
import shutil
import tempfile
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from itertools import chain
from multiprocessing import get_context
from pathlib import Path
from typing import BinaryIO

from indiggraph import __version__, rdf
from indiggraph.annotate import Pipeline, annotate, load_model, model_name
from indiggraph.copies import copy_triples, find_copies
from indiggraph.errors import IndigGraphError, InputError, OutputError
from indiggraph.facts import find_facts
from indiggraph.frames import Frames, load_frames
from indiggraph.kept import KEPT, Kept, digest, dump, fingerprint, load
from indiggraph.lexicon import Lexicon, load_lexicon
from indiggraph.mentions import find_mentions
from indiggraph.model import Document, Extraction, FactType, Rejection, ThingType
from indiggraph.read import DEFAULT_MAX_BYTES, read
from indiggraph.resolve import Crowd, read_judgements, resolve
from indiggraph.review import DOUBTS, write_doubts
from indiggraph.store import Graph
from indiggraph.tenures import find_tenures
from indiggraph.terms import BASE, Iris
from indiggraph.trace import SILENT, Recorder, Trace
from indiggraph.trail import trail_triples
from indiggraph.values import find_values
from indiggraph.views.html import page
from indiggraph.views.network import network

__all__ = ["Build", "Report", "build", "check_writable", "extract"]

_FILES = ("graph.ttl", "trail.ttl", DOUBTS, "view.html", KEPT, "report.json")
"""What a build writes, in the order in which the files take their names."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a build read and wrote; things and facts are counted by the classes of the vocabulary's tables.

    ``crowds`` are names and keys that so many things share that not all of them were compared with each other.
    """

    documents: int
    rejected: tuple[Rejection, ...]
    things: Mapping[str, int]
    facts: Mapping[str, int]
    sums: int
    triples: int
    version: str
    model: str
    crowds: tuple[Crowd, ...] = ()

    def to_json(self) -> str:
        """Return the report as JSON, with the keys of ``report.json``."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=2) + "\n"


@dataclass(frozen=True, slots=True)
class Build:
    """A built graph, the trail of why it is as it is, the report, and the pairs of things in doubt as CSV.

    ``kept`` is what the texts gave, for builds that add more texts.  ``upon`` is the folder of the build that this one
    adds to, with the digest of what was kept there.
    """

    graph: Graph
    trail: Graph
    report: Report
    doubts: str
    kept: bytes
    upon: tuple[Path, str] | None = None

    def write(self, folder: str | Path) -> None:
        """Write graph.ttl, trail.ttl, doubts.csv, view.html, extractions.jsonl.gz and report.json, all or none.

        Raises:
            OutputError: the folder cannot be made or a file not be written, or another build was written since to the
                folder that this one adds to and would be lost; what was there is untouched.
        """
        if self.upon is not None and Path(folder).resolve() == self.upon[0] and digest(Path(folder)) != self.upon[1]:
            raise OutputError(f"{folder}: another build was written there meanwhile; add the texts again")
        html = page(network(self.graph.triples()), f"Facts from {_counted(self.report.documents, 'text')}")
        report = self.report.to_json().encode()
        graph, trail = self.graph.turtle(), self.trail.turtle()
        contents = (graph, trail, self.doubts.encode(), html.encode(), self.kept, report)
        _write_all(Path(folder), dict(zip(_FILES, contents, strict=True)))


def build(
    sources: Iterable[str | Path],
    *,
    model: str | None = None,
    judgements: str | Path | None = None,
    gazetteer: str | Path | None = None,
    base: str = BASE,
    jobs: int = 1,
    published: dt.date | None = None,
    publisher: str | None = None,
    max_bytes: int = DEFAULT_MAX_BYTES,
    stdin: BinaryIO | None = None,
    progress: Callable[[str], None] | None = None,
    add_to: str | Path | None = None,
    replace: bool = False,
) -> Build:
    """Build the graph of texts; neither the order of the sources nor the number of workers changes a byte of it.

    Args:
        sources: texts, JSON Lines, HTML, folders, or ``-`` for ``stdin``.
        model: an installed spaCy pipeline instead of our own.
        judgements: a CSV file of decisions which things are one.
        gazetteer: a CSV file of further names.
        base: IRI under which things, facts and documents get their IRIs.
        jobs: how many processes extract.
        published, publisher: what holds of texts that do not say otherwise.
        max_bytes: largest text that is read.
        progress: is called with the id of each document that is done.
        add_to: the folder of an earlier build whose texts belong to this one too; they are not read again.
        replace: let a text take the place of another one of its id in ``add_to``.

    Raises:
        InputError: a source does not exist, or a text has the id of another one in ``add_to``.
        ModelError: the language pipeline cannot be loaded.
        ResourceError: a data file, the judgements or the gazetteer are wrong.
        GraphError: the base is no IRI, or the build in ``add_to`` was made with other tools or names.
    """
    Iris(base)
    decided = read_judgements(Path(judgements)) if judgements else ()
    names = Path(gazetteer) if gazetteer else None
    items = read(map(str, sources), published=published, publisher=publisher, max_bytes=max_bytes, stdin=stdin)
    tools = _Tools.load(model, names)
    made_with = fingerprint(model_name(tools.nlp), names)
    upon = None if add_to is None else (Path(add_to).resolve(), digest(Path(add_to)))
    earlier = Kept() if add_to is None else load(Path(add_to), made_with)
    known = {extraction.document.id: extraction for extraction in earlier.extractions}
    rejected: list[Rejection] = []
    documents = _new(_documents(items, rejected), known, replace=replace)
    extracted = _extract_here(documents, tools) if jobs == 1 else _extract_in_processes(documents, model, names, jobs)
    known |= {extraction.document.id: extraction for extraction in _reported(extracted, progress)}
    extractions = [known[ident] for ident in sorted(known)]
    read_now = {_place(rejection) for rejection in rejected} | {one.document.source for one in extractions}
    before = (rejection for rejection in earlier.rejected if _place(rejection) not in read_now)
    kept = Kept(tuple(extractions), tuple(sorted((*before, *rejected), key=lambda one: (one.source, one.line or 0))))
    linker = resolve(extractions, decided, lexicon=tools.lexicon)
    told = (triple for one in extractions for triple in rdf.triples(one, linker, base=base))
    graph = Graph.from_quads(chain(told, copy_triples(find_copies(extractions), base=base)))
    trail = Graph.from_quads(trail_triples(extractions, linker, base=base))
    report = _report(graph, len(extractions), kept.rejected, linker.crowds, tools.nlp)
    return Build(graph, trail, report, write_doubts(linker.doubts, base), dump(kept, made_with), upon)


def _place(rejection: Rejection) -> str:
    """Where a rejected input stands, in the words in which a document names its source."""
    return rejection.source if rejection.line is None else f"{rejection.source}:{rejection.line}"


# ---- extraction ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Tools:
    """What is loaded once and used for every document."""

    nlp: Pipeline
    lexicon: Lexicon
    frames: Frames

    @classmethod
    def load(cls, model: str | None, gazetteer: Path | None) -> _Tools:
        return cls(load_model(model), load_lexicon(gazetteer), load_frames())


def extract(document: Document, nlp: Pipeline, lexicon: Lexicon, frames: Frames, trace: Trace = SILENT) -> Extraction:
    """Return all that one document says, before identity is decided; ``trace`` hears why."""
    [(_, doc)] = annotate([document], nlp)
    mentions = find_mentions(document, doc, lexicon)
    tenures = find_tenures(document, doc, mentions, lexicon)
    values = find_values(doc.text, document.published, numbers=True, vague=True)
    facts = find_facts(document, doc, mentions, values, frames, lexicon, trace)
    return Extraction(document, mentions, facts, tenures, trace.reasons(facts))


def _documents(items: Iterable[Document | Rejection], rejected: list[Rejection]) -> Iterator[Document]:
    """Yield the documents, and note the rest."""
    for item in items:
        if isinstance(item, Document):
            yield item
        else:
            rejected.append(item)


def _new(documents: Iterable[Document], known: Mapping[str, Extraction], *, replace: bool) -> Iterator[Document]:
    """Yield the documents that are not known as they are.

    Raises:
        InputError: another document of the same id is known, and must not be replaced.
    """
    for document in documents:
        earlier = known.get(document.id)
        if earlier is None or (replace and not _same(earlier.document, document)):
            yield document
        elif not _same(earlier.document, document):
            raise InputError(document.source, f"another text of the id {document.id!r} is in the graph already")


def _same(one: Document, other: Document) -> bool:
    """Whether two documents are one, wherever they were read from."""
    return dataclasses.replace(one, source="") == dataclasses.replace(other, source="")


def _extract_here(documents: Iterable[Document], tools: _Tools) -> Iterator[Extraction]:
    for document in documents:
        yield extract(document, tools.nlp, tools.lexicon, tools.frames, Recorder())


def _reported(extractions: Iterable[Extraction], progress: Callable[[str], None] | None) -> Iterator[Extraction]:
    for extraction in extractions:
        if progress is not None:
            progress(extraction.document.id)
        yield extraction


# ---- processes -----------------------------------------------------------------------------------------------------

_AHEAD = 4  # documents handed out per process before the first must be back: keeps them busy and the memory flat
_worker_tools: _Tools | None = None


def _start_worker(model: str | None, gazetteer: Path | None) -> None:
    global _worker_tools
    _worker_tools = _Tools.load(model, gazetteer)


def _extract_in_worker(document: Document) -> Extraction:
    if _worker_tools is None:
        raise RuntimeError("the worker was not started with _start_worker")
    return extract(document, _worker_tools.nlp, _worker_tools.lexicon, _worker_tools.frames, Recorder())


def _extract_in_processes(
    documents: Iterable[Document], model: str | None, gazetteer: Path | None, jobs: int
) -> Iterator[Extraction]:
    """Extract in ``jobs`` processes; the results come in the order of the documents."""
    waiting: deque[Future[Extraction]] = deque()
    context = get_context("spawn")
    try:
        with ProcessPoolExecutor(jobs, context, _start_worker, (model, gazetteer)) as pool:
            for document in documents:
                waiting.append(pool.submit(_extract_in_worker, document))
                if len(waiting) > _AHEAD * jobs:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
    except BrokenProcessPool as error:
        raise IndigGraphError("a worker process died (out of memory?); try fewer --jobs") from error


# ---- report --------------------------------------------------------------------------------------------------------


def _report(
    graph: Graph, documents: int, rejected: Iterable[Rejection], crowds: tuple[Crowd, ...], nlp: Pipeline
) -> Report:
    classes = Counter(
        str(row["name"]) for row in graph.query("SELECT (STRAFTER(STR(?class), STR(ig:)) AS ?name) { ?node a ?class }")
    )
    tops = [kind for kind in ThingType if kind.top is kind]
    return Report(
        documents=documents,
        rejected=tuple(rejected),
        things={kind.value: classes[kind] for kind in tops if classes[kind]},
        facts={kind.value: classes[kind] for kind in FactType if classes[kind]},
        sums=len(graph.query("SELECT ?amount { ?fact ig:amount ?amount }")),
        triples=len(graph),
        version=__version__,
        model=model_name(nlp),
        crowds=crowds,
    )


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


# ---- files ---------------------------------------------------------------------------------------------------------


def check_writable(folder: str | Path) -> None:
    """Raise before the work, not after it, if a build cannot be written to a folder.

    Raises:
        OutputError: a file has the folder's name, the folder (or the nearest one above it) cannot be written to, or
            a folder in it has the name of a file of a build.
    """
    place = Path(folder).absolute()
    nearest = next(path for path in (place, *place.parents) if path.exists())
    if not nearest.is_dir():
        raise OutputError(f"{folder}: {nearest} is not a folder")
    if not os.access(nearest, os.W_OK | os.X_OK):
        raise OutputError(f"{folder}: {nearest} cannot be written to")
    _check_replaceable(Path(folder), _FILES)


def _check_replaceable(folder: Path, names: Iterable[str]) -> None:
    blocked = next((folder / name for name in names if (folder / name).is_dir()), None)
    if blocked is not None:
        raise OutputError(f"{blocked}: is a folder, and a file of a build has its name")


def _write_all(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files to a folder: all to a temporary folder first, then moved in their order; a failure undoes the moves.

    A process that is killed may leave the temporary folder ``.build-*``, which no other build looks at.
    """
    existed = folder.exists()
    try:
        _check_replaceable(folder, files)
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".build-", dir=folder) as name:
            for file, data in files.items():
                _write_durably(Path(name, file), data)
            _replace_all(Path(name), folder, files)
    except OSError as error:
        if not existed and folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
        raise OutputError(f"{folder}: cannot be written: {error.strerror or error}") from error


def _replace_all(new: Path, folder: Path, names: Iterable[str]) -> None:
    """Move files out of a temporary folder; copies of what they replace wait there until the last one has moved.

    They are copied, not moved away, so that whoever reads meanwhile finds the old file or the new one.
    """
    old = new / "old"
    old.mkdir()
    with ExitStack() as undo:
        for name in names:
            target = folder / name
            if os.path.lexists(target):
                shutil.copy2(target, old / name, follow_symlinks=False)
                undo.callback((old / name).replace, target)
            else:
                undo.callback(target.unlink, missing_ok=True)
            (new / name).replace(target)
        undo.pop_all()


def _write_durably(path: Path, data: bytes) -> None:
    with path.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
