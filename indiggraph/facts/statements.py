"""What a sentence states in whose name, how far that reaches, and what of it later sentences go back to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from indiggraph.facts.syntax import governors
from indiggraph.facts.view import SentenceView
from indiggraph.model import Form, Interval, ThingType

__all__ = ["Statement", "Told", "statement_of"]


@dataclass(frozen=True, slots=True)
class Statement:
    """A source in one sentence: the speech verb (``None`` for *according to*), speakers, carriers and its time.

    ``reach`` is the token whose clause bounds it, ``None`` for all of the sentence; ``binds`` says that the content is
    what the speaker undertakes ("pledged to", "wants to"), which nobody needs to be said to state.
    """

    verb: Token | None
    speakers: tuple[str, ...]
    carriers: tuple[str, ...]
    said_at: Interval | None
    reach: Token | None = None
    binds: bool = False
    wishes: bool = False
    """Whether the verb tells what its subject wants or promises rather than what is so."""
    written: bool = False
    """Whether it stands in a text ("the bank's report shows"), which "the report" may mean later."""
    beside: tuple[Token, ...] = ()
    """Heads of clauses that hang on the verb but are told by the text: "..., X said, days after Y had closed"."""
    how: str = "by “{}”"
    """How the source is told, with a place for the verb."""

    def covers(self, token: Token) -> bool:
        """Whether the token lies in a clause under the speech verb."""
        return self.verb is not None and self.reaches(token) and any(g.i == self.verb.i for g in governors(token))

    def reaches(self, token: Token) -> bool:
        """Whether the token may belong to the statement though it stands outside of the verb's clause."""
        above = {g.i for g in governors(token)}
        return (self.reach is None or self.reach.i in above) and not any(head.i in above for head in self.beside)


def statement_of(anchor: Token, said: Sequence[Statement]) -> Statement | None:
    """Return the statement of one sentence that an event belongs to, with the sentence's carriers.

    A carrier named anywhere in the sentence carries all of it; a statement without speaker takes the sentence's.
    """
    covering = [s for s in said if s.covers(anchor) and s.verb is not None and s.verb.i != anchor.i]
    found = max(covering, key=_depth) if covering else next((s for s in said if s.reaches(anchor)), None)
    if found is None:
        return None
    found = _told_by(found, said)
    carriers = tuple(dict.fromkeys(c for s in said for c in s.carriers))
    speakers = found.speakers or next((s.speakers for s in said if s.speakers), ())
    return replace(found, carriers=carriers, speakers=speakers)


def _told_by(found: Statement, said: Sequence[Statement]) -> Statement:
    """Who tells of another's wish or promise states it: "according to her, the state had pledged $3 million"."""
    wisher = found.verb
    if wisher is None or not found.wishes:
        return found
    around = [s for s in said if s.speakers and not s.wishes and s.speakers != found.speakers and s.reaches(wisher)]
    outer = [s for s in around if s.verb is None or s.covers(wisher) or s.reach is None]
    return outer[0] if outer else found


def _depth(statement: Statement) -> int:
    return 0 if statement.verb is None else sum(1 for _ in governors(statement.verb))


@dataclass(frozen=True, slots=True)
class Told:
    """What a text has named so far: the last outlet, and whose text "the report" is."""

    outlet: str | None = None
    writers: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    """The body that stated something in the last sentence with a statement: who "it said" means."""

    def with_outlet(self, view: SentenceView) -> Told:
        """With the last outlet that a sentence names, if any."""
        named = [m.id for m in view.mentions if m.type is ThingType.NEWS_AGENCY and m.form is Form.NAME]
        return replace(self, outlet=named[-1]) if named else self

    def after(self, here: Sequence[Statement], view: SentenceView) -> Told:
        """What is known behind a sentence with these statements."""
        bodies = {m.id for m in view.mentions if m.type.top is ThingType.ORGANIZATION} | set(self.body)
        outlet = next((c for s in reversed(here) for c in s.carriers), self.outlet)
        writers = next((s.speakers for s in reversed(here) if s.written and s.speakers), self.writers)
        spoken = next((s.speakers for s in reversed(here) if s.speakers), None)
        body = self.body if spoken is None else spoken if spoken[0] in bodies else ()
        return Told(outlet, writers, body)
