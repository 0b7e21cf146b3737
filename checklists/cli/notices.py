"""checklists notices …"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from checklists.cli.chinese import App
from checklists.cli.shared import (
    COMMAND_LINE,
    JsonOption,
    RulesOption,
    SeedsOption,
    closed_lists,
    day_of,
    finish,
    opened,
    print_json,
)
from checklists.data import data_folder
from checklists.problems import Problem, Refused, problem

if TYPE_CHECKING:
    from checklists.models import Vocabulary
    from checklists.notices.importing import Imported
    from checklists.rules.library import Library


OWN_SEEDS = "我的通知"
"""Folder of one's own notices where no other is named."""

app = App(help="通知：目录、条款、逐句交代。")


@app.command("list")
def notices_list(seeds: SeedsOption = None, rules: RulesOption = None, as_json: JsonOption = False) -> None:
    """列出全部通知。"""
    library, problems = opened(rules, seeds)
    rows = [
        {
            **notice.model_dump(include={"id", "title", "number", "issuer", "place", "year", "date", "file"}),
            "clauses": len(library.clauses.get(notice.id, ())),
        }
        for notice in library.notices.values()
    ]
    if as_json:
        print_json(rows)
    else:
        for row in rows:
            print(f"{row['id']}\t{row['number'] or '（无文号）'}\t{row['clauses']} 条\t{row['title']}")
    finish(problems)


@app.command("show")
def notices_show(
    notice: Annotated[str, typer.Argument(metavar="编号", help="通知编号，如 shanxi-2026")],
    seeds: SeedsOption = None,
    rules: RulesOption = None,
    as_json: JsonOption = False,
) -> None:
    """显示一份通知的全部条款。"""
    from checklists.notices.account import account_of
    from checklists.notices.clauses import read_notice, seed_text

    library, problems = opened(rules, seeds)
    found = library.notices[notice_id(library, notice)]
    clauses = library.clauses.get(notice, {}).values()
    text = seed_text((seeds or data_folder("seeds")) / found.file)[0]
    account = account_of(read_notice(found, text)[0]) if clauses else None
    if as_json:
        fields = found.model_dump(
            include={"id", "title", "number", "issuer", "place", "year", "date", "file"}
        )
        aside = [asdict(line) for line in account.lines] if account else []
        listed = [clause.model_dump(exclude={"notice"}) for clause in clauses]
        print_json({**fields, "clauses": listed, "aside": aside})
    else:
        print(f"{found.title}　{found.number or '（无文号）'}")
        for clause in clauses:
            responsible = "、".join(clause.departments) + (f"；{clause.deadline}" if clause.deadline else "")
            told = f"　〔{responsible.strip('；')}〕" if responsible else ""
            print(f"\n{clause.path}　（第 {clause.lines[0]}—{clause.lines[1]} 行）{told}\n{clause.text}")
        for line in (f"\n{account}。", *account.lines) if account else ():
            print(line)
    finish(problems)


TitleOption = Annotated[
    str | None, typer.Option("--title", metavar="标题", help="标题；不写就取文件里的", show_default=False)
]
IssuerOption = Annotated[
    str | None,
    typer.Option("--issuer", metavar="机关", help="发文机关；不写就取文件里的", show_default=False),
]
YearOption = Annotated[
    int | None,
    typer.Option("--year", metavar="年份", help="年份，与成文日期同年；不写就取文件里的", show_default=False),
]
NumberOption = Annotated[
    str | None, typer.Option("--number", metavar="文号", help="文号；不写就取文件里的", show_default=False)
]
IssuedOption = Annotated[
    str | None, typer.Option("--date", metavar="日期", help="成文日期；不写就取文件里的", show_default=False)
]
OwnSeedsOption = Annotated[
    Path | None,
    typer.Option(
        "--seeds",
        metavar="文件夹",
        help=f"自己的通知文件夹；不写就是当前文件夹里的“{OWN_SEEDS}”；没有就新建，并抄一份自带的通知进去",
        show_default=False,
    ),
]


@app.command("import")
def notices_import(
    file: Annotated[
        Path, typer.Argument(metavar="文件", help="通知文件：.docx、.pdf、.html、.txt；- 是标准输入")
    ],
    notice: Annotated[str, typer.Option("--id", metavar="编号", help="编号，如 jincheng-2027")],
    place: Annotated[
        str, typer.Option("--place", metavar="地方", help="在哪里有效：全国、省、市或县（市、区）")
    ],
    title: TitleOption = None,
    issuer: IssuerOption = None,
    year: YearOption = None,
    number: NumberOption = None,
    on: IssuedOption = None,
    accept: Annotated[
        bool, typer.Option("--accept", help="已对照原文：不列入条款的字多、文号重复等，照样导入")
    ] = False,
    seeds: OwnSeedsOption = None,
    rules: RulesOption = None,
) -> None:
    """加一份通知：存入通知文件夹，登记目录，交代每个字的去处。

    没有写的标题、机关、文号、日期、年份，取文件里写的；写了的与文件比较。有任何不对，都不写入，文件夹保持原样。
    """
    from checklists.notices.importing import import_notice
    from checklists.notices.registration import Registration

    day = day_of(on) if on is not None else None
    folder = seeds or Path(OWN_SEEDS)
    vocabulary = closed_lists(rules, folder)
    registration = Registration(notice, title, issuer, place, year, number, day)
    with _named_file(file) as source:
        added = import_notice(
            folder, source, registration, vocabulary.places, nation=vocabulary.nation, accept=accept
        )
    for line in _import_lines(added, folder):
        print(" ".join(line.splitlines()))
    finish([*added.problems, *_moved_codes(added, vocabulary)])


