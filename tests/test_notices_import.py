"""Adding next year's notice: all or nothing, whatever is typed and whatever file is given."""

from __future__ import annotations

import datetime
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfWriter

from checklists.cli import main
from checklists.data import data_folder, inside_installation
from checklists.models import Vocabulary
from checklists.notices.catalogue import load_notices
from checklists.notices.clauses import read_clauses
from checklists.notices.importing import Imported, import_notice
from checklists.notices.registration import Registration
from checklists.notices.removing import remove_notice
from checklists.notices.source import source_of
from checklists.problems import Refused
from checklists.rules.citation import cited, notice_reference
from checklists.rules.vocabulary import load_vocabulary
from tests.notice_files import document, p, r, word_file, write_package

CASES = Path(__file__).parent / "cases"
ROOT = Path(__file__).parent.parent
SHIPPED = (ROOT / "seeds" / "notices.yaml").read_text("utf-8").count("\n  - id: ")
"""Notices in the catalogue as it stands."""
THIS_YEAR = datetime.date.today().year
PARAGRAPHS = (
    "某市人民政府关于做好安全生产工作的通知",
    "全市要守住底线。",
    "一、压实责任",
    "1.压实企业责任。企业必须公示承诺书；市政府要开会。",
    "2.煤矿。严禁超层越界。",
)
TEXT = "\n\n".join(PARAGRAPHS) + "\n"
TOLD = Registration("some-2026", PARAGRAPHS[0], "某市人民政府", "晋城市", 2026)

Tree = dict[str, bytes | None]


def tree(folder: Path) -> Tree:
    """Everything in the folder, hidden files too."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in folder.rglob("*")
    }


@cache
def vocabulary() -> Vocabulary:
    found, problems = load_vocabulary(data_folder("rules"))
    assert found and not problems
    return found


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    return Path(shutil.copytree(data_folder("seeds"), tmp_path / "seeds"))


def text_file(folder: Path, text: str = TEXT, name: str = "notice.txt") -> Path:
    (folder / name).write_text(text, "utf-8")
    return folder / name


def imported(seeds: Path, source: Path, *, accept: bool = False, **told: object) -> Imported:
    """Imported as it is told; without a title or an issuer of its own a test's text says nothing else."""
    places, nation = vocabulary().places, vocabulary().nation
    return import_notice(seeds, source, replace(TOLD, **told), places, nation=nation, accept=accept)


def refusal(seeds: Path, source: Path, **told: object) -> list[str]:
    """Codes of the problems that an import is refused for; nothing in or beside the folder may have changed."""
    before = tree(seeds.parent)
    with pytest.raises(Refused) as stopped:
        imported(seeds, source, **told)
    assert tree(seeds.parent) == before
    assert all(one.remedy for one in stopped.value.problems)
    return [one.code for one in stopped.value.problems]


# ---------------------------------------------------------------- what is added


def test_an_imported_notice_is_read_back_with_its_clauses(seeds: Path, tmp_path: Path) -> None:
    added = imported(
        seeds, word_file(tmp_path, "".join(p(text) for text in PARAGRAPHS[2:])), number="某政发〔2026〕1号"
    )

    notices, wrong = load_notices(seeds, vocabulary().places)
    read, doubts = read_clauses(seeds, notices)
    assert wrong == doubts == []
    assert {one.code for one in added.problems} == {
        "import-told-otherwise"
    }  # the title and the issuer of word_file
    assert notices[-1] == added.notice and len(notices) == SHIPPED + 1
    assert [clause.path for clause in read["some-2026"]] == ["前言", "一/1", "一/2"]


def test_what_stands_in_the_folder_stays_byte_for_byte(seeds: Path, tmp_path: Path) -> None:
    before = tree(seeds)

    imported(seeds, text_file(tmp_path))

    after = tree(seeds)
    assert after.pop("some-2026.txt") == TEXT.encode()
    old, new = before.pop("notices.yaml") or b"", after.pop("notices.yaml") or b""
    assert after == before
    assert (
        new
        == old
        + (
            "\n  - id: some-2026\n    title: 某市人民政府关于做好安全生产工作的通知\n    issuer: 某市人民政府\n    place: 晋城市\n"
            "    year: 2026\n    file: some-2026.txt\n    lines: [1, 9]\n    wrapped: false\n"
        ).encode()
    )


ENTRY = "id: own-2026\n    title: 甲\n    issuer: 乙\n    place: 晋城市\n    year: 2026\n    file: own.txt\n    lines: [1, 1]"
CATALOGUES = {
    "indented": f"# 头\nnotices:\n  - {ENTRY}\n# 尾\n",
    "not indented": f"notices:\n- {ENTRY}\n".replace("\n    ", "\n  "),
    "far indented": "notices:\n      - " + ENTRY.replace("\n    ", "\n        ") + "\n",
    "without a line end": f"notices:\n  - {ENTRY}",
    "Windows": f"# 头\nnotices:\n  - {ENTRY}\n\n\n".replace("\n", "\r\n"),
    "with a byte order mark": f"\ufeffnotices:\n  - {ENTRY}\n",
    "empty list": "# 头\nnotices: []\n",
    "empty list with a remark": "notices: [] # 还没有\n# 尾\n",
}


