"""checklists notices …"""

from __future__ import annotations

from collections.abc import Iterator
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
    found = library.notices[_notice_id(library, notice)]
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
            departments = f"　〔{'、'.join(clause.departments)}〕" if clause.departments else ""
            print(
                f"\n{clause.path}　（第 {clause.lines[0]}—{clause.lines[1]} 行）{departments}\n{clause.text}"
            )
        for line in (f"\n{account}。", *account.lines) if account else ():
            print(line)
    finish(problems)


NumberOption = Annotated[
    str | None, typer.Option("--number", metavar="文号", help="文号；没有就不写", show_default=False)
]
IssuedOption = Annotated[
    str | None, typer.Option("--date", metavar="日期", help="成文日期；没有印就不写", show_default=False)
]
OwnSeedsOption = Annotated[
    Path | None,
    typer.Option(
        "--seeds",
        metavar="文件夹",
        help="自己的通知文件夹；没有就新建，并抄一份自带的通知进去",
        show_default=False,
    ),
]


@app.command("import")
def notices_import(
    file: Annotated[Path, typer.Argument(metavar="文件", help="通知文件：.docx、.html 或 .txt")],
    notice: Annotated[str, typer.Option("--id", metavar="编号", help="编号，如 jincheng-2027")],
    title: Annotated[str, typer.Option("--title", metavar="标题", help="标题")],
    issuer: Annotated[str, typer.Option("--issuer", metavar="机关", help="发文机关")],
    place: Annotated[str, typer.Option("--place", metavar="地方", help="在哪里有效：省、市或县（市、区）")],
    year: Annotated[int, typer.Option("--year", metavar="年份", help="年份，与成文日期同年")],
    number: NumberOption = None,
    on: IssuedOption = None,
    seeds: OwnSeedsOption = None,
    rules: RulesOption = None,
) -> None:
    """加一份通知：存入通知文件夹，登记目录，交代每个字的去处，并输出可能要写成检查项的语句草稿。

    有任何不对，都不写入，文件夹保持原样。
    """
    from checklists.notices.importing import Registration, import_notice
    from checklists.rules.drafts import draft

    day = day_of(on) if on is not None else None
    vocabulary = closed_lists(rules)
    folder = seeds or data_folder("seeds")
    registration = Registration(notice, title, issuer, place, year, number, day)
    added = import_notice(folder, file, registration, vocabulary.places)
    for line in _import_lines(added, folder, named=seeds is not None):
        print(f"# {' '.join(line.splitlines())}")
    for stub in draft(added.notice, added.reading.clauses):
        print(stub)
    finish([*added.problems, *_moved_codes(added, vocabulary)])


def _import_lines(added: Imported, folder: Path, named: bool) -> Iterator[str]:
    """What was added and where every character went; the draft that follows is YAML, so these lines are comments."""
    from hashlib import sha256

    from checklists.files.writing import read_file
    from checklists.notices.account import account_of

    account = account_of(added.reading)
    option = f" --seeds {folder}" if named else ""
    if added.new_folder:
        yield f"新建了通知文件夹 {folder}，自带的 {len(added.others)} 份通知已抄在里面；以后各条命令都加{option}。"
    yield f"{added.notice.id}：{len(added.reading.clauses)} 条。请逐条核对：checklists notices show {added.notice.id}{option}"
    yield f"{account}。"
    yield from (f"  {line}" for line in account.lines)
    digest = sha256(read_file(folder / added.notice.file)).hexdigest()
    yield f"校验和（SHA-256）：{digest}  {added.notice.file}"
    yield "以下语句可能约束企业，仅供参考；其余语句也要逐句读。"


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
    wanted = [_notice_id(library, notice)] if notice else list(library.notices)
    read = coverage(library)
    gaps = sum(part.status == "gap" for name in wanted for _, parts in read[name] for part in parts)
    if as_json:
        print_json(
            [
                {"notice": name, "path": clause.path, "parts": [_part_json(part) for part in parts]}
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


_STATUS = {
    "cited": "已问",
    "government-only": "政府职责",
    "narrative": "叙述",
    "not-observable": "看不见",
    "heading": "标题",
    "gap": "★未交代",
}


def _part_json(part: Any) -> dict[str, Any]:
    return {"text": part.text, "status": part.status, "items": list(part.items), "reason": part.reason}


def _part_line(part: Any) -> str:
    told = "、".join(part.items) or part.reason
    return f"[{_STATUS[part.status]}] {part.marked}{f'　→ {told}' if told else ''}"


def _notice_id(library: Library, name: str) -> str:
    from checklists.nearest import nearest

    if name in library.notices:
        return name
    hint = nearest(name, library.notices) or "全部通知见 checklists notices list。"
    raise Refused([problem("notice-unknown", COMMAND_LINE, notice=name, hint=hint)], exit_code=2)
