"""The page: complete in itself, safe whatever the texts hold, and drawn by a browser."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest

from indiggraph.views.html import page
from indiggraph.views.network import network
from tests.views.sample import SAMPLE, triples

HOSTILE = """</script><script>document.title="broken"</script><img src=x onerror=alert(1)>&amp;'"\u2028]]>"""
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


class Tags(HTMLParser):
    """Collects the start tags of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def _hostile_page() -> str:
    escaped = json.dumps(HOSTILE, ensure_ascii=False)
    turtle = SAMPLE.replace('"Anna Kovacs"', escaped).replace('"pumps"', escaped).replace('"deputy minister"', escaped)
    return page(network(triples(turtle.replace('"Pumps for two towns"', escaped))), HOSTILE)


def _data(html: str) -> dict[str, list[dict[str, object]]]:
    found = re.search(r'<script type="application/json" id="graph-data">(.*?)</script>', html, re.S)
    assert found
    data: dict[str, list[dict[str, object]]] = json.loads(found[1])
    return data


def test_nothing_is_requested_from_anywhere() -> None:
    html = page(network(triples()), "Pumps")
    tags = Tags(html).tags
    policy = next(attrs["content"] for tag, attrs in tags if attrs.get("http-equiv") == "Content-Security-Policy")
    assert str(policy).startswith(
        "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:"
    )
    assert [attrs["href"] for _, attrs in tags if "href" in attrs] == ["data:,"]
    assert not [tag for tag, attrs in tags if "src" in attrs or tag in ("iframe", "object", "embed")]
    assert "sourceMappingURL" not in html
    assert not re.search(r"@import|url\(\s*['\"]?https?:|fetch\(\s*['\"]|import\(", html)


def test_language_title_and_roles_are_there() -> None:
    tags = Tags(page(network(triples()), "Pumps")).tags
    assert ("html", {"lang": "en"}) in tags
    roles = {attrs["role"] for _, attrs in tags if "role" in attrs}
    assert roles >= {"application", "search", "group"}
    assert all(attrs.get("aria-pressed") in ("true", "false") for _, attrs in tags if attrs.get("class") == "kind")
    assert {"header", "main", "aside", "title", "h1", "label"} <= {tag for tag, _ in tags}


def test_text_of_documents_stays_text() -> None:
    html = _hostile_page()
    harmless = page(network(triples()), "Pumps")
    assert [tag for tag, _ in Tags(html).tags] == [tag for tag, _ in Tags(harmless).tags]
    assert "\u2028" not in html.partition('id="graph-data">')[2].partition("</script>")[0]
    labels = [detail["label"] for detail in _data(html)["details"]]
    assert HOSTILE in labels


def test_labels_carry_sums_edges_carry_roles_hints_carry_sentences() -> None:
    data = _data(page(network(triples()), "Pumps"))
    nodes = {str(node["label"]).replace("\n", " | "): node for node in data["nodes"]}
    deal = nodes["agreement | over €5 million | 40 to 50 pumps"]
    assert "“The ministry will pay makers over €5 million.”" in str(deal["title"])
    assert deal["pale"] is True
    assert nodes["production"].get("pale") is None
    assert {edge["label"] for edge in data["edges"]} >= {"agent", "stated by", "part of", "deputy minister"}


def test_classes_differ_in_shape_and_colour_as_the_legend_shows() -> None:
    html = page(network(triples()), "Pumps")
    things = [node for node in _data(html)["nodes"] if node["shape"] != "box"]
    shapes = {node["label"]: node["shape"] for node in things}
    assert len({shapes[name] for name in ("Anna Kovacs", "Alphapump", "domestic pump makers", "Radom", "water")}) == 5
    assert shapes["Alphapump"] == shapes["Ministry of Pumps"]
    colours = {node["label"]: node["color"] for node in things}
    assert colours["Alphapump"] != colours["Ministry of Pumps"]
    assert [attrs["data-kind"] for _, attrs in Tags(html).tags if attrs.get("class") == "kind"] == [
        "Person",
        "GovernmentBody",
        "Company",
        "Group",
        "Place",
        "Sector",
        "unlinked",
        "Agreement",
        "Production",
    ]


def test_labels_of_level_edges_are_not_turned(monkeypatch: pytest.MonkeyPatch) -> None:
    edges = _data(page(network(triples()), "Pumps"))["edges"]
    assert not [edge for edge in edges if "font" in edge]
    monkeypatch.setattr("indiggraph.views.html._places", lambda graph, labels: dict.fromkeys(graph, (0, 0)))
    level = _data(page(network(triples()), "Pumps"))["edges"]
    assert [edge.get("font") for edge in level] == [{"align": "horizontal"}] * len(edges)


def test_the_page_is_the_same_each_time() -> None:
    assert page(network(triples()), "Pumps") == page(network(triples()[::-1]), "Pumps")


def test_an_empty_network_is_a_page_too() -> None:
    assert "0 things, 0 facts" in page(network([]), "Nothing")


@pytest.mark.skipif(BROWSER is None, reason="no chromium to open the page with")
@pytest.mark.parametrize("make", [_hostile_page, lambda: page(network([]), "Nothing")], ids=["hostile", "empty"])
def test_a_browser_draws_it(make: object, tmp_path: Path) -> None:
    assert callable(make)
    file = tmp_path / "view.html"
    file.write_text(make(), encoding="utf-8")
    command = [
        str(BROWSER), "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync", "--enable-logging=stderr",
        f"--user-data-dir={tmp_path / 'profile'}", "--virtual-time-budget=5000", "--dump-dom", file.as_uri(),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert '<html lang="en" data-ready="true">' in done.stdout
    assert "CONSOLE" not in done.stderr
    assert "<title>broken" not in done.stdout
    assert not [tag for tag, _ in Tags(done.stdout).tags if tag == "img"]
