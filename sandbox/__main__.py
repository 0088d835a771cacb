"""`python -m sandbox`: a stand-alone server with a few made-up people, for a bot in another process."""

import argparse
import asyncio
import contextlib
import os
import sys

from sandbox.people import Person, Place
from sandbox.server import TOKEN, Sandbox

PEOPLE = (
    Person(1001, "小林", title="客户经理", subtitle="城东支行", username="xiaolin"),
    Person(1002, "小周", title="客户经理", subtitle="城西支行", username="xiaozhou"),
    Person(1003, "陈主管", title="主管", subtitle="城东支行"),
    Person(1004, "Wu", title="Risk", subtitle="Head office", language_code="en"),
)
PLACES = (Place("江边码头", 31.2397, 121.4998), Place("开发区", 31.2660, 121.6150))


def main() -> None:
    given = _arguments()
    box = Sandbox(
        token=given.token,
        people=PEOPLE,
        port=given.port,
        host=given.host,
        control=given.control,
        allow_hosts=given.allow_host,
        places=PLACES,
        limits=given.limits,
    )
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(box))


async def _serve(box: Sandbox) -> None:
    await box.start()
    sys.stdout.write(f"chat page  {box.url}\nbase_url   {box.base_url}\ntoken      {box.token}\n")
    sys.stdout.flush()
    await box.run()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="sandbox", description=__doc__)
    parser.add_argument("--token", default=os.environ.get("SANDBOX_TOKEN", TOKEN), help="digits:anything")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8088)
    parser.add_argument("--control", action="store_true", help="open /control/… as well")
    parser.add_argument(
        "--limits", action="store_true", help="refuse what is sent too fast, as Telegram does"
    )
    parser.add_argument("--allow-host", action="append", default=[], help="a further name in the Host header")
    return parser.parse_args()


if __name__ == "__main__":
    main()
