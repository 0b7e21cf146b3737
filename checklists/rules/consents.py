"""``consents.yaml``: what somebody has read and let stand, item by item."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml

from checklists.files.writing import write_file
from checklists.models import About, Consent, Consents, Item
from checklists.problems import Position, Problem
from checklists.rules.vocabulary import CONSENTS
from checklists.yamlfile.entries import load_model
from checklists.yamlfile.reading import line_of

DIGITS = 12
HEAD = "# 由人读过、可以这样写的检查项；由 checklists rules consent 逐项记下，检查项一改，记录作废。注释不保留。\n"

Read = Mapping[str, Mapping[About, tuple[Consent, Position]]]
"""Id of an item -> about what it was read -> the record."""


def load_consents(folder: Path) -> tuple[Read, list[Problem]]:
    """The records of a folder of rules; it may have none."""
    path = folder / CONSENTS
    if not path.exists():
        return {}, []
    found, lines, problems = load_model(Consents, path)
    entries = found.root if found else {}
    return {
        name: {
            about: (consent, Position(str(path), line_of(lines, (name, about))))
            for about, consent in read.items()
        }
        for name, read in entries.items()
    }, problems


def digest_read(item: Item, why: Sequence[str]) -> str:
    """12 hex digits of the SHA-256 over what the reader of an item has read: wording, conditions, and ``why`` it was listed."""
    applies = sorted(f"{name}={condition}" for name, condition in item.conditions.items())
    small = [item.standard_small] if item.standard_small else []
    texts = [item.content, item.standard, *small, item.evidence, item.rectify, *applies, *why]
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:DIGITS]


def record(folder: Path, known: Read, name: str, about: About, consent: Consent) -> None:
    """Write the file anew with one record more."""
    entries = {item: {kind: told for kind, (told, _) in read.items()} for item, read in known.items()}
    entries.setdefault(name, {})[about] = consent
    written = {
        item: {kind: told.model_dump() for kind, told in sorted(read.items())}
        for item, read in sorted(entries.items())
    }
    text = yaml.safe_dump(written, allow_unicode=True, sort_keys=False, width=float("inf"))
    write_file(folder / CONSENTS, (HEAD + text).encode())
