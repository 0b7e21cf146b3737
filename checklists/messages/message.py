"""What a message is."""

from __future__ import annotations

from typing import Literal, NamedTuple


class Message(NamedTuple):
    """What is wrong, what to do, and whether work can go on."""

    text: str
    remedy: str
    level: Literal["error", "warning"] = "error"
