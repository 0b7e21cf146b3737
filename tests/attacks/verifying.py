"""Documents changed by one step: tampered with, they are never vouched for; filled in, they always are."""

from __future__ import annotations

import random
from pathlib import Path

from tests.attacks import excel_tampering, filling, ground, word_tampering
from tests.attacks.trial import OTHER, SILENT, Target, Trial, faults_of, run

OFFICE_SHARE = 0.02
"""Of the fillings go through LibreOffice, which takes some seconds."""


def attack(chance: random.Random, folder: Path, target: Target) -> Trial:
    """One document of the fourteen, tampered with (three in four) or filled in, and read back."""
    name = chance.choice(ground.names())
    content = ground.document(name)
    tampered = chance.random() < 0.75
    for _ in range(20):
        kind, changed, told = (_tampered if tampered else _filled)(chance, name, content)
        if told:
            break
    path = filling.renamed(folder, name)
    path.write_bytes(changed)
    trial = Trial(f"{name}　{'篡改' if tampered else '填写'}·{kind}：{told or '（没有改动）'}")
    ended = run(["verify", str(path)], folder, target)
    trial.faults += faults_of(ended)
    if tampered and told and ended.code == 0:
        trial.fault(SILENT, f"没有发现：{ended.out[-400:]}")
    if not tampered and ended.code != 0:
        trial.fault(OTHER, f"填写后核验不过：{ended.said[-600:]}")
    return trial


def _tampered(chance: random.Random, name: str, content: bytes) -> tuple[str, bytes, str]:
    if name.endswith(".xlsx"):
        kind = chance.choice(sorted(excel_tampering.TAMPERINGS_OF_BOOKS))
        changed, told = excel_tampering.TAMPERINGS_OF_BOOKS[kind](chance, content)
        return kind, changed, told
    kind = chance.choice(sorted(word_tampering.TAMPERINGS))
    parts = ground.parts_of(content)
    told = word_tampering.TAMPERINGS[kind](chance, parts)
    return kind, ground.packed(parts), told


def _filled(chance: random.Random, name: str, content: bytes) -> tuple[str, bytes, str]:
    if chance.random() < OFFICE_SHARE:
        changed, told = filling.OFFICE(chance, content)
        return "LibreOffice", changed, told
    ways = filling.EXCEL if name.endswith(".xlsx") else filling.WORD
    kind = chance.choice(sorted(ways))
    changed, told = ways[kind](chance, content)
    return kind, changed, told
