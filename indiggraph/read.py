"""Sources (text, JSON Lines, HTML, folders, standard input) -> documents, one after the other.

Text is kept exactly as decoded: line ends are not translated and a byte order mark stays a character, so that an
offset into :attr:`Document.text` is an offset into the file opened with ``encoding="utf-8", newline=""``.
Whatever cannot be read is a :class:`Rejection` in the stream, in its place; the rest is still read.
"""

from __future__ import annotations

import datetime as dt
import functools
import io
import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

import trafilatura
from py3langid.langid import MODEL_FILE, LanguageIdentifier
from trafilatura.settings import Document as Page

from indiggraph.errors import InputError
from indiggraph.model import Document, Rejection

__all__ = ["DEFAULT_MAX_BYTES", "ENDINGS", "STDIN", "parse_date", "read"]

DEFAULT_MAX_BYTES = 10_000_000
"""Largest text, page or JSON line that is read: some forty novels' worth, far beyond any article."""

ENDINGS = (".htm", ".html", ".jsonl", ".txt")
"""Endings of the files that are taken from a folder; a file named itself may have any."""

STDIN = "-"

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?=$|[T ]\d{2}:)")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_WORD = re.compile(r"[^\W\d_]+")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_BOM = "\ufeff"
# Only what a page's metadata say, not what a date in the running text might mean; a fixed end, because the default is
# today and the graph must not depend on the clock.
_DATES = {"original_date": True, "extensive_search": False, "max_date": "2100-01-01"}
_CONTROL_SHARE = 0.01  # texts have next to none, binary data some 10 %
_LANGUAGE_SAMPLE = 20_000  # characters; more does not change the answer

# English function words that hardly any other language uses: a list of foreign names keeps them, so they outvote the
# identifier, which goes by letters. In English news they are a fifth of the words, in other languages none.
_ENGLISH = re.compile(
    r"\b(?:the|and|of|that|with|has|have|had|from|which|this|were|would|been|their|its|is|by|said|after|who)\b", re.I
)
_ENGLISH_SHARE = 0.1


def read(
    sources: Iterable[str],
    *,
    published: dt.date | None = None,
    publisher: str | None = None,
    max_bytes: int = DEFAULT_MAX_BYTES,
    stdin: BinaryIO | None = None,
) -> Iterator[Document | Rejection]:
    """Read every source, streaming, in an order that does not depend on the order of ``sources``.

    ``published`` and ``publisher`` hold where neither the text nor a file beside it (``article.json`` for
    ``article.txt``) says otherwise; ``max_bytes`` limits one text, one page or one JSON line; ``stdin`` is what ``-``
    reads: JSON Lines if it starts with ``{``, else one text.

    Raises:
        InputError: a path does not exist, or ``-`` is asked for without ``stdin``; before anything is read.
    """
    names = list(dict.fromkeys(sources))
    for name in names:
        _check_exists(name, stdin)
    return _read_all(names, _Reader(published, publisher, max_bytes, {}), stdin)


def parse_date(value: str) -> dt.date:
    """Day of an ISO 8601 date or date-time, as written (no conversion between time zones).

    Raises:
        ValueError: it is neither.
    """
    found = _DATE.match(value)
    if found is None:
        raise ValueError(f"{value!r} is not an ISO date (2021-05-08)")
    if found.end() < len(value):
        return dt.datetime.fromisoformat(value).date()
    return dt.date.fromisoformat(value)


# ---- where sources are -------------------------------------------------------------------------------------------


def _check_exists(name: str, stdin: BinaryIO | None) -> None:
    if name == STDIN:
        if stdin is None:
            raise InputError(name, "there is no standard input")
    elif not Path(name).exists():
        raise InputError(name, "no such file or folder")


def _read_all(names: list[str], reader: _Reader, stdin: BinaryIO | None) -> Iterator[Document | Rejection]:
    yield from _read_paths([Path(name) for name in names if name != STDIN], reader)
    if STDIN in names and stdin is not None:
        yield from reader.stream(stdin)


def _read_paths(paths: list[Path], reader: _Reader) -> Iterator[Document | Rejection]:
    """Read files and folders in the order of their paths, each file once however often it is named."""
    files: dict[Path, Path] = {}
    for path in sorted(paths):
        found = list(_walk(path)) if path.is_dir() else [path]
        if not found:
            yield Rejection(_shown(path), f"the folder holds no file that ends in {', '.join(ENDINGS)}")
        for file in found:
            files.setdefault(file.resolve(), file)
    for file in sorted(files.values()):
        yield from reader.file(file)


