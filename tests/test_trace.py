"""Notes on decisions: kept by sentence and fact, and nothing kept where nobody asks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from spacy.language import Language

from indiggraph.frames import load_frames
from indiggraph.lexicon import load_lexicon
from indiggraph.model import Document, Extraction, FactType, Modality, Role, RoleName, ThingType
from indiggraph.pipeline import extract
from indiggraph.trace import Recorder, Trace
from tests import factories as make

pytestmark = pytest.mark.usefixtures("by_rules_alone")

TEXT = (
    "Norvik Steel signed a contract worth €5 million with Halden Engineering in Berlin in 2020.\n\n"
    "The deal for supplying pumps pleased them. Of this amount, €2 million is for pumps.\n"
)


@pytest.fixture(scope="module")
def recorder(nlp: Language) -> Recorder:
    return traced(nlp, TEXT)[0]


def traced(nlp: Language, text: str) -> tuple[Recorder, Extraction]:
    recorder = Recorder()
    return recorder, extract(Document("d", text), nlp, load_lexicon(), load_frames(), recorder)


def test_a_trace_changes_nothing_that_is_read(nlp: Language) -> None:
    silent = extract(Document("d", TEXT), nlp, load_lexicon(), load_frames(), Trace())
    _, told = traced(nlp, TEXT)
    assert silent.reasons == ()
    assert told.reasons
    assert (silent.facts, silent.mentions, silent.tenures) == (told.facts, told.mentions, told.tenures)


def test_every_sentence_has_its_notes(recorder: Recorder) -> None:
    assert [TEXT[s.span.start : s.span.end].split()[0] for s in recorder.sentences] == ["Norvik", "The", "Of"]
    first = {(note.slot, note.value, note.taken): note.why for note in recorder.sentences[0].notes}
    assert first["trigger", "signed", True] == "agreement/sign, strength 3"
    assert first["trigger", "contract", False] == "agreement/contract belongs to agreement/sign of “signed”"
    assert first["value", "€5 million", True].startswith("belongs to “signed” (agreement/sign, score ")
    assert first["value", "€5 million", False].startswith("not to “contract” (agreement/contract, score ")


def test_a_fact_has_the_reasons_of_its_roles(recorder: Recorder) -> None:
    [deal] = recorder.sentences[0].drafts
    why = {note.slot: (note.value, note.why) for note in deal.notes if note.taken}
    assert deal.dropped is None
    assert why["agent"] == ("Norvik Steel", "subject of “signed”")
    assert why["counterparty"] == ("Halden Engineering", "“with” elsewhere in the clause of “signed”")
    assert why["place"] == ("Berlin", "stands after “in” in the clause")
    assert why["time"][0] == "2020"


def test_what_is_not_stated_says_why(recorder: Recorder) -> None:
    dropped = [draft for sentence in recorder.sentences for draft in sentence.drafts if draft.dropped]
    assert [draft.fact.rule for draft in dropped if "trigger of strength 2" in str(draft.dropped)] == ["agreement/deal"]
    aims = [draft for draft in dropped if draft.dropped == "“supplying” names an aim or a means and asserts nothing"]
    assert "production/supply" in {draft.fact.rule for draft in aims}


def test_who_says_so_and_how_it_is_meant_have_reasons(nlp: Language) -> None:
    recorder, _ = traced(nlp, "Norvik Steel plans to sign a contract with Halden Bank, its director Ana Kovic said.")
    [deal] = [draft for draft in recorder.sentences[0].drafts if draft.dropped is None]
    why = {note.slot: (note.value, note.why) for note in deal.notes if note.taken}
    assert why["modality"] == ("Planned", "by “plans” above it")
    assert why["statedBy"] == ("Ana Kovic", "by “said”")
    assert "its value is of a kind that the type has: no value (" in why["confidence"][1]


def test_what_was_overruled_has_no_reason_and_what_overruled_has(nlp: Language) -> None:
    _, told = traced(nlp, "The fund lent $30 million to farmers and $12 million to fishermen.")
    why = [(reason.value, reason.why) for reason in told.reasons if reason.slot == "beneficiary"]
    assert why == [
        ("farmers", "its place in the row of names is that of the value"),
        ("fishermen", "its place in the row of names is that of the value"),
    ]
    assert [reason.value for reason in told.reasons if reason.slot == "amount"] == ["$30 million", "$12 million"]


def test_what_is_aimed_at_says_why(nlp: Language) -> None:
    recorder, told = traced(nlp, "The ministry set an export target of $2 billion.")
    (fact,) = told.facts
    assert fact.modality is Modality.EXPECTED
    assert "“target” is not reached yet" in {reason.why for reason in recorder.reasons(told.facts)}


def test_a_share_names_its_whole(recorder: Recorder) -> None:
    deal, share = recorder.sentences[0].drafts[0], recorder.sentences[2].drafts[0]
    [why] = [note for note in share.notes if note.slot == "partOf"]
    assert (why.value, why.why) == (deal.fact.id, "the text takes up that value")
    assert [note.value for note in share.notes if note.slot == "type"] == ["Investment", "Agreement"]


def test_the_reasons_of_an_extraction_are_those_of_its_facts(nlp: Language) -> None:
    _, told = traced(nlp, TEXT)
    stated = {fact.id for fact in told.facts}
    assert {reason.fact for reason in told.reasons} == stated
    assert ("agent", "Norvik Steel") in {(reason.slot, reason.value) for reason in told.reasons}


def test_a_recorder_names_mentions_and_keeps_a_note_once() -> None:
    doc = make.document("Alphapump made\n 400 pumps.")
    pumps = make.mention(doc, "Alphapump", ThingType.COMPANY)
    fact = make.fact(doc, FactType.PRODUCTION, "made", {})
    recorder = Recorder()
    recorder.begin([pumps])
    recorder.sentence(fact.evidence[0])
    for _ in range(2):
        recorder.taken("agent", pumps.id, "beside {}", "made\n 400")
        recorder.passed("trigger", "pumps", "a noun")
    recorder.drafted(fact)
    recorder.changed(fact, "type", FactType.TRADE, "later")
    recorder.dropped(fact, "as {}", pumps.id)
    [sentence] = recorder.sentences
    [draft] = sentence.drafts
    assert [(note.slot, note.taken) for note in sentence.notes] == [("trigger", False)]
    assert [(n.slot, n.value, n.why) for n in draft.notes] == [
        ("agent", "Alphapump", "beside made 400"),
        ("type", "Trade", "later"),
    ]
    assert draft.dropped == "as Alphapump"
    stated = replace(fact, type=FactType.TRADE, roles=(Role(RoleName.AGENT, pumps.id),))
    assert [(r.slot, r.value, r.why) for r in recorder.reasons([stated])] == [
        ("type", "Trade", "later"),
        ("agent", "Alphapump", "beside made 400"),
    ]
    assert recorder.reasons([fact]) == (), "what was overruled has no reason"
