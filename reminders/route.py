"""The route of a day: whom to see after whom, by nearness, with distances and times as estimates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from anomalies.distance import kilometres
from records.model import Borrower, Visit

ROAD = 1.4  # how much longer the road is than the straight line
SPEED = 40.0  # km/h, stops at lights included
STOPS = 12
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Stop:
    """A borrower to see, with all that is due there; `km` and `minutes` are from the stop before."""

    borrower: Borrower
    visits: tuple[Visit, ...]
    km: float = 0.0
    minutes: int = 0

    @property
    def point(self) -> Point:
        assert self.borrower.latitude is not None and self.borrower.longitude is not None
        return self.borrower.latitude, self.borrower.longitude


@dataclass(frozen=True, slots=True)
class Route:
    """`apart` are those whose place isn't known, `left` those too many for a day, `calls` those only to be rung."""

    stops: tuple[Stop, ...]
    apart: tuple[Stop, ...] = ()
    left: int = 0
    calls: int = 0
    start: Point | None = None

    @property
    def km(self) -> float:
        return sum(stop.km for stop in self.stops)

    @property
    def minutes(self) -> int:
        return sum(stop.minutes for stop in self.stops)


def route(items: Sequence[tuple[Visit, Borrower]], start: Point | None = None) -> Route:
    """From `start`, or else from the first item's place, always to the nearest; then crossings are undone."""
    places: dict[str, list[tuple[Visit, Borrower]]] = {}
    for visit, borrower in items:
        if visit.kind != "callback":
            places.setdefault(borrower.borrower_code, []).append((visit, borrower))
    stops = [Stop(mine[0][1], tuple(visit for visit, _ in mine)) for mine in places.values()]
    known = [stop for stop in stops if None not in (stop.borrower.latitude, stop.borrower.longitude)]
    apart = tuple(stop for stop in stops if stop not in known)
    ordered = _uncrossed(_nearest(known[:STOPS], start), start)
    calls = len({visit.borrower_code for visit, _ in items if visit.kind == "callback"} - places.keys())
    return Route(tuple(_measured(ordered, start)), apart, max(len(known) - STOPS, 0), calls, start)


def road_km(one: Point, other: Point) -> float:
    """An estimate: the straight line times `ROAD`."""
    return kilometres(*one, *other) * ROAD


def _nearest(stops: Sequence[Stop], start: Point | None) -> list[Stop]:
    left = list(stops)
    ordered = [] if start or not left else [left.pop(0)]
    while left:
        here = ordered[-1].point if ordered else start
        assert here is not None
        following = min(left, key=lambda stop: road_km(here, stop.point))
        left.remove(following)
        ordered.append(following)
    return ordered


def _uncrossed(stops: list[Stop], start: Point | None) -> list[Stop]:
    """2-opt on an open path: turn a stretch round while that makes the way shorter; where it begins stays."""
    first = 0 if start else 1
    shorter = True
    while shorter:
        shorter = False
        for i in range(first, len(stops) - 1):
            for j in range(i + 1, len(stops)):
                turned = [*stops[:i], *reversed(stops[i : j + 1]), *stops[j + 1 :]]
                if length(turned, start) < length(stops, start) - 1e-9:
                    stops, shorter = turned, True
    return stops


def length(stops: Sequence[Stop], start: Point | None = None) -> float:
    points = [*([start] if start else []), *(stop.point for stop in stops)]
    return sum(road_km(one, other) for one, other in pairwise(points))


def _measured(stops: Sequence[Stop], start: Point | None) -> list[Stop]:
    before, found = start, []
    for stop in stops:
        km = road_km(before, stop.point) if before else 0.0
        found.append(Stop(stop.borrower, stop.visits, round(km, 1), round(km / SPEED * 60)))
        before = stop.point
    return found
