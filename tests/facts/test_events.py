"""Facts without a sum: which sentences state one, what it is about, and what states none."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from indiggraph.model import Extraction, FactType, Modality, RoleName

Extract = Callable[[str], Extraction]


def _told(extraction: Extraction) -> list[tuple[FactType, Modality]]:
    return [(fact.type, fact.modality) for fact in extraction.facts]


@pytest.mark.parametrize(
    ("text", "kind", "modality"),
    [
        ("Speaking at the 3rd Mining Summit in Velm, the minister said prices were high.", "Gathering", "Actual"),
        ("Norvik Steel was founded in 1987.", "Establishment", "Actual"),
        ("Work on the second phase has started.", "Establishment", "Actual"),
        ("• A memorandum of understanding between Norvik Steel and Halden Pumps.", "Agreement", "Actual"),
        ("The minister rejected rumors that sugar imports would be banned.", "Directive", "Denied"),
        ("The exporters' guild sought the removal of the levy.", "Directive", "Proposed"),
        ("The levy has pushed up the price of wool.", "Change", "Actual"),
        ("The decision would raise smuggling.", "Change", "Expected"),
        ("It was inaugurated in May 2019.", "Establishment", "Actual"),
        ("The rule was kept in abeyance for a year.", "Directive", "Actual"),
        ("The reports that imports of looms were about to be freed were untrue.", "Directive", "Denied"),
        ("Tile makers have gained $3 million since the ban took effect in 2018.", "Directive", "Actual"),
        ("She wants a public hearing before the yard is sold.", "Gathering", "Proposed"),
        ("The companies must share know-how, the official said.", "Directive", "Actual"),
        ("“The companies must share know-how,” the official said.", "Directive", "Proposed"),
        ("If the bill passes, brokers must report their stocks.", "Directive", "Proposed"),
        ("The ministry must publish the prices of cars.", "Directive", "Proposed"),
        ("Those rules ought to go, the official said.", "Directive", "Proposed"),
        ("Halden Council is opposed to a levy on wool.", "Directive", "Denied"),
        ("The weavers opposed the levy.", "Directive", "Denied"),
        ("The import of used buses is ruled out.", "Directive", "Denied"),
        ("The roadmap was endorsed by the cabinet in May.", "Directive", "Actual"),
        ("The council is drafting a ban on glass bottles.", "Directive", "Planned"),
        ("The weavers asked for an extension of the scheme.", "Directive", "Proposed"),
        ("The council scrapped the registration fee for tractors.", "Directive", "Actual"),
        ("Norvik Steel licensed its process to Halden Engineering.", "Agreement", "Actual"),
        ("Halden Power has contracted to buy the electricity for 20 years.", "Agreement", "Actual"),
        ("The council will buy all its output.", "Agreement", "Planned"),
        ("The council rejects any transfer of the mill.", "Agreement", "Denied"),
        ("Norvik Steel is negotiating over the pumps.", "Agreement", "Planned"),
        ("Norvik Steel will pay off its arrears by May.", "Investment", "Planned"),
        ("The weavers want a ban on used looms, which the ministry opposes.", "Directive", "Proposed"),
        ("The council should hand the mill over to Norvik Steel.", "Directive", "Proposed"),
        ("Norvik Steel must start building in six months.", "Directive", "Actual"),
        ("The council exempted two mills from the levy.", "Directive", "Actual"),
        ("Three domestic suppliers have been selected.", "Agreement", "Actual"),
        ("Norvik Steel is talking with Halden Pumps about a foundry.", "Cooperation", "Planned"),
        ("The ambassador voiced readiness to train dyers.", "Cooperation", "Proposed"),
        ("Halden Bank has stopped foreign currency loans to mills.", "Investment", "Denied"),
        ("The money is to come from Halden Bank.", "Investment", "Planned"),
        ("The wells were paid for by Norvik Steel.", "Investment", "Actual"),
        ("Talks on the sale of the mill broke down.", "Agreement", "Denied"),
        ("The growers demanded that the auction be undone.", "Directive", "Proposed"),
        ("The weavers have asked for rents to be frozen.", "Directive", "Proposed"),
        ("The motion was voted down in June.", "Directive", "Denied"),
        ("The pumping station is to be operational in May.", "Establishment", "Planned"),
        ("She told a news conference in Velm on Monday that prices were high.", "Gathering", "Actual"),
        ("The board of Norvik Steel convenes on Sunday.", "Gathering", "Actual"),
        ("The tender for the mill found no bidder.", "Agreement", "Denied"),
        ("Harran Tramways joined the pact.", "Agreement", "Actual"),
        ("The winner of the tender will be named in May.", "Agreement", "Planned"),
        ("The plan to build the brewery was abandoned.", "Establishment", "Denied"),
        ("The brewery, built in 1987, makes ale.", "Establishment", "Actual"),
        ("Construction of the brewery has been halted.", "Establishment", "Actual"),
        ("The brewery will no longer be built.", "Establishment", "Denied"),
        ("The law will enter into force next year.", "Directive", "Planned"),
        ("Growers must hand in their forms within 30 days.", "Directive", "Actual"),
        ("The council is mulling a ban on glass bottles.", "Directive", "Planned"),
        ("Rumours of a levy on wool were about.", "Directive", "Expected"),
        ("The bill failed in the senate.", "Directive", "Denied"),
    ],
)
def test_a_sentence_without_a_sum_states_a_fact(text: str, kind: str, modality: str, extract: Extract) -> None:
    kinds = {"Gathering": FactType.OCCURRENCE, **{k.value: k for k in FactType}}
    assert (kinds[kind], Modality(modality)) in _told(extract(text))


@pytest.mark.parametrize(
    "text",
    [
        "The guild will pay, provided that parliament passes the bill.",  # a condition
        "Once the mill starts work, prices will be lower.",  # what is awaited
        "He went to the meeting.",  # neither a day nor a place
    ],
)
def test_what_is_only_supposed_or_mentioned_states_none(text: str, extract: Extract) -> None:
    assert not extract(text).facts


@pytest.mark.parametrize(
    "text",
    ["Brokers are prohibited from exporting grain.", "The fair in Velm will go ahead as planned."],
    ids=["what one is barred from", "what is as planned"],
)
def test_what_is_told_of_one_event_is_one_fact(text: str, extract: Extract) -> None:
    assert len(extract(text).facts) == 1


def test_what_is_set_to_be_up_is_not_set_up(extract: Extract) -> None:
    rules = {fact.rule for fact in extract("The brewery is set to be up and running by May 2022.").facts}
    assert "establishment/set up" not in rules


def test_what_a_circular_says_is_no_second_fact(extract: Extract) -> None:
    facts = extract("The ministry has issued a circular barring banks from charging fees.").facts
    assert [fact.type for fact in facts] == [FactType.DIRECTIVE]


def test_jobs_are_told_apart_from_the_works_that_bring_them(extract: Extract) -> None:
    facts = extract("They promised a paper mill with 300 jobs.").facts
    assert {fact.type for fact in facts} == {FactType.ESTABLISHMENT, FactType.CHANGE}


def test_a_named_body_is_what_was_founded(extract: Extract) -> None:
    extraction = extract("Norvik Steel was founded in 1987.")
    names = {mention.id: mention.name for mention in extraction.mentions}
    themes = [role for role in extraction.facts[0].roles if role.name is RoleName.THEME]
    assert [names[role.mention or ""] for role in themes] == ["Norvik Steel"]


def test_what_a_firm_is_hired_for_is_no_fact_of_its_own(extract: Extract) -> None:
    extraction = extract("Harran Cement hired Kelvara Pumps to build a kiln for $40 million.")
    assert _told(extraction) == [(FactType.AGREEMENT, Modality.ACTUAL)]


def test_the_past_of_one_verb_is_not_another_verb(extract: Extract) -> None:
    assert not extract("The inspectors found a mill in the hills.").facts


def test_a_rule_that_is_drafted_is_told_by_what_it_will_say(extract: Extract) -> None:
    text = "The ministry is drafting a decree under which mills must buy 60 percent of their ore from local mines."
    assert [[q.text for q in fact.quantities] for fact in extract(text).facts] == [["60 percent"]]
    assert len(extract("The ministry is drafting a decree on rents.").facts) == 1
