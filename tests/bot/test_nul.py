"""What no keyboard makes must not stop the inbox."""

from typing import Any

from sandbox.server import Sandbox


async def test_a_nul_in_a_message_stops_nobody(make_engine: Any, phone: Sandbox) -> None:
    engine = await make_engine()
    message = {
        "message_id": 5,
        "date": 1_780_000_000,
        "chat": {"id": 100, "type": "private"},
        "from": {"id": 100, "is_bot": False, "first_name": "P"},
        "text": "a\x00b",
    }
    phone.raw_update({"message": message})
    await engine.settle()
    assert engine.heard(100) == ["heard ab"]
