"""The route of a day, and where places lie on which map."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anomalies.distance import kilometres
from records.model import Borrower, Visit
from reminders.places import gcj02, in_mainland, map_links
from reminders.route import STOPS, Stop, length, route
from reminders.route_words import route_message

DAY = date(2026, 3, 2)
AT = datetime(2026, 3, 1, tzinfo=UTC)
# The points that the formula's own libraries are tested with: WGS-84, then GCJ-02.
KNOWN = [
    ((31.1774276, 121.5272106), (31.17530398364597, 121.531541859215)),
    ((22.543847, 113.912316), (22.540796131694766, 113.9171764808363)),
    ((39.911954, 116.377817), (39.91334545536069, 116.38404722455657)),
]


def borrower(code: str, place: tuple[float, float] | None, **more: object) -> Borrower:
    lat, lon = place or (None, None)
    return Borrower(code, f"示例市{code}有限公司", "AM", short_name=code, latitude=lat, longitude=lon, **more)  # type: ignore[arg-type]


def item(
    code: str, place: tuple[float, float] | None, kind: str = "visit", number: int = 0
) -> tuple[Visit, Borrower]:
    visit = Visit(number or hash(code) % 10_000, code, kind, DAY, "AM", AT)
    return visit, borrower(code, place)


def order(way: object) -> list[str]:
    return [stop.borrower.borrower_code for stop in way.stops]  # type: ignore[attr-defined]


@pytest.mark.parametrize(("earth", "mars"), KNOWN)
def test_known_points_are_shifted_as_the_formula_says(
    earth: tuple[float, float], mars: tuple[float, float]
) -> None:
    assert kilometres(*gcj02(*earth), *mars) < 0.001


@pytest.mark.parametrize(
    ("name", "place", "mainland"),
    [
        ("Singapore", (1.3521, 103.8198), False),
        ("Taipei", (25.0330, 121.5654), False),
        ("Hanoi", (21.0285, 105.8542), False),
        ("Ulaanbaatar", (47.8864, 106.9057), False),
        ("Urumqi", (43.8256, 87.6168), True),
        ("Sanya", (18.2528, 109.5119), True),
        ("Harbin", (45.8038, 126.5350), True),
        ("London", (51.5072, -0.1276), False),
    ],
)
def test_only_the_mainland_is_shifted(name: str, place: tuple[float, float], mainland: bool) -> None:
    assert in_mainland(*place) is mainland
    assert (gcj02(*place) != place) is mainland


def test_chinese_maps_get_their_own_datum_and_others_the_books() -> None:
    (_, amap), (_, baidu) = map_links(borrower("B1", KNOWN[2][0]))
    assert "position=116.384047,39.913345" in amap
    assert "location=39.913345,116.384047" in baidu and "coord_type=gcj02" in baidu
    ((name, osm),) = map_links(borrower("B2", (1.3521, 103.8198)))
    assert name == "osm" and "mlat=1.3521" in osm


def test_without_coordinates_the_address_is_looked_for() -> None:
    ((name, url),) = map_links(borrower("B1", None, address="示例市示例路1号"))
    assert name == "amap" and "keyword=%E7%A4%BA" in url
    assert map_links(borrower("B2", None)) == ()
    assert map_links(borrower("B3", None, address="1 Example Road"))[0][0] == "osm"


def test_the_day_goes_from_the_first_to_the_nearest() -> None:
    items = [
        item("A", (30.0, 120.0)),
        item("B", (30.3, 120.0)),
        item("C", (30.1, 120.0)),
        item("D", (30.2, 120.0)),
    ]
    way = route(items)
    assert order(way) == ["A", "C", "D", "B"]
    assert way.km == pytest.approx(0.3 * 111.2 * 1.4, rel=0.01)
    assert way.minutes == pytest.approx(way.km / 40 * 60, abs=2)


def test_a_location_is_where_it_begins() -> None:
    items = [item("A", (30.0, 120.0)), item("B", (30.3, 120.0)), item("C", (30.1, 120.0))]
    way = route(items, (30.4, 120.0))
    assert order(way) == ["B", "C", "A"] and way.stops[0].km > 10


def test_crossings_are_undone() -> None:
    """The nearest each time leaves the far one on the near side for last."""
    places = {"A": 0.0, "B": 1.0, "C": -1.5, "D": 3.0, "E": -5.0}
    way = route([item(code, (30.0, 120 + lon / 10)) for code, lon in places.items()])
    best = min(
        length([Stop(borrower(code, (30.0, 120 + places[code] / 10)), ()) for code in ("A", *rest)])
        for rest in permutations("BCDE")
    )
    assert way.km == pytest.approx(best, rel=0.01)


@given(st.integers(0, 10_000), st.integers(1, 10))
def test_every_place_is_visited_once_and_never_by_a_longer_way_than_the_list(seed: int, count: int) -> None:
    dice = random.Random(seed)
    items = [item(f"B{n}", (30 + dice.random(), 120 + dice.random()), number=n + 1) for n in range(count)]
    way = route(items)
    assert sorted(order(way)) == sorted(f"B{n}" for n in range(count))
    assert order(way)[0] == "B0"
    assert length(way.stops) <= length([Stop(one, (visit,)) for visit, one in items]) + 1e-6


def test_two_items_at_one_place_are_one_stop_calls_are_none_and_places_unknown_stand_apart() -> None:
    items = [
        item("A", (30.0, 120.0), number=1), item("A", (30.0, 120.0), "first_check", 2),
        item("B", None), item("C", (30.1, 120.0), "callback"), item("D", (30.2, 120.0)),
    ]  # fmt: skip
    way = route(items)
    assert order(way) == ["A", "D"] and len(way.stops[0].visits) == 2
    assert [stop.borrower.borrower_code for stop in way.apart] == ["B"] and way.calls == 1
    text = route_message(way, DAY, "zh").text
    assert "没有坐标" in text and "B" in text and "只要打电话" in text and "估算" in text


def test_more_than_a_day_can_hold_is_said_to_be_left() -> None:
    way = route([item(f"B{n}", (30 + n / 100, 120.0), number=n + 1) for n in range(STOPS + 3)])
    message = route_message(way, DAY, "en")
    assert len(way.stops) == STOPS and way.left == 3 and "3 more" in message.text
    assert [len(row) for row in message.buttons] == [4, 4, 4]


def test_a_name_with_markup_stays_a_name_in_the_route() -> None:
    visit, one = item("<i>&", (30.0, 120.0))
    text = route_message(route([(visit, one)]), DAY, "zh").text
    assert "<b>&lt;i&gt;&amp;</b>" in text and "name=%3Ci%3E%26" in text


def test_a_day_without_places_says_so() -> None:
    message = route_message(route([]), DAY, "zh")
    assert "没有要上门" in message.text and message.buttons == ()