@pytest.mark.parametrize("kind", CATALOGUES)
def test_a_notice_joins_a_catalogue_however_it_is_written(tmp_path: Path, kind: str) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "own.txt").write_text("一、甲\n要做。\n", "utf-8")
    (folder / "notices.yaml").write_bytes(CATALOGUES[kind].encode())
    old, _ = load_notices(folder)

    added = imported(folder, text_file(tmp_path), title="甲: 「乙」 #1")

    notices, problems = load_notices(folder, vocabulary().places)
    assert (notices, problems) == ([*old, added.notice], [])
    kept = CATALOGUES[kind].replace(" []", "").split("\n")
    assert [
        line for line in kept if line.strip() and line not in (folder / "notices.yaml").read_bytes().decode()
    ] == []


@pytest.mark.parametrize(
    "text",
    [
        f"notices: [{{{ENTRY}}}]\n".replace("\n    ", ", "),
        f"notices:\n  - {ENTRY}\n...\n",
    ],
)
def test_a_catalogue_that_would_read_otherwise_is_left_alone(tmp_path: Path, text: str) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "own.txt").write_text("一、甲\n要做。\n", "utf-8")
    (folder / "notices.yaml").write_text(text, "utf-8")
    assert load_notices(folder)[1] == []

    assert refusal(folder, text_file(tmp_path)) == ["import-catalogue-form"]


TYPED = st.text(max_size=12) | st.text(
    st.sampled_from(": #[]{}\"'\\&*!|>%@`-?,~=<\n\t 甲1.e+_yesnoull\u2028\u3000\ud800\x85"), max_size=12
)


@pytest.fixture(scope="module")
def small_seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small") / "own"
    folder.mkdir()
    (folder / "own.txt").write_text("一、甲\n要做。\n", "utf-8")
    (folder / "notices.yaml").write_text(CATALOGUES["indented"], "utf-8")
    text_file(folder.parent)
    return folder


@given(title=TYPED, issuer=TYPED, number=st.none() | TYPED)
@settings(max_examples=300, deadline=None)
def test_whatever_is_typed_is_refused_before_anything_is_written_or_reads_back_equal(
    small_seeds: Path, title: str, issuer: str, number: str | None
) -> None:
    before = tree(small_seeds)
    old, _ = load_notices(small_seeds)
    try:
        imported(small_seeds, small_seeds.parent / "notice.txt", title=title, issuer=issuer, number=number)
    except Refused:
        assert tree(small_seeds) == before
        return
    notices, problems = load_notices(small_seeds, vocabulary().places)
    assert problems == []
    assert notices[:-1] == old
    assert (notices[-1].title, notices[-1].issuer, notices[-1].number) == (title, issuer, number)
    (small_seeds / "some-2026.txt").unlink()
    (small_seeds / "notices.yaml").write_bytes(before["notices.yaml"] or b"")


@given(st.text(max_size=70))
@settings(max_examples=300, deadline=None)
def test_an_id_is_refused_or_is_the_name_of_a_file_in_the_folder(small_seeds: Path, name: str) -> None:
    before = tree(small_seeds.parent)
    try:
        imported(small_seeds, small_seeds.parent / "notice.txt", id=name)
    except Refused:
        assert tree(small_seeds.parent) == before
        return
    assert set(tree(small_seeds.parent)) - set(before) == {f"own/{name}.txt"}
    (small_seeds / f"{name}.txt").unlink()
    (small_seeds / "notices.yaml").write_bytes(before["own/notices.yaml"] or b"")


# ---------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"id": "shanxi-2026"}, "import-taken"),
        ({"id": "shanxi-2009-2026"}, "import-taken"),
        ({"id": "../some"}, "notice-id"),
        ({"id": "SHANXI-2026"}, "notice-id"),
        ({"id": "nul"}, "notice-id"),
        ({"id": ""}, "notice-id"),
        ({"title": ""}, "notice-text-empty"),
        ({"number": ""}, "notice-text-empty"),
        ({"issuer": "某\u202e市"}, "notice-text-char"),
        ({"place": "火星"}, "place-unknown"),
        ({"place": "城区"}, "place-ambiguous"),
        ({"place": ""}, "notice-text-empty"),
        ({"year": 1948}, "notice-year-range"),
        ({"year": 10**30}, "notice-year-range"),
        ({"year": THIS_YEAR + 2}, "notice-year-range"),
        ({"date": datetime.date(2025, 12, 31)}, "import-date-year"),
    ],
)
def test_a_wrong_word_about_the_notice_is_refused(
    seeds: Path, tmp_path: Path, told: dict[str, object], code: str
) -> None:
    assert refusal(seeds, text_file(tmp_path), **told) == [code]


