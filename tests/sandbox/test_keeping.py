"""A sandbox that is ended and begun again."""

from pathlib import Path

from sandbox.keeping import Keeper
from sandbox.people import Person
from sandbox.server import Sandbox


def test_chats_and_files_are_as_they_were(tmp_path: Path) -> None:
    first = Sandbox(people=[Person(7, "Li", title="account manager")])
    first.say(7, "hello")
    sound = first.voice(7, b"OggS...", duration=3)
    assert Keeper(first, tmp_path / "phones.json").save()
    second = Sandbox()
    Keeper(second, tmp_path / "phones.json").load()
    assert [one.text for one in second.messages(7)] == ["hello", ""]
    media = second.message(7, sound).media
    assert media is not None
    assert media.file_id is not None
    assert second.file(media.file_id).content == b"OggS..."
    assert len(second.world.updates.pending) == 2
    assert second.say(7, "on it goes") == sound + 1


def test_nothing_is_written_when_nothing_happened(tmp_path: Path) -> None:
    box = Sandbox(people=[Person(7, "Li")])
    box.say(7, "hello")
    keeper = Keeper(box, tmp_path / "phones.json")
    assert keeper.save()
    assert not keeper.save()