@contextmanager
def _named_file(file: Path) -> Iterator[Path]:
    """The file; for - what comes on the standard input, as a file for as long as it is read."""
    if str(file) != "-":
        yield file
        return
    from tempfile import TemporaryDirectory

    from checklists.notices.source import MOST_BYTES, of_standard_input

    with TemporaryDirectory() as folder:
        yield of_standard_input(sys.stdin.buffer.read(MOST_BYTES + 1), Path(folder))


def _import_lines(added: Imported, folder: Path) -> Iterator[str]:
    """What was added, where every character went, and what comes next."""
    from hashlib import sha256

    from checklists.files.writing import read_file
    from checklists.notices.account import account_of

    account = account_of(added.reading)
    option = f" --seeds {folder}"
    if added.new_folder:
        yield f"新建了通知文件夹 {folder}，自带的 {len(added.others)} 份通知已抄在里面；以后各条命令都加{option}。"
    yield f"{added.notice.id}：{len(added.reading.clauses)} 条。请逐条核对：checklists notices show {added.notice.id}{option}"
    yield from (f"按文件登记　{line}" for line in added.taken)
    yield f"{account}。"
    yield from (f"  {line}" for line in (*account.lines, *added.left))
    digest = sha256(read_file(folder / added.notice.file)).hexdigest()
    yield f"校验和（SHA-256）：{digest}  {added.notice.file}"
    yield f"核对无误后起草：checklists rules draft {added.notice.id}{option}"


@app.command("remove")
def notices_remove(
    notice: Annotated[str, typer.Argument(metavar="编号", help="通知编号，如 jincheng-2027")],
    seeds: OwnSeedsOption = None,
    rules: RulesOption = None,
) -> None:
    """从自己的通知文件夹移出一份通知：删去目录里的一条，文本移到“移出的通知”，不删除；还有检查项引用它的，不移出。"""
    from checklists.notices.removing import remove_notice

    folder = seeds or Path(OWN_SEEDS)
    library, _ = opened(rules, folder)
    notice_id(library, notice)
    citing = _citing(library, notice)
    if citing:
        raise Refused(
            [problem("remove-cited", COMMAND_LINE, notice=notice, count=len(citing), first=citing[0])]
        )
    moved = remove_notice(folder, notice, library.vocabulary.places)
    print(f"已移出 {notice}。" + (f"文本在 {moved}。" if moved else "文本文件里还有别的通知，留在原处。"))


def _citing(library: Library, notice: str) -> list[str]:
    """Items, terms and dispositions that stand on the notice."""
    items = [item.id for item in library.items if any(one.notice == notice for one in item.basis)]
    terms = [term.term for term, _ in library.terms if term.notice == notice]
    return [*items, *terms, *(f"处置说明 {one.clause}" for one, _ in library.dispositions.get(notice, ()))]


def _moved_codes(added: Imported, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Told when the short code that papers print for another notice changes: the new one is earlier in its year."""
    from checklists.rules.citation import cited

    before = cited(added.others, vocabulary.short_names)
    now = cited([*added.others, added.notice], vocabulary.short_names)
    for name, other in before.items():
        if now[name].code != other.code:
            yield problem(
                "import-code-moved", COMMAND_LINE, notice=name, before=other.code, now=now[name].code
            )


@app.command("coverage")
def notices_coverage(
    notice: Annotated[
        str | None, typer.Argument(metavar="编号", help="通知编号；不写则全部", show_default=False)
    ] = None,
    seeds: SeedsOption = None,
    rules: RulesOption = None,
    as_json: JsonOption = False,
) -> None:
    """逐句显示每一条款被哪些检查项引用（【】内为引文）、哪些不列入及其理由、哪些还没有交代。"""
    from checklists.rules.coverage import coverage

    library, problems = opened(rules, seeds)
    wanted = [notice_id(library, notice)] if notice else list(library.notices)
    read = coverage(library)
    gaps = sum(part.status == "gap" for name in wanted for _, parts in read[name] for part in parts)
    if as_json:
        print_json(
            [
                {"notice": name, "path": clause.path, "parts": [part.as_json() for part in parts]}
                for name in wanted
                for clause, parts in read[name]
            ]
        )
    else:
        for name in wanted:
            for clause, parts in read[name]:
                print(f"\n{name}　{clause.path}　{clause.heading}")
                for part in parts:
                    print(f"  {_part_line(part)}")
        print(f"\n没有交代的语句：{gaps}")
    finish(problems, failed=gaps > 0)


def _part_line(part: Any) -> str:
    told = "、".join(part.items) or part.reason
    return f"[{part.status_word}] {part.marked}{f'　→ {told}' if told else ''}"


def notice_id(library: Library, name: str) -> str:
    from checklists.nearest import nearest

    if name in library.notices:
        return name
    hint = nearest(name, library.notices) or "全部通知见 checklists notices list。"
    raise Refused([problem("notice-unknown", COMMAND_LINE, notice=name, hint=hint)], exit_code=2)
