"""Sums of money: one sentence and one reason each."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indiggraph.model import Bound, Money
from indiggraph.values import find_money
from indiggraph.values.vocabulary import Shared, currency_words


def only(text: str) -> Money:
    (money,) = find_money(text)
    return money


@pytest.mark.parametrize(
    ("text", "surface", "value", "currency"),
    [
        ("The grid fund set aside €315 million for cables.", "€315 million", "315000000", "EUR"),  # sign and scale
        ("The works cost $1.7bn in all.", "$1.7bn", "1700000000", "USD"),  # glued abbreviation
        ("A grant of £386m was paid.", "£386m", "386000000", "GBP"),  # one letter
        ("It was worth 65 trillion rials.", "65 trillion rials", "65000000000000", "IRR"),  # word after
        (
            "They asked for 120 thousand billion tomans.",
            "120 thousand billion tomans",
            "120000000000000",
            "IRT",
        ),  # two scales
        ("They cost Rls. 500 billion each.", "Rls. 500 billion", "500000000000", "IRR"),  # abbreviation with a dot
        ("Delhi cleared Rs 2,860 crore.", "Rs 2,860 crore", "28600000000", "INR"),  # South Asian scale
        ("It may reach 2.5 lakh crore rupees.", "2.5 lakh crore rupees", "2500000000000", "INR"),  # two of them
        ("A fee of Rs 1,25,000 applies.", "Rs 1,25,000", "125000", "INR"),  # South Asian separators
        ("The lender gave N24.6bn to mills.", "N24.6bn", "24600000000", "NGN"),  # a letter that is money before a scale
        ("A grant of SR2.35bn was agreed.", "SR2.35bn", "2350000000", "SAR"),
        ("Sales of TL 17.66 billion were booked.", "TL 17.66 billion", "17660000000", "TRY"),
        ("A US$3.4 bn port is planned.", "US$3.4 bn", "3400000000", "USD"),  # country letters
        ("Ottawa lent C$400 million.", "C$400 million", "400000000", "CAD"),
        ("They raised 310 million Swiss francs.", "310 million Swiss francs", "310000000", "CHF"),  # adjective and noun
        ("The price was 75 USD million.", "75 USD million", "75000000", "USD"),  # scale after the code
        ("They owe 20 million USD.", "20 million USD", "20000000", "USD"),
        ("Of this EUR9m is left.", "EUR9m", "9000000", "EUR"),  # glued code
        ("A $350-million mill opened.", "$350-million", "350000000", "USD"),  # compound
        ("A 6.3tr-rial order was placed.", "6.3tr-rial", "6300000000000", "IRR"),
        ("A 40-million-euro track was built.", "40-million-euro", "40000000", "EUR"),
        ("A million-dollar order came in.", "A million-dollar", "1000000", "USD"),
        ("It saved half a billion dollars.", "half a billion dollars", "500000000", "USD"),  # fraction of a scale
        ("They lent three and a half billion dollars.", "three and a half billion dollars", "3500000000", "USD"),
        ("The fine is two hundred and fifty euros.", "two hundred and fifty euros", "250", "EUR"),  # words
        ("It costs thirteen dollars and forty-five cents.", "thirteen dollars and forty-five cents", "13.45", "USD"),
        ("The levy is 30 baisas a bag.", "30 baisas", "0.030", "OMR"),  # thousandths
        ("The dam took 6.5 hemat.", "6.5 hemat", "6500000000000", "IRT"),  # a thousand billion tomans
        ("The mill got £7.4million.", "£7.4million", "7400000", "GBP"),  # a glued scale word
        ("They pay R2 145 a week.", "R2 145", "2145", "ZAR"),  # thousands set apart by a space
        ("Harare hopes for ZW$8 billion.", "ZW$8 billion", "8000000000", "ZWL"),
        ("Turkmen mills cost 54 million manats.", "54 million manats", "54000000", "TMT"),
        ("The toll is 50 cents.", "50 cents", "0.50", "USD"),  # hundredths
        ("Sales hit hk $ 10.05 billion.", "hk $ 10.05 billion", "10050000000", "HKD"),  # tokenised text
        ("It exceeds a $ 4 billion cap.", "$ 4 billion", "4000000000", "USD"),  # the article is no country letter
        (
            "It cost $5 million Canadian dollars.",
            "$5 million Canadian dollars",
            "5000000",
            "CAD",
        ),  # sign yields to word
        ("It cost €315\u00a0million.", "€315\u00a0million", "315000000", "EUR"),  # no-break space
        ("It cost €315\nmillion.", "€315\nmillion", "315000000", "EUR"),  # wrapped line
    ],
)
def test_one_sum(text: str, surface: str, value: str, currency: str) -> None:
    money = only(text)
    assert (money.text, money.value, money.currency) == (surface, Decimal(value), currency)


@pytest.mark.parametrize(
    ("text", "low", "high", "currency"),
    [
        ("It will cost $1.2-1.4 billion.", "1200000000", "1400000000", "USD"),  # sign and scale shared
        ("It takes between €3 and €4 million.", "3000000", "4000000", "EUR"),  # scale shared
        ("A fund of Rs 20,000-30,000 crore is set up.", "200000000000", "300000000000", "INR"),  # both in thousands
        ("Lines of 25 to 35 trillion rials are drafted.", "25000000000000", "35000000000000", "IRR"),  # all shared
        ("€700 million to €740 million will be kept back.", "700000000", "740000000", "EUR"),
        ("It would yield between 6 and 9 trillion tomans annually.", "6000000000000", "9000000000000", "IRT"),
        ("Losses range from $2bn to $3bn.", "2000000000", "3000000000", "USD"),  # "range from" is a range
    ],
)
def test_range(text: str, low: str, high: str, currency: str) -> None:
    money = only(text)
    assert (money.minimum, money.maximum, money.currency) == (Decimal(low), Decimal(high), currency)
    assert money.value is None


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Orders rose from $2.1bn to $3.3bn.", ["2100000000", "3300000000"]),  # a change is two sums
        ("Profit dropped to £38m from £54m.", ["38000000", "54000000"]),
        (
            "They got €1.2, €0.8 and €0.5 billion respectively.",
            ["1200000000", "800000000", "500000000"],
        ),  # shared scale
        ("The schools need €30 and €55 million.", ["30000000", "55000000"]),
        ("€170 million and 32 trillion rials were spent.", ["170000000", "32000000000000"]),  # two currencies
        ("They gave 3 USD50 cards.", ["50"]),  # the mark belongs to the figure that it touches
    ],
)
def test_several_sums(text: str, values: list[str]) -> None:
    assert [money.value for money in find_money(text)] == [Decimal(value) for value in values]


@pytest.mark.parametrize(
    ("text", "equivalents"),
    [
        ("It is worth 65 trillion rials (about $710 million).", [("710000000", "USD", Bound.ABOUT)]),
        ("A car costs 2.4 million rubles ($32,000; €27,100).", [("32000", "USD", None), ("27100", "EUR", None)]),
        ("They lent 700 billion tomans, equal to 7 trillion rials.", [("7000000000000", "IRR", None)]),
        ("It invests 1.6 billion yuan, or about $270 million.", [("270000000", "USD", Bound.ABOUT)]),
        ("Budgeted at Rs 540 crore [$72 million], it opens.", [("72000000", "USD", None)]),
        ("It costs 54 trillion rials ($215m at the street rate).", [("215000000", "USD", None)]),
        ("It got 410 billion rials (some $1.4 million) in aid.", [("1400000", "USD", Bound.ABOUT)]),
        ("Sales came to Rs 12,000 crore, that is about $1.5 billion, in May.", [("1500000000", "USD", Bound.ABOUT)]),
        ("Tea costs 900 tomans a cup – under two US cents – in Kell.", [("0.02", "USD", Bound.UPPER)]),
        ("They paid 3 billion tomans, over €4 million of it in cash.", []),  # a part, not the same
        ("It costs ₺296 million, or TRY 42,000 for each square meter.", []),  # the same currency explains nothing
    ],
)
def test_equivalents(text: str, equivalents: list[tuple[str, str, Bound | None]]) -> None:
    found = [(str(same.value), same.currency, same.bound) for same in find_money(text)[0].equivalents]
    assert found == equivalents


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("over $6.7 billion", Bound.LOWER),
        ("at least €5 million", Bound.LOWER),
        ("no less than £3 million", Bound.LOWER),
        ("sales would top $46 billion", Bound.LOWER),
        ("up to €45 million", Bound.UPPER),
        ("as much as $560m", Bound.UPPER),
        ("nearly $17 billion", Bound.UPPER),
        ("no more than $7 million", Bound.UPPER),
        ("some €37 million", Bound.ABOUT),
        ("around €26 million", Bound.ABOUT),
        ("rents may go up to €13 million", None),  # "to" belongs to the verb
        ("worth €26 million", None),
    ],
)
def test_bounds(text: str, bound: Bound | None) -> None:
    money = only(text)
    assert money.bound is bound
    assert money.text[0] in "€$£"  # the hedge is no part of the sum


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("Slab sold at $512 a ton.", "ton"),
        ("Crude sold at $41.30 per barrel.", "barrel"),
        ("It costs TRY 42,000 for each square meter.", "square meter"),
        ("They earn €47 million annually.", "year"),
        ("They earn €47 million every year.", "year"),
        ("It rose to $550 a month ago.", None),  # a time, no rate
    ],
)
def test_rates(text: str, per: str | None) -> None:
    assert only(text).per == per


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("Pakistan approved Rs35bn for mills.", "PKR"),  # the word by the country of the text
        ("India approved Rs35bn for mills.", "INR"),
        ("Rs35bn was approved.", "INR"),  # the default
        ("Morocco lends 2 billion dirhams.", "MAD"),
        ("Oman lends 2 billion rials.", "OMR"),
        ("China lends ¥300bn.", "CNY"),
        ("Japan lends ¥300bn.", "JPY"),
        ("Egypt lends 12 billion pounds.", "EGP"),
    ],
)
def test_shared_words_follow_the_country(text: str, currency: str) -> None:
    assert only(text).currency == currency


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("Ottawa gave $310 million. Canadians cheered in Ontario.", "CAD"),  # the dollars of the country spoken of
        ("Ottawa gave $310 million. Peru, Chile and Canada agreed.", "USD"),  # not that country by far
        ("Ottawa gave $310 million, a third of Canada's C$930 million fund for Ontario.", "USD"),  # its own are marked
        ("Tehran gave $310 million. Iran and Iranians cheered in Canada.", "USD"),
    ],
)
def test_a_bare_dollar_is_that_of_the_country_spoken_of(text: str, currency: str) -> None:
    assert find_money(text)[0].currency == currency


@pytest.mark.parametrize("text", ["It cost the sector billions of dollars.", "They lost multi-million-dollar orders."])
def test_sums_without_a_figure_have_no_value(text: str) -> None:
    money = only(text)
    assert (money.value, money.minimum, money.maximum, money.currency) == (None, None, None, "USD")


@pytest.mark.parametrize(
    "text",
    [
        "The won and the real weakened, pound for pound.",  # currencies without a figure
        "The team won 12 contracts and 3 won prizes.",  # the verb
        "All 70 of us came, and the TOP 10 firms with us.",  # codes that are words
        "It weighs 25 pounds.",  # a weight
        "The R5 and N95 models sell well.",  # letters that are no money
    ],
)
def test_no_sum(text: str) -> None:
    assert find_money(text) == []


def test_contradicting_marks_leave_the_currency_open() -> None:
    money = only("It is worth $7.4 trillion rials.")
    assert (money.value, money.currency) == (Decimal("7400000000000"), "XXX")
    assert money.finding == "its marks name different currencies, USD and IRR"
    assert only("It is worth $7.4 trillion.").finding is None


def test_a_range_in_figures_after_from_is_one_sum() -> None:
    money = only("It costs from $1.2-1.4 billion.")
    assert (money.minimum, money.maximum) == (Decimal("1200000000"), Decimal("1400000000"))


def test_several_hundred_million_is_no_hundred_million() -> None:
    money = only("They lent several hundred million euros.")
    assert (money.text, money.value, money.currency) == ("several hundred million euros", None, "EUR")
    assert only("They lent 4 crores rupees.").value == 40_000_000


def test_every_currency_name_is_read() -> None:
    names = [(name, code) for name, code in currency_words().names.items() if not isinstance(code, Shared)]
    missed = [name for name, code in names if [m.currency for m in find_money(f"It cost 5 million {name}.")] != [code]]
    assert len(names) > 300
    assert missed == []


def test_every_currency_code_is_read() -> None:
    codes = [code for code in currency_words().codes if code.isupper()]
    assert [code for code in codes if only(f"It cost {code} 5.5 million.").currency != code] == []


@given(st.integers(1, 10**12), st.sampled_from(["€{}", "{} euros", "EUR {}", "{} EUR"]))
def test_written_sums_read_back(value: int, form: str) -> None:
    assert only(f"It cost {form.format(f'{value:,}')} in all.").value == value


@given(
    st.decimals(Decimal("0.1"), Decimal("999.9"), places=1), st.sampled_from(["million", "billion", "bn", "trillion"])
)
def test_decimals_with_scales_are_exact(value: Decimal, scale: str) -> None:
    factor = {"million": 10**6, "billion": 10**9, "bn": 10**9, "trillion": 10**12}[scale]
    assert only(f"It cost ${value} {scale}.").value == value * factor


SIGNS = {
    "EUR": "€",
    "USD": "US$",
    "GBP": "£",
    "INR": "₹",
    "TRY": "₺",
    "NGN": "₦",
    "SAR": "SR ",
    "IDR": "Rp ",
    "HKD": "HK$",
}
NAMES = {"IRR": "rials", "IRT": "tomans", "CNY": "yuan", "KRW": "won", "BRL": "reais", "KZT": "tenge", "PLN": "zlotys"}
SCALES = {
    "": 1,
    " million": 10**6,
    "bn": 10**9,
    " trillion": 10**12,
    " crore": 10**7,
    " lakh crore": 10**12,
    " thousand billion": 10**12,
}


@given(
    st.sampled_from(sorted(SIGNS)),
    st.decimals(Decimal("1.1"), Decimal("999.9"), places=1),
    st.sampled_from(list(SCALES)),
)
def test_any_sign_and_scale_read_back(code: str, figure: Decimal, scale: str) -> None:
    money = only(f"The board set aside {SIGNS[code]}{figure}{scale} for pumps.")
    assert (money.value, money.currency) == (figure * SCALES[scale], code)


@given(st.sampled_from(sorted(NAMES)), st.integers(1000, 999_999), st.sampled_from(list(SCALES)))
def test_any_name_and_scale_read_back(code: str, figure: int, scale: str) -> None:
    money = only(f"The board set aside {figure:,}{scale} {NAMES[code]} for pumps.")
    assert (money.value, money.currency) == (figure * SCALES[scale], code)


@given(st.integers(1, 900), st.integers(1, 99), st.sampled_from([" million", "bn", " trillion"]))
def test_ranges_with_a_shared_scale_read_back(low: int, step: int, scale: str) -> None:
    money = only(f"It will cost between €{low} and €{low + step}{scale}.")
    assert (money.minimum, money.maximum) == (low * SCALES[scale], (low + step) * SCALES[scale])


def test_the_dong_has_a_local_sign() -> None:
    assert [(money.text, money.currency) for money in find_money("It cost VNĐ2.75 trillion.")] == [
        ("VNĐ2.75 trillion", "VND")
    ]