def test_everything_wrong_with_what_is_told_is_said_at_once(seeds: Path, tmp_path: Path) -> None:
    codes = refusal(seeds, text_file(tmp_path), id="A", title=" ", place="火星", year=1)

    assert codes == ["notice-id", "notice-text-empty", "notice-year-range", "place-unknown"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "import-empty"),
        ("关于安全的通知\n", "import-no-clauses"),
        ("春天来了，花开了。\n小河流水，鸟儿在唱歌。\n", "import-no-notice"),
        ("企业必须装报警器，严禁使用超期气瓶。\n各乡镇：\n一、甲\n要做。\n", "text-set-aside"),
    ],
)
def test_a_text_that_is_not_read_right_is_refused(seeds: Path, tmp_path: Path, text: str, code: str) -> None:
    assert refusal(seeds, text_file(tmp_path, text)) == [code]


@pytest.mark.parametrize(
    "text",
    [
        "春天来了，花开了。\n小河流水，鸟儿在唱歌。\n",
        "企业必须装报警器，严禁使用超期气瓶。\n各乡镇：\n一、甲\n要做。\n",
    ],
)
def test_what_somebody_compared_with_the_original_is_imported_and_said(
    seeds: Path, tmp_path: Path, text: str
) -> None:
    added = imported(seeds, text_file(tmp_path, text), accept=True)

    assert [one.level for one in added.problems] == ["warning"]
    assert load_notices(seeds)[0][-1].id == "some-2026"


def test_numbers_that_stand_twice_are_told_apart_and_said(seeds: Path, tmp_path: Path) -> None:
    added = imported(seeds, text_file(tmp_path, "一、甲\n要做。\n一、乙\n要做。\n"))

    assert [one.path for one in added.reading.clauses] == ["一", "一·2"]
    assert [(one.code, one.level) for one in added.problems] == [("clause-twice", "warning")]


def test_notes_that_are_more_than_a_small_share_of_the_file_have_to_be_accepted(
    seeds: Path, tmp_path: Path
) -> None:
    notes = {"footnotes": f"<w:footnotes NAMES><w:footnote>{p('注' * 40)}</w:footnote></w:footnotes>"}
    source = word_file(tmp_path, p("一、甲") + p("要做。"), notes)

    assert refusal(seeds, source) == ["import-much-left"]
    added = imported(seeds, source, accept=True)
    assert added.left == ("没有导入：脚注尾注 40 字（从「注注注注注注注注注注注注注注注」开始）",)


def test_a_word_file_that_would_lose_words_is_refused(seeds: Path, tmp_path: Path) -> None:
    assert refusal(seeds, word_file(tmp_path, p("一、甲", properties="<w:numPr/>"))) == ["import-text-lost"]


def test_articles_are_clauses(seeds: Path) -> None:
    added = imported(seeds, CASES / "tiao.txt")

    assert [one.path for one in added.reading.clauses] == [
        "第一条", "第一条/（一）", "第一条/（二）", "第二条", "第二条/（一）", "第二条/（二）",
    ]  # fmt: skip


def test_a_letter_and_its_plan_are_imported_whole(seeds: Path) -> None:
    added = imported(seeds, CASES / "min_yinfa.txt", issuer="某某市安全生产委员会")

    assert [clause.path for clause in added.reading.clauses] == ["前言", "一/1", "一/2"]
    assert [one.code for one in added.problems] == ["import-told-otherwise"]  # the title


def test_a_text_that_the_folder_has_under_another_id_is_refused(seeds: Path, tmp_path: Path) -> None:
    source = shutil.copy(seeds / "lingchuan-2025.txt", tmp_path / "again.txt")
    told = {"issuer": "陵川县人民政府", "place": "陵川县", "year": 2025}

    assert refusal(seeds, Path(source), **told) == ["import-same-text"]


def test_a_folder_whose_catalogue_is_wrong_gets_no_notice(seeds: Path, tmp_path: Path) -> None:
    with (seeds / "notices.yaml").open("a", encoding="utf-8") as opened:
        opened.write("  - id: A\n")

    assert "field-missing" in refusal(seeds, text_file(tmp_path))


def test_a_folder_that_is_none_of_notices_gets_no_notice(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "letter.txt").write_text("x", "utf-8")

    assert refusal(other, text_file(tmp_path)) == ["import-no-catalogue"]
    assert refusal(other / "letter.txt", text_file(tmp_path)) == ["import-no-catalogue"]


@pytest.mark.parametrize(
    "make",
    [
        lambda path: path.write_text("别的", "utf-8"),
        lambda path: path.symlink_to("/etc/x"),
        lambda path: path.mkdir(),
    ],
)
def test_a_file_of_somebody_else_is_never_replaced(
    seeds: Path, tmp_path: Path, make: Callable[[Path], object]
) -> None:
    make(seeds / "some-2026.txt")
    before = sorted((path.name, path.is_symlink()) for path in seeds.iterdir())

    assert refusal(seeds, text_file(tmp_path)) == ["import-taken"]
    assert sorted((path.name, path.is_symlink()) for path in seeds.iterdir()) == before


