"""``indiggraph review``."""

from __future__ import annotations

import json
import sys
from decimal import Decimal
from pathlib import Path

import click

from indiggraph.files import write_atomically
from indiggraph.model import Judgement, Verdict
from indiggraph.resolve import read_judgements, write_judgements
from indiggraph.review import Passage, Question, questions, read_doubts
from indiggraph.store import Graph
from indiggraph.views.text import printable

__all__ = ["command"]

_ANSWERS = {"s": Verdict.SAME, "n": Verdict.NOT_SAME, "u": Verdict.UNSURE}


@click.command("review")
@click.argument("graph")
@click.option(
    "--judgements", metavar="FILE", help="CSV of decisions: what is decided there is left out, answers go there."
)
@click.option("--limit", default=10, show_default=True, type=click.IntRange(min=1), help="Pairs shown.")
@click.option("--ask", is_flag=True, help="Ask for each pair, and write the answers to --judgements.")
@click.option("--same", nargs=2, multiple=True, metavar="LEFT RIGHT", help="Write down that two names are one thing.")
@click.option("--not-same", nargs=2, multiple=True, metavar="LEFT RIGHT", help="Write down that they are two.")
@click.option("--who", default="", metavar="NAME", help="Who decides.")
@click.option("--why", default="", metavar="TEXT", help="Why.")
@click.option("--format", "form", default="text", show_default=True, type=click.Choice(["text", "json"]))
def command(
    graph: str,
    judgements: str | None,
    limit: int,
    ask: bool,
    same: tuple[tuple[str, str], ...],
    not_same: tuple[tuple[str, str], ...],
    who: str,
    why: str,
    form: str,
) -> None:
    """List the pairs of things most worth a decision whether they are one, with their sentences.

    GRAPH is a build's folder. The pairs are ordered by doubt times the facts that hang on them. Decisions are lines of
    a CSV file that build reads with --judgements; they outrank every score, and a wrong merge is split by one line.
    For scripts there are --same, --not-same and --format json.
    """
    if (ask or same or not_same) and judgements is None:
        raise click.UsageError("name the file for the decisions: --judgements FILE")
    path = Path(judgements) if judgements is not None else None
    decided = read_judgements(path) if path is not None and path.exists() else ()
    given = [(Verdict.SAME, *pair) for pair in same] + [(Verdict.NOT_SAME, *pair) for pair in not_same]
    if path is not None and given:
        new = [_judgement(left, right, verdict, who, why) for verdict, left, right in given]
        _write(path, (*decided, *new))
        return
    asked = questions(Graph.load(graph), read_doubts(Path(graph)), decided)[:limit]
    if path is not None and ask:
        _ask(asked, path, decided, who)
    elif form == "json":
        for question in asked:
            click.echo(json.dumps(_as_json(question), ensure_ascii=False))
    else:
        click.echo("\n\n".join(_shown(question) for question in asked) or "nothing is in doubt")


def _judgement(left: str, right: str, verdict: Verdict, who: str, why: str) -> Judgement:
    if not left.strip() or not right.strip():
        raise click.UsageError("a name must not be empty")
    return Judgement(left.strip(), right.strip(), verdict, Decimal(1), (who, why))


def _write(path: Path, judgements: tuple[Judgement, ...]) -> None:
    write_atomically(path, write_judgements(dict.fromkeys(judgements)).encode())
    click.echo(f"{len(judgements):,} decisions in {path}", err=True)


def _ask(asked: list[Question], path: Path, decided: tuple[Judgement, ...], who: str) -> None:
    """Ask for each pair; what is answered is on the disk before the next one is asked."""
    for question in asked:
        click.echo(_shown(question))
        click.echo("same, not same, unsure, skip, quit? [s/n/u/k/q] ", nl=False)
        answer = sys.stdin.readline().strip().lower()[:1]
        click.echo()
        if answer in ("q", ""):
            return
        if answer in _ANSWERS:
            decided = (*decided, _judgement(question.left, question.right, _ANSWERS[answer], who, "asked by review"))
            _write(path, decided)


def _shown(question: Question) -> str:
    """A pair as text, nothing in it that a terminal would obey."""
    verdict = "joined" if question.joined else "kept apart"
    lines = [
        printable(f"{question.left} | {question.right}"),
        f"  {verdict}, score {question.score}, facts {question.facts}",
        f"  {printable(question.reasons)}",
    ]
    for passage in question.passages:
        lines.append(f"  {printable(passage.name)} ({passage.kind}): “{printable(' '.join(passage.text.split()))}”")
        lines.append(f"    {printable(passage.document)}, characters {passage.start} to {passage.end}")
    return "\n".join(lines)


def _as_json(question: Question) -> dict[str, object]:
    return {
        "left": question.left,
        "right": question.right,
        "verdict": "same" if question.joined else "not same",
        "score": float(question.score),
        "doubt": float(question.doubt),
        "facts": question.facts,
        "reasons": question.reasons,
        "passages": [_passage(passage) for passage in question.passages],
    }


def _passage(passage: Passage) -> dict[str, object]:
    return {
        "name": passage.name,
        "type": passage.kind,
        "document": passage.document,
        "start": passage.start,
        "end": passage.end,
        "text": passage.text,
    }
