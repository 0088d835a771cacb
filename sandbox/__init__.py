"""A Telegram on your own machine: a local Bot API and a browser chat. Knows nothing of the rest."""

from sandbox.model import Button, Media, Message, Said
from sandbox.people import Person, Place
from sandbox.server import Sandbox

__all__ = ["Button", "Media", "Message", "Person", "Place", "Said", "Sandbox"]
