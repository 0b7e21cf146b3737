"""Careless values that look right: each is refused, or changes no list and no document in silence."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path

from tests.attacks import ground, misplaced, probing
from tests.attacks.misplaced import Spoiled
from tests.attacks.trial import OTHER, Target, Trial


def attack(chance: random.Random, folder: Path, target: Target) -> Trial:
    """Make one careless edit and judge the rules; look at a document when they are accepted."""
    rules, seeds = (
        ground.copied(ground.rules(), folder / "rules"),
        ground.copied(ground.seeds(), folder / "seeds"),
    )
    done: Spoiled = None
    while done is None:
        slip = chance.choice(SLIPS)
        done = slip(chance, rules, seeds)
    trial = Trial(f"{done[0]} {slip.__name__.strip('_')}：{done[1]}")
    accepted = probing.judge(trial, rules, seeds, target, spoiled=done[0], careless=True)
    if accepted and slip in MUST_BE_REFUSED:
        trial.fault(OTHER, "收下了没有人会这样写的内容")
    if accepted:
        probing.document_holds(trial, rules, seeds, target)
    return trial


def _edited(path: Path, chance: random.Random, pattern: str, made: Callable[[re.Match[str]], str]) -> Spoiled:
    """One match of the pattern replaced."""
    text = path.read_text("utf-8")
    found = list(re.finditer(pattern, text, re.MULTILINE))
    if not found:
        return None
    match = chance.choice(found)
    new = made(match)
    path.write_text(text[: match.start()] + new + text[match.end() :], "utf-8")
    line = text[: match.start()].count("\n") + 1
    return path.name, f"第 {line} 行 {match[0].strip()[:70]} → {new.strip()[:90]}"


# ---------------------------------------------------------------- types and facts


def _yes_no(chance: random.Random, rules: Path, seeds: Path) -> Spoiled:
    value = chance.choice(
        ["yes", "no", "是", "否", "有", "1", "0", '"true"', "True", "on", "[]", "null", "{}"]
    )
    return _edited(
        rules / "types.yaml",
        chance,
        r"(?<=[{ ])([a-z-]+): (true|false)(?=[,}])",
        lambda one: f"{one[1]}: {value}",
    )


def _choice(chance: random.Random, rules: Path, seeds: Path) -> Spoiled:
    ends = chance.choice(["生产", "。", " 等", "1", ""])
    return _edited(
        rules / "types.yaml",
        chance,
        r"(production-state|gas-supply): ([^\s,}]+)",
        lambda one: f"{one[1]}: {one[2][:1]}{ends}",
    )


def _number(chance: random.Random, rules: Path, seeds: Path) -> Spoiled:
    value = chance.choice(["-1", '"1"', "一", "true", "1e9", ".inf", "1,000", "约3", "3人"])
    return _edited(
        rules / "types.yaml", chance, r"(driving-faces|[a-z-]*workers): \d+", lambda one: f"{one[1]}: {value}"
    )


def _most(chance: random.Random, rules: Path, seeds: Path) -> Spoiled:
    value = chance.choice(["0", "-5", "true", '"15"', "1.0", "99999999999999999999", "十五", "[15]"])
    return _edited(rules / "types.yaml", chance, r"^  group: .*$", lambda one: f"{one[0]}\n  most: {value}")


def _same_name(chance: random.Random, rules: Path, seeds: Path) -> Spoiled:
    text = (rules / "types.yaml").read_text("utf-8")
    words = [
        *re.findall(r"^  name: (.+)$", text, re.MULTILINE),
        *re.findall(r"^(?!usual:)([a-z-]+):$", text, re.MULTILINE),
    ]
    word = chance.choice(words)
    kind = chance.choice([r"^  name: .*$", r"^  aliases: \[.*\]$"])
    new = f"  name: {word}" if "name" in kind else f"  aliases: [{word}]"
    done = _edited(rules / "types.yaml", chance, kind, lambda one: new)
    return done if done and word not in done[1].split("→")[0] else None


def _odd_name(chance: random.Random, rules: Path, seeds: Path) -> Spoiled:
    odd = chance.choice(
        [
            '"甲\\n乙"',
            '" 甲乙"',
            '"甲\\u200b"',
            '"甲、乙"',
            '"甲/乙"',
            '""',
            '"../甲"',
            '"\\ue000name\\ue001"',
        ]
    )
    return _edited(rules / "types.yaml", chance, r"^  name: .*$", lambda one: f"  name: {odd}")


def _asks(chance: random.Random, rules: Path, seeds: Path) -> Spoiled:
    def made(one: re.Match[str]) -> str:
        words = one[1].split(", ")
        return f"asks: [{', '.join([*words, chance.choice([words[0], 'no-such-fact', 'Underground', '生产状态'])])}]"

    return _edited(rules / "types.yaml", chance, r"asks: \[([^\]]+)\]", made)


def _brings(chance: random.Random, rules: Path, seeds: Path) -> Spoiled:
    value = chance.choice(
        ["gas_use", "Gas-use", "燃气使用", "gas-uses", '""', '"gas-use "', "fire fire", "null"]
    )
    return _edited(rules / "vocabulary.yaml", chance, r"brings: \[[^\]]+\]", lambda one: f"brings: [{value}]")


def _fact_name(chance: random.Random, rules: Path, seeds: Path) -> Spoiled:
    text = (rules / "vocabulary.yaml").read_text("utf-8")
    other = chance.choice(
        [
            *re.findall(r"\{name: ([^,]+), kind", text),
            "单位名称",
            "电话",
            "所在地",
            "small-unit",
            '"a=b"',
            '" 甲"',
        ]
    )
    done = _edited(
        rules / "vocabulary.yaml", chance, r"\{name: [^,]+, kind", lambda one: f"{{name: {other}, kind"
    )
    return done if done and other not in done[1].split("→")[0] else None


def _choices(chance: random.Random, rules: Path, seeds: Path) -> Spoiled:
    def made(one: re.Match[str]) -> str:
        words = one[1].split(", ")
        more = chance.choice([[*words, words[0]], [*words, '" "'], []])
        return f"choices: [{', '.join(more)}]"

    return _edited(rules / "vocabulary.yaml", chance, r"choices: \[([^\]]+)\]", made)


def _kind(chance: random.Random, rules: Path, seeds: Path) -> Spoiled:
    kinds = ["yes-no", "number", "choice"]
    return _edited(
        rules / "vocabulary.yaml",
        chance,
        r"kind: (yes-no|number|choice)",
        lambda one: f"kind: {chance.choice([kind for kind in kinds if kind != one[1]])}",
    )


# ---------------------------------------------------------------- places and notices


def _province(chance: random.Random, rules: Path, seeds: Path) -> Spoiled:
    other = chance.choice(["山西", '" 山西省"', "山西省（全省）", "河南省"])
    return _edited(rules / "places.yaml", chance, r"^山西省:", lambda one: f"{other}:")


def _county(chance: random.Random, rules: Path, seeds: Path) -> Spoiled:
    """A county of which there is a notice, or that another city has too."""
    kind = chance.choice(["阳城", '"阳城县 "', "阳成县", "阳城县, 阳城县", "阳泉市", "阳城县, 平定县", ""])
    return _edited(rules / "places.yaml", chance, r"阳城县(?=,)", lambda one: kind or "阳县")


def _notice_place(chance: random.Random, rules: Path, seeds: Path) -> Spoiled:
    other = chance.choice(
        ["山西", "全省", '" 山西省"', "阳成县", "城区", "晋城市，阳城县", "河南省", '"山西省\\n"', "晋城"]
    )
    return _edited(seeds / "notices.yaml", chance, r"^    place: .*$", lambda one: f"    place: {other}")


def _notice_date(chance: random.Random, rules: Path, seeds: Path) -> Spoiled:
    other = chance.choice(
        [
            "2062-01-23",
            "1466553600",
            "20260123",
            "2026",
            "2026-1-23",
            "2026-02-30",
            "true",
            "0001-01-01",
            "[]",
        ]
    )
    return _edited(seeds / "notices.yaml", chance, r"^    date: .*$", lambda one: f"    date: {other}")


def _notice_year(chance: random.Random, rules: Path, seeds: Path) -> Spoiled:
    other = chance.choice(
        ["2062", "0", "-1", "99999", '"2026"', "2026.0", "true", "26", "二〇二六", "9" * 30]
    )
    return _edited(seeds / "notices.yaml", chance, r"^    year: .*$", lambda one: f"    year: {other}")


def _notice_id(chance: random.Random, rules: Path, seeds: Path) -> Spoiled:
    other = chance.choice(["../x", "shanxi-2026", "x", "", "Shanxi-2026", "con", "a b", "晋-2026", "a/b"])
    done = _edited(seeds / "notices.yaml", chance, r"^  - id: .*$", lambda one: f"  - id: {other}")
    return done if done and f"id: {other} " not in done[1].split("→")[0] else None


def _notice_file(chance: random.Random, rules: Path, seeds: Path) -> Spoiled:
    other = chance.choice(
        ["../rules/VERSION", "/etc/hostname", ".", "no.txt", "notices.yaml", "", "README.md"]
    )
    return _edited(seeds / "notices.yaml", chance, r"^    file: .*$", lambda one: f"    file: {other}")


# ---------------------------------------------------------------- items


def _days(chance: random.Random, rules: Path, seeds: Path) -> Spoiled:
    other = chance.choice([
        "until: 2016", "until: 2016-01-01", "from: 2062-01-01", "from: 2062", "from: 1466553600", "until: 2026-W01-1",
        "due: 0001-01-01", "from: 2027-01-01, until: 2026-01-01", "until: true", "due: 2026-02-30", "until: 20161231",
        "from: 明年", "due: 9999-12-31", 'until: "2016-12-31 "', "until: []",
    ])  # fmt: skip
    return _edited(
        misplaced.topic(chance, rules), chance, r"(- \{notice: [^\n]*)\}$", lambda one: f"{one[1]}, {other}}}"
    )


def _replaces(chance: random.Random, rules: Path, seeds: Path) -> Spoiled:
    path = misplaced.topic(chance, rules)
    items = re.findall(r"^  - id: (\S+)", path.read_text("utf-8"), re.MULTILINE)
    one = chance.choice(items)
    old = chance.choice([one, "no-such-item", f"{one}, {one}", one.upper(), f'"{one} "', '""', "null"])
    return _edited(
        path, chance, rf"^  - id: {re.escape(one)}$", lambda match: f"{match[0]}\n    replaces: [{old}]"
    )


def _replace_ring(chance: random.Random, rules: Path, seeds: Path) -> Spoiled:
    path = misplaced.topic(chance, rules)
    items = re.findall(r"^  - id: (\S+)", path.read_text("utf-8"), re.MULTILINE)
    ring = chance.sample(items, min(len(items), chance.choice([2, 3])))
    if len(ring) < 2:
        return None
    for one, old in zip(ring, [*ring[1:], ring[0]], strict=True):
        _edited(
            path,
            chance,
            rf"^  - id: {re.escape(one)}$",
            lambda match, old=old: f"{match[0]}\n    replaces: [{old}]",
        )
    return path.name, f"互相代替：{ring}"


def _applies(chance: random.Random, rules: Path, seeds: Path) -> Spoiled:
    other = chance.choice([
        "uses-gas: yes", "uses-gas: 1", "uses-gas: 是", "uses-gas: {at-least: 1}", "dust-workers: 3", "dust-workers: true",
        "dust-workers: {at-least: 5, less-than: 3}", "dust-workers: {}", "gas-supply: 瓶", "gas-supply: {any-of: []}",
        "gas-supply: {any-of: 瓶装}", "gas-supply: {any-of: [瓶装, 气瓶]}", "gas-supply: {at-least: 1}", "使用燃气: true",
        "uses_gas: true", "dust-workers: {atleast: 3}", 'dust-workers: {at-least: "3"}', "dust-workers: {at-least: -3}",
        "dust-workers: {at-least: 3, more-than: 3}", "uses-gas: null", "production-state: 正常生产",
    ])  # fmt: skip
    return _edited(
        misplaced.topic(chance, rules), chance, r"applies: \{.*\}$", lambda one: f"applies: {{{other}}}"
    )


def _text(chance: random.Random, rules: Path, seeds: Path) -> Spoiled:
    """A text with an end or a middle that nobody sees in an editor."""
    odd = chance.choice([
        "{}\\n", "{} ", "{}\\t", "{}\\u200b", "{}\\u00a0", " {}", "　{}", "{}\\u2028", "{}\\r", "{}\\ufeff", "{}\\u202e",
    ])  # fmt: skip
    field = chance.choice(["title", "content", "standard", "evidence", "rectify", "support"])
    return _edited(
        misplaced.topic(chance, rules),
        chance,
        rf"^    {field}: (.*)$",
        lambda one: f'    {field}: "{odd.format(one[1].strip(chr(34)))}"',
    )


def _impossible_text(chance: random.Random, rules: Path, seeds: Path) -> Spoiled:
    """Letters that no document can hold, or the marks of the program's own fields."""
    odd = chance.choice(
        ["\\x00", "\\x01", "\\x1f", "\\ufffe", "\\ue000name\\ue001", "\\ue000x\\ue001", "\\ue000", "\\x7f"]
    )
    path = chance.choice(
        [
            misplaced.topic(chance, rules),
            rules / "types.yaml",
            rules / "glossary.yaml",
            seeds / "notices.yaml",
        ]
    )
    field = {"types.yaml": "note|group", "glossary.yaml": "meaning", "notices.yaml": "title|issuer"}
    pattern = rf"^(\s+(?:- )?(?:{field.get(path.name, 'title|content|standard|evidence')})): (.*)$"
    return _edited(path, chance, pattern, lambda one: f'{one[1]}: "{one[2].strip(chr(34))[:8]}{odd}"')


