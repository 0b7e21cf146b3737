"""What is read from a printed document, whatever its format."""

from __future__ import annotations

import re
from dataclasses import dataclass

from checklists.problems import Problem
from checklists.word_reading import ReadRow

FINGERPRINT = re.compile(r"\b[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}\b")
SERIAL = re.compile(r"\b\d{8}-[0-9a-f]{6}\b")


@dataclass(frozen=True)
class Claims:
    """What a document says of itself; empty where it says nothing."""

    document: str = ""
    """现场检查表, 企业自查工作簿, 现场检查方案 …"""
    name: str = ""
    edition: str = ""
    on: str = ""
    """2026-11-22."""
    serial: str = ""
    fingerprint: str = ""


@dataclass(frozen=True)
class Reading:
    """A document read: its claims, its rows in the order of the numbers, and what is odd about it."""

    claims: Claims
    rows: tuple[ReadRow, ...]
    problems: tuple[Problem, ...] = ()
