"""A folder of rules as a whole: what is read of it and what is not, in which encoding, and how large it may be."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from checklists.problems import Problem, Refused
from checklists.rules.checking import check_rules
from checklists.rules.checks import sound_library
from checklists.yamlfile.events import MOST_DEPTH, OF_RULES
from tests.small_rules import FILES, small_rules

GAS, DUST, TYPES = "rules/gas-use.yaml", "rules/dust.yaml", "rules/types.yaml"
VOCABULARY, PLACES, GLOSSARY = "rules/vocabulary.yaml", "rules/places.yaml", "rules/glossary.yaml"
RETIRED, ASIDE, NOTICES = "rules/retired.yaml", "rules/dispositions/shanxi-2026.yaml", "seeds/notices.yaml"
TEXT = "seeds/shanxi-2026.txt"

Edit = Callable[[Path], object]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_rules(tmp_path_factory.mktemp("sound"))


@pytest.fixture
def house(sound: Path, tmp_path: Path) -> Path:
    """A copy to spoil."""
    return Path(shutil.copytree(sound, tmp_path / "house"))


def told(house: Path) -> list[Problem]:
    return list(check_rules(house / "rules", house / "seeds").problems)


def refused(house: Path) -> bool:
    """Whether no documents can be made."""
    try:
        sound_library(house / "rules", house / "seeds")
    except Refused:
        return True
    return False


def writes(file: str, content: str | bytes) -> Edit:
    def edit(house: Path) -> None:
        path = house / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())

    return edit


def encoded(file: str, encoding: str) -> Edit:
    return writes(file, FILES[file].encode(encoding))


def moves(file: str, to: str) -> Edit:
    def edit(house: Path) -> None:
        (house / to).parent.mkdir(parents=True, exist_ok=True)
        (house / file).rename(house / to)

    return edit


def copies(file: str, to: str) -> Edit:
    return writes(to, FILES[file])


def removes(*files: str) -> Edit:
    def edit(house: Path) -> None:
        for file in files:
            (house / file).unlink()

    return edit


def links(file: str, to: str) -> Edit:
    return lambda house: (house / file).symlink_to(house / to)


WRONG: list[tuple[str, Edit, str]] = [
    ("a list where a map belongs", writes(VOCABULARY, "- 甲\n"), "field-wrong"),
    ("a single word as vocabulary", writes(VOCABULARY, "甲\n"), "field-wrong"),
    ("no vocabulary", removes(VOCABULARY), "file-missing"),
    ("empty vocabulary", writes(VOCABULARY, "# nothing\n"), "yaml-empty"),
    ("types as a list", writes(TYPES, "- restaurant: 甲\n"), "file-no-map"),
    ("no type at all", writes(TYPES, "{}\n"), "file-no-map"),
    ("a number as types", writes(TYPES, "5\n"), "file-no-map"),
    ("no types", removes(TYPES), "file-missing"),
    ("a type without fields", writes(TYPES, f"other:\n{FILES[TYPES]}"), "yaml-no-value"),
    ("a type that is a word", writes(TYPES, f"other: 甲\n{FILES[TYPES]}"), "field-wrong"),
    ("no places at all", writes(PLACES, "{}\n"), "field-wrong"),
    ("places as a word", writes(PLACES, "山西省\n"), "field-wrong"),
    ("no glossary", removes(GLOSSARY), "glossary-missing"),
    ("an empty glossary", writes(GLOSSARY, ""), "yaml-empty"),
    ("a glossary that is a map", writes(GLOSSARY, "term: 甲乙\n"), "file-no-list"),
    ("consents as a list", writes("rules/consents.yaml", "- gas-use-alarm\n"), "field-wrong"),
    (
        "a consent twice",
        writes("rules/consents.yaml", "gas-use-alarm:\n  risky: {read: 0123456789ab, read: 0123456789ab, why: 无妨}\n"),
        "yaml-duplicate-key",
    ),
    ("a consent to nobody", writes("rules/consents.yaml", "gas-use-alrm:\n  risky: {read: 0123456789ab, why: 无妨}\n"), "consent-unknown"),
    ("a consent about nothing", writes("rules/consents.yaml", "gas-use-alarm:\n  safe: {read: 0123456789ab, why: 无妨}\n"), "field-wrong"),
    ("retired as a list", writes(RETIRED, "- gas-use-old\n"), "field-wrong"),
    ("an empty list of retired ids", writes(RETIRED, "\n"), "yaml-empty"),
    ("a topic that is a list", writes(GAS, "- id: gas-use-alarm\n"), "field-wrong"),
    ("a topic that is a word", writes(GAS, "甲\n"), "field-wrong"),
    ("an empty topic", writes(GAS, ""), "yaml-empty"),
    ("a topic without items", writes(GAS, "industry: gas-use\nitems: []\n"), "field-wrong"),
    ("items that are a map", writes(GAS, "industry: gas-use\nitems: {甲: 乙}\n"), "field-wrong"),
    ("a topic that is gone", removes(DUST), "items-vanished"),
    ("a topic as .yml", moves(GAS, "rules/gas-use.yml"), "rules-unread"),
    ("a topic as .YAML", moves(GAS, "rules/Gas.YAML"), "rules-unread"),
    ("a topic in a subfolder", moves(GAS, "rules/more/gas-use.yaml"), "rules-unread"),
    ("a hidden topic", moves(GAS, "rules/.gas-use.yaml"), "rules-unread"),
    ("a folder named like a topic", lambda house: (house / "rules/new.yaml").mkdir(), "rules-unread"),
    ("a topic copied", copies(GAS, "rules/gas-use-2.yaml"), "file-copied"),
    ("dispositions as .yml", moves(ASIDE, f"{ASIDE[:-5]}.yml"), "rules-unread"),
    ("dispositions of no notice", moves(ASIDE, "rules/dispositions/shanxi-2062.yaml"), "dispositions-notice"),
    ("empty dispositions of no notice", writes("rules/dispositions/a-2020.yaml", "[]"), "dispositions-notice"),
    ("dispositions that are gone", removes(ASIDE), "dispositions-none"),
    ("dispositions as a map", writes(ASIDE, "clause: 一\n"), "file-no-list"),
    ("an empty disposition", writes(ASIDE, "-\n"), "yaml-no-value"),
    ("a topic in GBK", encoded(GAS, "gb18030"), "file-not-utf8"),
    ("a topic in UTF-16", encoded(GAS, "utf-16"), "file-not-utf8"),
    ("a topic in UTF-16 without its mark", encoded(GAS, "utf-16-le"), "file-not-utf8"),
    ("a topic in UTF-32", encoded(GAS, "utf-32"), "file-not-utf8"),
    ("closed lists in GBK", encoded(VOCABULARY, "gb18030"), "file-not-utf8"),
    ("a catalogue in GBK", encoded(NOTICES, "gb18030"), "file-not-utf8"),
    ("a notice in GBK", encoded(TEXT, "gb18030"), "file-not-utf8"),
    ("a notice that is gone", removes(TEXT), "file-missing"),
    ("bytes that are no text", writes(GAS, bytes(range(256)) * 9), "file-not-utf8"),
    ("a link round in a ring", links("rules/ring.yaml", "rules/ring.yaml"), "file-unreadable"),
    ("a link to nothing", links("rules/lost.yaml", "nowhere"), "file-missing"),
    ("a pipe", lambda house: os.mkfifo(house / "rules/pipe.yaml"), "file-unreadable"),
    ("two files in one", writes(GAS, f"{FILES[GAS]}---\n{FILES[DUST]}"), "yaml-two-documents"),
    ("a version that is none", writes("rules/VERSION", "new\n"), "version-wrong"),
    ("a version that is no text", writes("rules/VERSION", b"\xff\xfe\x00"), "version-wrong"),
    ("a version of its own", writes("rules/VERSION", "9.9.9\n"), "edition-stale"),
    ("no version", removes("rules/VERSION"), "edition-stale"),
    ("a damaged record", writes("rules/edition.json", '{"version": '), "edition-unreadable"),
    ("a record that is a list", writes("rules/edition.json", "[]"), "edition-unreadable"),
    ("a record without digests", writes("rules/edition.json", '{"version": "1.0.0"}'), "edition-unreadable"),
    ("a record of no version", writes("rules/edition.json", '{"version": "1", "items": {}}'), "edition-unreadable"),
    ("a record with short digests", writes("rules/edition.json", '{"version": "1.0.0", "items": {"a": ["b"]}}'), "edition-unreadable"),
    ("a bottomless record", writes("rules/edition.json", "[" * 100_000), "edition-unreadable"),
]  # fmt: skip
TOLD_ONLY: list[tuple[str, Edit, str]] = [
    ("a backup of an editor", copies(GAS, "rules/gas-use.yaml~"), "rules-passed-over"),
    ("a backup of a person", copies(GAS, "rules/gas-use.yaml.bak"), "rules-passed-over"),
    ("notes", writes("rules/notes.txt", "甲"), "rules-passed-over"),
    ("notes among dispositions", writes("rules/dispositions/README.md", "甲"), "rules-passed-over"),
    ("rules that were never released", removes("rules/edition.json"), "edition-none"),
]
RIGHT: list[tuple[str, Edit]] = [
    ("a mark of UTF-8", encoded(GAS, "utf-8-sig")),
    ("ends of lines of Windows", writes(GAS, FILES[GAS].replace("\n", "\r\n"))),
    ("ends of lines of old Macs", writes(GAS, FILES[GAS].replace("\n", "\r"))),
    ("a comment with room before and after", writes(GAS, FILES[GAS].replace("换瓶登记\n", "换瓶登记  # 见合同\n"))),
    ("a quoted text with a sign for comments", writes(TYPES, FILES[TYPES].replace("城镇燃气", '"城镇 #燃气"'))),
    ("an anchor that is used", writes(TYPES, FILES[TYPES].replace("[木器厂]", "&names [木器厂]").replace("dust]\n", "dust]\n  particulars: *names\n"))),
    ("no glossary wanted", writes(GLOSSARY, "[]\n")),
    ("a term that is only named", writes(GLOSSARY, FILES[GLOSSARY].replace("整改措施、责任、资金、时限、预案都落实", '""'))),
    ("nothing retired", removes(RETIRED)),
    ("what a system leaves behind", writes("rules/.DS_Store", "x")),
    ("a city without counties", writes(PLACES, f"{FILES[PLACES]}    太原市: []\n")),
]  # fmt: skip


@pytest.mark.parametrize(("edit", "code"), [case[1:] for case in WRONG], ids=[case[0] for case in WRONG])
def test_a_file_that_is_wrong_as_a_whole_is_one_message(house: Path, edit: Edit, code: str) -> None:
    edit(house)

    found = told(house)

    assert [one.code for one in found] == [code], [str(one) for one in found]
    assert found[0].level == "error"
    assert found[0].remedy
    assert Path(found[0].position.file).is_relative_to(house)


@pytest.mark.parametrize("edit", [edit for name, edit, code in WRONG if code not in ("items-vanished", "edition-stale") and not code.startswith("dispositions")])  # fmt: skip
def test_nothing_is_made_of_rules_that_cannot_be_read(house: Path, edit: Edit) -> None:
    edit(house)
    if (house / "rules/edition.json").exists() and (house / "rules/VERSION").read_bytes() in (
        b"new\n",
        b"\xff\xfe\x00",
    ):
        return  # what VERSION says is not needed where a record says it

    assert refused(house)


@pytest.mark.parametrize(
    ("edit", "code"), [case[1:] for case in TOLD_ONLY], ids=[case[0] for case in TOLD_ONLY]
)
def test_what_is_passed_over_is_told(house: Path, edit: Edit, code: str) -> None:
    edit(house)

    found = told(house)

    assert [(one.code, one.level) for one in found] == [(code, "warning")]
    assert not refused(house)


@pytest.mark.parametrize("edit", [case[1] for case in RIGHT], ids=[case[0] for case in RIGHT])
def test_what_is_written_otherwise_and_right_passes(house: Path, edit: Edit) -> None:
    edit(house)

    assert [one.code for one in told(house) if one.code != "edition-stale"] == []
    assert not refused(house)


def test_a_broken_file_brings_no_message_about_what_it_held(house: Path) -> None:
    """A tab: the items of the file are not called vanished, its sentences not unaccounted for, the edition not stale."""
    (house / GAS).write_text(FILES[GAS].replace("    title", "\ttitle", 1), "utf-8")

    checked = check_rules(house / "rules", house / "seeds")

    assert [one.code for one in checked.problems] == ["yaml-syntax"]
    assert checked.left == ("编号的去留", "逐句交代", "版本")


def test_many_ids_that_are_gone_are_one_message(house: Path) -> None:
    text = FILES[DUST]
    more = "".join(
        text[text.index("  - id: dust-director") :]
        .replace("dust-director", f"dust-director-{number}")
        .replace("配备了安全总监", f"配备了第{number}总监")
        for number in range(6)
    )
    (house / DUST).write_text(text + more, "utf-8")
    from tests.small_rules import released

    released(house)
    (house / DUST).write_text(text, "utf-8")

    assert [one.code for one in told(house)] == ["items-vanished"]


def bomb() -> str:
    """Nine lists that each repeat the one before nine times: a billion values in half a kilobyte."""
    lists = [f"a0: &a0 [{', '.join(['x'] * 9)}]"]
    lists += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    return "\n".join(lists)


LARGE: list[tuple[str, str, str]] = [
    ("an alias bomb", bomb(), "yaml-too-many"),
    ("deep brackets", "items: " + "[" * 300_000, "yaml-too-deep"),
    ("deep dashes", "items:\n" + "- " * 300_000 + "x", "yaml-too-deep"),
    ("deep maps", "".join(f"{' ' * n}a:\n" for n in range(1_000)), "yaml-too-deep"),
    ("a large file", "x: " + "甲" * (OF_RULES.bytes // 3), "text-too-large"),
    ("many values", "industry: dust\nitems: [" + "x," * (OF_RULES.values + 1) + "]", "yaml-too-many"),
    ("many names", "\n".join(f"k{n}: 1" for n in range(OF_RULES.values + 1)), "yaml-too-many"),
    ("blanks", " " * (OF_RULES.bytes - 1), "yaml-empty"),
]


@pytest.mark.parametrize(("text", "code"), [case[1:] for case in LARGE], ids=[case[0] for case in LARGE])
def test_what_would_eat_the_machine_is_left_at_a_limit(house: Path, text: str, code: str) -> None:
    (house / DUST).write_text(text, "utf-8")
    began = time.process_time()

    found = told(house)

    assert [one.code for one in found] == [code], [str(one) for one in found[:3]]
    assert time.process_time() - began < 10


@pytest.mark.skipif(os.name == "nt", reason="the system does not tell what a process took")
def test_the_largest_file_that_is_read_takes_less_than_half_a_gigabyte(house: Path) -> None:
    entries = "".join(
        f"- {{clause: 一/{n}, text: 某句话第{n}号, status: narrative, reason: 无}}\n" for n in range(9_900)
    )
    (house / ASIDE).write_text(entries, "utf-8")
    command = [sys.executable, "-m", "checklists", "rules", "check"]
    command += ["--rules", str(house / "rules"), "--seeds", str(house / "seeds")]

    # between us and the child, as the system counts against a child what its parent held when it was started
    between = "import resource, subprocess, sys; code = subprocess.run(sys.argv[1:], stdout=sys.stderr).returncode; "
    between += "used = resource.getrusage(resource.RUSAGE_CHILDREN); "
    between += "print(code, used.ru_maxrss, used.ru_utime + used.ru_stime)"
    ran = subprocess.run(
        [sys.executable, "-c", between, *command],
        cwd=Path(__file__).parent.parent,
        capture_output=True,
        check=True,
    )
    code, most, seconds = ran.stdout.split()

    kilobytes = int(most) if sys.platform != "darwin" else int(most) // 1024
    assert int(code) == 1
    assert "disposition-clause" in ran.stderr.decode("utf-8")
    assert kilobytes < 500_000
    assert float(seconds) < 10


def test_a_long_list_of_rubbish_is_told_in_a_few_messages(house: Path) -> None:
    (house / DUST).write_text("industry: dust\nitems:\n" + "  - 甲\n" * 40_000, "utf-8")

    found = told(house)

    assert found[-1].code == "too-many-problems"


@pytest.mark.parametrize(
    ("file", "head", "entry"),
    [
        (TYPES, "", "kind-{}:\n  named: 甲\n"),
        (GLOSSARY, "", "- word: 甲{}\n"),
        (NOTICES, "notices:\n", "  - id: shanxi-{}\n"),
    ],
)
def test_a_file_of_entries_that_are_all_wrong_ends_its_messages_early(
    house: Path, file: str, head: str, entry: str
) -> None:
    (house / file).write_text(head + "".join(map(entry.format, range(2000, 2200))), encoding="utf-8")

    try:
        found = told(house)
    except Refused as refusal:
        found = list(refusal.problems)

    of_file = [one for one in found if one.position.file.endswith(file.split("/")[1])]
    assert len(of_file) == 21
    assert of_file[-1].code == "too-many-problems"
    assert len(found) < 30


def test_the_shipped_rules_are_far_from_every_limit() -> None:
    from checklists.data import data_folder

    sizes = [path.stat().st_size for path in data_folder("rules").rglob("*.yaml")]
    assert max(sizes) * 15 < OF_RULES.bytes
    assert MOST_DEPTH > 6