def test_a_name_that_differs_in_capitals_only_is_taken(seeds: Path, tmp_path: Path) -> None:
    (seeds / "SOME-2026.TXT").write_text("别的", "utf-8")

    assert refusal(seeds, text_file(tmp_path)) == ["import-taken"]


# ---------------------------------------------------------------- disks that fail, runs that are killed


def test_an_import_killed_between_its_two_files_works_at_the_second_try(seeds: Path, tmp_path: Path) -> None:
    (seeds / "some-2026.txt").write_text(TEXT, "utf-8")
    assert load_notices(seeds)[1] == []

    imported(seeds, text_file(tmp_path))

    assert load_notices(seeds)[0][-1].id == "some-2026"


LIMITED = """
import resource, signal, sys
from checklists.cli import main
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv.pop(1)),) * 2)
main()
"""


@pytest.mark.parametrize("most", [0, 10, 4000, 9000])
def test_a_full_disk_leaves_the_folder_as_it_was(seeds: Path, tmp_path: Path, most: int) -> None:
    """The limit strikes the seed, the trial of the catalogue, or the catalogue itself."""
    before = tree(seeds)
    assert len(before["notices.yaml"] or b"") > 9000
    arguments = [sys.executable, "-c", LIMITED, str(most), "notices", "import", str(text_file(tmp_path))]
    told = [
        "--id=some-2026",
        "--title=甲",
        "--issuer=乙",
        "--place=晋城市",
        "--year=2026",
        f"--seeds={seeds}",
    ]

    ended = subprocess.run(
        [*arguments, *told],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
        timeout=60,
    )

    assert (ended.returncode, tree(seeds)) == (1, before), ended.stderr
    assert "file-unwritable" in ended.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write anywhere")
@pytest.mark.parametrize("locked", [".", "notices.yaml"])
def test_a_folder_or_catalogue_that_may_not_be_written_is_left_as_it_was(
    seeds: Path, tmp_path: Path, locked: str
) -> None:
    source = text_file(tmp_path)
    (seeds / locked).chmod(0o500)
    try:
        assert refusal(seeds, source) == ["file-unwritable"]
    finally:
        (seeds / locked).chmod(0o700)


