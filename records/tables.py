"""The tables. Names of columns are the names of the fields in `records.model`."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
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

from records.types import Json, Money, Utc

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)
# SQLite counts up only in an INTEGER key.
Id = BigInteger().with_variant(Integer(), "sqlite")


def _leased() -> tuple[Column[object], ...]:
    """A worker holds a row by owner and attempt until `lease_until`; `not_before` paces retries."""
    return (
        Column("attempts", Integer, nullable=False, server_default=text("0")),
        Column("not_before", Utc),
        Column("lease_until", Utc),
        Column("owner", String(64)),
        Column("error", Text),
    )


def _staff(name: str, **options: object) -> Column[object]:
    return Column(name, String(40), ForeignKey("staff.staff_code"), **options)  # type: ignore[arg-type]


def _borrower(**options: object) -> Column[object]:
    return Column("borrower_code", String(40), ForeignKey("borrowers.borrower_code"), **options)  # type: ignore[arg-type]


# --- people and the loan book -------------------------------------------------------------------

staff = Table(
    "staff",
    metadata,
    Column("staff_code", String(40), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("role", String(20), nullable=False),
    Column("branch", String(200), nullable=False, server_default=""),
    Column("reports_to", String(40), ForeignKey("staff.staff_code"), index=True),
    Column("language", String(8), nullable=False, server_default="zh"),
    Column("timezone", String(64), nullable=False, server_default="Asia/Shanghai"),
    Column("chat_id", BigInteger, unique=True),
    Column("joined_at", Utc),
    Column("blocked_at", Utc),
    Column("active", Boolean, nullable=False, server_default=text("true")),
    Column("preferences", Json, nullable=False, default=dict),
)

invites = Table(
    "invites",
    metadata,
    Column("code_hash", String(64), primary_key=True),
    _staff("staff_code", nullable=False, index=True),
    Column("created_at", Utc, nullable=False),
    Column("expires_at", Utc, nullable=False),
    Column("used_at", Utc),
    Column("used_chat_id", BigInteger),
)

delegations = Table(
    "delegations",
    metadata,
    Column("id", Id, primary_key=True),
    _staff("from_staff", nullable=False, index=True),
    _staff("to_staff", nullable=False, index=True),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False),
    Column("created_at", Utc, nullable=False),
    Column("revoked_at", Utc),
)

# Borrowers handed from one to another: proposed with its preview, then done as a whole or left.
handovers = Table(
    "handovers",
    metadata,
    Column("id", Id, primary_key=True),
    _staff("from_staff", nullable=False),
    _staff("to_staff"),
    _staff("asked_by", nullable=False),
    Column("asked_at", Utc, nullable=False),
    Column("borrower_codes", Json, nullable=False, default=list),
    Column("whole", Boolean, nullable=False, server_default=text("false")),
    Column("done_at", Utc),
)

# Private addresses of calendars, one a person; of the address only the hash is known.
feeds = Table(
    "feeds",
    metadata,
    _staff("staff_code", primary_key=True),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("created_at", Utc, nullable=False),
    Column("read_at", Utc),
    Column("digest", String(64), nullable=False, server_default=""),
    Column("changed_at", Utc),
)

borrowers = Table(
    "borrowers",
    metadata,
    Column("borrower_code", String(40), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("short_name", String(100), nullable=False, server_default=""),
    Column("industry", String(100), nullable=False, server_default=""),
    Column("contact_name", String(100), nullable=False, server_default=""),
    Column("contact_role", String(100), nullable=False, server_default=""),
    Column("contact_phone", String(40), nullable=False, server_default=""),
    Column("address", String(400), nullable=False, server_default=""),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("risk_class", String(20), nullable=False, server_default="normal"),
    _staff("account_manager", nullable=False, index=True),
    Column("group", String(100), nullable=False, server_default=""),
    Column("active", Boolean, nullable=False, server_default=text("true")),
    # Whom the book still names after a hand-over; empty once it names the new one.
    Column("handed_from", String(40)),
)

loans = Table(
    "loans",
    metadata,
    Column("loan_no", String(60), primary_key=True),
    _borrower(nullable=False, index=True),
    Column("product", String(30), nullable=False),
    Column("amount", Money, nullable=False),
    Column("drawn", Money, nullable=False),
    Column("balance", Money, nullable=False),
    Column("currency", String(3), nullable=False, server_default="CNY"),
    Column("purpose", Text, nullable=False, server_default=""),
    Column("purposes", Json, nullable=False, default=list),
    Column("disbursed_on", Date),
    Column("matures_on", Date),
    Column("overdue_days", Integer, nullable=False, server_default=text("0")),
    Column("collateral", Text, nullable=False, server_default=""),
    Column("collateral_value", Money),
    Column("approved_ltv", Float),
    Column("guarantor", String(200), nullable=False, server_default=""),
    Column("active", Boolean, nullable=False, server_default=text("true")),
    # The day of the import that showed more money drawn, and how much more.
    Column("drawn_on", Date),
    Column("drawn_more", Money),
)

milestones = Table(
    "milestones",
    metadata,
    Column("id", Id, primary_key=True),
    Column("loan_no", String(60), ForeignKey("loans.loan_no"), nullable=False, index=True),
    Column("due_on", Date, nullable=False),
    Column("percent", Float, nullable=False),
    Column("title", String(200), nullable=False, server_default=""),
)

statements = Table(
    "statements",
    metadata,
    Column("id", Id, primary_key=True),
    _borrower(nullable=False),
    Column("period_end", Date, nullable=False),
    Column("due_on", Date),
    Column("received_on", Date),
    Column("current_ratio", Float),
    Column("debt_ratio", Float),
    Column("interest_cover", Float),
    Column("revenue", Money),
    UniqueConstraint("borrower_code", "period_end"),
)

related_parties = Table(
    "related_parties",
    metadata,
    Column("id", Id, primary_key=True),
    _borrower(nullable=False, index=True),
    Column("name", String(200), nullable=False),
    Column("relation", String(100), nullable=False, server_default=""),
)

# What the book said of a loan at each import: a payment shows as a balance that fell.
balances = Table(
    "balances",
    metadata,
    Column("loan_no", String(60), ForeignKey("loans.loan_no"), primary_key=True),
    Column("as_of", Date, primary_key=True),
    Column("balance", Money, nullable=False),
    Column("drawn", Money, nullable=False),
    Column("overdue_days", Integer, nullable=False, server_default=text("0")),
)

imports = Table(
    "imports",
    metadata,
    Column("id", Id, primary_key=True),
    Column("at", Utc, nullable=False),
    Column("source", String(400), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("counts", Json, nullable=False),
)

# --- chat in and out ----------------------------------------------------------------------------

updates = Table(
    "updates",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("payload", Json, nullable=False),
    Column("received_at", Utc, nullable=False),
    Column("state", String(8), nullable=False, server_default="new"),
    Column("done_at", Utc),
    *_leased(),
    Index(
        "ix_updates_open",
        "chat_id",
        "update_id",
        sqlite_where=text("state = 'new'"),
        postgresql_where=text("state = 'new'"),
    ),
)

outgoing = Table(
    "outgoing",
    metadata,
    Column("id", Id, primary_key=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("staff_code", String(40)),
    Column("method", String(40), nullable=False),
    Column("payload", Json, nullable=False),
    Column("blob", LargeBinary),
    Column("key", String(160), unique=True),
    Column("about", String(80)),
    Column("edits", String(80)),
    Column("created_at", Utc, nullable=False),
    Column("state", String(8), nullable=False, server_default="new"),
    Column("sent_at", Utc),
    Column("message_id", BigInteger),
    *_leased(),
    Index("ix_outgoing_about", "chat_id", "about"),
    Index("ix_outgoing_message", "chat_id", "message_id"),
    Index(
        "ix_outgoing_open",
        "chat_id",
        "id",
        sqlite_where=text("state = 'new'"),
        postgresql_where=text("state = 'new'"),
    ),
)

# What the bot waits for in a chat: {"kind": "mend", "report_id": 12, …}; absent when it waits for nothing.
dialogs = Table(
    "dialogs",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("waiting", Json, nullable=False),
    Column("updated_at", Utc, nullable=False),
)

# --- reports ------------------------------------------------------------------------------------

media = Table(
    "media",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("mime", String(100), nullable=False),
    Column("size", Integer, nullable=False),
    Column("filename", String(200), nullable=False, server_default=""),
    Column("look", String(64), index=True),  # perceptual hash of a picture
    Column("content", LargeBinary),
    Column("stored_at", Utc, nullable=False),
)

reports = Table(
    "reports",
    metadata,
    Column("id", Id, primary_key=True),
    _staff("author", nullable=False),
    _borrower(index=True),
    Column("loan_no", String(60), ForeignKey("loans.loan_no")),
    Column("visit_id", Id, ForeignKey("visits.id")),
    Column("state", String(12), nullable=False),
    Column("reported_on", Date, nullable=False),
    Column("visited_on", Date),
    Column("text", Text, nullable=False, server_default=""),
    Column("original", Text, nullable=False, server_default=""),
    Column("lang", String(8), nullable=False, server_default="zh"),
    Column("transcript", Json),
    Column("notes", Json, nullable=False, default=list),
    Column("version", Integer, nullable=False, server_default=text("1")),
    Column("received_at", Utc, nullable=False),
    Column("read_at", Utc),
    Column("confirmed_at", Utc),
    Column("asked_at", Utc),
    Column("asked_times", Integer, nullable=False, server_default=text("0")),
    Column("failure", String(80)),
    Column("read_by", Json, nullable=False, default=dict),
    # What the author changed after the reading, in order.
    Column("mends", Json, nullable=False, default=list),
    *_leased(),
    Index(
        "ix_reports_open",
        "author",
        "id",
        sqlite_where=text("state IN ('received', 'transcribed', 'read')"),
        postgresql_where=text("state IN ('received', 'transcribed', 'read')"),
    ),
    Index("ix_reports_author", "author", "reported_on"),
)

parts = Table(
    "parts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("report_id", Id, ForeignKey("reports.id"), nullable=False, index=True),
    Column("kind", String(12), nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("message_id", BigInteger, nullable=False),
    Column("sent_at", Utc, nullable=False),
    Column("text", Text, nullable=False, server_default=""),
    Column("sha256", String(64), ForeignKey("media.sha256"), index=True),
    Column("file_id", String(200)),
    Column("filename", String(200), nullable=False, server_default=""),
    Column("seconds", Float),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("failure", String(40)),
    UniqueConstraint("chat_id", "message_id", "report_id"),
)

facts = Table(
    "facts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("report_id", Id, ForeignKey("reports.id"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("field", String(60), nullable=False),
    Column("fact", Json, nullable=False),
    Column("state", String(10), nullable=False, server_default="read"),
    Index("ix_facts_field", "field"),
)

standings = Table(
    "standings",
    metadata,
    _borrower(primary_key=True),
    Column("report_id", Id, ForeignKey("reports.id")),
    Column("reported_on", Date),
    Column("last_visit_on", Date),
    Column("last_contact_on", Date),
    Column("level", String(10)),
    Column("percent", Float),
    Column("status", String(20)),
    Column("facts", Json, nullable=False, default=dict),
    Column("updated_at", Utc, nullable=False),
)

promises = Table(
    "promises",
    metadata,
    Column("id", Id, primary_key=True),
    _borrower(nullable=False, index=True),
    Column("report_id", Id, ForeignKey("reports.id"), nullable=False),
    Column("made_on", Date, nullable=False),
    Column("due_on", Date, index=True),
    Column("amount", Money),
    Column("words", Text, nullable=False, server_default=""),
    Column("state", String(10), nullable=False, server_default="open"),
    Column("settled_on", Date),
    Column("kind", String(12), nullable=False, server_default="pay"),
)

# --- visits -------------------------------------------------------------------------------------

visits = Table(
    "visits",
    metadata,
    Column("id", Id, primary_key=True),
    _borrower(nullable=False, index=True),
    Column("loan_no", String(60), ForeignKey("loans.loan_no")),
    Column("kind", String(20), nullable=False),
    Column("due_on", Date, nullable=False),
    Column("due_at", Utc),
    _staff("staff_code", nullable=False, index=True),
    Column("state", String(12), nullable=False, server_default="planned"),
    Column("why", Json, nullable=False, default=dict),
    Column("first_due_on", Date),
    Column("moved_times", Integer, nullable=False, server_default=text("0")),
    Column("reminded_at", Utc),
    Column("reminded_times", Integer, nullable=False, server_default=text("0")),
    Column("escalated", Integer, nullable=False, server_default=text("0")),
    Column("done_on", Date),
    Column("created_at", Utc, nullable=False),
    Column("plan_key", String(160), unique=True),
    Column("policy_version", String(20), nullable=False, server_default=""),
    Index(
        "ix_visits_due",
        "due_at",
        sqlite_where=text("state IN ('planned', 'reminded')"),
        postgresql_where=text("state IN ('planned', 'reminded')"),
    ),
    Index(
        "ix_visits_late",
        "due_on",
        sqlite_where=text("state IN ('planned', 'reminded')"),
        postgresql_where=text("state IN ('planned', 'reminded')"),
    ),
)

attempts = Table(
    "attempts",
    metadata,
    Column("id", Id, primary_key=True),
    _borrower(nullable=False, index=True),
    Column("visit_id", Id, ForeignKey("visits.id")),
    _staff("staff_code", nullable=False),
    Column("at", Utc, nullable=False),
    Column("on_day", Date, nullable=False),
    Column("channel", String(10), nullable=False, server_default="phone"),
    Column("reason", String(20), nullable=False),
    Column("report_id", Id, ForeignKey("reports.id")),
)

# --- cases --------------------------------------------------------------------------------------

cases = Table(
    "cases",
    metadata,
    Column("id", Id, primary_key=True),
    _borrower(nullable=False, index=True),
    Column("code", String(40), nullable=False),
    Column("severity", String(8), nullable=False),
    Column("state", String(12), nullable=False, server_default="open"),
    Column("audience", String(12), nullable=False, server_default="all"),
    _staff("author"),
    Column("opened_at", Utc, nullable=False),
    Column("last_seen_at", Utc, nullable=False),
    Column("count", Integer, nullable=False, server_default=text("1")),
    Column("report_ids", Json, nullable=False, default=list),
    Column("details", Json, nullable=False, default=dict),
    Column("evidence", Json, nullable=False, default=list),
    Column("policy_version", String(20), nullable=False, server_default=""),
    Column("due_at", Utc),
    Column("acknowledged_at", Utc),
    _staff("acknowledged_by"),
    Column("escalated_to", Integer, nullable=False, server_default=text("0")),
    Column("escalated_at", Utc),
    Column("closed_at", Utc),
    _staff("closed_by"),
    Column("close_reason", Text),
    Column("previous_id", Id, ForeignKey("cases.id")),
    Index("ix_cases_open", "state", "severity"),
    Index(
        "uq_cases_standing",  # one case of a code a borrower at a time
        "borrower_code",
        "code",
        unique=True,
        sqlite_where=text("state <> 'closed'"),
        postgresql_where=text("state <> 'closed'"),
    ),
)

case_events = Table(
    "case_events",
    metadata,
    Column("id", Id, primary_key=True),
    Column("case_id", Id, ForeignKey("cases.id"), nullable=False, index=True),
    Column("at", Utc, nullable=False),
    Column("actor", String(40), nullable=False),
    Column("action", String(20), nullable=False),
    Column("severity", String(8)),
    Column("report_id", Id),
    Column("note", Text),
)

# --- the house's own memory ---------------------------------------------------------------------

policies = Table(
    "policies",
    metadata,
    Column("version", String(20), primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("text", Text, nullable=False),
    Column("loaded_at", Utc, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Id, primary_key=True),
    Column("at", Utc, nullable=False),
    Column("actor", String(40), nullable=False),
    Column("action", String(40), nullable=False),
    Column("subject", String(120), nullable=False, server_default=""),
    Column("detail", Json, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False, unique=True),
)
