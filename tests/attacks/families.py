"""The families of attacks by name, and one case of one of them."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.attacks import effects, faults, fuzz, importing, rosters, rules, templating, values, verifying
from tests.attacks.trial import Target, Trial, command_line, scratch_folder

Attack = Callable[[random.Random, Path, Target], Trial]

FAMILIES: Mapping[str, Attack] = {
    "values": values.attack,
    "rosters": rosters.attack,
    "rules": rules.attack,
    "effects": effects.attack,
    "templates": templating.attack,
    "faults": faults.attack,
    "import": importing.attack,
    "verify": verifying.attack,
    "fuzz": fuzz.attack,
}


def tried(family: str, seed: int, index: int, target: Target = command_line) -> Trial:
    """One case: the same seed and index give the same inputs."""
    chance = random.Random(f"{family}:{seed}:{index}")
    with scratch_folder() as folder:
        return FAMILIES[family](chance, folder, target)
