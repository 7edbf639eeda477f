"""Reading: what becomes a document, what is rejected and why, and that nothing depends on the order of sources."""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indiggraph.errors import InputError
from indiggraph.model import Document, Rejection
from indiggraph.read import parse_date, read

NEWS = "The ministry has signed a contract with two makers of pumps, said the deputy minister on Monday."


def _read(*sources: str | Path, **options: object) -> tuple[list[Document], list[Rejection]]:
    items = list(read([str(source) for source in sources], **options))  # type: ignore[arg-type]
    return _split(items)


def _split(items: Iterable[Document | Rejection]) -> tuple[list[Document], list[Rejection]]:
    kept = list(items)
    documents = [item for item in kept if isinstance(item, Document)]
    return documents, [item for item in kept if isinstance(item, Rejection)]


def _write(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


# ---- text --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        NEWS,
        f"{NEWS}\r\n\r\n{NEWS}\r",  # line ends are kept as they are
        f"\ufeff{NEWS}",  # so is a byte order mark: it is the file's first character
        f"{NEWS}\x0c\u2028{NEWS}\n\n",  # form feed and line separator are no line ends of ours
        f"Ağaoğlu Çelik and São Martinho “signed” — {NEWS} 😀",
    ],
)
def test_a_text_is_kept_as_decoded(tmp_path: Path, text: str) -> None:
    file = _write(tmp_path / "a1.txt", text)
    [document], [] = _read(file)
    assert document == Document(id="a1", text=text, source=str(file))
    with file.open(encoding="utf-8", newline="") as stream:
        assert stream.read() == document.text


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")) | st.sampled_from("\r\n\t")))
def test_any_text_comes_back_unchanged_through_standard_input(tail: str) -> None:
    text = f"{NEWS} {NEWS} {tail}"
    documents, _ = _split(read(["-"], stdin=io.BytesIO(text.encode())))
    assert [document.text for document in documents] in ([text], [])


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b" \r\n\t ", "is empty"),
        (b"\xef\xbb\xbf\n", "is empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "is binary (holds NUL bytes)"),
        (NEWS.encode("utf-16"), "is binary (holds NUL bytes)"),
        (NEWS.encode() + b"\x01\x02\x03\x04\x05\x06" * 5, "is binary (full of control characters)"),
        (f"{NEWS} Café".encode("latin-1"), f"is not UTF-8 (byte {len(NEWS) + 4})"),
        (b"12,400 | 13,900 | 5.2 %", "holds no words"),
        (b"x" * 501, "is larger than 500 bytes"),
    ],
)
def test_what_is_no_text_is_rejected_and_the_rest_is_read(tmp_path: Path, content: bytes, reason: str) -> None:
    bad, good = _write(tmp_path / "bad.txt", content), _write(tmp_path / "good.txt", NEWS)
    documents, rejections = _read(bad, good, max_bytes=500)
    assert rejections == [Rejection(str(bad), reason)]
    assert [document.id for document in documents] == ["good"]


def test_the_size_limit_is_inclusive(tmp_path: Path) -> None:
    file = _write(tmp_path / "a.txt", NEWS)
    assert _read(file, max_bytes=len(NEWS))[1] == []
    assert _read(file, max_bytes=len(NEWS) - 1)[0] == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "de",
            "Das Ministerium hat mit zwei Herstellern von Pumpen Verträge über zwölf Millionen Euro geschlossen.",
        ),
        ("fr", "Le ministère a signé un contrat de douze millions d'euros avec deux fabricants de pompes."),
        ("es", "El ministerio firmó un contrato de doce millones de euros con dos fabricantes de bombas."),
        ("fa", "وزارت صنعت، معدن و تجارت با دو سازنده پمپ قراردادی به ارزش دوازده میلیون یورو امضا کرد."),
        ("tr", "Bakanlık, iki pompa üreticisiyle on iki milyon avroluk bir sözleşme imzaladı ve üretim başladı."),
        ("id", "Kementerian menandatangani kontrak senilai dua belas juta euro dengan dua pembuat pompa."),
        ("nl", "Het ministerie heeft met twee makers van pompen een contract van twaalf miljoen euro getekend."),
        ("zh", "该部与两家水泵制造商签署了价值一千二百万欧元的合同，副部长周一表示。"),
        ("ru", "Министерство подписало контракт на двенадцать миллионов евро с двумя производителями насосов."),
    ],
)
def test_other_languages_are_rejected_by_name(tmp_path: Path, language: str, text: str) -> None:
    documents, [rejection] = _read(_write(tmp_path / "a.txt", text))
    assert documents == []
    assert rejection.reason == f"is not English (language: {language})"


