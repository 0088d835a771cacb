"""Plain words in place of the tokens of an example."""

from __future__ import annotations

import re

from facts.masking import Secret

PLAIN = {
    "人1": ("李", "person"),
    "单位1": ("示例厂", "firm"),
    "PERSON1": ("Doe", "person"),
    "FIRM1": ("Acme", "firm"),
}


def unmasked(text: str) -> tuple[str, list[Secret]]:
    """The example as it may have been said, and where its names stand."""
    out, secrets, at = "", [], 0
    for token in re.finditer(r"\[(\w+)\]", text):
        words, kind = PLAIN[token[1]]
        out += text[at : token.start()]
        secrets.append(Secret(len(out), len(out) + len(words), kind))
        out += words
        at = token.end()
    return out + text[at:], secrets
