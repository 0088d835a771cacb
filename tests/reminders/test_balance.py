from __future__ import annotations

from records.workload import Carried, Movable
from reminders.balance import suggest


def loads(**due: int) -> list[Carried]:
    return [Carried(code, 10, count) for code, count in due.items()]


def free(owner: str, count: int, **more: float) -> list[Movable]:
    return [Movable(f"{owner}{n}", f"测试{n}", owner, 1, **more) for n in range(count)]


def one_branch(*codes: str) -> dict[str, str]:
    return dict.fromkeys(codes, "测试支行")


def test_the_busiest_gives_to_the_least_loaded_up_to_the_middle() -> None:
    (found,) = suggest(loads(A=20, B=10, C=4), free("A", 12), one_branch("A", "B", "C"), {}, set())
    assert (found.giver, found.taker, found.items) == ("A", "C", 5)


def test_even_loads_need_no_change() -> None:
    assert suggest(loads(A=11, B=10, C=9), free("A", 5), one_branch("A", "B", "C"), {}, set()) == []


def test_nothing_goes_to_another_branch_nor_to_who_is_away() -> None:
    branches = {"A": "东", "B": "西", "C": "东"}
    assert suggest(loads(A=30, B=1, C=2), free("A", 9), branches, {}, {"C"}) == []
    (found,) = suggest(loads(A=30, B=1, C=2), free("A", 9), branches, {}, set())
    assert found.taker == "C"


def test_the_nearest_borrowers_go_first() -> None:
    near, far = free("A", 3, latitude=30.0, longitude=120.0), free("X", 3, latitude=35.0, longitude=120.0)
    mixed = [
        *(Movable(one.borrower_code, one.called, "A", 1, one.latitude, one.longitude) for one in far),
        *near,
    ]
    (found,) = suggest(loads(A=10, B=4), mixed, one_branch("A", "B"), {"B": (30.1, 120.0)}, set())
    assert [one.borrower_code for one in found.borrowers] == ["A0", "A1", "A2"]


def test_a_borrower_with_more_items_than_there_is_room_for_stays() -> None:
    heavy = [Movable("A0", "测试", "A", 9)]
    assert suggest(loads(A=12, B=4), heavy, one_branch("A", "B"), {}, set()) == []
