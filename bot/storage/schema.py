"""Every table, as SQLAlchemy Core sees it; the migrations create the same (a test compares them).

Moments are ISO 8601 text in UTC, dates ISO text (both sort), money integer fen. Columns ending in `_sealed` are
AES-GCM ciphertext, columns ending in `_mark` keyed hashes for lookup. See docs/database.md. Longer than other modules
because a schema is read as a whole.
Longer than a module should be because tables that refer to one another are read together.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from bot.storage.types import Day, Moment

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _id() -> Column[int]:
    return Column("id", Integer, primary_key=True)


def _flag(name: str) -> Column[bool]:
    return Column(name, Boolean, nullable=False, default=False, server_default=text("false"))


def _to(name: str, target: str, *, nullable: bool = False, index: bool = False) -> Column[int]:
    return Column(name, Integer, ForeignKey(target), nullable=nullable, index=index)


meta = Table("meta", metadata, Column("key", String, primary_key=True), Column("value", Text, nullable=False))

villages = Table(
    "villages",
    metadata,
    _id(),
    Column("name", String, nullable=False, unique=True),
    Column("rural_population", Integer),
    _flag("lifted"),
)

groups = Table(
    "groups",
    metadata,
    _id(),
    _to("village_id", "villages.id"),
    Column("name", String, nullable=False),
    UniqueConstraint("village_id", "name"),
)

households = Table(
    "households",
    metadata,
    _id(),
    Column("code", String, nullable=False, unique=True),
    _to("village_id", "villages.id"),
    _to("group_id", "groups.id", index=True),
    Column("category", String, nullable=False),
    Column("monitoring", String, nullable=False),
    _flag("relocated"),
    _flag("has_conditions"),
    _flag("cohort"),
    _flag("plan"),
    _flag("card"),
    _flag("ledger"),
    Column("monitor_name", String),
    Column("helper_name", String, index=True),
    Column("goal_fen", BigInteger),
    Column("registered_on", Day),
    Column("left_on", Day),
    Column("imported_on", Day),
    Column("first_due", Day),
    Column("next_due", Day),
    Column("due_reason", String, nullable=False, server_default="first"),
    Column("last_visit", Day),
    Column("muted_until", Day),
    Column("mute_reason", String),
    Index(
        "ix_households_due",
        "next_due",
        "group_id",
        sqlite_where=text("left_on IS NULL"),
        postgresql_where=text("left_on IS NULL"),
    ),
)

household_groups = Table(  # dated: a move changes scope at once, history stays
    "household_groups",
    metadata,
    _id(),
    _to("household_id", "households.id", index=True),
    _to("group_id", "groups.id"),
    Column("from_on", Day),
    Column("to_on", Day),
)

people = Table(
    "people",
    metadata,
    _id(),
    Column("name", String, nullable=False),
    Column("alias", String),  # several are separated by spaces
    Column("name_key", String, nullable=False, index=True),  # normalised names and aliases, searched by LIKE
    Column("pinyin", String, nullable=False, index=True),
    Column("initials", String, nullable=False, index=True),
    Column("id_number_sealed", LargeBinary),
    Column("id_number_mark", LargeBinary, unique=True),
    Column("id_tail_mark", LargeBinary, index=True),  # last four
    Column("phone_sealed", LargeBinary),
    Column("phone_mark", LargeBinary, index=True),
    Column("phone_tail_mark", LargeBinary, index=True),
    Column("birth", Day),
    Column("health", String),  # coded values separated by commas; notes are sealed
    Column("health_note_sealed", LargeBinary),
    Column("education", String),
    Column("schooling", String),
    Column("labour", String),
    Column("willing", Boolean),
    Column("works_where", String),
    Column("work_months", Integer),
    Column("public_post", String),
    _flag("certificate"),
    _flag("trained"),
    Column("insured", Boolean),
    Column("pension", Boolean),
    _flag("dibao"),
    _flag("tekun"),
    _flag("coop"),
)

memberships = Table(
    "memberships",
    metadata,
    _id(),
    _to("person_id", "people.id"),
    _to("household_id", "households.id", index=True),
    Column("relation", String, nullable=False),
    Column("joined_on", Day),
    Column("left_on", Day),
    Column("left_why", String),
    Index(
        "uq_memberships_open",
        "person_id",
        unique=True,
        sqlite_where=text("left_on IS NULL"),
        postgresql_where=text("left_on IS NULL"),
    ),
)

staff = Table(
    "staff",
    metadata,
    _id(),
    Column("name", String, nullable=False, unique=True),
    Column("telegram_id", BigInteger, unique=True),
    Column("language", String),
    Column("digest_at", String),  # HH:MM
    Column("leave_from", Day),
    Column("leave_until", Day),
    _to("stand_in_id", "staff.id", nullable=True),
    Column("reachable", Boolean, nullable=False, default=True, server_default=text("true")),
    Column("bound_at", Moment),
    Column("revoked_at", Moment),
)

assignments = Table(
    "assignments",
    metadata,
    _id(),
    _to("staff_id", "staff.id", index=True),
    Column("role", String, nullable=False),
    _to("village_id", "villages.id", nullable=True),
    _to("group_id", "groups.id", nullable=True, index=True),
    Column("unit", String),
    Column("from_at", Moment, nullable=False),
    Column("to_at", Moment),
)

invitations = Table(
    "invitations",
    metadata,
    _id(),
    Column("code_mark", LargeBinary, nullable=False, unique=True),
    Column("role", String, nullable=False),
    Column("name", String, nullable=False),
    _to("village_id", "villages.id", nullable=True),
    Column("group_ids", String),  # comma separated
    Column("unit", String),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
    _to("used_by", "staff.id", nullable=True),
    Column("revoked_at", Moment),
    Column("asked_at", Moment),
    _to("asked_by", "staff.id", nullable=True),  # of another name: the town decides
)

records = Table(
    "records",
    metadata,
    _id(),
    Column("number", String, nullable=False, unique=True),
    _to("household_id", "households.id", index=True),
    _to("author_id", "staff.id", index=True),
    Column("at", Moment, nullable=False),
    Column("undone_at", Moment),
    Column("draft_id", Integer, unique=True),  # one draft is recorded once, whatever happens
    Column("corrects", Integer, ForeignKey("records.id"), index=True),  # the record that this one replaces
)

visits = Table(
    "visits",
    metadata,
    _id(),
    _to("record_id", "records.id", index=True),
    _to("household_id", "households.id"),
    Column("visited_on", Day, nullable=False),
    Column("mode", String, nullable=False),
    Column("counted", Boolean, nullable=False, server_default=text("true")),
    _flag("all_ok"),
    Column("checks", String, nullable=False, server_default=text("''")),  # income=ok,housing=problem
    Column("note_sealed", LargeBinary),
    _to("author_id", "staff.id"),
    Column("undone_at", Moment),
    Index("ix_visits_household", "household_id", "visited_on"),
    Index("ix_visits_day", "visited_on"),
)

clues = Table(
    "clues",
    metadata,
    _id(),
    _to("household_id", "households.id"),
    _to("record_id", "records.id", nullable=True, index=True),
    Column("check", String, nullable=False),
    Column("note_sealed", LargeBinary),
    Column("opened_on", Day, nullable=False),
    Column("closed_on", Day),
    _to("closed_by", "staff.id", nullable=True),
    Column("closed_note_sealed", LargeBinary),
    Column("withdrawn", Boolean, nullable=False, server_default=text("false")),  # its record was undone
    Index("ix_clues_household", "household_id", "closed_on"),
)

entries = Table(
    "entries",
    metadata,
    _id(),
    _to("record_id", "records.id", nullable=True, index=True),
    _to("household_id", "households.id"),
    _to("person_id", "people.id", nullable=True),
    Column("kind", String, nullable=False),
    Column("item", String),
    Column("amount_fen", BigInteger, nullable=False),
    Column("month", String(7), nullable=False),
    Column("months", Integer, nullable=False, server_default="1"),
    _flag("estimate"),
    _flag("net"),
    Column("note_sealed", LargeBinary),
    _to("author_id", "staff.id", nullable=True),
    Column("at", Moment, nullable=False),
    Column("reverses", Integer, ForeignKey("entries.id"), unique=True),
    Column("import_key", LargeBinary, unique=True),  # n-th equal row of an income workbook
    Index("ix_entries_household", "household_id", "month"),
)

annual_figures = Table(  # imported official figures; they win over the ledger for a closed year
    "annual_figures",
    metadata,
    _id(),
    _to("household_id", "households.id"),
    Column("year", Integer, nullable=False),
    Column("per_capita_fen", BigInteger, nullable=False),
    Column("source", String, nullable=False),
    UniqueConstraint("household_id", "year"),
)

attachments = Table(
    "attachments",
    metadata,
    _id(),
    _to("record_id", "records.id", index=True),
    Column("kind", String, nullable=False),  # photo location note
    Column("content_sealed", LargeBinary, nullable=False),
    Column("at", Moment, nullable=False),
)

drafts = Table(
    "drafts",
    metadata,
    _id(),
    _to("staff_id", "staff.id", index=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("form", String, nullable=False),
    Column("answers_sealed", LargeBinary, nullable=False),
    Column("revision", Integer, nullable=False, server_default="1"),
    Column("started_at", Moment, nullable=False),
    Column("touched_at", Moment, nullable=False),
    Column("closed", String),  # NULL open; saved cancelled expired
    Column("record_id", Integer, ForeignKey("records.id")),
)

chats = Table(  # what a chat needs between two messages
    "chats",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("current_draft", Integer),
    Column("group_told_at", Moment),
)

snoozes = Table(
    "snoozes",
    metadata,
    _id(),
    _to("household_id", "households.id", index=True),
    _to("staff_id", "staff.id"),
    Column("on_day", Day, nullable=False),
    Column("until", Day, nullable=False),
    Column("reason", String, nullable=False),
)

inbox = Table(
    "inbox",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("payload_sealed", LargeBinary),
    Column("received_at", Moment, nullable=False),
    Column("state", String, nullable=False, server_default="new"),  # new done aside
    Column("attempts", Integer, nullable=False, server_default="0"),  # failures that were survived
    Column("taken", Integer, nullable=False, server_default="0"),  # times in hand without having come back
    Column("next_try_at", Moment),
    Column("done_at", Moment),
    Column("reference", String),  # E-4f2a: what the person is told
    Column("why", String),  # of one set aside: failed stopped hard
    Index("ix_inbox_open", "state", "chat_id", "received_at", "update_id"),  # the order of handling
)

outbox = Table(
    "outbox",
    metadata,
    _id(),
    Column("chat_id", BigInteger, nullable=False),
    _to("staff_id", "staff.id", nullable=True),
    Column("kind", String, nullable=False),  # screen receipt reminder answer
    Column("method", String, nullable=False),
    Column("payload_sealed", LargeBinary),
    Column("ref", String),  # record:12, draft:5
    Column("dedupe", String, unique=True),
    Column("state", String, nullable=False, server_default="new"),  # docs/delivery.md, "Sending"
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("next_try_at", Moment),
    Column("created_at", Moment, nullable=False),
    Column("done_at", Moment),
    Column("message_id", BigInteger),
    Column("reference", String),
    Index("ix_outbox_open", "state", "chat_id", "kind", "id"),
    Index("ix_outbox_message", "chat_id", "message_id"),
)

reminders = Table(  # planned once for a person, a kind and a day, whoever plans
    "reminders",
    metadata,
    _id(),
    _to("staff_id", "staff.id"),
    Column("kind", String, nullable=False),
    Column("day", Day, nullable=False),
    _to("outbox_id", "outbox.id", nullable=True),
    UniqueConstraint("staff_id", "kind", "day"),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("actor", String, nullable=False),  # staff:3, system, operator
    Column("action", String, nullable=False),
    Column("subject", String, nullable=False),  # household:12, record:V240315-07
    Column("details", Text, nullable=False),  # JSON of codes and ids only
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False, unique=True),
)
