"""The first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create every table of the first version; moments are ISO 8601 text (bot/storage/types.py)."""
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
        sa.UniqueConstraint("hash", name=op.f("uq_audit_hash")),
    )
    op.create_table(
        "chats",
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("current_draft", sa.Integer(), nullable=True),
        sa.Column("group_told_at", sa.String(length=32), nullable=True),
        sa.PrimaryKeyConstraint("chat_id", name=op.f("pk_chats")),
    )
    op.create_table(
        "inbox",
        sa.Column("update_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("payload_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("received_at", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(), server_default="new", nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("next_try_at", sa.String(length=32), nullable=True),
        sa.Column("done_at", sa.String(length=32), nullable=True),
        sa.Column("reference", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("update_id", name=op.f("pk_inbox")),
    )
    op.create_index("ix_inbox_open", "inbox", ["state", "chat_id", "update_id"], unique=False)
    op.create_table(
        "meta",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_meta")),
    )
    op.create_table(
        "people",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("alias", sa.String(), nullable=True),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("pinyin", sa.String(), nullable=False),
        sa.Column("initials", sa.String(), nullable=False),
        sa.Column("id_number_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("id_number_mark", sa.LargeBinary(), nullable=True),
        sa.Column("id_tail_mark", sa.LargeBinary(), nullable=True),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("phone_mark", sa.LargeBinary(), nullable=True),
        sa.Column("phone_tail_mark", sa.LargeBinary(), nullable=True),
        sa.Column("birth", sa.Date(), nullable=True),
        sa.Column("health", sa.String(), nullable=True),
        sa.Column("health_note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("education", sa.String(), nullable=True),
        sa.Column("schooling", sa.String(), nullable=True),
        sa.Column("labour", sa.String(), nullable=True),
        sa.Column("willing", sa.Boolean(), nullable=True),
        sa.Column("works_where", sa.String(), nullable=True),
        sa.Column("work_months", sa.Integer(), nullable=True),
        sa.Column("public_post", sa.String(), nullable=True),
        sa.Column("certificate", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("trained", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("insured", sa.Boolean(), nullable=True),
        sa.Column("pension", sa.Boolean(), nullable=True),
        sa.Column("dibao", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("tekun", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("coop", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("id_number_mark", name=op.f("uq_people_id_number_mark")),
    )
    op.create_index(op.f("ix_people_id_tail_mark"), "people", ["id_tail_mark"], unique=False)
    op.create_index(op.f("ix_people_initials"), "people", ["initials"], unique=False)
    op.create_index(op.f("ix_people_name_key"), "people", ["name_key"], unique=False)
    op.create_index(op.f("ix_people_phone_mark"), "people", ["phone_mark"], unique=False)
    op.create_index(op.f("ix_people_phone_tail_mark"), "people", ["phone_tail_mark"], unique=False)
    op.create_index(op.f("ix_people_pinyin"), "people", ["pinyin"], unique=False)
    op.create_table(
        "staff",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("telegram_id", sa.BigInteger(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("digest_at", sa.String(), nullable=True),
        sa.Column("leave_from", sa.Date(), nullable=True),
        sa.Column("leave_until", sa.Date(), nullable=True),
        sa.Column("stand_in_id", sa.Integer(), nullable=True),
        sa.Column("reachable", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("bound_at", sa.String(length=32), nullable=True),
        sa.Column("revoked_at", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["stand_in_id"], ["staff.id"], name=op.f("fk_staff_stand_in_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("name", name=op.f("uq_staff_name")),
        sa.UniqueConstraint("telegram_id", name=op.f("uq_staff_telegram_id")),
    )
    op.create_table(
        "villages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("rural_population", sa.Integer(), nullable=True),
        sa.Column("lifted", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_villages")),
        sa.UniqueConstraint("name", name=op.f("uq_villages_name")),
    )
    op.create_table(
        "groups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["village_id"], ["villages.id"], name=op.f("fk_groups_village_id_villages")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_groups")),
        sa.UniqueConstraint("village_id", "name", name=op.f("uq_groups_village_id_name")),
    )
    op.create_table(
        "invitations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code_mark", sa.LargeBinary(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=True),
        sa.Column("group_ids", sa.String(), nullable=True),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("created_at", sa.String(length=32), nullable=False),
        sa.Column("expires_at", sa.String(length=32), nullable=False),
        sa.Column("used_at", sa.String(length=32), nullable=True),
        sa.Column("used_by", sa.Integer(), nullable=True),
        sa.Column("revoked_at", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["used_by"], ["staff.id"], name=op.f("fk_invitations_used_by_staff")),
        sa.ForeignKeyConstraint(["village_id"], ["villages.id"], name=op.f("fk_invitations_village_id_villages")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("code_mark", name=op.f("uq_invitations_code_mark")),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("payload_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("ref", sa.String(), nullable=True),
        sa.Column("dedupe", sa.String(), nullable=True),
        sa.Column("state", sa.String(), server_default="new", nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("next_try_at", sa.String(length=32), nullable=True),
        sa.Column("created_at", sa.String(length=32), nullable=False),
        sa.Column("done_at", sa.String(length=32), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("reference", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_outbox_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("dedupe", name=op.f("uq_outbox_dedupe")),
    )
    op.create_index("ix_outbox_message", "outbox", ["chat_id", "message_id"], unique=False)
    op.create_index("ix_outbox_open", "outbox", ["state", "chat_id", "id"], unique=False)
    op.create_table(
        "assignments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=True),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("from_at", sa.String(length=32), nullable=False),
        sa.Column("to_at", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_assignments_group_id_groups")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_assignments_staff_id_staff")),
        sa.ForeignKeyConstraint(["village_id"], ["villages.id"], name=op.f("fk_assignments_village_id_villages")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignments")),
    )
    op.create_index(op.f("ix_assignments_group_id"), "assignments", ["group_id"], unique=False)
    op.create_index(op.f("ix_assignments_staff_id"), "assignments", ["staff_id"], unique=False)
    op.create_table(
        "households",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("village_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("monitoring", sa.String(), nullable=False),
        sa.Column("relocated", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("has_conditions", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("cohort", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("plan", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("card", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("ledger", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("monitor_name", sa.String(), nullable=True),
        sa.Column("helper_name", sa.String(), nullable=True),
        sa.Column("goal_fen", sa.BigInteger(), nullable=True),
        sa.Column("registered_on", sa.Date(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("imported_on", sa.Date(), nullable=True),
        sa.Column("first_due", sa.Date(), nullable=True),
        sa.Column("next_due", sa.Date(), nullable=True),
        sa.Column("due_reason", sa.String(), server_default="first", nullable=False),
        sa.Column("last_visit", sa.Date(), nullable=True),
        sa.Column("muted_until", sa.Date(), nullable=True),
        sa.Column("mute_reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_households_group_id_groups")),
        sa.ForeignKeyConstraint(["village_id"], ["villages.id"], name=op.f("fk_households_village_id_villages")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_households")),
        sa.UniqueConstraint("code", name=op.f("uq_households_code")),
    )
    op.create_index(
        "ix_households_due",
        "households",
        ["next_due", "group_id"],
        unique=False,
        sqlite_where=sa.text("left_on IS NULL"),
        postgresql_where=sa.text("left_on IS NULL"),
    )
    op.create_index(op.f("ix_households_group_id"), "households", ["group_id"], unique=False)
    op.create_index(op.f("ix_households_helper_name"), "households", ["helper_name"], unique=False)
    op.create_table(
        "reminders",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("outbox_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["outbox_id"], ["outbox.id"], name=op.f("fk_reminders_outbox_id_outbox")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_reminders_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminders")),
        sa.UniqueConstraint("staff_id", "kind", "day", name=op.f("uq_reminders_staff_id_kind_day")),
    )
    op.create_table(
        "annual_figures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("per_capita_fen", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["household_id"], ["households.id"], name=op.f("fk_annual_figures_household_id_households")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annual_figures")),
        sa.UniqueConstraint("household_id", "year", name=op.f("uq_annual_figures_household_id_year")),
    )
    op.create_table(
        "household_groups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["group_id"], ["groups.id"], name=op.f("fk_household_groups_group_id_groups")),
        sa.ForeignKeyConstraint(
            ["household_id"], ["households.id"], name=op.f("fk_household_groups_household_id_households")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household_groups")),
    )
    op.create_index(op.f("ix_household_groups_household_id"), "household_groups", ["household_id"], unique=False)
    op.create_table(
        "memberships",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("relation", sa.String(), nullable=False),
        sa.Column("joined_on", sa.Date(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("left_why", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["household_id"], ["households.id"], name=op.f("fk_memberships_household_id_households")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_memberships_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memberships")),
    )
    op.create_index(op.f("ix_memberships_household_id"), "memberships", ["household_id"], unique=False)
    op.create_index(
        "uq_memberships_open",
        "memberships",
        ["person_id"],
        unique=True,
        sqlite_where=sa.text("left_on IS NULL"),
        postgresql_where=sa.text("left_on IS NULL"),
    )
    op.create_table(
        "records",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("undone_at", sa.String(length=32), nullable=True),
        sa.Column("draft_id", sa.Integer(), nullable=True),
        sa.Column("corrects", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["staff.id"], name=op.f("fk_records_author_id_staff")),
        sa.ForeignKeyConstraint(["corrects"], ["records.id"], name=op.f("fk_records_corrects_records")),
        sa.ForeignKeyConstraint(["household_id"], ["households.id"], name=op.f("fk_records_household_id_households")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_records")),
        sa.UniqueConstraint("draft_id", name=op.f("uq_records_draft_id")),
        sa.UniqueConstraint("number", name=op.f("uq_records_number")),
    )
    op.create_index(op.f("ix_records_author_id"), "records", ["author_id"], unique=False)
    op.create_index(op.f("ix_records_corrects"), "records", ["corrects"], unique=False)
    op.create_index(op.f("ix_records_household_id"), "records", ["household_id"], unique=False)
    op.create_table(
        "snoozes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["household_id"], ["households.id"], name=op.f("fk_snoozes_household_id_households")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_snoozes_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snoozes")),
    )
    op.create_index(op.f("ix_snoozes_household_id"), "snoozes", ["household_id"], unique=False)
    op.create_table(
        "attachments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["record_id"], ["records.id"], name=op.f("fk_attachments_record_id_records")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachments")),
    )
    op.create_index(op.f("ix_attachments_record_id"), "attachments", ["record_id"], unique=False)
    op.create_table(
        "clues",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=True),
        sa.Column("check", sa.String(), nullable=False),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_by", sa.Integer(), nullable=True),
        sa.Column("closed_note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("withdrawn", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.ForeignKeyConstraint(["closed_by"], ["staff.id"], name=op.f("fk_clues_closed_by_staff")),
        sa.ForeignKeyConstraint(["household_id"], ["households.id"], name=op.f("fk_clues_household_id_households")),
        sa.ForeignKeyConstraint(["record_id"], ["records.id"], name=op.f("fk_clues_record_id_records")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clues")),
    )
    op.create_index("ix_clues_household", "clues", ["household_id", "closed_on"], unique=False)
    op.create_index(op.f("ix_clues_record_id"), "clues", ["record_id"], unique=False)
    op.create_table(
        "drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("answers_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("revision", sa.Integer(), server_default="1", nullable=False),
        sa.Column("started_at", sa.String(length=32), nullable=False),
        sa.Column("touched_at", sa.String(length=32), nullable=False),
        sa.Column("closed", sa.String(), nullable=True),
        sa.Column("record_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["record_id"], ["records.id"], name=op.f("fk_drafts_record_id_records")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_drafts_staff_id_staff")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
    )
    op.create_index(op.f("ix_drafts_staff_id"), "drafts", ["staff_id"], unique=False)
    op.create_table(
        "entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=True),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("item", sa.String(), nullable=True),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("months", sa.Integer(), server_default="1", nullable=False),
        sa.Column("estimate", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("net", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("reverses", sa.Integer(), nullable=True),
        sa.Column("import_key", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["staff.id"], name=op.f("fk_entries_author_id_staff")),
        sa.ForeignKeyConstraint(["household_id"], ["households.id"], name=op.f("fk_entries_household_id_households")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_entries_person_id_people")),
        sa.ForeignKeyConstraint(["record_id"], ["records.id"], name=op.f("fk_entries_record_id_records")),
        sa.ForeignKeyConstraint(["reverses"], ["entries.id"], name=op.f("fk_entries_reverses_entries")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entries")),
        sa.UniqueConstraint("import_key", name=op.f("uq_entries_import_key")),
        sa.UniqueConstraint("reverses", name=op.f("uq_entries_reverses")),
    )
    op.create_index("ix_entries_household", "entries", ["household_id", "month"], unique=False)
    op.create_index(op.f("ix_entries_record_id"), "entries", ["record_id"], unique=False)
    op.create_table(
        "visits",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.Integer(), nullable=False),
        sa.Column("visited_on", sa.Date(), nullable=False),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("counted", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("all_ok", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("checks", sa.String(), server_default=sa.text("''"), nullable=False),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("undone_at", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["author_id"], ["staff.id"], name=op.f("fk_visits_author_id_staff")),
        sa.ForeignKeyConstraint(["household_id"], ["households.id"], name=op.f("fk_visits_household_id_households")),
        sa.ForeignKeyConstraint(["record_id"], ["records.id"], name=op.f("fk_visits_record_id_records")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visits")),
    )
    op.create_index("ix_visits_day", "visits", ["visited_on"], unique=False)
    op.create_index("ix_visits_household", "visits", ["household_id", "visited_on"], unique=False)
    op.create_index(op.f("ix_visits_record_id"), "visits", ["record_id"], unique=False)