@pytest.mark.parametrize(
    "text",
    [
        "Hello.",  # too short to tell
        "Output: 4,200 tons.",
        "Inflation rose to 5.2% in May.",
        "TEHRAN – Reza Hosseini met Bahram Qorbani.",  # names alone
        # English with many foreign names: the letters look Portuguese, German, Persian; the little words are English
        "Companhia de Bombas do Rio Doce and Banco Nacional de Fomento Econômico e Social have signed in São Gonçalo.",
        "The Gesellschaft für Pumpenbau mbH, Oberhausen, and Stahlwerke Niederrhein AG own the Pumpenwerk of Mainz.",
        "Gholamreza Shahmoradi, Abdolkarim Niloufari and Mahmoud Qazvinian attended the Saderat Nojoum meeting.",
    ],
)
def test_english_with_few_words_or_foreign_names_is_read(tmp_path: Path, text: str) -> None:
    [document], [] = _read(_write(tmp_path / "a.txt", text))
    assert document.text == text


# ---- what is known about a text ------------------------------------------------------------------------------------


def test_options_hold_where_a_text_says_nothing(tmp_path: Path) -> None:
    [document], [] = _read(_write(tmp_path / "a.txt", NEWS), published=dt.date(2021, 5, 8), publisher="Example Wire")
    assert (document.published, document.publisher) == (dt.date(2021, 5, 8), "Example Wire")


def test_a_sidecar_outranks_the_options(tmp_path: Path) -> None:
    about = {
        "id": "story-7", "title": "Pumps", "url": "https://example.org/7", "publisher": "Sidecar Post",
        "published": "2020-02-01T23:30:00+05:00", "license": "CC BY 4.0",
    }  # fmt: skip
    text, _ = _write(tmp_path / "a.txt", NEWS), _write(tmp_path / "a.json", json.dumps(about))
    [document], [] = _read(text, published=dt.date(1999, 1, 1), publisher="Option Times")
    assert document == Document(
        id="story-7", text=NEWS, source=str(text), title="Pumps", url="https://example.org/7",
        publisher="Sidecar Post", published=dt.date(2020, 2, 1), licence="CC BY 4.0",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("sidecar", "reason"),
    [
        ("{", "a.json beside it is not JSON"),
        ("[]", "a.json beside it is not a JSON object"),
        ('{"published": "8 May 2021"}', "a.json beside it has a wrong published: '8 May 2021' is not an ISO date"),
        ('{"title": ["x"]}', "a.json beside it has a wrong title: it is not a string"),
    ],
)
def test_a_wrong_sidecar_rejects_its_text(tmp_path: Path, sidecar: str, reason: str) -> None:
    text, _ = _write(tmp_path / "a.txt", NEWS), _write(tmp_path / "a.json", sidecar)
    documents, [rejection] = _read(text)
    assert documents == []
    assert rejection.source == str(text)
    assert rejection.reason.startswith(reason)


def test_a_sidecar_named_among_the_sources_is_no_article(tmp_path: Path) -> None:
    text, sidecar = _write(tmp_path / "a.txt", NEWS), _write(tmp_path / "a.json", "{}")
    alone = _write(tmp_path / "b.json", "{}")
    [document], [rejection] = _read(text, sidecar, alone)
    assert document.id == "a"
    assert rejection.source == str(alone)


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2021-05-08", dt.date(2021, 5, 8)),
        ("2021-05-08T22:10:00Z", dt.date(2021, 5, 8)),
        ("2021-05-08 22:10", dt.date(2021, 5, 8)),
        ("2021-05-08T22:10:00.123+03:30", dt.date(2021, 5, 8)),
    ],
)
def test_dates_are_iso(value: str, day: dt.date) -> None:
    assert parse_date(value) == day


