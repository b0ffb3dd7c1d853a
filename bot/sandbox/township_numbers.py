"""Identity and phone numbers that are well formed and can belong to nobody.

Identity numbers begin with 999999: no province of GB/T 2260 and no permanent-residence card has region 99. The check
digit is right. Phone numbers have eleven digits and begin with 111, which is no mobile or service prefix in China.
"""

from datetime import date
from random import Random

from stdnum.cn.ric import calc_check_digit

REGION = "999999"
PHONE_PREFIX = "111"


class Numbers:
    """Hands out numbers, each once."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._taken: set[str] = set()

    def identity(self, birth: date, *, male: bool) -> str:
        """An 18-digit identity number; the 17th digit is odd for men."""
        while True:
            order = self._rng.randrange(0, 1000, 2) + male
            body = f"{REGION}{birth:%Y%m%d}{order:03d}"
            if body not in self._taken:
                self._taken.add(body)
                return body + str(calc_check_digit(body + "0"))

    def phone(self) -> str:
        """An 11-digit phone number that no network assigns."""
        while True:
            number = f"{PHONE_PREFIX}{self._rng.randrange(10_000, 10**8):08d}"
            if number not in self._taken:
                self._taken.add(number)
                return number
