"""Families of the synthetic township: who lives together, how old they are, what they are called."""

from datetime import date, timedelta
from random import Random

from bot.domain.people import HEAD, SPOUSE
from bot.sandbox import township_names as names
from bot.sandbox.township_model import Resident
from bot.sandbox.township_numbers import Numbers

CHILD, PARENT, GRANDCHILD = "child", "parent", "grandchild"
DAUGHTER_IN_LAW = "之儿媳"

STAGES: dict[str, tuple[tuple[int, int], tuple[str, ...]]] = {
    "young": ((31, 46), (SPOUSE, CHILD, CHILD, "之母", "之父", CHILD, CHILD)),
    "middle": ((47, 60), (SPOUSE, CHILD, CHILD, "之母", DAUGHTER_IN_LAW, GRANDCHILD, GRANDCHILD)),
    "old": ((61, 78), (SPOUSE, CHILD, DAUGHTER_IN_LAW, GRANDCHILD, GRANDCHILD, CHILD, GRANDCHILD)),
}
"""Age of the head and who comes to live with them, in order."""


class Families:
    """Makes families, everybody with numbers of their own."""

    def __init__(self, rng: Random, today: date, numbers: Numbers) -> None:
        self.rng = rng
        self.today = today
        self.numbers = numbers

    def family(self, size: int, head: str | None = None) -> list[Resident]:
        """A family of `size` persons, the head first; `head` fixes the head's name."""
        stage = self._stage(size)
        (youngest, oldest), others = STAGES[stage]
        age = self.rng.randint(youngest, oldest)
        male = head is not None or self.rng.random() > (0.35 if size == 1 else 0.12)
        surname = head[0] if head else self.surname()
        chief = self.resident(head or self._full_name(surname, male, age), HEAD, age, male=male)
        family = [chief]
        for relation in others[: size - 1]:
            family.append(self._relative(chief, relation, family))
        return family

    def resident(self, name: str, relation: str, age: int, *, male: bool) -> Resident:
        """One person of an age in full years, with an identity number and (mostly) a phone."""
        birth = self.today - timedelta(days=age * 365 + age // 4 + self.rng.randint(1, 364))
        phone = self.numbers.phone() if age >= 16 and (relation == HEAD or self.rng.random() < 0.7) else None
        identity = self.numbers.identity(birth, male=male)
        return Resident(name, relation, birth, male, identity, phone=phone)

    def surname(self) -> str:
        """A surname; a dozen of them are frequent."""
        pool = names.SURNAMES[: names.COMMON] if self.rng.random() < 0.55 else names.SURNAMES
        return self.rng.choice(pool)

    def _stage(self, size: int) -> str:
        weights = {1: (0, 25, 75), 2: (5, 35, 60)}.get(size, (45, 40, 15))
        return self.rng.choices(tuple(STAGES), weights)[0]

    def _relative(self, head: Resident, kind: str, family: list[Resident]) -> Resident:
        age = head.age(self.today)
        father = head.name[0] if head.male else self.surname()
        if kind == SPOUSE:
            near = max(20, age + self.rng.randint(-4, 4))
            return self._named(self.surname(), kind, near, male=not head.male)
        if kind in {"之母", "之父"}:
            male = kind == "之父"
            return self._named(father if male else self.surname(), kind, age + self.rng.randint(20, 27), male=male)
        children = [one.age(self.today) for one in family if one.relation in {"之子", "之女"}]
        eldest = max(children, default=age - 24)
        if kind == DAUGHTER_IN_LAW:
            return self._named(self.surname(), kind, max(21, eldest + self.rng.randint(-3, 2)), male=False)
        return self._descendant(kind, father, age, eldest)

    def _descendant(self, kind: str, surname: str, age: int, eldest: int) -> Resident:
        male = self.rng.random() < 0.55
        if kind == CHILD:
            years = max(0, age - self.rng.randint(22, 32))
            return self._named(surname, "之子" if male else "之女", years, male=male)
        years = max(0, min(17, eldest - self.rng.randint(21, 29)))
        return self._named(surname, "之孙子" if male else "之孙女", years, male=male)

    def _named(self, surname: str, relation: str, age: int, *, male: bool) -> Resident:
        return self.resident(self._full_name(surname, male, age), relation, age, male=male)

    def _full_name(self, surname: str, male: bool, age: int) -> str:
        young = age < 36
        pool = (names.YOUNG_MALE if young else names.MALE) if male else (names.YOUNG_FEMALE if young else names.FEMALE)
        return surname + self.rng.choice(pool)


def sizes(rng: Random, households: int, persons: int, largest: int = 7) -> list[int]:
    """How many persons live in each household: `households` numbers from 1 to `largest` that add up to `persons`."""
    result = [1] * households
    weights = [rng.uniform(0.5, 1.5) for _ in range(households)]
    for _ in range(persons - households):
        while True:
            (place,) = rng.choices(range(households), weights)
            if result[place] < largest:
                result[place] += 1
                break
    return result


def alias_for(rng: Random, name: str, age: int, *, male: bool) -> str:
    """A nickname in the way of the country: 老三, 荣哥, 杨老倌, 董老师, 英子."""
    last = name[-1]
    if not male:
        return rng.choice((last + "姐", last + "子", name[0] + "大妈"))
    if age >= 65:
        return rng.choice((name[0] + "老倌", last + "叔"))
    return rng.choice((last + "哥", name[0] + "老师", *names.ALIASES))
