"""What must hold of an extraction before it is written: a stage that breaks it is wrong, so nothing is repaired."""

from __future__ import annotations

from indiggraph.errors import GraphError
from indiggraph.model import Document, Extraction, Fact, Mention, RoleName, Span, Tenure

__all__ = ["check"]


def check(extraction: Extraction) -> None:
    """Check that an extraction agrees with itself and with its document.

    Ids are unique, spans lie within the text, a mention's words are those of its span, claims have evidence and
    refer to mentions and facts that are there, and only a theme is a bare label.

    Raises:
        GraphError: it does not; the message names the document and the id.
    """
    document = extraction.document
    mentions = {mention.id for mention in extraction.mentions}
    facts = {fact.id for fact in extraction.facts}
    _unique(document, "mention", [mention.id for mention in extraction.mentions])
    _unique(document, "fact", [fact.id for fact in extraction.facts])
    _unique(document, "tenure", [tenure.id for tenure in extraction.tenures])
    for mention in extraction.mentions:
        _check_mention(document, mention)
    for fact in extraction.facts:
        _check_claim(document, fact, {role.mention for role in fact.roles} - mentions - {None})
        _check_fact(document, fact, facts)
    for tenure in extraction.tenures:
        _check_claim(document, tenure, {tenure.person, tenure.organization} - mentions - {None})


def _unique(document: Document, kind: str, idents: list[str]) -> None:
    if len(set(idents)) < len(idents):
        twice = next(ident for ident in idents if idents.count(ident) > 1)
        raise GraphError(f"{document.id}: two {kind}s have the id {twice!r}")


def _check_mention(document: Document, mention: Mention) -> None:
    if mention.document != document.id:
        raise GraphError(f"{document.id}: mention {mention.id!r} belongs to document {mention.document!r}")
    _check_span(document, mention.id, mention.span)
    if document.text[mention.span.start : mention.span.end] != mention.text:
        raise GraphError(f"{document.id}: mention {mention.id!r} says {mention.text!r}, its span does not")


def _check_claim(document: Document, claim: Fact | Tenure, unknown: set[str | None]) -> None:
    kind = type(claim).__name__.lower()
    if claim.document != document.id:
        raise GraphError(f"{document.id}: {kind} {claim.id!r} belongs to document {claim.document!r}")
    if unknown:
        raise GraphError(f"{document.id}: {kind} {claim.id!r} refers to no mention: {sorted(map(str, unknown))}")
    if not claim.evidence:
        raise GraphError(f"{document.id}: {kind} {claim.id!r} has no evidence")
    if not 0 <= claim.confidence <= 1:
        raise GraphError(f"{document.id}: {kind} {claim.id!r} has confidence {claim.confidence}, not 0 to 1")
    for span in claim.evidence:
        _check_span(document, claim.id, span)


def _check_fact(document: Document, fact: Fact, facts: set[str]) -> None:
    _check_span(document, fact.id, fact.trigger)
    if fact.part_of is not None and fact.part_of not in facts:
        raise GraphError(f"{document.id}: fact {fact.id!r} is part of {fact.part_of!r}, which is not there")
    for role in fact.roles:
        if role.mention is None and (role.name is not RoleName.THEME or not role.label):
            raise GraphError(f"{document.id}: fact {fact.id!r} has a role {role.name.value} without a mention")


def _check_span(document: Document, ident: str, span: Span) -> None:
    if not 0 <= span.start < span.end <= len(document.text):
        raise GraphError(f"{document.id}: {ident!r} is at {span.start}-{span.end}, outside the text")