@pytest.mark.parametrize("fault", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_catalogue_that_cannot_be_moved_into_place_takes_the_seed_away_again(
    seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: BaseException
) -> None:
    source, before, struck = text_file(tmp_path), tree(seeds), []

    def striking(move: Callable[..., object]) -> Callable[..., object]:
        def moved(source: object, target: object, *more: object) -> object:
            if Path(str(target)) == seeds / "notices.yaml":
                struck.append((seeds / "some-2026.txt").exists())
                raise fault
            return move(source, target, *more)

        return moved

    monkeypatch.setattr(os, "replace", striking(os.replace))
    monkeypatch.setattr(Path, "replace", striking(Path.replace))
    with pytest.raises((Refused, KeyboardInterrupt)):
        imported(seeds, source)

    assert struck == [True]
    assert tree(seeds) == before


def test_imports_at_the_same_time_lose_no_entry(seeds: Path, tmp_path: Path) -> None:
    sources = [text_file(tmp_path, f"一、甲\n{number}要做。\n", f"{number}.txt") for number in "甲乙丙丁"]
    runs = []
    for number, source in enumerate(sources):
        told = [
            f"--id=some-{number}",
            "--title=甲",
            "--issuer=乙",
            "--place=晋城市",
            "--year=2026",
            f"--seeds={seeds}",
        ]
        command = [sys.executable, "-m", "checklists", "notices", "import", str(source), *told]
        runs.append(
            subprocess.Popen(command, stdout=subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": str(ROOT)})
        )
    codes = [run.wait(timeout=120) for run in runs]

    notices, problems = load_notices(seeds)
    assert codes == [0, 0, 0, 0] and problems == []
    assert sorted(one.id for one in notices[SHIPPED:]) == ["some-0", "some-1", "some-2", "some-3"]


# ---------------------------------------------------------------- whose folder it is


def test_a_folder_that_is_not_there_begins_as_a_copy_of_the_shipped_notices(tmp_path: Path) -> None:
    own = tmp_path / "我的" / "通知"

    added = imported(own, text_file(tmp_path))

    notices, problems = load_notices(own, vocabulary().places)
    read, doubts = read_clauses(own, notices)
    assert added.new_folder and problems == doubts == []
    assert [one.id for one in notices[:-1]] == [one.id for one in load_notices(data_folder("seeds"))[0]]
    assert len(read["some-2026"]) == 3
    assert sorted(path.name for path in own.parent.iterdir()) == ["通知"]


def test_an_empty_folder_is_filled_in_the_same_way(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()

    assert imported(tmp_path / "own", text_file(tmp_path)).new_folder
    assert len(load_notices(tmp_path / "own")[0]) == SHIPPED + 1


def test_a_refused_import_makes_no_folder(tmp_path: Path) -> None:
    assert refusal(tmp_path / "own", text_file(tmp_path, "题\n")) == ["import-no-clauses"]
    assert not (tmp_path / "own").exists()


def test_the_folders_of_a_checkout_are_its_owners_and_those_of_the_package_are_not(tmp_path: Path) -> None:
    package = tmp_path / "site-packages" / "checklists"
    installed = package / "data" / "seeds"
    installed.mkdir(parents=True)
    (tmp_path / "link").symlink_to(installed)

    assert inside_installation(installed, package)
    assert inside_installation(tmp_path / "link", package)
    assert inside_installation(package / "new", package)
    assert not inside_installation(tmp_path / "site-packages" / "seeds", package)
    assert not inside_installation(tmp_path / "checklists-own", package)
    assert not inside_installation(ROOT / "seeds")


def test_nothing_is_written_into_an_installed_package(tmp_path: Path) -> None:
    site = tmp_path / "site-packages"
    shutil.copytree(ROOT / "checklists", site / "checklists", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("rules", "seeds"):
        shutil.copytree(ROOT / name, site / "checklists" / "data" / name)
    before = tree(site)
    source = text_file(tmp_path)

    def run(*more: str) -> subprocess.CompletedProcess[str]:
        told = ["--id=some-2026", "--title=甲", "--issuer=乙", "--place=晋城市", "--year=2026", *more]
        command = [sys.executable, "-m", "checklists", "notices", "import", str(source), *told]
        environment = {**os.environ, "PYTHONPATH": str(site), "PYTHONDONTWRITEBYTECODE": "1"}
        return subprocess.run(
            command, capture_output=True, encoding="utf-8", env=environment, cwd=tmp_path, timeout=60
        )

    for more in (
        [f"--seeds={site / 'checklists' / 'data' / 'seeds'}"],
        [f"--seeds={site / 'checklists' / 'own'}"],
    ):
        ended = run(*more)
        assert (ended.returncode, tree(site)) == (1, before)
        assert "import-installed" in ended.stderr and "--seeds 我的通知" in ended.stderr
    ended = run()
    assert (ended.returncode, tree(site)) == (0, before), ended.stderr
    assert "新建了通知文件夹 我的通知" in ended.stdout
    assert len(load_notices(tmp_path / "我的通知")[0]) == SHIPPED + 1


# ---------------------------------------------------------------- the command


class Ended:
    """What a command printed and how it ended."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


Run = Callable[..., Ended]


@pytest.fixture
def checklists(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command in this process."""

    def run(*arguments: str) -> Ended:
        monkeypatch.setattr(sys, "argv", ["checklists", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        assert "Traceback" not in printed.out + printed.err
        assert "internal-error" not in printed.err
        return Ended(int(ended.value.code or 0), printed.out, printed.err)

    return run


def options(seeds: Path, /, **told: str) -> list[str]:
    every = {
        "id": "some-2026",
        "title": "甲",
        "issuer": "某某市安全生产委员会",
        "place": "晋城市",
        "year": "2026",
        "seeds": str(seeds),
    }
    return [f"--{name}={value}" for name, value in (every | told).items()]


def test_the_command_prints_the_account_and_what_comes_next(checklists: Run, seeds: Path) -> None:
    told = options(seeds, title="某某市安全生产委员会关于印发《某某市燃气安全专项整治方案》的通知")
    ended = checklists("notices", "import", str(CASES / "min_yinfa.txt"), *told)

    assert (ended.code, ended.err) == (0, "")
    assert "按文件登记　成文日期：2026-03-07" in ended.out
    assert "读到 144 字：条款 59 字，编号 6 字，标题 4 字，责任单位 0 字，不列入条款 75 字。" in ended.out
    assert "  第 7—9 行　落款、日期：某某市安全生产委员会／2026年3月7日" in ended.out
    assert f"checklists rules draft {told[0].removeprefix('--id=')} --seeds {seeds}" in ended.out


def test_a_folder_of_an_odd_name_breaks_no_line(checklists: Run, tmp_path: Path) -> None:
    ended = checklists("notices", "import", str(CASES / "winter.txt"), *options(tmp_path / "甲\n- 乙: '"))

    assert ended.code == 0
    assert "甲 - 乙: '" in ended.out


def test_what_was_lost_or_doubtful_is_said_on_the_other_stream(checklists: Run, seeds: Path) -> None:
    ended = checklists("notices", "import", str(CASES / "track.docx"), *options(seeds))

    assert ended.code == 0
    assert (
        "提醒 import-marked: 修订插入的文字，已读入 7 字（从「安装视频监控，」开始）；修订删去的文字"
        in ended.err
    )
    assert "必须在卸油口安装视频监控，保存" in "".join(one.read_text("utf-8") for one in seeds.glob("*.txt"))


def test_a_notice_that_moves_the_code_of_another_says_so(
    checklists: Run, seeds: Path, tmp_path: Path
) -> None:
    source = text_file(tmp_path, TEXT.replace("某市", "山西省"))
    told = options(
        seeds,
        place="山西省",
        issuer="山西省人民政府",
        title=PARAGRAPHS[0].replace("某市", "山西省"),
        date="2026-01-01",
    )
    earlier = checklists("notices", "import", str(source), *told)

    assert earlier.code == 0
    assert "提醒 import-code-moved: shanxi-2026 在表上的代号由「晋26」变成「晋26乙」" in earlier.err


def test_a_commission_of_the_province_has_a_code_of_its_own(checklists: Run, seeds: Path) -> None:
    told = ["--id=winter-2026", "--place=山西省", f"--seeds={seeds}", "--issuer=山西省安全生产委员会办公室"]
    ended = checklists("notices", "import", str(CASES / "winter.txt"), *told)
    notices = cited(load_notices(seeds)[0], vocabulary().short_names)

    assert (ended.code, ended.err) == (0, "")
    assert (notices["shanxi-2026"].code, notices["winter-2026"].code) == ("晋26", "晋安办26")
    assert notices["winter-2026"].number == "晋安办发〔2026〕55号"


def test_a_later_notice_of_the_year_moves_no_code(checklists: Run, seeds: Path) -> None:
    later = checklists("notices", "import", str(CASES / "winter.txt"), *options(seeds, place="山西省"))

    assert later.code == 0
    assert "import-code" not in later.err


def test_show_ends_with_the_account(checklists: Run, seeds: Path) -> None:
    assert checklists("notices", "import", str(CASES / "min_yinfa.txt"), *options(seeds)).code == 0

    shown = checklists("notices", "show", "some-2026", "--seeds", str(seeds))
    as_json = checklists("notices", "show", "some-2026", "--seeds", str(seeds), "--json")

    assert "第 11 行　文首（标题、文号、称呼等）：某某市燃气安全专项整治方案" in shown.out
    assert yaml.safe_load(as_json.out)["aside"][1] == {
        "first": 7,
        "last": 9,
        "text": "某某市安全生产委员会／2026年3月7日",
        "why": "落款、日期",
    }


# ---------------------------------------------------------------- what the text says and what is told


LETTER = """某某市安全生产委员会办公室文件
某安办〔2026〕12号

某某市安全生产委员会办公室关于做好夏季安全生产工作的通知

各县（市、区）安委会：
一、加油站必须安装视频监控。
{}某某市安全生产委员会办公室
2026年6月1日
"""


def test_what_nobody_tells_is_taken_from_the_text(seeds: Path, tmp_path: Path) -> None:
    told = dict.fromkeys(("title", "issuer", "year"))
    added = imported(seeds, text_file(tmp_path, LETTER.format("")), **told)

    assert added.notice.title == "某某市安全生产委员会办公室关于做好夏季安全生产工作的通知"
    assert added.notice.number == "某安办〔2026〕12号"
    assert added.notice.issuer == "某某市安全生产委员会办公室"
    assert (added.notice.date, added.notice.year) == (datetime.date(2026, 6, 1), 2026)
    assert len(added.taken) == 5


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        ({"title": "别的通知"}, "标题写的是「别的通知」，文件里像是「某某市安全生产委员会办公室关于做好夏季安全生产工作的通知」"),
        ({"number": "某安办〔2026〕21号"}, "文号写的是「某安办〔2026〕21号」，文件里像是「某安办〔2026〕12号」"),
        ({"issuer": "某某市人民政府"}, "发文机关写的是「某某市人民政府」，文件里像是「某某市安全生产委员会办公室」"),
        ({"date": datetime.date(2026, 7, 1)}, "成文日期写的是「2026-07-01」，文件里像是「2026-06-01」"),
        ({"year": 2025}, "年份写的是「2025」，文件里像是「2026」"),
    ],
)  # fmt: skip
def test_what_is_told_otherwise_than_the_text_says_is_said(
    seeds: Path, tmp_path: Path, told: dict[str, object], wanted: str
) -> None:
    every = {"title": None, "issuer": None, "year": None} | told
    added = imported(seeds, text_file(tmp_path, LETTER.format("")), **every)

    assert [one.message for one in added.problems] == [wanted]
    for name, value in told.items():
        assert getattr(added.notice, name) == value


def test_a_county_without_its_city_is_no_other_place(seeds: Path, tmp_path: Path) -> None:
    text = (
        "阳城县人民政府关于做好安全生产工作的通知\n\n各乡镇：\n\n一、{0}必须检查。\n\n{0}\n\n2026年6月1日\n"
    )
    told = {"title": None, "issuer": None, "year": None, "place": "阳城县"}

    assert imported(seeds, text_file(tmp_path, text.format("阳城县人民政府")), **told).problems == ()
    other = imported(seeds, text_file(tmp_path, text.format("沁水县人民政府")), **told, id="other-2026")
    assert [one.code for one in other.problems] == ["import-told-otherwise"]


def test_brackets_and_blanks_make_no_other_number(seeds: Path, tmp_path: Path) -> None:
    told = {"title": None, "issuer": None, "year": None, "number": "某安办[2026] 12号"}

    assert imported(seeds, text_file(tmp_path, LETTER.format("")), **told).problems == ()


def test_what_neither_tells_has_to_be_told(seeds: Path, tmp_path: Path) -> None:
    source = text_file(tmp_path, "一、加油站必须安装视频监控。\n")

    codes = refusal(seeds, source, title=None, issuer=None, year=None)
    assert codes == ["import-not-told"] * 3


# ---------------------------------------------------------------- twice the same, two with one number


def test_the_same_notice_in_another_file_is_refused(seeds: Path, tmp_path: Path) -> None:
    imported(seeds, text_file(tmp_path), id="first-2026")

    source = word_file(tmp_path, "", name="again.docx")
    write_package(source, document(*(p(text) for text in PARAGRAPHS)), {})
    assert refusal(seeds, source) == ["import-same-text"]


def test_a_county_that_hands_on_the_words_of_its_city_is_another_notice(seeds: Path, tmp_path: Path) -> None:
    imported(seeds, text_file(tmp_path), id="first-2026")

    again = text_file(tmp_path, name="again.txt")
    assert refusal(seeds, again, id="again-2026") == ["import-same-text"]
    added = imported(seeds, again, id="county-2026", issuer="阳城县人民政府", place="阳城县")
    assert "import-same-words" in [one.code for one in added.problems]
    assert "first-2026" in next(one.message for one in added.problems if one.code == "import-same-words")


def test_two_texts_with_one_number_of_one_issuer_have_to_be_accepted(seeds: Path, tmp_path: Path) -> None:
    every = {"title": None, "issuer": None, "year": None}
    imported(seeds, text_file(tmp_path, LETTER.format("")), id="first-2026", **every)
    other = text_file(tmp_path, LETTER.format("二、严禁烟火。\n"), "other.txt")

    assert refusal(seeds, other, **every) == ["import-number-again"]
    assert imported(seeds, other, accept=True, **every).problems[0].level == "warning"


def test_two_governments_with_one_number_have_to_be_accepted(seeds: Path, tmp_path: Path) -> None:
    source = text_file(tmp_path, TEXT.replace("某市", "阳城县"))
    told = {
        "title": None,
        "issuer": "阳城县人民政府",
        "place": "阳城县",
        "year": 2025,
        "number": "阳政发〔2025〕1号",
    }

    assert refusal(seeds, source, **told) == ["import-number-taken"]
    added = imported(seeds, source, accept=True, **told)
    told_notices = cited([*added.others, added.notice], vocabulary().short_names)
    assert told_notices["yangquan-2025"].code != told_notices["some-2026"].code
    assert notice_reference(told_notices["some-2026"]) == "阳政发〔2025〕1号（阳城县）"


# ---------------------------------------------------------------- PDF


def test_a_pdf_is_read_with_its_attachment_and_its_table(seeds: Path) -> None:
    every = {"title": None, "issuer": None, "year": None}
    added = imported(seeds, CASES / "letter.pdf", id="letter-2027", **every)

    assert [(one.path, one.text[-8:], one.departments, one.deadline) for one in added.reading.clauses] == [
        ("前言", "要情况及时报告。", (), ""),
        ("一/（一）", "汇报代替到现场。", (), ""),
        ("一/（二）", "存不少于90天。", (), ""),
        ("二", "合实际抓好落实。", (), ""),
        ("附件/1/1", "本人签字并存档备查。"[-8:], ("县应急管理局",), "全年"),
        ("附件/1/2", "卸油口安装视频监控。"[-8:], ("县应急管理局",), "全年"),
        ("附件/1/3", "系统停用的不得作业。"[-8:], ("县应急管理局", "县工业和信息化局"), "6月底前"),
        ("附件/2/4", "并与燃气切断阀联锁。"[-8:], ("县住房和城乡建设管理局",), "9月底前"),
    ]
    assert added.notice.title == "某某县安全生产委员会关于印发2027年安全生产重点工作任务清单的通知"
    assert (added.notice.number, added.notice.date) == ("某安〔2027〕3号", datetime.date(2027, 1, 18))
    assert added.left == ("没有导入：网站的导航、信息栏、按钮、页脚，页码 9 字（从「—1——2——3—」开始）",)


def test_a_scan_a_locked_file_and_a_damaged_one_are_told_apart(seeds: Path, tmp_path: Path) -> None:
    Image.new("RGB", (600, 800), "white").save(tmp_path / "scan.pdf")
    writer = PdfWriter(clone_from=CASES / "letter.pdf")
    writer.encrypt("secret", algorithm="AES-256")
    writer.write(tmp_path / "locked.pdf")
    (tmp_path / "damaged.pdf").write_bytes((CASES / "letter.pdf").read_bytes()[:9000])
    (tmp_path / "none.pdf").write_bytes(b"%PDF-1.7\n")

    found = [refusal(seeds, tmp_path / f"{name}.pdf") for name in ("scan", "locked", "damaged", "none")]
    assert found == [["import-scanned"], ["import-locked"], ["import-damaged"], ["import-damaged"]]


@given(st.binary(max_size=200), st.integers(0, 60_000))
@settings(max_examples=15, deadline=None)
def test_a_pdf_with_a_fault_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, fault: bytes, at: int
) -> None:
    path = tmp_path_factory.mktemp("pdf") / "x.pdf"
    content = (CASES / "letter.pdf").read_bytes()
    path.write_bytes(content[:at] + fault + content[at + len(fault) :])
    try:
        assert source_of(path).text.strip()
    except Refused as refused:
        assert all(one.remedy for one in refused.problems)


# ---------------------------------------------------------------- taken out again


def test_a_notice_that_nobody_cites_is_taken_out_and_its_text_kept(
    checklists: Run, seeds: Path, tmp_path: Path
) -> None:
    before = tree(seeds)
    imported(seeds, text_file(tmp_path))

    ended = checklists("notices", "remove", "some-2026", f"--seeds={seeds}")

    assert (ended.code, ended.err) == (0, "")
    after = tree(seeds)
    assert after.pop("移出的通知", b"") is None
    assert after.pop("移出的通知/some-2026.txt") == TEXT.encode()
    assert after == before
    imported(seeds, text_file(tmp_path))
    assert checklists("notices", "remove", "some-2026", f"--seeds={seeds}").code == 0
    assert (seeds / "移出的通知" / "some-2026-2.txt").read_bytes() == TEXT.encode()


@pytest.mark.parametrize(
    ("name", "code"), [("shanxi-2026", "remove-cited"), ("nobody-2026", "notice-unknown")]
)
def test_a_notice_that_items_stand_on_stays(checklists: Run, seeds: Path, name: str, code: str) -> None:
    before = tree(seeds)

    ended = checklists("notices", "remove", name, f"--seeds={seeds}")

    assert ended.code in (1, 2) and code in ended.err
    assert tree(seeds) == before


@pytest.mark.parametrize(
    "kind", ["indented", "not indented", "far indented", "without a line end", "Windows"]
)
def test_a_catalogue_is_as_it_was_when_a_notice_has_come_and_gone(tmp_path: Path, kind: str) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "own.txt").write_text("一、甲\n要做。\n", "utf-8")
    (folder / "notices.yaml").write_bytes(CATALOGUES[kind].encode())
    imported(folder, text_file(tmp_path))

    remove_notice(folder, "some-2026", vocabulary().places)

    assert (folder / "notices.yaml").read_bytes().decode().rstrip() == CATALOGUES[kind].rstrip()
    remove_notice(folder, "own-2026", vocabulary().places)
    assert load_notices(folder) == ([], [])


def test_a_file_may_come_on_the_standard_input(seeds: Path) -> None:
    sources = {"site.html": "site", "track.docx": "track", "tiao.txt": "tiao", "letter.pdf": "letter"}
    for source, name in sources.items():
        told = [
            f"--id=in-{name}",
            "--place=晋城市",
            "--issuer=某某市人民政府",
            "--year=2026",
            f"--seeds={seeds}",
        ]
        ended = subprocess.run(
            [sys.executable, "-m", "checklists", "notices", "import", "-", *told],
            input=(CASES / source).read_bytes(),
            capture_output=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            timeout=60,
        )
        assert ended.returncode == 0, ended.stderr.decode()
    added = load_notices(seeds)[0][SHIPPED:]
    assert [one.id for one in added] == [f"in-{name}" for name in sources.values()]


@pytest.mark.parametrize(
    "told",
    [
        {"year": "abc"},
        {"year": ""},
        {"year": "９９９９９９９９９９９９９９９９９"},
        {"date": ""},
        {"date": "2026-02-30"},
        {"date": "明天"},
        {"date": "0000-00-00"},
        {"place": ""},
        {"place": "\udcff"},
        {"title": "\udcff"},
        {"id": "\udcff"},
        {"seeds": ""},
        {"seeds": "/dev/null"},
        {"seeds": "/proc/nothing/here"},
        {"seeds": "x" * 300},
        {"rules": "/nothing"},
    ],
)
def test_hostile_options_end_with_a_message(
    checklists: Run, seeds: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: dict[str, str]
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    before = tree(tmp_path)

    ended = checklists("notices", "import", str(CASES / "winter.txt"), *options(seeds, **told))

    assert ended.code in (1, 2)
    assert ended.err.strip()
    assert tree(tmp_path) == before


def test_quotes_in_a_word_file_survive(seeds: Path, tmp_path: Path) -> None:
    source = word_file(tmp_path, p(r('一、企业必须做到"五落实"：[甲]、{乙}、#丙、\\丁。')))

    added = imported(seeds, source)

    assert added.reading.clauses[-1].text == '企业必须做到"五落实"：[甲]、{乙}、#丙、\\丁。'