def _walk(folder: Path) -> Iterator[Path]:
    """Readable files below a folder; hidden ones are left out, links to folders are not followed."""
    for root, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            path = Path(root, name)
            if path.suffix.lower() in ENDINGS and not name.startswith(".") and path.is_file():
                yield path


# ---- one source --------------------------------------------------------------------------------------------------


class _UnreadableError(Exception):
    """Why one text cannot be read; becomes a rejection."""


@dataclass(frozen=True, slots=True)
class _About:
    """What a source says about itself; ``None`` where it says nothing."""

    id: str | None = None
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    published: dt.date | None = None
    licence: str | None = None


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads single sources.

    ``published`` and ``publisher`` hold for every text that does not say otherwise; ``seen`` maps the ids read so far
    to their sources.
    """

    published: dt.date | None
    publisher: str | None
    max_bytes: int
    seen: dict[str, str]

    def file(self, path: Path) -> Iterator[Document | Rejection]:
        """Read one file by its ending; anything unknown is taken for text."""
        ending = path.suffix.lower()
        if ending == ".json":
            if not any(path.with_suffix(other).exists() for other in (".txt", ".htm", ".html")):
                yield Rejection(_shown(path), "describes no text beside it; several articles go into a .jsonl file")
            return
        try:
            with path.open("rb") as stream:
                if ending == ".jsonl":
                    yield from self._lines(stream, path)
                else:
                    parse = _read_html if ending in (".htm", ".html") else _read_text
                    yield self._whole(stream, path, parse, path.with_suffix(".json"))
        except OSError as error:
            yield Rejection(_shown(path), f"cannot be read: {error.strerror or error}")

    def stream(self, stdin: BinaryIO) -> Iterator[Document | Rejection]:
        """Read standard input as JSON Lines if it starts with a brace, else as one text."""
        buffered = io.BufferedReader(cast(io.RawIOBase, stdin))
        try:
            if buffered.peek(1).startswith(b"{"):
                yield from self._lines(buffered, Path("stdin"))
            else:
                yield self._whole(buffered, Path("stdin"), _read_text, None)
        finally:
            buffered.detach()  # else standard input would be closed with it

    def _whole(
        self, stream: BinaryIO, path: Path, parse: Callable[[bytes], tuple[str, _About]], sidecar: Path | None
    ) -> Document | Rejection:
        try:
            data = stream.read(self.max_bytes + 1)
            text, about = parse(self._within_limit(data))
            beside = _About() if sidecar is None else _read_sidecar(sidecar)
            return self._document(text, about, beside, default_id=_shown(path.stem), source=_shown(path))
        except _UnreadableError as error:
            return Rejection(_shown(path), str(error))

    def _lines(self, stream: BinaryIO, path: Path) -> Iterator[Document | Rejection]:
        number = 0
        for number, data in enumerate(_limited_lines(stream, self.max_bytes), start=1):
            if not data.strip():
                continue
            try:
                text, about = _read_line(self._within_limit(data), first=number == 1)
                default_id = f"{_shown(path.stem)}-{number}"
                yield self._document(text, about, _About(), default_id=default_id, source=f"{_shown(path)}:{number}")
            except _UnreadableError as error:
                yield Rejection(_shown(path), str(error), number)
        if number == 0:
            yield Rejection(_shown(path), "is empty")

    def _within_limit(self, data: bytes) -> bytes:
        if len(data) > self.max_bytes:
            raise _UnreadableError(f"is larger than {self.max_bytes:,} bytes")
        return data

    def _document(self, text: str, about: _About, beside: _About, *, default_id: str, source: str) -> Document:
        _check_text(text)
        identifier = about.id or beside.id or default_id
        if identifier in self.seen:  # facts of two texts must not meet in one document
            raise _UnreadableError(f"its id {identifier!r} was already read from {self.seen[identifier]}")
        self.seen[identifier] = source
        return Document(
            id=identifier,
            text=text,
            source=source,
            title=about.title or beside.title,
            url=about.url or beside.url,
            publisher=about.publisher or beside.publisher or self.publisher,
            published=about.published or beside.published or self.published,
            licence=about.licence or beside.licence,
        )


def _limited_lines(stream: BinaryIO, limit: int) -> Iterator[bytes]:
    """Lines without their line end, cut after ``limit + 1`` bytes, so that no line can fill the memory."""
    while line := stream.readline(limit + 2):
        tail = line
        while len(tail) == limit + 2 and not tail.endswith(b"\n"):
            tail = stream.readline(limit + 2)
        yield line.rstrip(b"\r\n")[: limit + 1]


def _shown(path: Path | str) -> str:
    """Return a name that can be written as UTF-8, whatever bytes the file system holds."""
    return os.fsencode(path).decode("utf-8", "replace")


# ---- forms -------------------------------------------------------------------------------------------------------


def _read_text(data: bytes) -> tuple[str, _About]:
    return _decode(data), _About()


def _decode(data: bytes) -> str:
    if not data:
        raise _UnreadableError("is empty")
    if b"\0" in data:
        raise _UnreadableError("is binary (holds NUL bytes)")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _UnreadableError(f"is not UTF-8 (byte {error.start})") from error


def _read_html(data: bytes) -> tuple[str, _About]:
    """Take the article's main text and what the page's metadata says of it."""
    if not data.strip():
        raise _UnreadableError("is empty")
    if b"\0" in data:
        raise _UnreadableError("is binary (holds NUL bytes)")
    page = trafilatura.bare_extraction(data, include_comments=False, with_metadata=True, date_extraction_params=_DATES)
    if not isinstance(page, Page) or not page.text:
        raise _UnreadableError("holds no article text")
    return page.text, _About(
        title=page.title,
        url=page.url,
        publisher=page.sitename,
        published=parse_date(page.date) if page.date else None,
        licence=page.license,
    )


def _read_line(data: bytes, *, first: bool) -> tuple[str, _About]:
    record = _parse_object(_decode(data).removeprefix(_BOM if first else ""))
    text = record.get("text")
    if not isinstance(text, str):
        raise _UnreadableError("has no text" if text is None else "has a wrong text: it is not a string")
    if "\0" in text:
        raise _UnreadableError("is binary (holds NUL characters)")
    if _SURROGATE.search(text):
        raise _UnreadableError("holds half a surrogate pair, which is no character")
    return text, _read_about(record)


def _read_sidecar(path: Path) -> _About:
    """Read the file beside a text, if there is one; it has the keys of a JSON line."""
    if not path.is_file():
        return _About()
    try:
        return _read_about(_parse_object(_decode(path.read_bytes()).removeprefix(_BOM)))
    except OSError as error:
        raise _UnreadableError(f"{_shown(path.name)} beside it cannot be read: {error.strerror or error}") from error
    except _UnreadableError as error:
        raise _UnreadableError(f"{_shown(path.name)} beside it {error}") from error


def _parse_object(text: str) -> Mapping[str, Any]:
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        raise _UnreadableError(f"is not JSON: {error.msg} (line {error.lineno}, column {error.colno})") from error
    except (ValueError, RecursionError) as error:
        raise _UnreadableError(f"is not JSON: {error}") from error
    if not isinstance(value, dict):
        raise _UnreadableError("is not a JSON object")
    return value


def _read_about(record: Mapping[str, Any]) -> _About:
    published = _string(record, "published")
    try:
        day = parse_date(published) if published else None
    except ValueError as error:
        raise _UnreadableError(f"has a wrong published: {error}") from error
    return _About(
        id=_string(record, "id"),
        title=_string(record, "title"),
        url=_string(record, "url"),
        publisher=_string(record, "publisher"),
        published=day,
        licence=_string(record, "license"),
    )


def _string(record: Mapping[str, Any], key: str) -> str | None:
    value = record.get(key)
    if key == "id" and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if value is not None and not isinstance(value, str):
        raise _UnreadableError(f"has a wrong {key}: it is not a string")
    if value and _SURROGATE.search(value):
        raise _UnreadableError(f"has a wrong {key}: it holds half a surrogate pair, which is no character")
    return value or None


# ---- what is worth reading ---------------------------------------------------------------------------------------


def _check_text(text: str) -> None:
    """Raise if a text is empty, no text at all, or not English."""
    if not text.strip().strip(_BOM):
        raise _UnreadableError("is empty")
    if len(_CONTROL.findall(text)) > _CONTROL_SHARE * len(text):
        raise _UnreadableError("is binary (full of control characters)")
    sample = text[:_LANGUAGE_SAMPLE]
    words = len(_WORD.findall(sample))
    if not words:
        raise _UnreadableError("holds no words")
    if len(_ENGLISH.findall(sample)) < _ENGLISH_SHARE * words:
        _check_language(sample)


def _check_language(text: str) -> None:
    """Raise if the language is known and not English.

    A short text, or one of names alone, spreads the probability over many languages; it is given the benefit of the
    doubt unless three languages share half of it and English has next to none.
    """
    ranks = _identifier().rank(text)
    likeliest = ranks[0][0]
    if likeliest != "en" and sum(share for _, share in ranks[:3]) >= 0.5 and dict(ranks)["en"] < 0.1:
        raise _UnreadableError(f"is not English (language: {likeliest})")


@functools.cache
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
