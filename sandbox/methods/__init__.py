"""The Bot API's methods by name, in lower case."""

from sandbox.methods import bots, editing, getting, media, sending
from sandbox.methods.common import Method

METHODS: dict[str, Method] = {
    **{
        name.lower(): one
        for room in (bots, editing, getting, media, sending)
        for name, one in room.METHODS.items()
    }
}

__all__ = ["METHODS"]