def _cut(chance: random.Random, rules: Path, seeds: Path) -> Spoiled:
    return _edited(
        misplaced.topic(chance, rules),
        chance,
        r"^    (content|standard|rectify): (.{4})(.+)$",
        lambda one: f"    {one[1]}: {one[2]} #{one[3]}",
    )


def _listed_word(chance: random.Random, rules: Path, seeds: Path) -> Spoiled:
    field = chance.choice(["where", "departments", "how", "category", "every", "season", "says"])
    return _edited(
        misplaced.topic(chance, rules),
        chance,
        rf"({field}): (\[?)([^\],\n]+)",
        lambda one: f"{one[1]}: {one[2]}{one[3]}{chance.choice('s处。1')}",
    )


SLIPS: tuple[Callable[[random.Random, Path, Path], Spoiled], ...] = (
    _yes_no, _choice, _number, _most, _same_name, _odd_name, _asks, _brings, _fact_name, _choices, _kind, _province,
    _county, _notice_place, _notice_date, _notice_year, _notice_id, _notice_file, _days, _replaces, _replace_ring,
    _applies, _text, _impossible_text, _cut, _listed_word, *misplaced.SLIPS,
)  # fmt: skip
MUST_BE_REFUSED = (
    _most,
    _same_name,
    _brings,
    _province,
    _replace_ring,
    _notice_year,
    _impossible_text,
    _applies,
)
"""Whatever the list does: accepted, they would do harm later."""
