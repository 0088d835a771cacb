"""Sentences that no file holds, spoken by espeak-ng at test time."""

import shutil
import subprocess

import numpy as np
import pytest

from transcripts.decoding import decode, encode
from transcripts.model import RATE
from transcripts.transcriber import Transcriber

pytestmark = [
    pytest.mark.voice,
    pytest.mark.skipif(not shutil.which("espeak-ng"), reason="espeak-ng is not installed on this machine"),
]


def say(text: str, voice: str = "cmn+m3") -> bytes:
    wav = subprocess.run(
        ["espeak-ng", "-v", voice, "-s", "180", "-p", "50", "--stdout", "--", text],
        check=True,
        capture_output=True,
    ).stdout
    pause = np.zeros(RATE // 4, np.float32)
    return encode(np.concatenate((pause, decode(wav), pause)))


@pytest.mark.parametrize(
    ("text", "voice"),
    [
        ("资金用途已经核实，没有拖欠工资。", "cmn+m3"),
        ("设备已经到货，订单正常。", "cmn+f2"),
        ("The equipment has been delivered. Cash flow is tight.", "en-us+m3"),
    ],
)
async def test_a_fresh_sentence_is_heard(transcriber: Transcriber, text: str, voice: str):
    assert (await transcriber.transcribe(say(text, voice))).text == text
