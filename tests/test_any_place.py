"""A ministry's notice and one of another province, from the file on the desk to the papers of an enterprise there."""

from __future__ import annotations

import re
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document

from checklists.cli import main
from checklists.data import data_folder
from checklists.models import Enterprise
from checklists.rules.library import Library, open_library
from checklists.rules.vocabulary import load_vocabulary
from checklists.selection.select import select
from tests.small_rules import DAY, FILES, released, small_rules

OUTSIDE = "安徽省: {short: 皖}\n北京市: {short: 京}\n全国: {short: 国, nation: true}\n"
OWN = "安徽省:\n  cities:\n    滁州市: [琅琊区, 定远县]\n    铜陵市: [郊区]\n山西省:\n  cities:\n    阳泉市: [郊区]\n"
MINISTRY = """国务院安全生产委员会办公室文件

安委办〔2026〕8号

国务院安全生产委员会办公室关于加强餐饮场所燃气安全的通知

各省、自治区、直辖市安全生产委员会：

现就有关事项通知如下。

一、餐饮场所必须安装燃气自动切断阀。

二、严禁在地下室使用瓶装液化石油气。

国务院安全生产委员会办公室

2026年3月2日
"""
PROVINCE = """安徽省安全生产委员会关于印发《安徽省餐饮燃气整治方案》的通知

皖安〔2026〕5号

各市安全生产委员会：

现将《安徽省餐饮燃气整治方案》印发给你们。

安徽省安全生产委员会

2026年4月6日

安徽省餐饮燃气整治方案

第一条 餐饮用气单位应当每日营业前检查燃气软管。

第二条 严禁使用超过使用年限的软管。
"""
DISTRICT = "铜陵市郊区人民政府关于餐饮用气的通告\n\n一、餐饮单位必须使用不锈钢波纹软管。\n\n铜陵市郊区人民政府\n\n2026年5月7日\n"
ITEM = """\
  - id: {name}
    title: {title}
    content: {title}在位有效
    standard: 逐处看：在位有效；一处没有即不符合
    where: 厨房
    how: [看现场]
    evidence: 现场照片
    rectify: 停用，改好再用
    category: 现场管理
    departments: [住建]
    every: week
    applies: {{uses-gas: true}}
    basis:
      - {{notice: {notice}, clause: {clause}, says: requires, quote: {quote}}}
"""
NEW = (
    ("gas-use-valve", "联锁阀", "anweiban-2026", "一", "餐饮场所必须安装燃气自动切断阀"),
    ("gas-use-hose", "燃气软管", "anhui-2026", "第一条", "餐饮用气单位应当每日营业前检查燃气软管"),
    ("gas-use-steel", "波纹软管", "tongling-2026", "一", "餐饮单位必须使用不锈钢波纹软管"),
)
Run = Callable[..., str]


