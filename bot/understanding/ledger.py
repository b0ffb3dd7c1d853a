"""The entries of a message while they are read, with running sums, so that each amount is looked at once."""

from dataclasses import dataclass, field

from bot.domain.income_kinds import Kind
from bot.understanding.context import Context
from bot.understanding.dates import DateToken
from bot.understanding.model import ReadEntry
from bot.understanding.totals import Sum


@dataclass(slots=True)
class Ledger:
    """Entries read so far, and what is open about them."""

    entries: list[ReadEntry] = field(default_factory=list)
    contexts: list[Context] = field(default_factory=list)
    sums: list[Sum] = field(default_factory=list)
    ask: set[str] = field(default_factory=set)
    too_many: bool = False  # more amounts than one message has
    unsaid: Kind | None = None  # of money whose amount is not said
    kinds: set[Kind | None] = field(default_factory=set)
    fen: int = 0  # of all entries
    claimed: int = 0  # of those that an insurance paid
    spent: ReadEntry | None = None  # the last one spent out of need
    asides: list[tuple[Sum, Context, DateToken | None]] = field(default_factory=list)  # loans, gifts: counted nowhere
    waiting: list[tuple[Sum, Context]] = field(default_factory=list)  # prices whose count is not said
    words: list[tuple[int, int]] = field(default_factory=list)  # where amounts stand, with what they are of

    def add(self, entry: ReadEntry, each: Sum, context: Context) -> None:
        """Keep an entry with the amount and the words that it came from."""
        self.entries.append(entry)
        self.contexts.append(context)
        self.sums.append(each)
        self.kinds.add(entry.kind)
        self.spent = entry if entry.kind is Kind.RIGID else self.spent
        self._count(entry.kind, entry.amount_fen or 0)

    def amend(self, fen: int) -> None:
        """Another amount for the last entry."""
        last = self.entries[-1]
        self._count(last.kind, fen - (last.amount_fen or 0))
        last.amount_fen = fen

    def _count(self, kind: Kind | None, fen: int) -> None:
        self.fen += fen
        self.claimed += fen if kind is Kind.CLAIM else 0
