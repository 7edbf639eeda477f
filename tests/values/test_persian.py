"""Solar Hijri arithmetic against an independent library and against published dates."""

from __future__ import annotations

import datetime as dt

import jdatetime
import pytest

from indiggraph.values import persian

DAYS = [dt.date(1950, 1, 1) + dt.timedelta(days=n) for n in range((dt.date(2061, 1, 1) - dt.date(1950, 1, 1)).days)]


def test_every_day_of_1950_to_2060_agrees_with_jdatetime() -> None:
    for day in DAYS:
        other = jdatetime.date.fromgregorian(date=day)
        assert persian.from_gregorian(day) == (other.year, other.month, other.day), day


def test_round_trip_over_the_same_days() -> None:
    assert all(persian.to_gregorian(*persian.from_gregorian(day)) == day for day in DAYS)


def test_years_begin_and_leap_as_in_jdatetime() -> None:
    for year in range(persian.FIRST_YEAR, persian.LAST_YEAR + 1):
        assert persian.year_days(year)[0] == jdatetime.date(year, 1, 1).togregorian()
        assert persian.is_leap(year) == jdatetime.date(year, 1, 1).isleap()


def test_years_follow_each_other_without_a_gap() -> None:
    for year in range(persian.FIRST_YEAR, persian.LAST_YEAR):
        assert persian.year_days(year)[1] + dt.timedelta(days=1) == persian.year_days(year + 1)[0]


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ((1398, 1, 1), dt.date(2019, 3, 21)),  # a year after a common one
        ((1398, 12, 29), dt.date(2020, 3, 19)),  # ends on March 19, before a Gregorian leap day's Nowruz
        ((1399, 12, 30), dt.date(2021, 3, 20)),  # a leap year's last day
        ((1357, 11, 22), dt.date(1979, 2, 11)),  # a well-known date
    ],
)
def test_known_dates(date: tuple[int, int, int], expected: dt.date) -> None:
    assert persian.to_gregorian(*date) == expected


@pytest.mark.parametrize(
    "date", [(1398, 12, 30), (1398, 13, 1), (1398, 7, 31), (1398, 1, 0), (1199, 1, 1), (1501, 1, 1)]
)
def test_days_that_do_not_exist_are_refused(date: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError):
        persian.to_gregorian(*date)


@pytest.mark.parametrize("day", [dt.date(1821, 3, 20), dt.date(2122, 3, 21), dt.date(1, 1, 1), dt.date(9999, 12, 31)])
def test_days_outside_the_range_are_refused(day: dt.date) -> None:
    with pytest.raises(ValueError):
        persian.from_gregorian(day)
