"""`ruhu staff`: who may use the bot, and for which households."""

from typing import Annotated

import typer

from bot.cli.shared import say, t
from bot.domain.staff import Role
from bot.domain.wellformed import line

WHO = Annotated[str, typer.Argument(metavar="NAME|ID", show_default=False, parser=line)]
WORD = typer.Option(metavar="TEXT", show_default=False, parser=line)


def add_to(app: typer.Typer) -> None:
    """Register the group."""
    group = typer.Typer(no_args_is_help=True)
    group.command()(invite)
    group.command("list")(show)
    group.command()(revoke)
    group.command()(handover)
    group.command()(confirm)
    app.add_typer(group, name="staff")


def invite(  # one parameter an option
    role: Annotated[Role, typer.Option(show_default=False)],
    name: Annotated[str, WORD],
    village: Annotated[str | None, WORD] = None,
    group: Annotated[list[str] | None, WORD] = None,
    unit: Annotated[str | None, WORD] = None,
) -> None:
    """A one-time code, alone on the first line; a deep link on the second when the bot's name is known."""
    from bot.bootstrap import Ruhu
    from bot.cli.bot_name import bot_name
    from bot.cli.opening import perform
    from bot.usecases.bind import Invite, new_code
    from bot.usecases.bind import invite as store

    wanted = Invite(role, name, village, tuple(group or ()), unit)
    code = new_code()

    async def job(ruhu: Ruhu) -> str | None:
        await ruhu.db.write(lambda tx: store(tx, wanted, code=code, at=ruhu.clock.now()))
        say(code)
        return await bot_name(ruhu)

    username = perform(job)
    if username is not None:
        say(f"https://t.me/{username}?start={code}")


def show() -> None:
    """Everybody who may use the bot or is invited."""
    from bot.bootstrap import Ruhu
    from bot.cli.opening import perform
    from bot.cli.staff_table import Line, lines, write

    async def job(ruhu: Ruhu) -> list[Line]:
        return await ruhu.db.read(lambda tx: lines(tx, ruhu.clock.now()))

    write(perform(job))


def revoke(who: WHO) -> None:
    """Take account, roles and open invitations away."""
    from bot.bootstrap import Ruhu
    from bot.cli.opening import perform
    from bot.usecases.revoke import Revoked
    from bot.usecases.revoke import revoke as take_away

    async def job(ruhu: Ruhu) -> Revoked:
        return await ruhu.db.write(lambda tx: take_away(tx, None, who, at=ruhu.clock.now()))

    done = perform(job)
    say(t("cli-revoked", name=done.name, roles=str(done.roles), invitations=str(done.invitations)))


def handover(
    giver: Annotated[str, typer.Argument(metavar="FROM", show_default=False, parser=line)],
    taker: Annotated[str, typer.Argument(metavar="TO", show_default=False, parser=line)],
) -> None:
    """Move roles, open tasks and drafts from one person to another."""
    from bot.bootstrap import Ruhu
    from bot.cli.opening import perform
    from bot.usecases.handover import HandedOver, hand_over

    async def job(ruhu: Ruhu) -> HandedOver:
        return await ruhu.db.write(lambda tx: hand_over(tx, None, giver, taker, at=ruhu.clock.now()))

    done = perform(job)
    counts = {"roles": done.roles, "drafts": done.drafts, "households": done.households}
    say(t("cli-handed-over", giver=done.giver, taker=done.taker, **{key: str(count) for key, count in counts.items()}))


def confirm(who: WHO, refuse: Annotated[bool, typer.Option("--refuse")] = False) -> None:
    """Decide about a code that somebody of another name has used."""
    from bot.bootstrap import Ruhu
    from bot.cli.opening import perform
    from bot.handlers.inviting import tell_asker
    from bot.storage.transaction import Transaction
    from bot.usecases.confirm import Decided, asked_for, decide

    async def job(ruhu: Ruhu) -> list[Decided]:
        at = ruhu.clock.now()

        def work(tx: Transaction) -> list[Decided]:
            waiting = asked_for(tx, who, at)
            done = [decide(tx, None, each.id, each.asked_by or 0, agreed=not refuse, at=at) for each in waiting]
            for each in done:
                tell_asker(tx, ruhu.shop, each, at)
            return done

        return await ruhu.db.write(work)

    for done in perform(job):
        names = {"name": done.asker.name, "invited": done.invitation.name}
        role = t(f"role-{done.invitation.role.value}")
        say(t("cli-confirmed" if done.agreed else "cli-refused", role=role, **names))