@pytest.mark.parametrize(
    "value", ["", "2021", "2021-13-01", "20210508", "08.05.2021", "2021-05-08T25:00", "2021-05-08x"]
)
def test_other_dates_are_errors(value: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        parse_date(value)


# ---- JSON Lines ----------------------------------------------------------------------------------------------------


def test_every_key_of_a_json_line_is_kept(tmp_path: Path) -> None:
    line = {
        "id": 7, "text": NEWS, "title": "Pumps", "url": "https://example.org/7", "publisher": "Example Wire",
        "published": "2021-05-08", "license": "CC0", "extra": [1],
    }  # fmt: skip
    file = _write(tmp_path / "news.jsonl", json.dumps(line))
    [document], [] = _read(file)
    assert document == Document(
        id="7", text=NEWS, source=f"{file}:1", title="Pumps", url="https://example.org/7",
        publisher="Example Wire", published=dt.date(2021, 5, 8), licence="CC0",
    )  # fmt: skip


def test_bad_lines_are_named_by_their_number(tmp_path: Path) -> None:
    good = json.dumps({"text": NEWS})
    bad = {
        2: ("{", "is not JSON: Expecting property name enclosed in double quotes (line 1, column 2)"),
        4: ("[1]", "is not a JSON object"),
        5: ('{"id": "x"}', "has no text"),
        6: ('{"text": 5}', "has a wrong text: it is not a string"),
        7: ('{"text": ""}', "is empty"),
        8: (json.dumps({"text": NEWS, "published": "yesterday"}), "has a wrong published"),
        9: ('{"text": "a\\ud800b"}', "holds half a surrogate pair"),
        10: ('{"text": "a\\u0000b"}', "is binary"),
        11: ("[" * 100_000, "is not JSON"),
        12: ('{"id": true, "text": "The end."}', "has a wrong id: it is not a string"),
        13: (json.dumps({"text": "The end. " * 20_000}), "is larger than 150,000 bytes"),
    }
    lines = [bad[number][0] if number in bad else good for number in range(1, 14)]
    lines[2] = ""  # an empty line is no article
    file = _write(tmp_path / "news.jsonl", "\ufeff" + "\r\n".join([*lines, good]))
    documents, rejections = _read(file, max_bytes=150_000)
    assert [document.id for document in documents] == ["news-1", "news-14"]
    assert [rejection.line for rejection in rejections] == list(bad)
    for rejection in rejections:
        assert rejection.line is not None
        assert rejection.reason.startswith(bad[rejection.line][1])
        assert rejection.source == str(file)


def test_a_line_that_is_not_utf_8_is_one_rejection(tmp_path: Path) -> None:
    line = json.dumps({"text": NEWS}).encode()
    documents, [rejection] = _read(_write(tmp_path / "n.jsonl", line + b"\n" + b'{"text": "caf\xe9"}\n' + line))
    assert [document.id for document in documents] == ["n-1", "n-3"]
    assert (rejection.line, rejection.reason) == (2, "is not UTF-8 (byte 13)")


def test_an_empty_json_lines_file_is_rejected(tmp_path: Path) -> None:
    file = _write(tmp_path / "n.jsonl", b"")
    assert _read(file) == ([], [Rejection(str(file), "is empty")])


def test_a_second_text_with_the_same_id_is_rejected(tmp_path: Path) -> None:
    line = json.dumps({"id": "a", "text": NEWS})
    file, text = _write(tmp_path / "n.jsonl", f"{line}\n{line}"), _write(tmp_path / "a.txt", NEWS)
    [document], rejections = _read(file, text)
    assert document.source == str(text)
    assert rejections == [
        Rejection(str(file), f"its id 'a' was already read from {text}", 1),
        Rejection(str(file), f"its id 'a' was already read from {text}", 2),
    ]


# ---- HTML ----------------------------------------------------------------------------------------------------------

PAGE = """<!DOCTYPE html><html lang="en"><head><title>Pumps | Example Wire</title>
<meta property="og:title" content="Pumps for two towns"><meta property="og:site_name" content="Example Wire">
<meta property="article:published_time" content="2020-03-04T10:00:00Z">
<link rel="canonical" href="https://example.org/pumps"></head>
<body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<article><h1>Pumps for two towns</h1><p>{}</p><p>Both towns &amp; their councils will pay €3 million.</p></article>
<footer>All rights reserved. Subscribe now.</footer></body></html>"""


def test_a_page_gives_its_article_and_its_metadata(tmp_path: Path) -> None:
    [document], [] = _read(_write(tmp_path / "page.html", PAGE.format(NEWS)), published=dt.date(1999, 1, 1))
    assert NEWS in document.text
    assert "Both towns & their councils will pay €3 million." in document.text
    assert "Subscribe" not in document.text
    assert "<" not in document.text
    assert (document.id, document.title, document.publisher) == ("page", "Pumps for two towns", "Example Wire")
    assert (document.url, document.published) == ("https://example.org/pumps", dt.date(2020, 3, 4))


@pytest.mark.parametrize("content", ["<html><body></body></html>", "<html><script>let a = 1</script></html>"])
def test_a_page_without_article_is_rejected(tmp_path: Path, content: str) -> None:
    file = _write(tmp_path / "page.htm", content)
    assert _read(file) == ([], [Rejection(str(file), "holds no article text")])


# ---- folders, order, standard input ----------------------------------------------------------------------------------


def test_a_folder_is_read_down_to_the_last_file_of_a_known_ending(tmp_path: Path) -> None:
    (tmp_path / "in" / "deep" / "er").mkdir(parents=True)
    (tmp_path / "in" / ".hidden").mkdir()
    for name in ("b.txt", "deep/a.TXT", "deep/er/c.txt", "README.md", "d.csv", ".e.txt", ".hidden/f.txt"):
        _write(tmp_path / "in" / name, NEWS)
    _write(tmp_path / "in" / "lines.jsonl", json.dumps({"id": "l", "text": NEWS}))
    documents, rejections = _read(tmp_path / "in")
    assert [document.id for document in documents] == ["b", "a", "c", "l"]
    assert rejections == []


def test_a_folder_with_nothing_to_read_is_reported(tmp_path: Path) -> None:
    _write(tmp_path / "README.md", NEWS)
    documents, [rejection] = _read(tmp_path)
    assert documents == []
    assert rejection.reason.startswith("the folder holds no file that ends in")


def test_a_named_file_of_another_ending_is_read_as_text(tmp_path: Path) -> None:
    [document], [] = _read(_write(tmp_path / "story.md", NEWS))
    assert document.id == "story"


def test_the_order_of_the_sources_and_naming_one_twice_change_nothing(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    sources = [_write(tmp_path / name, NEWS) for name in ("b.txt", "a.txt", "x/c.txt")]
    forward = list(read([str(path) for path in sources]))
    assert list(read([str(path) for path in reversed(sources)])) == forward
    assert list(read([str(tmp_path), *(str(path) for path in sources), str(sources[0])])) == forward


def test_a_file_that_cannot_be_opened_is_rejected(tmp_path: Path) -> None:
    (tmp_path / "gone").symlink_to(tmp_path)
    file = _write(tmp_path / "a.txt", NEWS)
    items = read([str(file)])
    file.unlink()
    assert list(items) == [Rejection(str(file), "cannot be read: No such file or directory")]


@pytest.mark.parametrize("sources", [["missing.txt"], ["-"]])
def test_a_missing_source_is_an_error_before_anything_is_read(sources: list[str], tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no such file or folder|there is no standard input"):
        read([str(_write(tmp_path / "a.txt", NEWS)), *sources])


def test_standard_input_is_text_or_json_lines() -> None:
    [document], [] = _split(read(["-"], stdin=io.BytesIO(NEWS.encode())))
    assert (document.id, document.text, document.source) == ("stdin", NEWS, "stdin")
    lines = io.BytesIO(f"{json.dumps({'text': NEWS})}\nnonsense\n".encode())
    [document], [rejection] = _split(read(["-"], stdin=lines))
    assert (document.id, document.source) == ("stdin-1", "stdin:1")
    assert (rejection.source, rejection.line) == ("stdin", 2)
    assert not lines.closed


def test_a_file_name_that_is_not_utf_8_gets_an_id_that_is(tmp_path: Path) -> None:
    file = Path(str(tmp_path / "caf") + b"\xe9.txt".decode("utf-8", "surrogateescape"))
    [document], [] = _read(_write(file, NEWS))
    assert document.id == "caf�"
    assert document.source.encode("utf-8").endswith("caf�.txt".encode())
