"""``python -m tests.attacks``: try the attacks, print what was found and the table of counts."""

from __future__ import annotations

import argparse
import json
import sys
from contextlib import suppress

from tests.attacks.counts import Counts, as_json, table
from tests.attacks.families import FAMILIES, tried


def main() -> int:
    """0 when nothing was found, 1 when something was."""
    told = _arguments()
    if told.case:
        return _again(told.case)
    counts: dict[str, Counts] = {family: Counts() for family in told.family.split(",")}
    with suppress(KeyboardInterrupt):  # what was tried so far is told
        for family in counts:
            _try_all(family, told.seed, told.rounds, counts[family])
    print(as_json(counts) if told.json else table(counts, told.seed, told.rounds))
    return int(any(one.faults for one in counts.values()))


def _try_all(family: str, seed: int, rounds: int, counts: Counts) -> None:
    for index in range(rounds):
        trial = tried(family, seed, index)
        counts.add(trial)
        for fault in trial.faults:
            print(f"{family}:{seed}:{index} {fault.kind}：{trial.tried}\n    {fault.told}", file=sys.stderr)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.attacks", description=__doc__)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--rounds", type=int, default=200, help="inputs tried in each family")
    parser.add_argument("--family", default=",".join(FAMILIES), help="some of them, with commas between")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--case", help="one case again: FAMILY:SEED:INDEX, as it was printed")
    return parser.parse_args()


def _again(name: str) -> int:
    family, seed, index = name.split(":")
    trial = tried(family, int(seed), int(index))
    print(trial.tried)
    print(json.dumps([[fault.kind, fault.told] for fault in trial.faults], ensure_ascii=False, indent=1))
    return int(bool(trial.faults))


if __name__ == "__main__":
    sys.exit(main())
