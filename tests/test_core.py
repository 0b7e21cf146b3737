"""Cores as they are written: what guards them, what a folder of an earlier edition is told, and what is shipped."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from checklists.data import data_folder
from checklists.models import Enterprise
from checklists.problems import Refused
from checklists.rules.checking import check_rules
from checklists.rules.checks import sound_library
from checklists.rules.library import Library
from checklists.rules.upgrade import upgrade
from checklists.selection.core import core_of
from checklists.selection.profile import unused_facts
from checklists.selection.select import select
from tests.small_rules import FILES, small_rules

DAY = datetime.date(2026, 11, 22)
ALARM = "  - id: gas-use-alarm\n"
SHORT = "  short: 通知只说到报警装置\n"


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """Sound rules, to spoil."""
    return small_rules(tmp_path)


def codes(house: Path) -> list[str]:
    return [found.code for found in check_rules(house / "rules", house / "seeds").problems]


def write(house: Path, file: str, text: str) -> None:
    (house / file).write_text(text, "utf-8")


def read(house: Path, file: str) -> str:
    return (house / file).read_text("utf-8")


def spoil(house: Path, file: str, old: str, new: str) -> None:
    assert old in FILES[file]
    write(house, file, FILES[file].replace(old, new, 1))


# ---------------------------------------------------------------- guards


def test_a_type_needs_a_core_and_a_short_one_needs_a_reason(house: Path) -> None:
    core = "  core:\n    - {id: gas-use-alarm, why: 漏气没人知}\n"

    spoil(house, "rules/types.yaml", core, "")
    assert codes(house) == ["core-none"]

    spoil(house, "rules/types.yaml", SHORT, "")
    assert codes(house) == ["core-short"]


def test_a_type_asks_no_fact_that_nothing_looks_at(house: Path) -> None:
    spoil(house, "rules/types.yaml", "asks: [gas-supply]", "asks: [gas-supply, dust-workers]")

    found = {one.code: one.level for one in check_rules(house / "rules", house / "seeds").problems}

    assert found == {"edition-stale": "error", "fact-asked-idle": "warning"}
    assert not check_rules(data_folder("rules"), data_folder("seeds")).problems


def test_what_is_only_encouraged_is_no_core(house: Path) -> None:
    spoil(house, "rules/gas-use.yaml", "says: requires", "says: encourages")
    write(
        house, "rules/gas-use.yaml", read(house, "rules/gas-use.yaml").replace("没有即不符合", "看用得怎样")
    )

    assert codes(house) == ["core-encouraged"] * 2  # of the type and of the fact


def test_what_is_only_named_is_no_core(house: Path) -> None:
    spoil(house, "rules/gas-use.yaml", "says: requires", "says: names")
    write(
        house, "rules/gas-use.yaml", read(house, "rules/gas-use.yaml").replace("没有即不符合", "没有的记下")
    )

    assert codes(house) == ["core-named"] * 2


@pytest.mark.parametrize(("most", "room"), [("15", 10), ("40", 15), ("36", 15), ("11", 10)])
def test_a_core_has_no_more_rows_than_its_paper_has_room_for(house: Path, most: str, room: int) -> None:
    def written(count: int) -> None:
        names = [f"gas-use-extra{number}" for number in range(count - 1)]
        rows = "".join(f"    - {{id: {name}, why: 漏气}}\n" for name in names)
        types = FILES["rules/types.yaml"].replace("most: 15", f"most: {most}", 1)
        write(house, "rules/types.yaml", types.replace(SHORT, f"{rows}{SHORT}"))
        item = FILES["rules/gas-use.yaml"].partition("items:\n")[2].partition("  - id: gas-use-log")[0]
        more = "".join(
            item.replace("gas-use-alarm", name)
            .replace("各用气点", f"第{number}处")
            .replace("    replaces: [gas-use-paper]\n", "")
            for number, name in enumerate(names)
        )
        write(house, "rules/gas-use.yaml", FILES["rules/gas-use.yaml"] + more)

    written(room)
    assert "core-long" not in codes(house)

    written(room + 1)
    assert "core-long" in codes(house)


def test_types_of_one_group_may_share_a_core(house: Path) -> None:
    shared = FILES["rules/types.yaml"].replace(
        "id: dust-cleaning, why: 积尘二次爆炸", "id: gas-use-alarm, why: 漏气没人知"
    )

    write(house, "rules/types.yaml", shared)
    assert codes(house) == ["core-borrowed"]

    write(
        house,
        "rules/types.yaml",
        shared.replace("  name: 涉粉企业\n", "  name: 涉粉企业\n  group: 城镇燃气\n"),
    )
    assert codes(house) == ["edition-stale"]


def test_no_item_may_leave_a_list_because_the_enterprise_is_small(house: Path) -> None:
    words = FILES["rules/vocabulary.yaml"].replace(
        "facts:\n", "facts:\n  little: {name: 小微单位, kind: yes-no, role: small}\n"
    )
    write(house, "rules/vocabulary.yaml", words)
    spoil(
        house,
        "rules/gas-use.yaml",
        "applies: {gas-supply: 瓶装}",
        "applies: {gas-supply: 瓶装, little: false}",
    )

    assert codes(house) == ["fact-small"]


# ---------------------------------------------------------------- rules of an earlier edition


def aged(house: Path) -> None:
    """The rules as an earlier edition had them, the fields written in three ways."""
    text = FILES["rules/gas-use.yaml"].replace(ALARM, "  - weight: key\n    id: gas-use-alarm\n", 1)
    text = text.replace(
        "    title: 换瓶登记\n", "    title: 换瓶登记\n    weight: normal\n    major: true\n", 1
    )
    write(house, "rules/gas-use.yaml", text)
    dust = FILES["rules/dust.yaml"]
    write(
        house,
        "rules/dust.yaml",
        dust.replace("    title: 安全总监\n", "    weight: key  # ★\n    title: 安全总监\n"),
    )


def test_fields_that_are_gone_are_told_once_a_file_and_field(house: Path) -> None:
    aged(house)

    found = check_rules(house / "rules", house / "seeds").problems

    assert [(one.code, Path(one.position.file).name, one.position.line) for one in found] == [
        ("field-gone", "dust.yaml", 18),
        ("field-gone", "gas-use.yaml", 3),
        ("field-gone", "gas-use.yaml", 23),
    ]
    assert all("rules upgrade" in one.remedy for one in found)
    with pytest.raises(Refused):
        sound_library(house / "rules", house / "seeds")


def test_upgrade_takes_the_fields_out_keeps_the_old_files_and_lists_what_is_lost(house: Path) -> None:
    aged(house)
    old = (house / "rules/gas-use.yaml").read_text("utf-8")

    done = upgrade(house / "rules", house / "seeds")

    assert codes(house) == []
    assert (house / "rules/gas-use.yaml").read_text("utf-8") == FILES["rules/gas-use.yaml"]
    assert (house / "rules/dust.yaml").read_text("utf-8") == FILES["rules/dust.yaml"]
    assert {Path(aside).parent.name for _, aside in done.files} == {"旧件"}
    assert old in [Path(aside).read_text("utf-8") for _, aside in done.files]
    assert [(loss.type, loss.key, loss.major) for loss in done.losses] == [
        ("餐饮用气单位", (), ("gas-use-log",)),
        ("涉粉企业", ("dust-director",), ("gas-use-log",)),
    ]


def test_upgrade_leaves_alone_what_needs_nothing(house: Path) -> None:
    assert upgrade(house / "rules", house / "seeds").files == ()
    assert not (house / "rules/旧件").exists()


def test_upgrade_takes_a_field_out_of_an_item_in_one_line(house: Path) -> None:
    line = (
        "  - {id: gas-use-one, weight: key, title: 甲, content: 阀门在位, standard: 看阀门：在位, where: 厨房, how: [看现场],"
        " evidence: 照片, rectify: 补装, category: 现场管理, departments: [住建], every: week, basis: [{notice: shanxi-2026,"
        " clause: 一/2, says: requires, quote: 餐饮单位必须安装燃气报警装置}], major: true}\n"
    )
    write(house, "rules/gas-use.yaml", FILES["rules/gas-use.yaml"] + line)

    upgrade(house / "rules", house / "seeds")

    text = (house / "rules/gas-use.yaml").read_text("utf-8")
    assert text == FILES["rules/gas-use.yaml"] + line.replace(" weight: key,", "").replace(
        ", major: true", ""
    )


def test_upgrade_writes_nothing_when_one_file_is_written_in_a_way_it_does_not_know(house: Path) -> None:
    aged(house)
    odd = FILES["rules/dust.yaml"].replace(
        "    title: 安全总监\n", "    ? weight\n    : key\n    title: 安全总监\n"
    )
    write(house, "rules/dust.yaml", odd)
    before = {path: path.read_bytes() for path in (house / "rules").rglob("*") if path.is_file()}

    with pytest.raises(Refused) as refused:
        upgrade(house / "rules", house / "seeds")

    assert [one.code for one in refused.value.problems] == ["upgrade-uneven"]
    assert {path: path.read_bytes() for path in (house / "rules").rglob("*") if path.is_file()} == before


# ---------------------------------------------------------------- as shipped


@pytest.fixture(scope="module")
def installed() -> Library:
    return sound_library(data_folder("rules"), data_folder("seeds"))


def test_an_item_of_every_core_as_shipped_is_asked_somewhere(installed: Library) -> None:
    places = ["山西省", "阳泉市", "阳城县", "陵川县", "交城县"]
    for kind in installed.vocabulary.types.values():
        asked = {
            decision.item.id
            for place in places
            for decision in select(installed, Enterprise(types=(kind.id,), place=place), DAY).asked
        }
        assert [row.id for row in kind.core if row.id not in asked] == [], kind.name


def test_a_small_unit_is_asked_what_others_are_asked_and_answering_so_is_never_unused(
    installed: Library,
) -> None:
    def asked(answer: bool) -> list[str]:
        told = Enterprise(types=("加油站",), place="阳城县", facts={"small-unit": answer})
        return [decision.item.id for decision in select(installed, told, DAY).asked]

    coal_mine = Enterprise(types=("井工煤矿",), facts={"small-unit": True})

    assert asked(True) == asked(False)
    assert "general-people-certificate-principal" in asked(True)
    assert unused_facts(installed.vocabulary, {}, coal_mine) == []


def test_core_of_a_coal_mine_says_who_dies_of_what(installed: Library) -> None:
    selection = select(installed, Enterprise(types=("井工煤矿",), place="阳泉市"), DAY)

    core = core_of(installed.vocabulary, selection)

    assert next(iter(core)) == "coal-mine-gas-within-limit"
    assert (core["coal-mine-roof-on-site"].of, core["coal-mine-roof-on-site"].why) == (
        "井工煤矿",
        "迎头空顶冒落埋人",
    )
    assert (
        "civil-explosives-site-no-storage" not in core
    )  # a mine is supposed to use explosives; its own list weighs that
