"""Days and weeks that are counted, named or left half told: one sentence and one reason each."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indiggraph.model import Duration, Interval
from indiggraph.values import find_times

TUESDAY = dt.date(2020, 8, 18)


def days(text: str, reference: dt.date | None = TUESDAY) -> list[tuple[str, str, str]]:
    found = [time for time in find_times(text, reference, vague=False) if isinstance(time, Interval)]
    return [(time.text, str(time.first), str(time.last)) for time in found]


@pytest.mark.parametrize(
    ("text", "words", "first", "last"),
    [
        ("It opens on the first Monday of May 2021.", "the first Monday of May 2021", "2021-05-03", "2021-05-03"),
        ("It met in the last week of 2018.", "the last week of 2018", "2018-12-24", "2018-12-30"),  # ISO weeks
        ("It met in the first week of 2015.", "the first week of 2015", "2014-12-29", "2015-01-04"),
        ("It closed on the second-to-last day of 2019.", "the second-to-last day of 2019", "2019-12-30", "2019-12-30"),
        ("It ran in the first ten days of March 2020.", "the first ten days of March 2020", "2020-03-01", "2020-03-10"),
        ("It met in week 31 of 2018.", "week 31 of 2018", "2018-07-30", "2018-08-05"),
        ("It met the week of March 11, 2020.", "the week of March 11, 2020", "2020-03-09", "2020-03-15"),
        ("The 20th of next month is set.", "The 20th of next month", "2020-09-20", "2020-09-20"),
        ("It met on Wednesday of last week.", "Wednesday of last week", "2020-08-12", "2020-08-12"),
        ("It met on Tuesday the 11th.", "Tuesday the 11th", "2020-08-11", "2020-08-11"),  # weekday and day agree
        ("It met on the 14th.", "the 14th", "2020-08-14", "2020-08-14"),
        ("It was held last Friday.", "last Friday", "2020-08-14", "2020-08-14"),  # of the week before
        ("It will be held next Friday.", "next Friday", "2020-08-28", "2020-08-28"),  # of the week after
        (
            "It will run from the 13th to the 15th of July 2021.",
            "the 13th to the 15th of July 2021",
            "2021-07-13",
            "2021-07-15",
        ),
        ("It ran from April 9th through 17th.", "April 9th through 17th", "2020-04-09", "2020-04-17"),
        ("It came two days before March 5, 2020.", "two days before March 5, 2020", "2020-03-03", "2020-03-03"),
        ("It rose in last year's fourth quarter.", "last year's fourth quarter", "2019-10-01", "2019-12-31"),
        ("It ran from 2007 to the end of 2008.", "2007 to the end of 2008", "2007-01-01", "2008-12-31"),
        ("It grew from 2015 to now.", "2015 to now", "2015-01-01", "2020-08-18"),
        ("The seal reads 05-Aug-2016.", "05-Aug-2016", "2016-08-05", "2016-08-05"),
        ("The seal reads 2015-12.", "2015-12", "2015-12-01", "2015-12-31"),  # no year ends in 12 after 2015
        ("It fell at the beginning of March.", "the beginning of March", "2020-03-01", "2020-03-10"),
        ("It fell at the end of last week.", "the end of last week", "2020-08-14", "2020-08-16"),
        ("It closed in two thousand and twelve.", "two thousand and twelve", "2012-01-01", "2012-12-31"),
        ("It rose in the 21st century.", "the 21st century", "2000-01-01", "2099-12-31"),
        ("It was sold at Easter 2018.", "Easter 2018", "2018-04-01", "2018-04-01"),
        ("It was shut on last Christmas Eve.", "last Christmas Eve", "2019-12-24", "2019-12-24"),
        ("It was shut on Nowruz.", "Nowruz", "2020-03-20", "2020-03-20"),  # the spring equinox fell on the 20th
        ("Monday", "Monday", "2020-08-24", "2020-08-24"),  # an entry, no sentence: the coming one
    ],
)
def test_days(text: str, words: str, first: str, last: str) -> None:
    assert days(text) == [(words, first, last)]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("It was sold later than 2018.", "2019-01-01", "None"),
        ("It plans for 2019 and beyond.", "2019-01-01", "None"),
        ("It will be sold before Easter 2018.", "None", "2018-03-31"),
    ],
)
def test_open_ends(text: str, first: str, last: str) -> None:
    assert [found[1:] for found in days(text)] == [(first, last)]


@pytest.mark.parametrize(
    "text",
    [
        "It sold Christmas trees.",  # no date
        "It stands on the 14th floor.",
        "It copied 19th-century looms.",
        "It lost on two thousand tons.",
    ],
)
def test_no_day(text: str) -> None:
    assert days(text) == []


def test_without_a_day_of_reference_a_range_to_now_stays_open() -> None:
    assert days("It grew from 2015 to now.", None) == [("2015 to now", "2015-01-01", "None")]


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("It took 90 minutes.", "PT1H30M"),
        ("It fell for the past three quarters.", "P9M"),
        ("It fell two quarters in a row.", "P6M"),
    ],
)
def test_durations(text: str, duration: str) -> None:
    (found,) = find_times(text)
    assert isinstance(found, Duration)
    assert found.duration == duration


@given(st.integers(1900, 2099))
def test_easter_is_a_sunday_after_the_equinox(year: int) -> None:
    ((_, first, _),) = days(f"It was sold at Easter {year}.")
    day = dt.date.fromisoformat(first)
    assert day.weekday() == 6
    assert dt.date(year, 3, 22) <= day <= dt.date(year, 4, 25)


@given(st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)))
def test_weeks_read_back(day: dt.date) -> None:
    year, week, _ = day.isocalendar()
    monday = dt.date.fromisocalendar(year, week, 1)
    assert days(f"It met in week {week} of {year}.") == [
        (f"week {week} of {year}", str(monday), str(monday + dt.timedelta(days=6)))
    ]
