"""How made-up facts are meant: each row is one construction."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from indiggraph.model import Extraction, FactType, Modality

Extract = Callable[[str], Extraction]

DEFAULTS = [
    ("Norvik Steel signed a contract with Halden Engineering.", FactType.AGREEMENT, Modality.ACTUAL, "the default"),
    ("Norvik Steel will sign a contract with Halden Engineering.", FactType.AGREEMENT, Modality.PLANNED, "will"),
    ("Norvik Steel is to sign a contract with Halden Engineering.", FactType.AGREEMENT, Modality.PLANNED, "be to"),
    ("Norvik Steel plans to sign a contract with Halden Bank.", FactType.AGREEMENT, Modality.PLANNED, "a plan"),
    (
        "Norvik Steel is expected to sign a contract with Halden Bank.",
        FactType.AGREEMENT,
        Modality.EXPECTED,
        "expected",
    ),
    ("Norvik Steel did not sign a contract with Halden Bank.", FactType.AGREEMENT, Modality.DENIED, "negation"),
    (
        "The ministry denied that Norvik Steel had signed a contract with Halden Bank.",
        FactType.AGREEMENT,
        Modality.DENIED,
        "a denial above",
    ),
    (
        "The scheme will save the country $5 million.",
        FactType.SAVING,
        Modality.EXPECTED,
        "what comes about is foreseen",
    ),
    ("Prices of tiles will rise by 4 percent.", FactType.CHANGE, Modality.EXPECTED, "also of changes"),
    (
        "The ministry expressed readiness to cooperate with Halden Bank.",
        FactType.COOPERATION,
        Modality.PROPOSED,
        "readiness",
    ),
]


@pytest.mark.parametrize(("text", "kind", "modality", "why"), DEFAULTS, ids=[row[3] for row in DEFAULTS])
def test_modality_of_a_type(extract: Extract, text: str, kind: FactType, modality: Modality, why: str) -> None:
    (fact,) = (fact for fact in extract(text).facts if fact.type is kind)
    assert fact.modality is modality


CASES = {
    Modality.PLANNED: [
        "The aim is exports of 40 tons by May.",
        "The target for the year remained 40 tons.",
        "The renovation of 40 mills is on the agenda.",
        "The bank has accepted to lend $40 million.",
        "Forty mills worth $40 million have been put off till May.",
        "A second round, worth up to $40 million, will open in May.",
        "The mill will open and buy $40 million of looms.",
        "Norvik is due to invest $40 million in a mill.",
        "Norvik is looking to invest $40 million in a mill.",
        "Norvik agreed to invest $40 million in a mill.",
        "Norvik is trying to export 40 tons of tiles.",
        "Norvik has been tasked with investing $40 million in a mill.",
        "The contract aims at the export of 40 tons of tiles.",
        "The planned investment of $40 million will help.",
        "The mill, meant to export 40 tons of tiles, is new.",
        "The mill is being built to export 40 tons of tiles.",
        "Plans call for exports of 40 tons.",
        "The dairy was meant to export 40 tons of cheese.",
        "Norvik has threatened to invest $40 million in Harran.",
        "– to invest $40 million in a mill;",
        "The council would build a mill next year at a cost of $40 million.",
        "Norvik aims for an investment of $40 million.",
        "The bank promised weavers $40 million.",
    ],
    Modality.EXPECTED: [
        "The board predicts that the exports pass 40 tons by May.",
        "The deal will hopefully bring $40 million.",
        "The board needs help, and the guild expects exports of 40 tons.",
        "Exports were forecast to hit 40 tons.",
        "He warned of losses of $40 million.",
        "He is confident that exports will reach 40 tons.",
        "The mill is expected to attract tourists and result in exports of 40 tons.",
        "It is predicted that exports will reach 40 tons.",
        "Norvik will close if the bank lends $40 million.",
        "Norvik sees exports rising to 40 tons.",
        "Production should reach 40 tons of wire.",
        "The mill is due to open in May and output should reach 40 tons.",
        "The firm may delay a second phase, priced at $40 million.",
    ],
    Modality.PROPOSED: [
        "Abolish the 40 percent duty on tiles.",
        "The budget bill puts the share of the fund at 40 percent.",
        "Clause 9 of the draft would let towns invest $40 million in mills.",
        "The renovation of the fleet needs $40 million.",
        "It is hoped that the mill will export 40 tons.",
        "Growers had sought $40 million.",
        "The sale of 40 mills is under consideration.",
        "The council proposed that the scheme be kept and that the fee be cut by 40 percent.",
        "The bill would let the state borrow $4 million, 40 percent of which is for mills.",
        "The guild called for an investment of $40 million.",
        "It is necessary to invest $40 million in the mill.",
        "The state should not invest $40 million in the mill.",
        "Carmakers should reach sales of $40 million.",
        "The proposed investment of $40 million is large.",
        "Norvik sought a loan of $40 million.",
        "The guild wants a fund that would lend $40 million.",
        "Norvik is in talks to invest $40 million in the mill.",
    ],
    Modality.DENIED: [
        "Norvik no longer exports 40 tons of tiles.",
        "None of the $40 million has been paid to weavers.",
        "Not a cent of the $40 million has been paid to weavers.",
        "Norvik no longer buys 40 tons of ore from Halden Engineering.",
        "The plant, planned since May and costed at $40 million, has been dropped.",
        "The export of 40 buses was voted down.",
        "Norvik has put on hold a $40 million mill.",
        "The dairy will no longer export 40 tons of cheese.",
        "Norvik decided against investing $40 million in a mill.",
        "Norvik has yet to export 40 tons of tiles.",
        "The contract worth $40 million, which was to be signed in May, was called off.",
        "Norvik was unable to export 40 tons of tiles.",
        "Norvik dropped plans to invest $40 million in the mill.",
        "The request for a loan of $40 million was turned down.",
        "Norvik has no intention of investing $40 million in the mill.",
        "The board turned down a proposal to invest $40 million in the mill.",
        "Plans for a $40 million hall have been scrapped.",
        "A contract worth $40 million fell through in May.",
        "A plan to invest $40 million in the mill has been put on hold.",
        "Norvik gave up its investment of $40 million in May.",
    ],
    Modality.ACTUAL: [
        "The import bill fell by $40 million.",
        "The fuel bill came to $40 million.",
        "Output will reach 50 tons this year, compared with 40 tons last year.",
        "Output is to rise from 40 tons to 50 tons next year.",
        "Under a contract worth $40 million signed in May, a mill is to be built.",
        "Exports of tiles did not exceed 40 tons.",
        "Brokers are not allowed to export 40 tons of tiles.",
        "Parts were offered to makers, and 40 tons of them were sold.",
        "No more than 40 mills are in use.",
        "The engineer would say that it made 40 lathes.",
        "Where the fund found $40 million is not clear.",
        "The company did not close when it bought 40 mills.",
        "It needs 30 mills and made 40 tons of tiles.",
        "Norvik began to export 40 tons of tiles a year.",
        "Norvik did not deny that it exported 40 tons of tiles.",
        "Norvik will open a mill, and it exported 40 tons of tiles.",
        "No fewer than 40 tons of tiles were exported.",
        "The ministry believes Norvik exported 40 tons of tiles.",
        "Exports grew by 5 percent to reach 40 tons.",
        "Norvik saw exports fall to 40 tons.",
        "Built at a cost of $40 million, the mill can make tiles.",
    ],
}
ROWS = [(text, modality) for modality, texts in CASES.items() for text in texts]


@pytest.mark.parametrize(("text", "modality"), ROWS, ids=[text for text, _ in ROWS])
def test_modality(extract: Extract, text: str, modality: Modality) -> None:
    values = [(f, [v.text for v in (f.amount, *f.quantities) if v is not None]) for f in extract(text).facts]
    meant = {fact.modality for fact, texts in values if any("40" in value for value in texts)}
    assert meant == {modality}


def test_what_goes_on_from_a_fact_is_meant_in_its_own_way(extract: Extract) -> None:
    facts = extract(
        "Norvik exported 30 tons of tiles last year. This year the figure is expected to hit 40 tons."
    ).facts
    assert [fact.modality for fact in facts] == [Modality.ACTUAL, Modality.EXPECTED]
