"""A network -> one HTML file that opens offline and asks nothing of anywhere.

pyvis makes the nodes and edges and carries vis-network, the script that draws them.  Its own page loads files from
elsewhere and trusts its heading, so the page is ours: Jinja escapes whatever goes into markup, and whatever goes into
a script is JSON without a character that could end it.
"""

from __future__ import annotations

import json
import textwrap
from collections import Counter
from dataclasses import asdict, dataclass
from functools import cache
from importlib import resources
from typing import Any

import networkx as nx
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from pyvis.network import Network

from indiggraph.views.layout import place

__all__ = ["page"]

_UNLINKED = "unlinked"  # pseudo-class of things that take part in no fact


@dataclass(frozen=True, slots=True)
class _Look:
    """How a class of nodes is drawn: its name for readers, vis-network's shape, its colour."""

    label: str
    shape: str
    colour: str


@dataclass(frozen=True, slots=True)
class _Entry:
    """A line of the legend; ``path`` is the outline of the shape, ``shown`` whether its nodes are to be seen."""

    kind: str
    label: str
    colour: str
    path: str
    number: int
    shown: bool


# Colours keep a contrast of at least 3 : 1 with both the light and the dark ground, white text on facts 4.5 : 1.
_THINGS = {
    "Person": _Look("person", "dot", "#d9702b"),
    "Organization": _Look("body", "square", "#3f7fcb"),
    "GovernmentBody": _Look("government body", "square", "#5166c9"),
    "Company": _Look("company", "square", "#2f95b8"),
    "NewsAgency": _Look("news agency", "square", "#7d8794"),
    "Group": _Look("group", "hexagon", "#8f6bc9"),
    "Place": _Look("place", "triangleDown", "#3d9657"),
    "Program": _Look("program", "star", "#b98a00"),
    "Product": _Look("product", "diamond", "#c9527a"),
    "Sector": _Look("sector", "triangle", "#1f9a92"),
    "Gathering": _Look("gathering", "ellipse", "#8a5a14"),
}
_FACTS = {
    "Agreement": _Look("agreement", "box", "#1b5e9e"),
    "Saving": _Look("saving", "box", "#00695c"),
    "Investment": _Look("investment", "box", "#2e6b2e"),
    "Production": _Look("production", "box", "#8a4b08"),
    "Trade": _Look("trade", "box", "#6a3d9a"),
    "Establishment": _Look("establishment", "box", "#9c2a5b"),
    "Directive": _Look("directive", "box", "#a12622"),
    "Cooperation": _Look("cooperation", "box", "#3f51a3"),
    "Change": _Look("change", "box", "#5f5a00"),
    "Occurrence": _Look("occurrence", "box", "#4e5a65"),
}
_LOOKS = _THINGS | _FACTS
_UNLINKED_LOOK = _Look("in no fact", "dot", "#8a939c")
_PATHS = {  # of the legend, in a square of 20
    "dot": "M10 2a8 8 0 1 0 .01 0z",
    "square": "M3 3h14v14H3z",
    "hexagon": "M5.5 2h9L19 10l-4.5 8h-9L1 10z",
    "triangleDown": "M1 3h18l-9 15z",
    "triangle": "M10 2l9 15H1z",
    "star": "M10 1l2.6 6 6.4.5-4.9 4.3L15.600 18 10 14.600 4.400 18l1.500-6.200L1 7.500 7.400 7z",
    "diamond": "M10 1l8 9-8 9-8-9z",
    "ellipse": "M10 4c-12 0-12 12 0 12s12-12 0-12z",
    "box": "M2 5h16v10H2z",
}
_WHITE_INSIDE = ("box", "ellipse")  # shapes that hold their label
_LETTER = 0.53  # width of an average letter, height of a line: in sizes of the type
_LINE = 1.3
_WIDTH = 24  # letters of a label's line
_LINES = 4
# vis-network turns a label along its edge, and loses it where there is nothing to turn: at edges that lie level.
_LEVEL: dict[str, Any] = {"font": {"align": "horizontal"}}

_OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False, "randomSeed": 1},
    "interaction": {
        "hover": True,
        "tooltipDelay": 150,
        "keyboard": {"enabled": True, "bindToWindow": False},
        "hideEdgesOnDrag": False,
    },
    "nodes": {"font": {"size": 14}, "borderWidth": 1.5, "borderWidthSelected": 3},
    "edges": {
        "smooth": False,
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.5}},
        "font": {"size": 11, "align": "middle", "strokeWidth": 4},
        "selectionWidth": 2,
    },
}


def page(graph: nx.MultiDiGraph, title: str) -> str:
    """Return the page that draws a network of :func:`indiggraph.views.network.network`; ``title`` is its heading."""
    things = sum(kind == "thing" for _, kind in graph.nodes(data="kind"))
    counts = f"{_counted(things, 'thing')}, {_counted(graph.number_of_nodes() - things, 'fact')}"
    html: str = _template().render(
        title=title,
        counts=counts,
        legend=_legend(graph),
        css=Markup(_packaged("page.css")),
        script=Markup(_packaged("page.js")),
        library=Markup(_library()),
        data=Markup(_json(_data(graph))),
    )
    return html


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


# ---- data --------------------------------------------------------------------------------------------------------


def _data(graph: nx.MultiDiGraph) -> dict[str, Any]:
    """All that the page's script reads; nodes are numbered in the order of the graph."""
    numbers = {iri: number for number, iri in enumerate(graph)}
    labels = {iri: _label(data) for iri, data in graph.nodes(data=True)}
    places = _places(graph, labels)
    drawn = Network(directed=True)
    for iri, data in graph.nodes(data=True):
        x, y = places[iri]
        drawn.add_node(numbers[iri], label=labels[iri], title=_hint(data), x=x, y=y, **_style(graph, iri))
    for one, other, data in graph.edges(data=True):
        quotes = [asdict(quote) for quote in data["quotes"]]
        style = _LEVEL if places[one][1] == places[other][1] else {}
        drawn.add_edge(numbers[one], numbers[other], label=data["label"], quotes=quotes, **style)
    nodes, edges, *_ = drawn.get_network_data()
    details = [_detail(data) for _, data in graph.nodes(data=True)]
    return {"nodes": nodes, "edges": edges, "options": _OPTIONS, "details": details}


def _places(graph: nx.MultiDiGraph, labels: dict[str, str]) -> dict[str, tuple[int, int]]:
    """Places of facts and their parties, and below them, in rows, of things that take part in none."""
    below_centre = {iri: _drop(graph, iri, label) for iri, label in labels.items()}
    boxes = {iri: _box(graph, iri, label) for iri, label in labels.items()}
    apart = [iri for iri in graph if _is_apart(graph, iri)]
    places = place(graph.subgraph(set(graph) - set(apart)), boxes)
    floor = max((y for _, y in places.values()), default=0) + 200
    rest = place(graph.subgraph(apart), boxes)
    places |= {iri: (x, y + floor) for iri, (x, y) in rest.items()}
    return {iri: (x, y - below_centre[iri]) for iri, (x, y) in places.items()}


def _is_apart(graph: nx.MultiDiGraph, iri: str) -> bool:
    """Whether a node is a thing that no edge touches; these are hidden until the reader asks for them."""
    return graph.nodes[iri]["kind"] == "thing" and not graph.degree(iri)


def _box(graph: nx.MultiDiGraph, iri: str, label: str) -> tuple[float, float]:
    """Width and height that a node takes with its label, in pixels."""
    width = max(map(len, label.split("\n"))) * _LETTER * _font_size(graph, iri)
    size = _shape_size(graph, iri)
    return max(width, 2 * size) + 24, 2 * (size + _drop(graph, iri, label)) + 28


def _drop(graph: nx.MultiDiGraph, iri: str, label: str) -> int:
    """How far the middle of shape and label lies below the middle of the shape: half a label that stands below."""
    inside = _LOOKS[graph.nodes[iri]["type"]].shape in _WHITE_INSIDE
    return 0 if inside else round((label.count("\n") + 1) * _LINE * _font_size(graph, iri) / 2)


