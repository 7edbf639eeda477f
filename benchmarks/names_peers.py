"""Runs nomenklatura's logic-v2 on pairs of names and prints its verdicts.

Started by ``benchmarks.names`` with the interpreter of an environment in which nomenklatura is installed:

    python names_peers.py < pairs.json

Used as its documentation shows, with its defaults: a pair is one thing from a score of 0.7 on, the default threshold of
yente, the matching service of its makers (``SCORE_THRESHOLD`` in version 1.9.0).  An acronym in brackets is given to it
as an alias, a country as the entity's country.
"""

from __future__ import annotations

import json
import re
import sys
from importlib import import_module
from typing import Any

_CUTOFF = 0.7
_SCHEMATA = {"person": "Person", "body": "Organization", "company": "Company"}


def main() -> None:
    """Read the pairs, print one line: the verdicts."""
    matching: Any = import_module("nomenklatura.matching")
    matcher = matching.get_algorithm("logic-v2")
    config = matcher.default_config()
    verdicts = []
    for number, (kind, left, right, left_country, right_country) in enumerate(read()):  # it remembers entities by id
        one = entity(f"left {number}", kind, left, left_country)
        other = entity(f"right {number}", kind, right, right_country)
        verdicts.append(matcher.compare(one, other, config).score >= _CUTOFF)
    print(json.dumps(verdicts))


def read() -> list[list[str]]:
    """The pairs: kind, names and countries."""
    rows: list[list[str]] = json.load(sys.stdin)
    return rows


def entity(ident: str, kind: str, name: str, country: str) -> Any:
    """A name as an entity of FollowTheMoney."""
    found = re.fullmatch(r"(.+) \(([^()]+)\)", name)
    long, short = found.groups() if found is not None else (name, None)
    properties = {
        "name": [long],
        "alias": [short] if short is not None else [],
        "country": [country.lower()] if country else [],
    }
    proxy: Any = import_module("followthemoney").EntityProxy
    return proxy.from_dict({"id": ident, "schema": _SCHEMATA[kind], "properties": properties})


if __name__ == "__main__":
    main()
