"""The households that a person may write about, indexed for the parser once and kept until anything of them changes.

Indexing takes about 0.1 ms a household, far longer than reading a message; the version under which a roster is kept
is stored in the database, so that an import of another process is seen too (bot/storage/people.py).
"""

from bot.domain import access
from bot.domain.access import Action
from bot.domain.households import Household
from bot.handlers.turn import Turn
from bot.storage import people, roster_version
from bot.understanding import Lexicon, Roster, RosterHousehold


def lexicon(turn: Turn) -> Lexicon:
    """The words of the pack that is in force."""
    return turn.shop.lexicon_of(turn.shop.policies.on(turn.day))


def roster(turn: Turn) -> Roster:
    """The households that the person may ask and write about."""
    scope, version = access.scope_of(turn.who, Action.VIEW), roster_version.get(turn.tx)
    found = turn.shop.rosters.find(scope, version)
    if found is None:
        rows = people.roster_rows(turn.tx, scope)
        found = Roster.of(
            RosterHousehold(head, tuple(members), group, tuple(alias), code)
            for code, head, members, group, alias in rows
        )
        turn.shop.rosters.keep(scope, version, found)
    return found


def only(turn: Turn, household: Household) -> Roster:
    """A roster of this one household, for words behind a name that is settled already."""
    members = [person.name for person in people.of_household(turn.tx, household.id) if person.name != household.head]
    return Roster.of([RosterHousehold(household.head, tuple(members), household.group, (), household.code)])
