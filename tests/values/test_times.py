"""Dates, periods, open intervals and lengths of time: one sentence and one reason each."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indiggraph.model import Duration, Interval
from indiggraph.values import find_times

AUTUMN = dt.date(2020, 8, 18)  # a Tuesday


def days(text: str, reference: dt.date | None = AUTUMN) -> list[tuple[str, str | None, str | None]]:
    found = [time for time in find_times(text, reference) if isinstance(time, Interval)]
    return [(time.text, time.first and time.first.isoformat(), time.last and time.last.isoformat()) for time in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It was signed on 14 September 2018.", ("14 September 2018", "2018-09-14", "2018-09-14")),
        ("It began on January 3, 2019.", ("January 3, 2019", "2019-01-03", "2019-01-03")),
        ("It is dated 2019-12-08.", ("2019-12-08", "2019-12-08", "2019-12-08")),
        ("The fair (November 9-12, 2019) is over.", ("November 9-12, 2019", "2019-11-09", "2019-11-12")),
        ("It ran from 28 September to 2 October 2020.", ("28 September to 2 October 2020", "2020-09-28", "2020-10-02")),
        (
            "It ran from March 20, 2020-January 19, 2021.",
            ("March 20, 2020-January 19, 2021", "2020-03-20", "2021-01-19"),
        ),
        ("Officials met in October 2019.", ("October 2019", "2019-10-01", "2019-10-31")),  # a month is a whole month
        ("It lapsed in 2016.", ("2016", "2016-01-01", "2016-12-31")),
        ("When 2016 targets lapsed, it closed.", ("2016", "2016-01-01", "2016-12-31")),
        ("A ban held between 2015 and 2018.", ("2015 and 2018", "2015-01-01", "2018-12-31")),
        ("The plan (2016-2021) asks for more.", ("2016-2021", "2016-01-01", "2021-12-31")),
        ("Prices rose in the 1990s.", ("the 1990s", "1990-01-01", "1999-12-31")),
        ("Sales rose in the first quarter of 2021.", ("the first quarter of 2021", "2021-01-01", "2021-03-31")),
        ("Sales rose in Q4 2019.", ("Q4 2019", "2019-10-01", "2019-12-31")),
        ("It opens in the second half of 2024.", ("the second half of 2024", "2024-07-01", "2024-12-31")),
        ("Sales fell in the first nine months of 2020.", ("the first nine months of 2020", "2020-01-01", "2020-09-30")),
        ("It shut in the summer of 2019.", ("the summer of 2019", "2019-06-01", "2019-08-31")),
        ("It shut in the year to June 30, 2020.", ("the year to June 30, 2020", "2019-07-01", "2020-06-30")),
    ],
)
def test_absolute(text: str, expected: tuple[str, str, str]) -> None:
    assert days(text, None) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It opens by March 2022.", ("by March 2022", None, "2022-03-31")),  # open beginning
        ("It runs until the end of 2021.", ("until the end of 2021", None, "2021-12-31")),
        ("It has stood idle since 2015.", ("since 2015", "2015-01-01", None)),  # open end
        ("It was banned from 2019 onwards.", ("from 2019 onwards", "2019-01-01", None)),
        ("It must close before June 2021.", ("before June 2021", None, "2021-05-31")),
        ("It must close before the end of 2021.", ("before the end of 2021", None, "2021-12-31")),
        ("It may reopen after 2025.", ("after 2025", "2026-01-01", None)),
        ("It was extended, to June 30, 2024.", ("to June 30, 2024", None, "2024-06-30")),
        ("It opens by mid-March 2021.", ("by mid-March 2021", None, "2021-03-15")),
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
        ("It was unveiled on December 15.", ("December 15", "2019-12-15", "2019-12-15")),
        ("The body meets on September 20.", ("September 20", "2020-09-20", "2020-09-20")),
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
            "Sales rose in the Iranian calendar year 1398 (ended on March 19, 2020).",
            None,
            ("the Iranian calendar year 1398 (ended on March 19, 2020)", "2019-03-21", "2020-03-19"),
        ),
        (
            "It saved much in the previous Iranian calendar year (ended on March 19).",
            AUTUMN,
            ("the previous Iranian calendar year (ended on March 19)", "2019-03-21", "2020-03-19"),
        ),
        (
            "It fell in the past Iranian year, which ended on March 20.",
            dt.date(2021, 6, 7),
            ("the past Iranian year, which ended on March 20", "2020-03-20", "2021-03-20"),
        ),
        (
            "Iran cast more in the first eight months of the current Iranian calendar year (March 21-November 21).",
            dt.date(2019, 11, 30),
            (
                "the first eight months of the current Iranian calendar year (March 21-November 21)",
                "2019-03-21",
                "2019-11-21",
            ),
        ),
        (
            "Iran cast more in the first four months of the current Iranian year.",
            AUTUMN,
            ("the first four months of the current Iranian year", "2020-03-20", "2020-07-21"),
        ),
        (
            "Iran's output rose in the eighth month, Aban.",
            dt.date(2019, 11, 30),
            ("the eighth month, Aban", "2019-10-23", "2019-11-21"),
        ),
        ("Iran's exports in Mehr 1397 set a record.", None, ("Mehr 1397", "2018-09-23", "2018-10-22")),
        (
            "Ore grew in the Iranian month of Shahrivar (August 22-September 21).",
            dt.date(2020, 11, 25),
            ("the Iranian month of Shahrivar (August 22-September 21)", "2020-08-22", "2020-09-21"),
        ),
        (
            "Iran made more during the five months to August 21.",
            dt.date(2020, 9, 8),
            ("the five months to August 21", "2020-03-20", "2020-08-21"),
        ),
        (
            "Boosting output is Iran's aim in the year to March 2020.",
            None,
            ("the year to March 2020", "2019-03-21", "2020-03-19"),
        ),
        ("Iran dug more in fiscal 2019-20.", None, ("fiscal 2019-20", "2019-03-21", "2020-03-19")),
        (
            "Iran sold more last year.",
            AUTUMN,
            ("last year", "2019-03-21", "2020-03-19"),
        ),  # "the year" is the text's own
        ("Iran's wells will be ready by the yearend.", AUTUMN, ("by the yearend", None, "2021-03-20")),
        (
            "Iran's wells will be ready by the end of the Iranian year (March 20, 2021).",
            AUTUMN,
            ("by the end of the Iranian year (March 20, 2021)", None, "2021-03-20"),
        ),
        (
            "Iran has opened mines since the beginning of the current Iranian calendar year on March 20.",
            AUTUMN,
            ("since the beginning of the current Iranian calendar year on March 20", "2020-03-20", None),
        ),
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
    text = "Much was saved in the previous Iranian calendar year (ended on March 19). In October 2019 it began."
    assert days(text, None)[0][1:] == ("2019-03-21", "2020-03-19")
    assert days(text.replace("2019", "2015"), None)[0][1:] == ("2015-03-21", "2016-03-19")
    assert days(text.split(". ")[0], None)[0][1:] == (None, None)  # several years ended on that day


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Iran sold more in the first five months of 1399. In the same period of the preceding year it sold less.",
            ("2019-03-21", "2019-08-22"),
        ),
        ("Sales rose in 2020; a year earlier they fell.", ("2019-01-01", "2019-12-31")),
        ("It opened on Monday; the deal was signed a day earlier.", ("2020-08-16", "2020-08-16")),
        ("Sales rose in the first five months of 2020. In the five months exports fell.", ("2020-01-01", "2020-05-31")),
    ],
)
def test_times_that_point_back(text: str, expected: tuple[str, str]) -> None:
    assert days(text)[-1][1:] == expected


@pytest.mark.parametrize(
    "text", ["It will grow in the coming years.", "So far it has grown.", "It opens in late 2025."]
)
def test_vague_times_fix_no_day(text: str) -> None:
    assert [time[1:] for time in days(text)] == [(None, None)]


@pytest.mark.parametrize(
    ("text", "surface", "duration"),
    [
        ("It saved much in 12 years.", "12 years", "P12Y"),
        ("It is due in 18 months.", "18 months", "P1Y6M"),  # canonical
        ("A 42-month contract was signed.", "42-month", "P3Y6M"),
        ("The audit lasts six weeks.", "six weeks", "P42D"),
        ("Talks went on for a decade.", "a decade", "P10Y"),
        ("It took two and a half years.", "two and a half years", "P2Y6M"),
        ("Output rose by 350 in a year.", "a year", "P1Y"),
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
