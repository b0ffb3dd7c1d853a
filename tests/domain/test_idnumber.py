"""ID numbers give hints and are never refused. All numbers here are computed, none is a person's."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn.ric import calc_check_digit

from bot.domain import idnumber
from bot.domain.idnumber import IdDoubt

from .factories import TODAY


def number(born: date = date(1980, 5, 17), serial: int = 1, region: str = "999999") -> str:
    core = f"{region}{born:%Y%m%d}{serial:03d}"
    return core + calc_check_digit(core + "0")


GOOD = number()


@given(st.dates(date(1900, 1, 1), TODAY), st.integers(0, 999), st.sampled_from(["", "43", "11B1", "74B2"]))
def test_a_number_with_its_checksum_and_a_real_birth_date_raises_no_doubt(born: date, serial: int, tail: str) -> None:
    written = number(born, serial) + tail
    assert idnumber.doubts(written, TODAY) == ()
    assert idnumber.birth_date(written) == born


@given(st.integers(0, 16), st.integers(1, 9))
def test_any_one_wrong_digit_raises_a_doubt(place: int, by: int) -> None:
    wrong = GOOD[:place] + str((int(GOOD[place]) + by) % 10) + GOOD[place + 1 :]
    assert IdDoubt.CHECKSUM in idnumber.doubts(wrong, TODAY)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (GOOD[:17], (IdDoubt.LENGTH,)),
        ("", (IdDoubt.LENGTH,)),
        ("A" + GOOD[1:], (IdDoubt.CHARACTERS,)),
        (GOOD[:16] + "X" + GOOD[17], (IdDoubt.CHARACTERS,)),
        (number(date(2024, 3, 16)), (IdDoubt.DATE,)),
        (GOOD + "99", (IdDoubt.SUFFIX,)),
        (GOOD + "4399", (IdDoubt.SUFFIX,)),
    ],
)
def test_what_looks_wrong_is_named(written: str, expected: tuple[IdDoubt, ...]) -> None:
    assert idnumber.doubts(written, TODAY) == expected


def test_a_day_that_does_not_exist_is_a_doubt() -> None:
    core = "99999919800231001"
    assert idnumber.doubts(core + calc_check_digit(core + "0"), TODAY) == (IdDoubt.DATE,)
    assert idnumber.birth_date("x") is None


def test_blanks_and_a_small_x_are_read_over() -> None:
    with_x = next(number(serial=n) for n in range(1000) if number(serial=n).endswith("X"))
    assert idnumber.doubts(f" {with_x[:6]} {with_x[6:].lower()}", TODAY) == ()


def test_people_search_by_the_last_four_of_the_number_proper() -> None:
    assert idnumber.last_four(GOOD) == GOOD[-4:]
    assert idnumber.last_four(GOOD + "43") == GOOD[-4:]


def test_a_masked_number_shows_its_last_four_at_most() -> None:
    assert idnumber.masked(GOOD) == "*" * 14 + GOOD[-4:]
    assert idnumber.masked("1234") == "****"


def test_age_is_in_full_years() -> None:
    born = date(2008, 3, 15)
    assert [idnumber.age_on(born, day) for day in (date(2024, 3, 14), TODAY)] == [15, 16]
    assert idnumber.age_on(date(2008, 2, 29), date(2024, 2, 28)) == 15