def _shape_size(graph: nx.MultiDiGraph, iri: str) -> int:
    """Half the height of a shape, in pixels; of a fact, which is as large as its text, half that text's height."""
    data = graph.nodes[iri]
    if _LOOKS[data["type"]].shape in _WHITE_INSIDE:
        return round((_label(data).count("\n") + 1) * _LINE * 14 / 2)
    return 10 + min(20, 2 * int(graph.degree(iri)))


def _font_size(graph: nx.MultiDiGraph, iri: str) -> float:
    """Size of a label: larger for things of many facts, so that they are read when all is seen from afar."""
    return 14.0 if graph.nodes[iri]["kind"] == "fact" else 14.0 + min(40.0, 2.0 * max(0, graph.degree(iri) - 3))


def _label(data: dict[str, Any]) -> str:
    """Text at a node: a thing's name; a fact's class and its sums, or where it has none its first words."""
    if data["kind"] == "thing":
        return _wrapped(data["label"])
    return "\n".join([_LOOKS[data["type"]].label, *(_wrapped(text, 2) for text in data["sums"])])


def _wrapped(text: str, lines: int = _LINES) -> str:
    return "\n".join(textwrap.wrap(text, _WIDTH, max_lines=lines, placeholder=" …")) or text


def _style(graph: nx.MultiDiGraph, iri: str) -> dict[str, Any]:
    data = graph.nodes[iri]
    look = _LOOKS[data["type"]]
    style: dict[str, Any] = {"shape": look.shape, "size": _shape_size(graph, iri), "color": look.colour}
    style["font"] = {"size": _font_size(graph, iri)}
    if data["modality"] not in (None, "Actual"):
        # the page's script fills it with the ground's colour, light or dark
        style |= {"pale": True, "shapeProperties": {"borderDashes": [6, 4]}}
        style["font"]["strokeWidth"] = 0
    elif look.shape in _WHITE_INSIDE:
        style["font"] |= {"color": "#ffffff", "strokeWidth": 0}
    if _is_apart(graph, iri):
        style["hidden"] = True
    return style


def _hint(data: dict[str, Any]) -> str:
    """What hovering shows: what it is, its values, and the first sentences it rests on."""
    values = [f"{name}: {text}" for name, text in data["values"]]
    quotes = [f"“{textwrap.shorten(quote.text, 400, placeholder=' …')}”" for quote in data["quotes"][:2]]
    return "\n".join([f"{data['label']} ({_LOOKS[data['type']].label})", *values, *quotes])


def _detail(data: dict[str, Any]) -> dict[str, Any]:
    kept = {key: data[key] for key in ("kind", "type", "label", "names", "values")}
    return kept | {"typeLabel": _LOOKS[data["type"]].label, "quotes": [asdict(quote) for quote in data["quotes"]]}


# ---- page --------------------------------------------------------------------------------------------------------


def _legend(graph: nx.MultiDiGraph) -> list[tuple[str, list[_Entry]]]:
    counts = Counter(_UNLINKED if _is_apart(graph, iri) else kind for iri, kind in graph.nodes(data="type"))
    groups = (("Things", _THINGS | {_UNLINKED: _UNLINKED_LOOK}), ("Facts", _FACTS))
    entries = [
        (title, [_entry(kind, looks[kind], counts[kind]) for kind in looks if counts[kind]]) for title, looks in groups
    ]
    return [(title, found) for title, found in entries if found]


def _entry(kind: str, look: _Look, count: int) -> _Entry:
    return _Entry(kind, look.label, look.colour, _PATHS[look.shape], count, kind != _UNLINKED)


def _json(value: object) -> str:
    """JSON that no script element can be broken out of, and that old JavaScript reads too."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


@cache
def _template() -> Any:
    loader = PackageLoader("indiggraph", "views")
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    return environment.get_template("page.html.j2")


def _packaged(name: str) -> str:
    return resources.files("indiggraph.views").joinpath(name).read_text("utf-8")


@cache
def _library() -> str:
    """Return vis-network as pyvis carries it, without the line that makes developer tools load its source map."""
    folder = resources.files("pyvis").joinpath("templates", "lib", "vis-9.1.2")
    script = folder.joinpath("vis-network.min.js").read_text("utf-8")
    return "\n".join(line for line in script.split("\n") if not line.startswith("//# sourceMappingURL="))
