"""A person's hours: their own day and morning, and the hours in which nothing is sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from records.model import Staff
from reminders import workdays
from reminders.policy import Policy


@dataclass(frozen=True, slots=True)
class Hours:
    """One person's clock. All times given back are UTC; days are the person's own."""

    zone: ZoneInfo
    country: str
    policy: Policy

    def today(self, now: datetime) -> date:
        return now.astimezone(self.zone).date()

    def at(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, self.zone).astimezone(UTC)

    def quiet(self, now: datetime) -> bool:
        clock = now.astimezone(self.zone).time()
        return clock >= self.policy.reminders.quiet_from or clock < self.policy.reminders.quiet_to

    def morning(self, day: date) -> datetime:
        return self.at(day, self.policy.reminders.morning)

    def next_morning(self, now: datetime) -> datetime:
        """The morning of the next working day."""
        return self.morning(workdays.add(self.today(now), 1, self.country))

    def awake(self, moment: datetime) -> datetime:
        """The moment itself, or the morning after it where it lies in the quiet hours."""
        local = moment.astimezone(self.zone)
        if not self.quiet(moment):
            return moment.astimezone(UTC)
        late = local.time() >= self.policy.reminders.quiet_from
        return self.morning(local.date() + timedelta(days=1 if late else 0))

    def evening(self, now: datetime) -> datetime:
        """This evening; tomorrow morning once the evening has come."""
        evening = self.at(self.today(now), self.policy.reminders.evening)
        return evening if evening > now else self.morning(self.today(now) + timedelta(days=1))

    def remind_at(self, kind: str, due_on: date) -> datetime:
        """When an item is first spoken of: the morning of its day, or of the working day before."""
        day = workdays.on_or_before(due_on, self.country)
        if kind == "special":
            day = workdays.add(day, -self.policy.reminders.special_lead, self.country)
        return self.morning(day)


def hours(person: Staff | None, policy: Policy) -> Hours:
    """Somebody unknown keeps the hours of the first country."""
    zone = _zone(person.timezone if person else "Asia/Shanghai")
    return Hours(zone, policy.country(person.branch if person else ""), policy)


@cache
def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("Asia/Shanghai")
