"""One random slip in the rules or the catalogue of notices: a word, a type, a line, a mark of YAML."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path

from tests.attacks import ground, probing, texts
from tests.attacks.trial import Target, Trial

_PAIR = re.compile(r"(?P<key>[A-Za-z][\w-]*|[\u4e00-\u9fff]+)(?P<colon>: +)(?P<value>[^\[{},#\n][^,}\n]*)")
_WORD = re.compile(r"[\w\u4e00-\u9fff（）-]+")
FREE = frozenset({
    "title", "content", "standard", "evidence", "rectify", "support", "question", "note", "meaning", "reason", "name",
    "aliases", "particulars", "term", "quote", "text", "issuer", "number", "why", "received", "read", "group",
})  # fmt: skip
"""Fields whose words the author chooses."""
TYPED = frozenset({
    "from", "until", "due", "date", "year", "at-least", "more-than", "at-most", "less-than", "most", "core", "why", "short", "own",
    "every", "season", "says", "id", "clause", "lines", "file", "status",
})  # fmt: skip
"""Fields where another value of the right kind is an edit that nobody can tell from a slip."""
OTHER_VALUES = (
    "[甲]", "{甲: 1}", "0", "1", "-1", "3.5", "true", "false", "yes", "no", "null", "~", '""', "''", '" "', "2026",
    "1e9", "2026-02-30", "甲", "[]", "{}", '"true"', "*a", "&a 甲", "!!str 甲", "| 甲", "0x1F", "是", "无", "12:30",
)  # fmt: skip


def attack(chance: random.Random, folder: Path, target: Target) -> Trial:
    """Spoil one line of one file and judge the whole."""
    rules, seeds = (
        ground.copied(ground.rules(), folder / "rules"),
        ground.copied(ground.seeds(), folder / "seeds"),
    )
    path = _file(chance, rules, seeds)
    lines = path.read_text("utf-8").split("\n")
    for _ in range(200):
        slip = chance.choice(SLIPS)
        at = chance.randrange(len(lines))
        if not lines[at].strip() or lines[at].lstrip().startswith("#"):
            continue
        done = slip(chance, list(lines), at)
        if done and done[0] != lines:
            break
    else:
        return Trial("没有可改的一行")
    changed, careless = done
    path.write_text("\n".join(changed), "utf-8")
    name = str(path.relative_to(folder))
    trial = Trial(
        f"{name}:{at + 1} {slip.__name__.strip('_')}：{lines[at].strip()[:120]}　→　{_told(changed, at)}"
    )
    probing.judge(trial, rules, seeds, target, spoiled=path.name, careless=careless)
    return trial


def _told(lines: list[str], at: int) -> str:
    return (
        " ⏎ ".join(line.strip()[:120] for line in lines[at : at + 2]) if at < len(lines) else "（文件末尾）"
    )


def _file(chance: random.Random, rules: Path, seeds: Path) -> Path:
    whole = {"types.yaml": 5, "vocabulary.yaml": 4, "places.yaml": 2, "glossary.yaml": 1}
    topics = sorted(path for path in rules.glob("*.yaml") if path.name not in whole)
    dispositions = sorted((rules / "dispositions").glob("*.yaml"))
    weighted = [*(rules / name for name, weight in whole.items() for _ in range(weight))]
    return chance.choice(
        [*weighted, *chance.sample(topics, 7), chance.choice(dispositions), *[seeds / "notices.yaml"] * 3]
    )


# ---------------------------------------------------------------- slips: the lines, and whether nobody can have meant it


Done = tuple[list[str], bool] | None
Slip = Callable[[random.Random, list[str], int], Done]


def _pair(chance: random.Random, line: str) -> re.Match[str] | None:
    found = list(_PAIR.finditer(line))
    return chance.choice(found) if found else None


def _value_slip(chance: random.Random, lines: list[str], at: int) -> Done:
    """A slip of the hand in a value."""
    if not (found := _pair(chance, lines[at])):
        return None
    value = texts.slip(chance, found["value"].strip())
    key = found["key"]
    again = any(f"{found['key']}: {value}" in line for line in lines)
    lines[at] = lines[at][: found.start("value")] + value + lines[at][found.end("value") :]
    return lines, key not in TYPED and key not in FREE and not again


def _value_kind(chance: random.Random, lines: list[str], at: int) -> Done:
    """A value of another kind."""
    if not (found := _pair(chance, lines[at])):
        return None
    value = chance.choice(OTHER_VALUES)
    lines[at] = lines[at][: found.start("value")] + value + lines[at][found.end("value") :]
    return lines, found["key"] not in TYPED | FREE and value not in ("true", "false", "0", "1", "3.5", "2026")


def _key_slip(chance: random.Random, lines: list[str], at: int) -> Done:
    """A slip in the name of a field."""
    if not (found := _pair(chance, lines[at])):
        return None
    key = texts.slip(chance, found["key"])
    lines[at] = lines[at][: found.start("key")] + key + lines[at][found.end("key") :]
    return lines, True


def _word_in_list(chance: random.Random, lines: list[str], at: int) -> Done:
    """A slip in a word of a list."""
    brackets = re.search(r"\[([^\]]+)\]", lines[at])
    if not brackets:
        return None
    word = chance.choice(list(_WORD.finditer(brackets[1])) or [None])
    if word is None:
        return None
    start, end = brackets.start(1) + word.start(), brackets.start(1) + word.end()
    key = lines[at][: brackets.start()].rstrip(": ").rsplit(" ", 1)[-1].rsplit("{", 1)[-1]
    value = texts.slip(chance, word[0])
    lines[at] = lines[at][:start] + value + lines[at][end:]
    return lines, key not in FREE | TYPED and not any(value in line for line in lines[:at] + lines[at + 1 :])


def _list_word_gone(chance: random.Random, lines: list[str], at: int) -> Done:
    """A word of a list gone, or twice."""
    brackets = re.search(r"\[([^\]]+)\]", lines[at])
    if not brackets:
        return None
    words = brackets[1].split(", ")
    number = chance.randrange(len(words))
    twice = chance.random() < 0.5
    words[number : number + 1] = [words[number]] * 2 if twice else []
    lines[at] = f"{lines[at][: brackets.start(1)]}{', '.join(words)}{lines[at][brackets.end(1) :]}"
    return lines, twice


def _line_gone(chance: random.Random, lines: list[str], at: int) -> Done:
    del lines[at]
    return lines, False


def _line_twice(chance: random.Random, lines: list[str], at: int) -> Done:
    lines.insert(at, lines[at])
    return lines, True


def _indent(chance: random.Random, lines: list[str], at: int) -> Done:
    shift = chance.choice([-2, -1, 1, 2, 4])
    lines[at] = (
        " " * shift + lines[at]
        if shift > 0
        else lines[at][min(-shift, len(lines[at]) - len(lines[at].lstrip())) :]
    )
    return lines, True


def _mark_of_yaml(chance: random.Random, lines: list[str], at: int) -> Done:
    """A mark of YAML lost, doubled, or in its Chinese form."""
    marks = [number for number, letter in enumerate(lines[at]) if letter in ':[]{},"-#']
    if not marks:
        return None
    number = chance.choice(marks)
    chinese = str.maketrans(':[],"{}-#', "：［］，“｛｝－＃")
    other = chance.choice(["", lines[at][number] * 2, lines[at][number].translate(chinese)])
    before = lines[at][:number]
    lines[at] = before + other + lines[at][number + 1 :]
    inside = re.search(r"(\w+): [^\[{]*$", before)
    return lines, not (inside and inside[1] in FREE | TYPED)


def _cut_by_comment(chance: random.Random, lines: list[str], at: int) -> Done:
    """A blank and # within a text."""
    if not (found := _pair(chance, lines[at])):
        return None
    value = found["value"].rstrip()
    number = chance.randrange(len(value)) if len(value) > 1 else 1
    lines[at] = (
        lines[at][: found.start("value")]
        + value[:number]
        + " #"
        + value[number:]
        + lines[at][found.end("value") :]
    )
    return lines, found["key"] not in TYPED | FREE


def _odd_letter(chance: random.Random, lines: list[str], at: int) -> Done:
    """A letter that nobody sees, or that no document can hold."""
    number = chance.randrange(len(lines[at]) + 1)
    odd = chance.choice(
        ["\t", "\u200b", "\u00a0", "\u3000", "\x01", "\ufeff", "\u2028", "\ue000", "\x85", "\r"]
    )
    lines[at] = lines[at][:number] + odd + lines[at][number:]
    return lines, True


def _broken(chance: random.Random, lines: list[str], at: int) -> Done:
    """A line broken in two."""
    number = chance.randrange(1, len(lines[at]) + 1)
    lines[at : at + 1] = [lines[at][:number], lines[at][number:]]
    return lines, True


SLIPS: tuple[Slip, ...] = (
    _value_slip, _value_slip, _value_slip, _value_kind, _value_kind, _key_slip, _word_in_list, _word_in_list,
    _list_word_gone, _line_gone, _line_twice, _indent, _mark_of_yaml, _cut_by_comment, _odd_letter, _broken,
)  # fmt: skip
