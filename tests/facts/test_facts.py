"""Facts of made-up sentences: each row is one construction, with what must come of it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from indiggraph.model import Direction, Extraction, Fact, FactType, Modality, RoleName

Extract = Callable[[str], Extraction]


def names(extraction: Extraction, fact: Fact, role: RoleName) -> list[str]:
    """What fills a role: mentions by name, labels as they stand."""
    known = {mention.id: mention.name for mention in extraction.mentions}
    return [known[r.mention] if r.mention else str(r.label) for r in fact.roles if r.name is role]


def only(extraction: Extraction, kind: FactType) -> Fact:
    """The one fact of a type."""
    facts = [fact for fact in extraction.facts if fact.type is kind]
    assert len(facts) == 1, [(fact.type.value, fact.rule) for fact in extraction.facts]
    return facts[0]


BEGUN = [
    ("The rest was lent by Halden Bank.", FactType.INVESTMENT, "what is left of a sum"),
    ("The balance is to come from Halden Bank.", FactType.INVESTMENT, "what is left, with a verb of its own"),
    ("Prices were low, but the smelter has resumed work.", FactType.ESTABLISHMENT, "what works again"),
    ("Norvik asked the council to lower the tax.", FactType.DIRECTIVE, "who is asked to act"),
    ("The ban was put into force by the council.", FactType.DIRECTIVE, "a rule that takes effect"),
    ("The council ruled out any suspension of the duty.", FactType.DIRECTIVE, "a rule that is ruled out"),
    ("Construction of the yard should start in May 2021.", FactType.ESTABLISHMENT, "a noun that begins"),
    ("Output is expected only in May 2021.", FactType.PRODUCTION, "a noun that is expected"),
    ("Bids must be lodged by May 2021.", FactType.DIRECTIVE, "what must be done, whoever does it"),
    (
        "Norvik called for a ban on used tyres.",
        FactType.DIRECTIVE,
        "a rule that is called for",
    ),
]


@pytest.mark.parametrize(("text", "kind", "why"), BEGUN, ids=[row[2] for row in BEGUN])
def test_facts_without_values(extract: Extract, text: str, kind: FactType, why: str) -> None:
    only(extract(text), kind)


THEMES = [
    ("The bank financed 11 sites of the district.", ["sites of the district"], "what is counted, not what it is of"),
    ("Norvik made 40 tons of wire.", ["wire"], "what is measured"),
    ("Yarn accounts for 40 tons of the total.", ["Yarn"], "what a verb says of its subject"),
    ("Norvik put 5 percent of its turnover into research.", ["research"], "not what the share is taken from"),
    ("The guild wants $4 million for a reserve of pumps.", ["reserve of pumps"], "what a sum without a trigger is for"),
    ("The scheme targets savings of $4 million in foreign exchange.", ["foreign exchange"], "the kind of money saved"),
]


@pytest.mark.parametrize(("text", "themes", "why"), THEMES, ids=[row[2] for row in THEMES])
def test_theme(extract: Extract, text: str, themes: list[str], why: str) -> None:
    extraction = extract(text)
    (fact,) = [fact for fact in extraction.facts if fact.amount is not None or fact.quantities]
    assert names(extraction, fact, RoleName.THEME) == themes


TYPES = [
    ("Shipments fell to a seven-year low of 4 tons.", FactType.TRADE, "a level that is a low"),
    ("The bank will open a credit line of $4 million to weavers.", FactType.INVESTMENT, "a line that is no works"),
    ("The $4 million project would create 300 jobs.", FactType.INVESTMENT, "the price of what creates jobs"),
    ("The price of a valve was $4 a piece.", FactType.TRADE, "a price"),
    ("Iraq bought pumps worth $4 million.", FactType.TRADE, "what a country buys"),
    ("The park has 24 factories.", FactType.ESTABLISHMENT, "works that are there"),
    ("The minister put the share of home goods in the market at 97%.", FactType.CHANGE, "a share of a market"),
    ("The Minister of Trade said the park would house 24 factories.", FactType.ESTABLISHMENT, "no trade in a title"),
    ("Norvik holds 40 percent of the market.", FactType.CHANGE, "a share of a market is no holding"),
    ("The zone would give jobs to 300 people.", FactType.CHANGE, "jobs that are given"),
    ("The plan envisages the creation of 300 jobs.", FactType.CHANGE, "jobs as a noun's complement"),
    ("The agency put up 14 mines for auction.", FactType.AGREEMENT, "what is up for sale"),
    ("There is a duty of 15 percent on raw hides.", FactType.DIRECTIVE, "a tax without a verb"),
    ("Norvik makes furnaces for the $4 million needed by the plant.", FactType.INVESTMENT, "a participle at the sum"),
    ("The mill closed, costing 300 jobs.", FactType.CHANGE, "jobs are no money"),
    ("The council approved a 4 percent increase in wages.", FactType.CHANGE, "what is approved goes up"),
]


@pytest.mark.parametrize(("text", "kind", "why"), TYPES, ids=[row[2] for row in TYPES])
def test_type(extract: Extract, text: str, kind: FactType, why: str) -> None:
    facts = [fact for fact in extract(text).facts if fact.amount is not None or fact.quantities]
    assert facts[0].type is kind, [(fact.type.value, fact.rule) for fact in facts]


def test_a_rule_that_takes_effect(extract: Extract) -> None:
    extraction = extract("A duty of 12 percent on imported wire takes effect in May.")
    assert "effect" not in names(extraction, only(extraction, FactType.DIRECTIVE), RoleName.THEME)


def test_a_part_of_what_a_mill_costs_is_money(extract: Extract) -> None:
    extraction = extract("Norvik opened a mill worth $9 million. Of this amount, $4 million came from Halden Bank.")
    part = next(fact for fact in extraction.facts if fact.part_of is not None)
    assert part.type is FactType.INVESTMENT


def test_theme_with_what_a_rule_is_on(extract: Extract) -> None:
    extraction = extract("Norvik called for a ban on used tyres.")
    assert names(extraction, only(extraction, FactType.DIRECTIVE), RoleName.THEME) == ["ban on used tyres"]


def test_a_joint_venture_that_only_receives_is_no_joint_work(extract: Extract) -> None:
    extraction = extract("Halden Bank lent $3 million to a joint venture of Norvik and Velmar Steel.")
    assert [fact.type for fact in extraction.facts] == [FactType.INVESTMENT]


def test_a_gathering_that_goes_on_is_told_once(extract: Extract) -> None:
    extraction = extract("The 5th Harran Ceramics Fair opened in Harran on Friday and will run through Monday.")
    assert [fact.modality for fact in extraction.facts] == [Modality.ACTUAL]


def test_theme_of_another_agent(extract: Extract) -> None:
    extraction = extract("Norvik put $4 million into a mill in Harran, while Halden Works spent $3 million abroad.")
    second = next(fact for fact in extraction.facts if fact.amount is not None and fact.amount.text == "$3 million")
    assert names(extraction, second, RoleName.THEME) == []


ROLES = [
    ("Norvik Steel signed a contract with Halden Engineering.", FactType.AGREEMENT, RoleName.AGENT, ["Norvik Steel"]),
    (
        "A contract was signed by Norvik Steel with Halden Engineering.",
        FactType.AGREEMENT,
        RoleName.AGENT,
        ["Norvik Steel"],
    ),
    (
        "Norvik Steel, which signed a contract with Halden Engineering, is new.",
        FactType.AGREEMENT,
        RoleName.COUNTERPARTY,
        ["Halden Engineering"],
    ),
    (
        "Norvik Steel signed contracts worth €3 million with Halden Engineering.",
        FactType.AGREEMENT,
        RoleName.COUNTERPARTY,
        ["Halden Engineering"],
    ),
    (
        "The Velmar Bank lent $4 million to small workshops.",
        FactType.INVESTMENT,
        RoleName.BENEFICIARY,
        ["small workshops"],
    ),
    ("Making pumps at home saved the country $4 million.", FactType.SAVING, RoleName.BENEFICIARY, ["the country"]),
    ("The scheme would keep $4 million in the country.", FactType.SAVING, RoleName.BENEFICIARY, ["the country"]),
    ("The fund lent Norvik Steel $4 million.", FactType.INVESTMENT, RoleName.BENEFICIARY, ["Norvik Steel"]),
    (
        "Norvik Steel will be supplied with $4 million by the Velmar Bank.",
        FactType.INVESTMENT,
        RoleName.BENEFICIARY,
        ["Norvik Steel"],
    ),
    ("Norvik Steel sought $4 million.", FactType.INVESTMENT, RoleName.BENEFICIARY, ["Norvik Steel"]),
    (
        "The Velmar Bank pledged a loan of $4 million to a joint venture of Norvik Steel and Halden Engineering.",
        FactType.INVESTMENT,
        RoleName.BENEFICIARY,
        ["Norvik Steel", "Halden Engineering"],
    ),
    ("Mills must buy 60% of their wheat from growers.", FactType.DIRECTIVE, RoleName.BENEFICIARY, ["growers"]),
    (
        "The ministry obliged importers to sell 30 percent of their wheat to local mills.",
        FactType.DIRECTIVE,
        RoleName.BENEFICIARY,
        ["local mills"],
    ),
    (
        "The Velmar Bank and Norvik Steel signed an agreement creating a $60 million fund.",
        FactType.ESTABLISHMENT,
        RoleName.AGENT,
        ["Velmar Bank", "Norvik Steel"],
    ),
    ("Exports of dates earned Poland $4 million.", FactType.TRADE, RoleName.AGENT, ["Poland"]),
    ("Norvik Steel bought cells worth $4 million.", FactType.AGREEMENT, RoleName.THEME, ["cells"]),
    (
        "A cement plant was built in Harran at a cost of $4 million.",
        FactType.INVESTMENT,
        RoleName.THEME,
        ["cement plant"],
    ),
    ("Anna Velde urged Norvik Steel to hire welders.", FactType.DIRECTIVE, RoleName.AGENT, ["Norvik Steel"]),
    (
        "The Velmar Bank set aside $4 million to help growers switch to new seeds.",
        FactType.INVESTMENT,
        RoleName.BENEFICIARY,
        ["growers"],
    ),
    ("The Velmar Bank lent $4 million to 60 firms.", FactType.INVESTMENT, RoleName.BENEFICIARY, ["60 firms"]),
    (
        "Norvik Steel took a 20% stake in Halden Engineering for $4 million.",
        FactType.INVESTMENT,
        RoleName.BENEFICIARY,
        ["Halden Engineering"],
    ),
    (
        "Norvik Steel has bagged an order worth $4 million from the Velmar Rail Authority.",
        FactType.AGREEMENT,
        RoleName.AGENT,
        ["Velmar Rail Authority"],
    ),
    ("Trade between Poland and Chad reached $4 million.", FactType.TRADE, RoleName.COUNTERPARTY, ["Chad"]),
    (
        "A deal to sell 15 ferries to Norvik Steel for $4 million was signed.",
        FactType.AGREEMENT,
        RoleName.COUNTERPARTY,
        ["Norvik Steel"],
    ),
    (
        "Growers in Harran will get 500 tons of fertiliser from Norvik Steel.",
        FactType.PRODUCTION,
        RoleName.AGENT,
        ["Norvik Steel"],
    ),
    ("Norvik Steel would hand 200 buses to dealers.", FactType.PRODUCTION, RoleName.BENEFICIARY, ["dealers"]),
    ("Output at Norvik Steel fell 9 percent.", FactType.CHANGE, RoleName.AGENT, ["Norvik Steel"]),
    ("Poland's imports of tyres rose 9 percent.", FactType.CHANGE, RoleName.AGENT, ["Poland"]),
    (
        "Norvik Steel made 40 tons of wire, up 6% from a year earlier.",
        FactType.CHANGE,
        RoleName.AGENT,
        ["Norvik Steel"],
    ),
    ("The plant produced 300 tons of copper wire.", FactType.PRODUCTION, RoleName.THEME, ["copper wire"]),
    ("Two cement plants were inaugurated in Harran.", FactType.ESTABLISHMENT, RoleName.PLACE, ["Harran"]),
]


@pytest.mark.parametrize(("text", "kind", "role", "expected"), ROLES, ids=[f"{row[2]}: {row[0]}" for row in ROLES])
def test_role(extract: Extract, text: str, kind: FactType, role: RoleName, expected: list[str]) -> None:
    extraction = extract(text)
    found = names(extraction, only(extraction, kind), role)
    assert [name.removeprefix("the ") for name in found] == [name.removeprefix("the ") for name in expected]


SPEAKERS = [
    ("Norvik exported 40 tons of tiles, Anna Velde said.", ["Anna Velde"], "after the content"),
    ("Anna Velde said that Norvik exported 40 tons of tiles.", ["Anna Velde"], "before it"),
    ("According to Anna Velde, Norvik exported 40 tons of tiles.", ["Anna Velde"], "a source"),
    (
        "Norvik exported 40 tons of tiles, data released by the Velmar Customs Office showed.",
        ["Velmar Customs Office"],
        "data of a body",
    ),
    ("Norvik exported 40 tons of tiles.", [], "nobody"),
]


@pytest.mark.parametrize(("text", "expected", "why"), SPEAKERS, ids=[row[2] for row in SPEAKERS])
def test_who_says_so(extract: Extract, text: str, expected: list[str], why: str) -> None:
    extraction = extract(text)
    assert names(extraction, only(extraction, FactType.TRADE), RoleName.STATED_BY) == expected


def test_an_agency_carries_and_does_not_state(extract: Extract) -> None:
    extraction = extract("Norvik exported 40 tons of tiles, Anna Velde told Reuters.")
    fact = only(extraction, FactType.TRADE)
    assert names(extraction, fact, RoleName.STATED_BY) == ["Anna Velde"]
    assert names(extraction, fact, RoleName.REPORTED_BY) == ["Reuters"]


def test_when_it_was_said_is_not_when_it_happened(extract: Extract) -> None:
    fact = only(
        extract("In May 2018, Anna Velde said that the scheme had saved the country $5 million."), FactType.SAVING
    )
    assert fact.time is None
    assert fact.stated_at is not None
    assert fact.stated_at.text.endswith("May 2018")


def test_a_comparison_is_no_time_of_the_fact(extract: Extract) -> None:
    fact = only(extract("Prices of tiles rose 12 percent in May 2018 against April 2018."), FactType.CHANGE)
    assert fact.time is not None
    assert fact.time.text.endswith("May 2018")


def test_level_and_difference_are_two_facts(extract: Extract) -> None:
    extraction = extract("Output of cement rose 5 percent to 300 tons in May 2018.")
    change, level = only(extraction, FactType.CHANGE), only(extraction, FactType.PRODUCTION)
    assert change.direction is Direction.INCREASE
    assert [q.value for q in change.quantities] == [Decimal(5)]
    assert [q.value for q in level.quantities] == [Decimal(300)]


def test_shares_are_joined_to_the_sum_taken_up(extract: Extract) -> None:
    extraction = extract(
        "Deals worth €9 million were signed for pumps. Of this amount, €5 million is the share of the steel industry "
        "and €4 million is the share of the cement industry."
    )
    total = next(fact for fact in extraction.facts if fact.amount and fact.amount.value == 9_000_000)
    shares = [fact for fact in extraction.facts if fact.part_of == total.id]
    assert [(fact.amount.value, fact.sectors) for fact in shares if fact.amount] == [
        (5_000_000, ("steel",)),
        (4_000_000, ("cement",)),
    ]
    assert {fact.type for fact in shares} == {FactType.AGREEMENT}


def test_sums_that_add_up_are_shares_without_being_called_so(extract: Extract) -> None:
    extraction = extract(
        "The fund lent €9 million to makers of pumps. Norvik Steel received €5 million and Halden Works €4 million."
    )
    total = next(fact for fact in extraction.facts if fact.amount and fact.amount.value == 9_000_000)
    assert [fact.part_of for fact in extraction.facts if fact.id != total.id] == [total.id, total.id]


def test_a_larger_sum_is_no_share(extract: Extract) -> None:
    extraction = extract("The fund lent €9 million to makers of pumps. Of this amount, €12 million went to steel.")
    assert all(fact.part_of is None for fact in extraction.facts)


def test_every_sum_belongs_to_a_fact_and_stands_in_its_evidence(extract: Extract) -> None:
    extraction = extract("Some €3 million went there. Nobody knows where £4 million went, or who has $5 million.")
    sums = [fact.amount for fact in extraction.facts if fact.amount]
    assert [money.currency for money in sums] == ["EUR", "GBP", "USD"]
    for fact in extraction.facts:
        assert fact.amount is not None
        assert fact.evidence[0].covers(fact.amount.span)


def test_a_named_gathering_with_its_date_takes_place(extract: Extract) -> None:
    extraction = extract("She gave a talk at the 5th Harran Ceramics Fair (June 1-4, 2017) in Harran.")
    fact = only(extraction, FactType.OCCURRENCE)
    assert names(extraction, fact, RoleName.THEME) == ["5th Harran Ceramics Fair"]
    assert fact.time is not None


def test_a_headline_repeats_and_adds_no_fact(extract: Extract) -> None:
    extraction = extract("Norvik Steel Signs €3 Million Deal\n\nNorvik Steel signed a deal worth €3 million on Monday.")
    assert len([fact for fact in extraction.facts if fact.amount]) == 1


def test_the_place_and_date_before_a_dash_are_not_the_facts(extract: Extract) -> None:
    fact = only(extract("HARRAN, May 25 (ABC) – Norvik exported 40 tons of tiles."), FactType.TRADE)
    assert fact.time is None


def test_facts_have_stable_ids_and_unique_ones(extract: Extract) -> None:
    text = "Norvik exported 40 tons of tiles and 30 tons of bricks. Norvik exported 40 tons of tiles."
    ids = [fact.id for fact in extract(text).facts]
    assert ids == [fact.id for fact in extract(text).facts]
    assert len(ids) == len(set(ids))


def test_a_stake_and_its_price_are_one_investment(extract: Extract) -> None:
    fact = only(extract("Norvik Steel bought a 20% stake in Halden Engineering for $4 million."), FactType.INVESTMENT)
    assert fact.amount is not None
    assert [quantity.value for quantity in fact.quantities] == [Decimal(20)]


def test_what_is_of_a_sum_in_front_is_its_share(extract: Extract) -> None:
    facts = extract("Of the plan's $9 million, $4 million are grants.").facts
    assert [(fact.amount.value, fact.part_of) for fact in facts if fact.amount] == [
        (Decimal(9_000_000), None),
        (Decimal(4_000_000), facts[0].id),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The bank lent $9 million. Norvik Steel's share stood at $4 million.",
        "The mills made 900 tons of wire. Norvik Steel contributed 400 tons to the total.",
    ],
)
def test_shares_of_an_earlier_value(extract: Extract, text: str) -> None:
    whole, part = extract(text).facts
    assert part.part_of == whole.id


def test_a_program_that_tells_when_something_was_is_no_program_of_the_fact(extract: Extract) -> None:
    fact = only(extract("When the Growth Plan began, the mills of Harran saved $10 million."), FactType.SAVING)
    assert [role for role in fact.roles if role.name is RoleName.PROGRAM] == []
    fact = only(extract("The mills of Harran saved $10 million under the Growth Plan."), FactType.SAVING)
    assert [role.name for role in fact.roles if role.name is RoleName.PROGRAM] == [RoleName.PROGRAM]


def test_a_program_that_tells_who_somebody_is_is_no_program_of_the_fact(extract: Extract) -> None:
    text = "Exports brought in $4 million, said Anna Velde, who heads the Harran Export Plan."
    fact = only(extract(text), FactType.TRADE)
    assert [role for role in fact.roles if role.name is RoleName.PROGRAM] == []


@pytest.mark.parametrize(
    ("sentence", "theme"),
    [
        (
            "Norvik Steel signed an agreement with Halden Bank for the construction of a $140 million rolling mill.",
            "construction of a $140 million rolling mill",
        ),
        ("Norvik Steel opened a rolling mill worth $140 million.", "rolling mill"),
    ],
    ids=["a sum that measures a noun within stays", "a sum at the end is left out"],
)
def test_a_theme_never_ends_before_its_noun(extract: Extract, sentence: str, theme: str) -> None:
    extraction = extract(sentence)
    themes = [name for fact in extraction.facts for name in names(extraction, fact, RoleName.THEME)]
    assert themes == [theme]


def test_what_another_fact_says_in_full_is_no_fact_of_its_own(extract: Extract) -> None:
    text = "Millers and growers seek joint ventures and collaboration with Halden Mills."
    fact = only(extract(text), FactType.COOPERATION)
    assert len([role for role in fact.roles if role.name is RoleName.AGENT]) == 2


def test_a_value_without_its_verb_has_what_stands_beside_it(extract: Extract) -> None:
    extraction = extract(
        "$3 million has been earmarked for Norvik Steel, $2 million for Halden Mills and $1 million for research."
    )
    filled = [
        (str(fact.amount and fact.amount.text), names(extraction, fact, role))
        for fact, role in zip(
            extraction.facts, (RoleName.BENEFICIARY, RoleName.BENEFICIARY, RoleName.THEME), strict=True
        )
    ]
    assert filled == [
        ("$3 million", ["Norvik Steel"]),
        ("$2 million", ["Halden Mills"]),
        ("$1 million", ["research"]),
    ]


@pytest.mark.parametrize(
    ("text", "kind", "theme"),
    [
        ("The rolling mill came on stream in May.", FactType.ESTABLISHMENT, "rolling mill"),
        ("The plan will bring in investments of $12 million.", FactType.INVESTMENT, "investments"),
        ("Norvik Steel will rehabilitate two plants.", FactType.ESTABLISHMENT, "plants"),
    ],
    ids=["what starts is no agent", "what a plan brings in is invested", "works are put right"],
)
def test_what_a_trigger_is_about(extract: Extract, text: str, kind: FactType, theme: str) -> None:
    extraction = extract(text)
    assert theme in names(extraction, only(extraction, kind), RoleName.THEME)


def test_a_sum_is_no_theme(extract: Extract) -> None:
    extraction = extract("Norvik Steel will receive 12 million shillings from the Treasury.")
    assert names(extraction, only(extraction, FactType.INVESTMENT), RoleName.THEME) == []


RESTS = [
    ("$4 million will be lent by Halden Bank and the rest by Velm Bank.", RoleName.AGENT, "Velm Bank"),
    ("Norvik Steel borrowed $4 million from Halden Bank and the rest from Velm Bank.", RoleName.AGENT, "Velm Bank"),
    ("Halden Bank gave $4 million to Norvik Steel and the rest to Velm Steel.", RoleName.BENEFICIARY, "Velm Steel"),
]


@pytest.mark.parametrize(("text", "role", "party"), RESTS)
def test_what_is_left_of_a_sum_is_a_fact_without_a_verb_of_its_own(
    extract: Extract, text: str, role: RoleName, party: str
) -> None:
    extraction = extract(text)
    (rest,) = [fact for fact in extraction.facts if fact.amount is None]
    assert rest.type is FactType.INVESTMENT
    assert names(extraction, rest, role) == [party]


def test_a_rest_that_is_no_money_is_left_alone(extract: Extract) -> None:
    extraction = extract("Norvik Steel made 40 tons in May and the rest in June.")
    assert len(extraction.facts) == 1


def test_who_must_act_is_obliged_unless_the_state_is_called_on(extract: Extract) -> None:
    text = "Mills must buy 60% of their wheat at home.\n\nThe council must buy 60% of its wheat at home."
    orders = [fact.modality for fact in extract(text).facts]
    assert orders == [Modality.ACTUAL, Modality.PROPOSED]


def test_a_request_refused_is_told_with_its_sum(extract: Extract) -> None:
    facts = extract("Norvik Steel had sought £6 million, a request that Halden Bank turned down in March.").facts
    assert [fact.type for fact in facts] == [FactType.INVESTMENT]


def test_a_count_of_rules_is_no_trade_though_they_are_on_exports(extract: Extract) -> None:
    (fact,) = extract("He called on the government to scrap 40 of its export rules.").facts
    assert (fact.type, [q.value for q in fact.quantities]) == (FactType.DIRECTIVE, [40])
