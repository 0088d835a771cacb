"""A person's hours: their own day and morning, and the hours in which nothing is sent."""

from __future__ import annotations

from collections.abc import Callable
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
    eve: bool = False  # told the evening before, by their own choice

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

    def works(self, now: datetime) -> bool:
        return workdays.is_working(self.today(now), self.country)

    def told_of(self, day: date) -> datetime:
        """When the digest comes that has what is due on a working day: its morning, or the evening before."""
        if not self.eve:
            return self.morning(day)
        return self.at(workdays.add(day, -1, self.country), self.policy.reminders.evening)

    def next_digest(self, now: datetime) -> datetime:
        """The next one after this moment, always of a working day."""
        if not self.eve:
            return self.next_morning(now)
        today = self.at(self.today(now), self.policy.reminders.evening)
        if self.works(now) and today > now:
            return today
        return self.at(workdays.add(self.today(now), 1, self.country), self.policy.reminders.evening)

    def is_digest(self, moment: datetime) -> bool:
        """Whether the plan itself sets reminders to this time of day; others are what people asked for."""
        times = (self.policy.reminders.morning, self.policy.reminders.evening)
        return moment.astimezone(self.zone).time() in times

    def waking(self, moment: datetime) -> datetime | None:
        """When the quiet hours end in which the moment lies; None outside them."""
        if not self.quiet(moment):
            return None
        local = moment.astimezone(self.zone)
        late = local.time() >= self.policy.reminders.quiet_from
        return self.at(local.date() + timedelta(days=1 if late else 0), self.policy.reminders.quiet_to)

    def office(self, moment: datetime) -> datetime | None:
        """The next morning of a working day; None where the moment is in the waking hours of one."""
        if self.works(moment) and not self.quiet(moment):
            return None
        today = self.today(moment)
        if self.works(moment) and moment < self.morning(today):
            return self.morning(today)
        return self.next_morning(moment)

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
        return self.told_of(day)


def hours(person: Staff | None, policy: Policy) -> Hours:
    """Somebody unknown keeps the hours of the first country."""
    zone = _zone(person.timezone if person else "Asia/Shanghai")
    eve = bool(person and person.preferences.get("digest") == "evening")
    return Hours(zone, policy.country(person.branch if person else ""), policy, eve)


def wait_until(policy: Policy, now: datetime, speaker: str = "") -> Callable[[Staff, str], datetime | None]:
    """When a person may be told of a flag of some severity; None is now.

    Who is talking is answered. Red waits for the end of the quiet hours at most; the rest for a working day.
    """

    def until(person: Staff, severity: str) -> datetime | None:
        if person.staff_code == speaker:
            return None
        clock = hours(person, policy)
        return clock.waking(now) if severity == "red" else clock.office(now)

    return until


@cache
def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("Asia/Shanghai")
