"""The file of people's decisions."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from indiggraph.errors import ResourceError
from indiggraph.model import Judgement, Verdict
from indiggraph.resolve import read_judgements, write_judgements

HEADER = "left,right,verdict,who,why\n"


def test_round_trip(tmp_path: Path) -> None:
    decisions = (
        Judgement("a-b", "Å, B", Verdict.NOT_SAME, Decimal(1), ("mira", 'two "people"')),
        Judgement("c", "d", Verdict.SAME, Decimal(1), ("", "")),
        Judgement("e", "f", Verdict.UNSURE, Decimal(1), ("mira", "later")),
    )
    path = tmp_path / "judgements.csv"
    path.write_text(write_judgements(reversed(decisions)), encoding="utf-8")
    assert read_judgements(path) == decisions


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("left,right\n", 1, "the columns must be"),
        ("", 1, "the columns must be"),
        (HEADER + "a,b,same,me\n", 2, "has 4 fields instead of 5"),
        (HEADER + "a,b,same,me,\n,b,same,me,\n", 3, "must not be empty"),
        (HEADER + "a,b,maybe,me,\n", 2, "'maybe' is none of same, not same, unsure"),
    ],
)
def test_wrong_lines_are_named(tmp_path: Path, text: str, line: int, reason: str) -> None:
    path = tmp_path / "judgements.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ResourceError, match=reason) as caught:
        read_judgements(path)
    assert caught.value.line == line


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match="cannot be read"):
        read_judgements(tmp_path / "none.csv")
