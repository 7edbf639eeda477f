"""People's decisions about identity, one line each: ``judgements.csv`` with left, right, verdict, who, why.

``left`` and ``right`` are slugs or names of things; the verdict is "same", "not same" or "unsure".  They are read at
each build and outrank every score; "unsure" changes nothing and is there for the next reviewer.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from decimal import Decimal
from io import StringIO
from pathlib import Path

from indiggraph.errors import ResourceError
from indiggraph.model import Judgement, Verdict

__all__ = ["read_judgements", "write_judgements"]

_COLUMNS = ("left", "right", "verdict", "who", "why")


def read_judgements(path: Path) -> tuple[Judgement, ...]:
    """Read a file of decisions; who decided and why become the reasons.

    Raises:
        ResourceError: the file cannot be read, has other columns, or a line is wrong; the message names it.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ResourceError(str(path), f"cannot be read: {error}") from error
    rows = csv.reader(StringIO(text, newline=""))
    if tuple(next(rows, ())) != _COLUMNS:
        raise ResourceError(str(path), f"the columns must be {','.join(_COLUMNS)}", 1)
    return tuple(_judgement(path, rows.line_num, row) for row in rows if row)


def _judgement(path: Path, line: int, row: list[str]) -> Judgement:
    if len(row) != len(_COLUMNS):
        raise ResourceError(str(path), f"has {len(row)} fields instead of {len(_COLUMNS)}", line)
    left, right, verdict, who, why = (field.strip() for field in row)
    if not left or not right:
        raise ResourceError(str(path), "left and right must not be empty", line)
    if verdict not in tuple(Verdict):
        raise ResourceError(str(path), f"the verdict {verdict!r} is none of {', '.join(Verdict)}", line)
    return Judgement(left, right, Verdict(verdict), Decimal(1), (who, why))


def write_judgements(judgements: Iterable[Judgement]) -> str:
    """Return decisions as the text of such a file, sorted; the first reason is who, the others are why."""
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows(
        sorted((j.left, j.right, j.verdict.value, "".join(j.reasons[:1]), "; ".join(j.reasons[1:])) for j in judgements)
    )
    return out.getvalue()
