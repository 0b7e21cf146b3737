"""A notice taken away with all that rests on it, imported again and drafted: does the draft find again what people had written?

    python benchmarks/leave_one_out.py [--held-out | shanxi-2026 …]

The weights and thresholds of drafts were chosen by looking at four notices; ``--held-out`` judges five others, which are
for checking alone: nothing is to be chosen by them.

Judged by the rules as they stand, which were written by reading. For each notice: of the duties that repeat what another
notice says, how many get a right item proposed (again), or at least named (again or near), and how many of all right items;
of the duties that nothing else says, how many are marked new; of the sentences that bind the state alone, how many are set
aside. What was proposed in vain is counted too: wrong items (in sentences that ask something, and in all), skeletons of
new items for words that ask nothing or are said again.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path
from shutil import copytree

from checklists.data import data_folder
from checklists.models import Notice
from checklists.notices.importing import import_notice
from checklists.notices.registration import Registration
from checklists.notices.removing import remove_notice
from checklists.rules.coverage import coverage
from checklists.rules.drafts.propose import Proposed, proposals
from checklists.rules.library import Library, open_library
from checklists.text import squeeze

NOTICES = ("shanxi-2025", "shanxi-2026", "yangquan-2025", "jiaocheng-2025")
HELD_OUT = ("shanxi-2022", "shanxi-2023", "shanxi-2024", "lingchuan-2025", "yangcheng-2022")


def imported_again(library: Library, notice: Notice, folder: Path) -> Library:
    """The library without the notice's bases and dispositions, and with its text imported as a new file."""
    seeds, source = folder / "seeds", folder / f"{notice.id}.txt"
    copytree(library.seeds, seeds)
    lines = (library.seeds / notice.file).read_text("utf-8").splitlines(keepends=True)
    source.write_text("".join(lines[notice.lines[0] - 1 : notice.lines[1]]), "utf-8")
    places = library.vocabulary.places
    remove_notice(seeds, notice.id, places)
    told = Registration(
        notice.id, notice.title, notice.issuer, notice.place, notice.year, notice.number, notice.date
    )
    import_notice(seeds, source, told, places, nation=library.vocabulary.nation, accept=True)
    fresh, _ = open_library(library.folder, seeds)
    items = [
        item.model_copy(update={"basis": kept})
        for item in library.items
        if (kept := tuple(basis for basis in item.basis if basis.notice != notice.id))
    ]
    others = {name: entries for name, entries in library.dispositions.items() if name != notice.id}
    return replace(fresh, items=tuple(items), dispositions=others)


def quotes_of(library: Library, notice: str) -> dict[str, set[str]]:
    """What people quoted of a notice, with the items that rest on it."""
    quotes: dict[str, set[str]] = {}
    for item in library.items:
        for basis in item.basis:
            if basis.notice == notice:
                quotes.setdefault(squeeze(basis.quote), set()).add(item.id)
    return quotes


def judged(library: Library, without: Library, notice: str) -> Counter[str]:
    """What of the written rules the draft found."""
    quotes = quotes_of(library, notice)
    left = {item.id for item in without.items}
    state = {
        squeeze(part.text)
        for _, parts in coverage(library)[notice]
        for part in parts
        if part.status == "government-only"
    }
    found: Counter[str] = Counter()
    for one in proposals(without, notice):
        sentence = squeeze(one.duty.sentence)
        inside = {quote: items for quote, items in quotes.items() if quote in sentence}
        _judge_sentence(one, inside, left, found)
        _judge_skeletons(one, inside, left, found)
        if sentence in state:
            found["state"] += 1
            found["state set aside"] += bool(one.duty.aside) and not one.duty.new
            found["state set aside in part"] += bool(one.duty.aside)
            found["state taken for items"] += bool(one.duty.again)
    return found


def _judge_sentence(one: Proposed, inside: dict[str, set[str]], left: set[str], found: Counter[str]) -> None:
    again = {entry.item for entry in one.duty.again} | {new.change.item for new in one.duty.new if new.change}
    named = again | set(one.duty.near) | {item for new in one.duty.new for item in new.near}
    right = set().union(*inside.values()) if inside else set()
    found["again anywhere"] += len(again)
    found["again anywhere right"] += len(again & right)
    if inside:
        found["again"] += len(again)
        found["again right"] += len(again & right)
        found["asked set aside"] += bool(one.duty.aside) and not (one.duty.again or one.duty.new)
        found["asked"] += 1
    found["pairs"] += len(right & left)
    found["pairs again"] += len(right & left & again)
    found["pairs named"] += len(right & left & named)
    fresh = [squeeze(new.quote) for new in one.duty.new if not new.change]
    for quote, items in inside.items():
        if items & left:
            found["repeated"] += 1
            found["repeated again"] += bool(items & again)
            found["repeated named"] += bool(items & named)
        else:
            found["new"] += 1
            found["new marked"] += any(quote in text or text in quote for text in fresh)


def _judge_skeletons(one: Proposed, inside: dict[str, set[str]], left: set[str], found: Counter[str]) -> None:
    again = {entry.item for entry in one.duty.again}
    for new in one.duty.new:
        if new.change:
            continue
        text = squeeze(new.quote)
        meant = [items for quote, items in inside.items() if quote in text or text in quote]
        found["skeletons"] += 1
        found["skeletons for something"] += any(not items & left or not items & again for items in meant)


def main(names: list[str]) -> None:
    """Print one line of figures a notice."""
    library, _ = open_library(data_folder("rules"), data_folder("seeds"))
    for name in HELD_OUT if names == ["--held-out"] else names or NOTICES:
        with tempfile.TemporaryDirectory() as folder:
            without = imported_again(library, library.notices[name], Path(folder))
            began = time.perf_counter()
            found = judged(library, without, name)
        print(f"{name}: {time.perf_counter() - began:.1f} s")
        for label, part, whole in (
            ("repeated duties, a right item proposed", "repeated again", "repeated"),
            ("repeated duties, a right item proposed or named", "repeated named", "repeated"),
            ("right items proposed", "pairs again", "pairs"),
            ("right items proposed or named", "pairs named", "pairs"),
            ("proposed items that are right", "again right", "again"),
            ("proposed items that are right, all sentences", "again anywhere right", "again anywhere"),
            ("skeletons for what is new or was missed", "skeletons for something", "skeletons"),
            ("new duties marked new", "new marked", "new"),
            ("duties of the state set aside", "state set aside", "state"),
            ("duties of the state set aside, wholly or in part", "state set aside in part", "state"),
            ("duties of the state taken for items", "state taken for items", "state"),
            ("asked sentences wrongly set aside", "asked set aside", "asked"),
        ):
            print(f"  {label}: {found[part]}/{found[whole]} = {found[part] / max(found[whole], 1):.0%}")


if __name__ == "__main__":
    main(sys.argv[1:])
