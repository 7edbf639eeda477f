"""Dates, periods, open intervals and lengths of time: one sentence and one reason each."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indiggraph.model import Duration, Interval
from indiggraph.values import find_times, persian
from indiggraph.values.durations import canonical
from indiggraph.values.vocabulary import time_words

AUTUMN = dt.date(2020, 8, 18)  # a Tuesday
WINTER = dt.date(2020, 12, 29)


def days(text: str, reference: dt.date | None = AUTUMN) -> list[tuple[str, str | None, str | None]]:
    found = [time for time in find_times(text, reference) if isinstance(time, Interval)]
    return [(time.text, time.first and time.first.isoformat(), time.last and time.last.isoformat()) for time in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It was signed on 14 September 2018.", ("14 September 2018", "2018-09-14", "2018-09-14")),
        ("It began on January 3, 2019.", ("January 3, 2019", "2019-01-03", "2019-01-03")),
        ("It is dated 2019-12-08.", ("2019-12-08", "2019-12-08", "2019-12-08")),
        ("The race (May 14-18, 2023) is over.", ("May 14-18, 2023", "2023-05-14", "2023-05-18")),
        ("It ran from 28 September to 2 October 2020.", ("28 September to 2 October 2020", "2020-09-28", "2020-10-02")),
        (
            "It ran from April 11, 2022-February 3, 2023.",
            ("April 11, 2022-February 3, 2023", "2022-04-11", "2023-02-03"),
        ),
        ("Coaches met in August 2017.", ("August 2017", "2017-08-01", "2017-08-31")),  # a month is a whole month
        ("It lapsed in 2016.", ("2016", "2016-01-01", "2016-12-31")),
        ("When 2016 targets lapsed, it closed.", ("2016", "2016-01-01", "2016-12-31")),
        ("A ban held between 2015 and 2018.", ("2015 and 2018", "2015-01-01", "2018-12-31")),
        ("The plan (2016-2021) asks for more.", ("2016-2021", "2016-01-01", "2021-12-31")),
        ("Prices rose in the 1990s.", ("the 1990s", "1990-01-01", "1999-12-31")),
        ("Sales rose in the first quarter of 2021.", ("the first quarter of 2021", "2021-01-01", "2021-03-31")),
        ("Sales rose in Q4 2019.", ("Q4 2019", "2019-10-01", "2019-12-31")),
        ("It shuts in the second half of 2027.", ("the second half of 2027", "2027-07-01", "2027-12-31")),
        ("Sales fell in the first nine months of 2020.", ("the first nine months of 2020", "2020-01-01", "2020-09-30")),
        ("It shut in the summer of 2019.", ("the summer of 2019", "2019-06-01", "2019-08-31")),
        ("It shut in the year to August 31, 2018.", ("the year to August 31, 2018", "2017-09-01", "2018-08-31")),
    ],
)
def test_absolute(text: str, expected: tuple[str, str, str]) -> None:
    assert days(text, None) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It shuts by April 2026.", ("by April 2026", None, "2026-04-30")),  # open beginning
        ("It runs until the end of 2021.", ("until the end of 2021", None, "2021-12-31")),
        ("It has stood idle since 2013.", ("since 2013", "2013-01-01", None)),  # open end
        ("It was banned from 2019 onwards.", ("from 2019 onwards", "2019-01-01", None)),
        ("It must close before May 2024.", ("before May 2024", None, "2024-04-30")),
        ("It must close before the end of 2027.", ("before the end of 2027", None, "2027-12-31")),
        ("It may reopen after 2025.", ("after 2025", "2026-01-01", None)),
        ("It was prolonged, to October 31, 2028.", ("to October 31, 2028", None, "2028-10-31")),
        ("It shuts by mid-July 2026.", ("by mid-July 2026", None, "2026-07-15")),
    ],
)
def test_open(text: str, expected: tuple[str, str | None, str | None]) -> None:
    assert days(text, None) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It was signed yesterday.", ("yesterday", "2020-08-17", "2020-08-17")),
        ("He said so on Saturday.", ("Saturday", "2020-08-15", "2020-08-15")),  # the past one
        ("He said so on Tuesday.", ("Tuesday", "2020-08-18", "2020-08-18")),  # the day of the report itself
        ("It will open on Thursday.", ("Thursday", "2020-08-20", "2020-08-20")),  # "will": the coming one
        ("Output fell last month.", ("last month", "2020-07-01", "2020-07-31")),
        ("A shipment left last week.", ("last week", "2020-08-10", "2020-08-16")),  # Monday to Sunday
        ("It should recover next year.", ("next year", "2021-01-01", "2021-12-31")),
        ("Back in September it closed.", ("September", "2019-09-01", "2019-09-30")),  # the last one
        ("It should reopen by next June.", ("by next June", None, "2021-06-30")),
        ("Delivery will begin in October.", ("October", "2020-10-01", "2020-10-31")),
        ("It was shown on November 22.", ("November 22", "2019-11-22", "2019-11-22")),
        ("The jury meets on October 8.", ("October 8", "2020-10-08", "2020-10-08")),
        ("Sales rose in January-April.", ("January-April", "2020-01-01", "2020-04-30")),
        ("Imports rose in the first seven months.", ("the first seven months", "2020-01-01", "2020-07-31")),
        ("Two plants closed two years ago.", ("two years ago", "2018-01-01", "2018-12-31")),
    ],
)
def test_relative(text: str, expected: tuple[str, str | None, str]) -> None:
    assert days(text) == [expected]
    assert days(text, None) == [(expected[0], None, None)]  # nothing is guessed without the document's date


@pytest.mark.parametrize(
    ("text", "reference", "expected"),
    [
        ("Iran wants more in 1399.", None, ("1399", "2020-03-20", "2021-03-20")),
        (
            "Fares rose during the Persian calendar year 1394 (ended on March 19, 2016).",
            None,
            ("the Persian calendar year 1394 (ended on March 19, 2016)", "2015-03-21", "2016-03-19"),
        ),
        (
            "Fares rose in the preceding Persian calendar year (ended on March 19).",
            dt.date(2024, 9, 2),
            ("the preceding Persian calendar year (ended on March 19)", "2023-03-21", "2024-03-19"),
        ),
        (
            "Fares fell in the last Persian year, which ended on March 20.",
            dt.date(2022, 6, 7),
            ("the last Persian year, which ended on March 20", "2021-03-21", "2022-03-20"),
        ),
        (
            "Iran wove more in the first seven months of the current Persian calendar year (March 21-October 22).",
            dt.date(2022, 11, 30),
            (
                "the first seven months of the current Persian calendar year (March 21-October 22)",
                "2022-03-21",
                "2022-10-22",
            ),
        ),
        (
            "Iran wove more in the first three months of the current Persian year.",
            AUTUMN,
            ("the first three months of the current Persian year", "2020-03-20", "2020-06-20"),
        ),
        (
            "Iran's rents rose in the tenth month, Dey.",
            dt.date(2020, 1, 30),
            ("the tenth month, Dey", "2019-12-22", "2020-01-20"),
        ),
        ("Iran's exports in Mehr 1397 set a record.", None, ("Mehr 1397", "2018-09-23", "2018-10-22")),
        (
            "Ore grew in the Iranian month of Shahrivar (August 22-September 21).",
            dt.date(2020, 11, 25),
            ("the Iranian month of Shahrivar (August 22-September 21)", "2020-08-22", "2020-09-21"),
        ),
        (
            "Iran wove more during the four months to July 21.",
            dt.date(2020, 9, 8),
            ("the four months to July 21", "2020-03-20", "2020-07-21"),
        ),
        (
            "Iran wove less in the year to March 2016.",
            None,
            ("the year to March 2016", "2015-03-21", "2016-03-19"),
        ),
        ("Iran dug less in fiscal 2015-16.", None, ("fiscal 2015-16", "2015-03-21", "2016-03-19")),
        (
            "Iran sold more last year.",
            AUTUMN,
            ("last year", "2019-03-21", "2020-03-19"),
        ),  # "the year" is the text's own
        ("Iran's wells will be ready by the yearend.", AUTUMN, ("by the yearend", None, "2021-03-20")),
        (
            "Iran's bridges will stand by the end of the Persian year (March 20, 2022).",
            dt.date(2021, 8, 18),
            ("by the end of the Persian year (March 20, 2022)", None, "2022-03-20"),
        ),
        (
            "Iran has built schools since the start of the current Persian calendar year on March 20.",
            AUTUMN,
            ("since the start of the current Persian calendar year on March 20", "2020-03-20", None),
        ),
        (
            "Iran's mills got 5 tons since the beginning of the Iranian year (March 21, 2018).",
            dt.date(2019, 1, 22),
            ("since the beginning of the Iranian year (March 21, 2018)", "2018-03-21", None),
        ),  # the year begins on that day
        ("Iran's mills sold 5 tons in spring, it said.", AUTUMN, ("spring", "2020-03-20", "2020-06-20")),
        ("Iran's debts will be paid by the end of summer.", AUTUMN, ("by the end of summer", None, "2020-09-21")),
        ("Iran's imports fell in the spring of 1399.", None, ("the spring of 1399", "2020-03-20", "2020-06-20")),
    ],
)
def test_iranian_calendar(text: str, reference: dt.date | None, expected: tuple[str, str | None, str | None]) -> None:
    assert days(text, reference) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Indian sales slipped in 2019-20.", ("2019-20", "2019-04-01", "2020-03-31")),
        ("Indian sales slipped in FY21.", ("FY21", "2020-04-01", "2021-03-31")),
        ("Indian sales slipped in Q3 FY21.", ("Q3 FY21", "2020-10-01", "2020-12-31")),
        ("A Japanese maker lost more in fiscal 2020.", ("fiscal 2020", "2020-04-01", "2021-03-31")),
        ("The American budget of fiscal 2021 passed.", ("fiscal 2021", "2020-10-01", "2021-09-30")),
    ],
)
def test_fiscal_years_by_country(text: str, expected: tuple[str, str, str]) -> None:
    assert days(text) == [expected]


def test_without_a_date_the_text_itself_chooses_the_iranian_year() -> None:
    text = "Fares fell in the preceding Persian calendar year (ended on March 19). In August 2023 they rose."
    assert days(text, None)[0][1:] == ("2023-03-21", "2024-03-19")
    assert days(text.replace("2023", "2015"), None)[0][1:] == ("2015-03-21", "2016-03-19")
    assert days(text.split(". ")[0], None)[0][1:] == (None, None)  # several years ended on that day


@pytest.mark.parametrize(
    ("text", "reference", "reason"),
    [
        (
            "Fares fell in the preceding Persian year (ended on March 19). In August 2023 they rose.",
            None,
            "1402: of the Solar Hijri years that end on March 19, the nearest to the text's own dates (2023-08-01)",
        ),
        (  # several such years, and nothing to choose by
            "Fares fell in the preceding Persian year (ended on March 19).",
            None,
            "a Solar Hijri year that ends on March 19, as 1386, 1390, 1394, 1398 and 1402 do; no date tells which",
        ),
        (  # too many to list
            "Fares fell in the preceding Persian year (ended on March 20).",
            None,
            "a Solar Hijri year that ends on March 20; no date tells which",
        ),
        (
            "Iran wove more in the first seven months of the current Persian year (March 20-October 21), up from 2019.",
            None,
            "1399: of the Solar Hijri years that begin on March 20, the nearest to the text's own dates (2019-01-01)",
        ),
        (  # the bracket overrules the document's date
            "Fares fell in the preceding Persian year (ended on March 20).",
            AUTUMN,
            "1397: of the Solar Hijri years that end on March 20, the nearest to the document's date (2020-08-18)",
        ),
        (
            "Fares fell in the year to March 2020.",
            None,
            "a year that ends in March is the Solar Hijri one unless the text names another country",
        ),
        (
            "A Japanese maker lost more in fiscal 2020.",
            None,
            "the fiscal year of JP, the country of those that the text names most",
        ),
        (
            "The maker lost more in fiscal 2020.",
            None,
            "the text names no country whose fiscal year is known: the calendar year",
        ),
        ("Fares fell in the preceding Persian year (ended on March 19).", AUTUMN, None),  # nothing to choose
        ("Fares fell in 2019.", None, None),
    ],
)
def test_a_choice_tells_its_reason(text: str, reference: dt.date | None, reason: str | None) -> None:
    time = find_times(text, reference)[0]
    assert isinstance(time, Interval)
    assert time.reason == reason


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Iran wove more in the first four months of 1399. In the same period of the preceding year it wove less.",
            ("2019-03-21", "2019-07-22"),
        ),
        ("Sales rose in 2020; a year earlier they fell.", ("2019-01-01", "2019-12-31")),
        ("It rained on Monday; the bridge was shut a day earlier.", ("2020-08-16", "2020-08-16")),
        ("Fares rose in the first four months of 2020. In the four months rents fell.", ("2020-01-01", "2020-04-30")),
    ],
)
def test_times_that_point_back(text: str, expected: tuple[str, str]) -> None:
    assert days(text)[-1][1:] == expected


@pytest.mark.parametrize(
    "text", ["It will grow in the coming months.", "So far it has grown.", "It shuts in late 2028."]
)
def test_vague_times_fix_no_day(text: str) -> None:
    assert [time[1:] for time in days(text)] == [(None, None)]


@pytest.mark.parametrize(
    ("text", "surface", "duration"),
    [
        ("It grew much in 14 years.", "14 years", "P14Y"),
        ("It is due in 15 months.", "15 months", "P1Y3M"),  # canonical
        ("A 30-month lease was agreed.", "30-month", "P2Y6M"),
        ("The audit lasts six weeks.", "six weeks", "P42D"),
        ("Talks went on for a decade.", "a decade", "P10Y"),
        ("Sums will be put in over the next decade.", "the next decade", "P10Y"),
        ("It took two and a half years.", "two and a half years", "P2Y6M"),
        ("Rents rose by 80 in a year.", "a year", "P1Y"),
    ],
)
def test_durations(text: str, surface: str, duration: str) -> None:
    (found,) = [time for time in find_times(text) if isinstance(time, Duration)]
    assert (found.text, found.duration) == (surface, duration)


@pytest.mark.parametrize(
    "text",
    [
        "It costs €5 million a year.",  # a rate
        "The sixth five-year development plan was passed.",  # a plan's name
        "A 54-year-old engineer heads it.",  # an age
        "They may march, and Mehr Agency said so.",  # a verb, a name
        "Resolution 2231 and Article 2020 apply.",  # codes
        "They built 2000 houses.",  # a count
    ],
)
def test_no_time(text: str) -> None:
    assert find_times(text, AUTUMN) == []


@given(
    st.dates(dt.date(1900, 1, 1), dt.date(2100, 12, 31)),
    st.sampled_from(["%B {d}, %Y", "{d} %B %Y", "%Y-%m-%d", "%b. {d}, %Y"]),
)
def test_written_dates_read_back(day: dt.date, form: str) -> None:
    text = f"It was signed on {day.strftime(form.format(d=day.day))} in the capital."
    (found,) = find_times(text)
    assert isinstance(found, Interval)
    assert (found.first, found.last) == (day, day)


@given(st.integers(1390, 1410), st.integers(1, 12), st.sampled_from(["{} {}", "the month of {} {}"]))
def test_written_iranian_months_read_back(year: int, month: int, form: str) -> None:
    name = next(name for name, number in time_words().persian_months.items() if number == month)
    (found,) = find_times(f"Iran's exports rose in {form.format(name.capitalize(), year)}.")
    assert isinstance(found, Interval)
    assert ((found.first, found.last), found.calendar) == (persian.month_days(year, month), "persian")


@given(st.integers(1900, 2099), st.integers(1, 4))
def test_written_quarters_read_back(year: int, quarter: int) -> None:
    word = ("first", "second", "third", "fourth")[quarter - 1]
    spans = [
        (found.first, found.last)
        for form in (f"the {word} quarter of {year}", f"Q{quarter} {year}", f"{year}'s {word} quarter")
        for found in find_times(f"Sales rose in {form}.")
        if isinstance(found, Interval)
    ]
    assert len(spans) == 3
    assert len(set(spans)) == 1
    assert spans[0][0] == dt.date(year, 3 * quarter - 2, 1)


@given(st.integers(1, 999), st.sampled_from(["days", "weeks", "months", "years"]))
def test_written_lengths_read_back(count: int, unit: str) -> None:
    (found,) = find_times(f"The works took {count + 1} {unit}.")
    assert isinstance(found, Duration)
    assert found.duration == canonical(Decimal(count + 1), unit)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # months without a year are the first ones of the year where these have just ended, and the past is told
        ("Iranian mills made 4 tons in nine months.", ("nine months", "2020-03-20", "2020-12-20")),
        ("Iranian mills made 4 tons in nine months of 1398.", ("nine months of 1398", "2019-03-21", "2019-12-21")),
        (
            "Iran paid 3 tons in the second season of the year.",
            ("the second season of the year", "2020-06-21", "2020-09-21"),
        ),
        (
            "Iran made 4 looms in the first half of the year to Sept. 21.",
            ("the first half of the year to Sept. 21", "2020-03-20", "2020-09-21"),
        ),
        ("In Iran sales grew in the year to Aban.", ("the year to Aban", "2019-11-22", "2020-11-20")),
        ("Last summer an Iranian mill shut.", ("Last summer", "2020-06-21", "2020-09-21")),
        # "as of" a day that is over tells a state, of one that comes a beginning
        (
            "Iranian mills owed 4 as of the end of Azar (December 20).",
            ("as of the end of Azar (December 20)", "2020-12-20", "2020-12-20"),
        ),
        ("Iran ordered that sales be stopped as of Dey 20.", ("as of Dey 20", "2021-01-09", None)),
        ("The mill will make 4 tons from 2026, and more.", ("from 2026", "2026-01-01", None)),
        ("The fund has paid 4 since its launch in 2012.", ("since its launch in 2012", "2012-01-01", None)),
        ("Prices rose from 2012 levels.", ("2012", "2012-01-01", "2012-12-31")),
        ("The firm is to open a line in June.", ("June", "2021-06-01", "2021-06-30")),
        (
            "Iran will open it in Shahrivar (August 23-September 22).",
            ("Shahrivar (August 23-September 22)", "2021-08-23", "2021-09-22"),
        ),
    ],
)
def test_by_the_words_around(text: str, expected: tuple[str, str, str]) -> None:
    assert days(text, WINTER) == [expected]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("It built 4 in 1971; by the end of the decade it built 9.", "1979-12-31"),
        ("It drew 4 in 2018, lifting the sum to 9 by the end of the year.", "2018-12-31"),
        ("It drew 4 in 2018 and will draw 9 by the end of the year.", "2020-12-31"),
        ("It barred sales in March 2019. It drew 4 until then.", "2019-03-31"),
    ],
)
def test_edges_of_the_year_told(text: str, last: str) -> None:
    assert days(text, WINTER)[-1][1:] == (None, last)


def test_the_period_of_the_months_told() -> None:
    text = (
        "Iran sold 4 tons in the first half of the year. It had sold 3 in the same six months of last year. "
        "It bought 2 in the period."
    )
    assert [found[1:] for found in days(text, WINTER)] == [
        ("2020-03-20", "2020-09-21"),
        ("2019-03-21", "2019-09-22"),
        ("2020-03-20", "2020-09-21"),
    ]


def test_a_last_year_beside_a_gregorian_one() -> None:
    assert days("Last year Iran sold 7 tons, up from 5 in 2018.", WINTER)[0][1:] == ("2019-01-01", "2019-12-31")


def test_quarters_of_companies_follow_the_fiscal_year() -> None:
    reference = dt.date(2025, 3, 19)
    assert days("Profits of the Indian firm fell in Q3.", reference)[0][1:] == ("2024-10-01", "2024-12-31")
    assert days("Profits of the German firm fell in Q3.", reference)[0][1:] == ("2024-07-01", "2024-09-30")
    assert days("India expects prices to rise in the June quarter.", reference)[0][1:] == ("2025-04-01", "2025-06-30")


@pytest.mark.parametrize(
    ("text", "durations"),
    [
        ("It built 31 over the past decade.", ["P10Y"]),
        ("The mill was built in nine months in Iran.", ["P9M"]),
        ("Iran will make it in nine months.", ["P9M"]),
        ("The looms have an age of over 20 years.", []),
        ("Mills hold eight weeks' stock.", []),
        ("The list is reviewed every six months.", []),
        ("Mills want 800 second-hand trucks.", []),
        ("It opens in two years' time.", ["P2Y"]),
    ],
)
def test_lengths_and_measures(text: str, durations: list[str]) -> None:
    found = find_times(text, WINTER)
    assert [time.duration for time in found if isinstance(time, Duration)] == durations


def test_what_is_under_way_ends_this_year() -> None:
    assert days("They opened the fair (August 16-20).") == [("August 16-20", "2020-08-16", "2020-08-20")]