@pytest.fixture
def checklists(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command in this process; what it printed."""

    def run(*arguments: str) -> str:
        monkeypatch.setattr(sys, "argv", ["checklists", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        assert not ended.value.code, printed.err
        return printed.out

    return run


@pytest.fixture
def folder(tmp_path: Path, checklists: Run) -> Path:
    """Small rules with the three notices imported and an item on each."""
    small_rules(tmp_path)
    (tmp_path / "rules/places.yaml").write_text(FILES["rules/places.yaml"] + OUTSIDE, "utf-8")
    (tmp_path / "seeds/places.yaml").write_text(OWN, "utf-8")
    rules, seeds = f"--rules={tmp_path / 'rules'}", f"--seeds={tmp_path / 'seeds'}"
    for name, place, text in (
        ("anweiban-2026", "全国", MINISTRY),
        ("anhui-2026", "安徽", PROVINCE),
        ("tongling-2026", "铜陵市郊区", DISTRICT),
    ):
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
        checklists(
            "notices",
            "import",
            str(tmp_path / f"{name}.txt"),
            f"--id={name}",
            f"--place={place}",
            rules,
            seeds,
        )
    items = "".join(ITEM.format(name=name, title=title, notice=notice, clause=clause, quote=quote)
                    for name, title, notice, clause, quote in NEW)  # fmt: skip
    (tmp_path / "rules/gas-use.yaml").write_text(FILES["rules/gas-use.yaml"] + items, "utf-8")
    for name, clauses in (("anweiban-2026", ["前言", "二"]), ("anhui-2026", ["前言", "第二条"])):
        reasons = "".join(f"- {{clause: {clause}, status: narrative, reason: 样本}}\n" for clause in clauses)
        (tmp_path / f"rules/dispositions/{name}.yaml").write_text(reasons, "utf-8")
    return released(tmp_path)


def library(folder: Path) -> Library:
    found, problems = open_library(folder / "rules", folder / "seeds")
    assert problems == []
    return found


def asked(folder: Path, place: str) -> set[str]:
    """Those of the items on the new notices, and of those of the province at hand, that are asked there."""
    names = {
        "gas-use-valve": "nation",
        "gas-use-hose": "anhui",
        "gas-use-steel": "tongling",
        "gas-use-alarm": "shanxi",
    }
    found = select(library(folder), Enterprise(types=("restaurant",), place=place), DAY)
    return {names[one.item.id] for one in found.asked if one.item.id in names}


@pytest.mark.parametrize(
    ("place", "wanted"),
    [
        ("定远县", {"nation", "anhui"}),
        ("安徽省", {"nation", "anhui"}),
        ("铜陵市郊区", {"nation", "anhui", "tongling"}),
        ("阳泉市郊区", {"nation", "shanxi"}),
        ("阳城县", {"nation", "shanxi"}),
        ("北京市", {"nation"}),
    ],
)
def test_an_enterprise_is_asked_what_binds_at_its_place_and_nothing_of_another(
    folder: Path, place: str, wanted: set[str]
) -> None:
    assert asked(folder, place) == wanted


def test_codes_name_who_wrote_the_notice(folder: Path) -> None:
    codes = {name: notice.code for name, notice in library(folder).notices.items()}

    assert codes == {
        "shanxi-2026": "晋26",
        "yangcheng-2025": "阳城25",
        "anweiban-2026": "国务院安委办26",
        "anhui-2026": "皖安26",
        "tongling-2026": "铜陵市郊26",
    }


def test_the_papers_of_an_enterprise_elsewhere_print_its_own_notices(
    checklists: Run, folder: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    checklists(
        "generate", "--type=饭店", "--name=定远饭店", "--place=安徽省滁州市定远县", f"--on={DAY}", f"--out={out}",
        f"--rules={folder / 'rules'}", f"--seeds={folder / 'seeds'}",
    )  # fmt: skip

    (paper,) = [path for path in out.rglob("*.docx") if "现场检查表" in path.name]
    document = Document(str(paper))
    text = "\n".join(
        [one.text for one in document.paragraphs]
        + [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    )
    assert "滁州市定远县" in text
    assert "国务院安委办26＝安委办〔2026〕8号（国务院安全生产委员会办公室）" in text
    assert "皖安26＝皖安〔2026〕5号（安徽省安全生产委员会）" in text
    assert "晋" not in text and "阳城" not in text


def test_a_sound_folder_stays_sound(checklists: Run, folder: Path) -> None:
    told = checklists("rules", "check", f"--rules={folder / 'rules'}", f"--seeds={folder / 'seeds'}")

    assert "错误 0 处" in told


# ---------------------------------------------------------------- a places.yaml of one's own


def more(folder: Path, text: str) -> tuple[list[str], list[str]]:
    """Codes of what is wrong with the file, and the counties of 安徽省 that are known with it."""
    (folder / "places.yaml").write_text(text, "utf-8")
    vocabulary, problems = load_vocabulary(data_folder("rules"), folder)
    assert vocabulary and all(one.remedy for one in problems)
    counties = [county for counties in vocabulary.places["安徽省"].values() for county in counties]
    return [one.code for one in problems], counties


def test_the_places_of_the_guide_are_read_as_they_stand_there(tmp_path: Path) -> None:
    guide = (Path(__file__).parent.parent / "docs/guide.md").read_text("utf-8")
    (block,) = re.findall(
        r"```yaml\n(.*?)```", guide.partition("## 外省的市、县")[2].partition("\n## ")[0], re.DOTALL
    )

    codes, counties = more(tmp_path, textwrap.dedent(block))

    assert codes == [] and {"定远县", "郊区"} <= set(counties)


def test_a_roster_of_an_enterprise_elsewhere_is_read_with_ones_own_places(
    checklists: Run, folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "名录.csv").write_text(
        "单位名称,企业类型,所在地\n定远饭店,饭店,安徽省滁州市定远县\n", "utf-8-sig"
    )

    told = checklists(
        "roster",
        "check",
        str(tmp_path / "名录.csv"),
        f"--rules={folder / 'rules'}",
        f"--seeds={folder / 'seeds'}",
    )

    assert "可用 1 行，不能用 0 行" in told


def test_counties_are_added_and_none_is_taken_away(tmp_path: Path) -> None:
    assert more(tmp_path, OWN) == ([], ["琅琊区", "定远县", "郊区"])
    vocabulary, _ = load_vocabulary(data_folder("rules"), tmp_path)
    assert vocabulary and set(vocabulary.places["山西省"]["阳泉市"]) == {
        "城区",
        "矿区",
        "郊区",
        "平定县",
        "盂县",
    }
    assert vocabulary.province == "山西省"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("安徽: {cities: {滁州市: [定远县]}}\n", "own-province"),
        ("安徽省: {cities: {滁州市: [定远]}}\n", "own-place-name"),
        ("安徽省: {cities: {滁州: [定远县]}}\n", "own-place-name"),
        ("安徽省: {滁州市: [定远县]}\n", "own-places-form"),
        ("安徽省: {cities: {滁州市: 定远县}}\n", "field-wrong"),
        ("- 安徽省\n", "field-wrong"),
        ("安徽省: [\n", "yaml-wrong"),
    ],
)
def test_a_slip_in_ones_own_places_is_one_message_and_nothing_is_added(
    tmp_path: Path, text: str, code: str
) -> None:
    codes, counties = more(tmp_path, text)

    assert len(codes) == 1 and counties == []
    if code != "yaml-wrong":
        assert codes == [code]
