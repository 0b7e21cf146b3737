"""Draw the shipped Word templates: ``python scripts/draw_word_templates.py [FOLDER]``.

The templates are ordinary files afterwards: whoever wants them otherwise restyles them in Word or WPS. This script
says how the shipped ones came about, in millimetres, and draws them again to the byte.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from word_base import REFERENCES, base_parts
from wordml import (
    Element,
    cell,
    field,
    paragraph,
    part,
    row,
    run,
    section,
    tab,
    table,
    tag_row,
    w,
    write_package,
)

BLANK = "＿"


@dataclass(frozen=True)
class Form:
    """Measures of one orientation, in millimetres."""

    landscape: bool
    margins: dict[str, float]
    columns: tuple[float, ...]
    grid: tuple[float, ...]
    """Label, value, three times: page one."""
    problems: tuple[float, ...]
    problem_rows: int
    problem_rows_short: int
    """Rows of the problem table on the paper of one sheet."""

    @property
    def width(self) -> float:
        return sum(self.columns)


PORTRAIT = Form(
    landscape=False,
    margins={"top": 18, "right": 12, "bottom": 20, "left": 22, "header": 10, "footer": 7},
    columns=(8, 80, 17, 9, 9, 9, 44),
    grid=(22, 29, 22, 31, 22, 50),
    problems=(8, 12, 68, 14, 24, 18, 32),
    problem_rows=12,
    problem_rows_short=4,
)
LANDSCAPE = Form(
    landscape=True,
    margins={"top": 15, "right": 12, "bottom": 17, "left": 20, "header": 8, "footer": 5},
    columns=(8, 54, 72, 17, 10, 10, 10, 50, 34),
    grid=(26, 56, 26, 56, 26, 75),
    problems=(10, 16, 110, 16, 28, 25, 60),
    problem_rows=6,
    problem_rows_short=6,
)


def blanks(count: int) -> str:
    """A line to write on, ``count`` characters long."""
    return BLANK * count


# ---------------------------------------------------------------- page one


def page_one(form: Form) -> list[Element]:
    return [
        paragraph("{{ checklist.title }}", style="FormTitle", line=24, align="center", after=1),
        paragraph(
            f"检查单位：{blanks(18)}",
            tab(),
            f"文书编号：{blanks(5)}〔{blanks(3)}〕{blanks(3)}号",
            style="GridValue",
            line=18,
            right_tab=form.width,
        ),
        table(form.grid, *_grid_rows(form)),
        *_notes(),
    ]


def _grid_rows(form: Form) -> list[Element]:
    def tag(text: str) -> Element:
        return tag_row(text, 6, form.width)

    two, three, wide = partial(_two, form), partial(_three, form), partial(_wide, form)
    return [
        two("单位名称", "{{ enterprise.name }}", "统一社会／信用代码", "{{ enterprise.code }}"),
        two("地　　址", "{{ enterprise.address }}", "企业类型", "{{ checklist.type_names }}"),
        *(_people_landscape(form) if form.landscape else _people_portrait(form)),
        tag("{%tr for names in checklist.particulars|batch(3) %}"),
        tag("{%tr if names|length == 3 %}"),
        three("{{ names[0] }}／", "", "{{ names[1] }}／", "", "{{ names[2] }}／", ""),
        tag("{%tr elif names|length == 2 %}"),
        two("{{ names[0] }}／", "", "{{ names[1] }}／", ""),
        tag("{%tr else %}"),
        wide("{{ names[0] }}／", ""),
        tag("{%tr endif %}"),
        tag("{%tr endfor %}"),
        wide("已知情况", "{{ checklist.known or '未提供，以现场核实为准' }}"),
        tag("{%tr if checklist.questions %}"),
        wide(
            "先　　问",
            "{%p for question in checklist.questions %}",
            "{{ loop.index }}. {{ question }}",
            "{%p endfor %}",
        ),
        tag("{%tr endif %}"),
        wide(
            "结果汇总",
            "应查 {{ checklist.count }} 项（★{{ checklist.key_count }}项，▲{{ checklist.major_count }}项）"
            f"　符合{blanks(2)}　不符合{blanks(2)}　不涉及{blanks(2)}　未查{blanks(2)}　▲{blanks(2)}",
        ),
    ]


PERSON, ON_SITE = "{{ enterprise.person }}　{{ enterprise.phone }}", "现场负责人／职务、电话"
USES = "□执法检查 □督导检查 □指导服务 □企业自查"
STATES = "□正常　□停产停业　□停工　□在建"
TIMES = f"第{BLANK * 2}次／上限{BLANK * 2}次"


def _people_portrait(form: Form) -> list[Element]:
    return [
        _two(form, "主要负责人／电　　话", PERSON, ON_SITE, ""),
        _two(form, "用　　途", USES, "分类等级", ""),
        _three(form, "任务来源", "", "方案编号", "", "批准人", ""),
        _two(form, "检查人员一／证　　号", "", "检查人员二／证　　号", ""),
        _time_row(form),
        _two(form, "生产状态", STATES, "本年本类／检查次数", TIMES),
    ]


def _people_landscape(form: Form) -> list[Element]:
    return [
        _three(form, "主要负责人／电　　话", PERSON, ON_SITE, "", "分类等级", ""),
        _two(form, "用　　途", USES, "生产状态", STATES),
        _three(form, "任务来源", "", "方案编号", "", "批准人", ""),
        _three(form, "检查人员一／证　　号", "", "检查人员二／证　　号", "", "本年本类／检查次数", TIMES),
        _time_row(form),
    ]


def label(width: float, text: str, *, keep: bool = False) -> Element:
    """A label cell: centred; ``／`` makes it small and breaks it; ``keep`` its row with the next."""
    style = "TableSmall" if "／" in text else "GridLabel"
    lines = text.rstrip("／").split("／")
    made = (paragraph(line, style=style, line=10.8, align="center", keep=keep) for line in lines)
    return cell(width, *made)


def value(width: float, *texts: str, span: int = 1) -> Element:
    """A value cell, one paragraph a text."""
    return cell(width, *(paragraph(text, style="GridValue", line=12.5) for text in texts), span=span)


def _two(form: Form, *texts: str) -> Element:
    """A line of the grid with two labels: the first value takes three columns."""
    a, *middle, e, f = form.grid
    return row(
        label(a, texts[0]),
        value(sum(middle), texts[1], span=3),
        label(e, texts[2]),
        value(f, texts[3]),
        height=8,
    )


def _three(form: Form, *texts: str) -> Element:
    """A line of the grid with three labels."""
    made = [
        value(width, text) if index % 2 else label(width, text)
        for index, (width, text) in enumerate(zip(form.grid, texts, strict=True))
    ]
    return row(*made, height=8)


def _wide(form: Form, name: str, *texts: str) -> Element:
    """A line of the grid with one label; a ``{%p`` tag among the texts stands in a paragraph of its own."""
    return row(label(form.grid[0], name), value(sum(form.grid[1:]), *texts, span=5), height=8)


def _time_row(form: Form) -> Element:
    when = f"{blanks(3)}年{blanks(2)}月{blanks(2)}日{blanks(2)}时{blanks(2)}分至{blanks(2)}日{blanks(2)}时{blanks(2)}分"
    calm = "□安静期内，例外：" + blanks(4 if form.landscape else 3)
    return row(
        label(form.grid[0], "检查时间"),
        value(sum(form.grid[1:5]), when, span=4),
        value(form.grid[5], calm),
        height=8,
    )


def _notes() -> list[Element]:
    def note(*texts: str | Element, before: float = 0) -> Element:
        return paragraph(*texts, style="Note", line=11.5, before=before)

    return [
        note(
            "★ 本次必查；▲ 不符合时对照本行业重大事故隐患判定标准现行版，由人判定；√ 填在□内，空白为未查。",
            before=3,
        ),
        note(
            "用途勾“指导服务”“企业自查”的，本表即为指导服务检查表、自查表。",
            "{% if checklist.has_old %}〔历年〕：依据都在三年以前。{% endif %}",
        ),
        note("依据代号（基准日{{ checklist.on }}）：{{ checklist.key }}。{{ checklist.own_clauses }}"),
        paragraph("{%p for note in checklist.notes %}", style="Note"),
        note("{{ note }}"),
        paragraph("{%p endfor %}", style="Note"),
        note(run("{{ checklist.disclaimer }}", "Strong"), before=1),
        paragraph("", style="Note", line=4),
    ]


# ---------------------------------------------------------------- the list


def item_list(form: Form) -> Element:
    columns = len(form.columns)
    return table(
        form.columns,
        _head_row(form),
        tag_row("{%tr for section in checklist.sections %}", columns, form.width),
        row(
            cell(
                form.width,
                paragraph("{{ section.title }}", style="PlaceLine", line=12.5, keep=True),
                span=columns,
            ),
            height=4.8,
        ),
        tag_row("{%tr for row in section.rows %}", columns, form.width),
        _item_row(form),
        tag_row("{%tr endfor %}", columns, form.width),
        tag_row("{%tr endfor %}", columns, form.width),
    )


def _head_row(form: Form) -> Element:
    if form.landscape:
        names = "序／号|检查内容|怎样算符合（标准与方法）|依据／（通知）|符合|不符合|不涉及|现场情况／（部位、数量、事实）|不符合时的／整改要求"
    else:
        names = "序／号|检查内容／怎样算符合（标准与方法）|依据／（通知）|符合|不符合|不涉及|现场情况／（部位、数量、事实）"
    cells = []
    for width, name in zip(form.columns, names.split("|"), strict=True):
        upright = name in ("符合", "不符合", "不涉及")
        lines = [name] if "怎样" in name else name.split("／")
        made = [paragraph(line, style="TableHead", line=11, align="center", keep=True) for line in lines]
        cells.append(cell(width, *made, grey=True, upright=upright))
    return row(*cells, height=10.3, head=True)


def _item_row(form: Form) -> Element:
    number = paragraph(run("{{ row.number }}", "ItemNumber"), run("{{ row.id }}", "ItemId"), align="center")
    content = paragraph(
        run("{{ row.marks }}", "ItemMarks", symbols=True),
        run("{{ row.content }}", "ItemContent"),
        line=13,
        before=0.3,
    )
    standard = paragraph(
        run("{{ row.standard }}", "ItemStandard"),
        run("{{ row.progress_note }}", "ItemProgress"),
        style="TableSmall",
        line=11,
        after=0.3,
    )
    code = [
        paragraph(text, style="TableCode", line=9, tight=True)
        for text in (run("{{ row.code }}", "ItemCode"), "{%p if row.old %}", "{{ row.old }}", "{%p endif %}")
    ]
    boxes = [paragraph("□", style="Box", line=14, align="center") for _ in range(3)]
    rectify = paragraph("{{ row.rectify }}", style="TableSmall", line=11)
    if form.landscape:
        contents = [
            [number],
            [content],
            [standard],
            code,
            *([box] for box in boxes),
            [paragraph()],
            [rectify],
        ]
    else:
        contents = [[number], [content, standard], code, *([box] for box in boxes), [paragraph()]]
    cells = [cell(width, *inside) for width, inside in zip(form.columns, contents, strict=True)]
    return row(*cells, height=12)


# ---------------------------------------------------------------- problems and signatures


def problem_page(form: Form) -> list[Element]:
    """A page of its own; on the paper of one sheet the short table follows the list, kept together."""
    names = "序／号|表内／项号|问题描述（部位＋事实＋数量）|▲疑似／重大|□当场改／□限期|期限|法律法规标准条款／（检查人员填写）"
    heads = [
        cell(
            width,
            *(
                paragraph(line, style="TableHead", line=11, align="center", keep=True)
                for line in name.split("／")
            ),
            grey=True,
        )
        for width, name in zip(form.problems, names.split("|"), strict=True)
    ]
    columns = len(form.problems)
    short = range(1, form.problem_rows_short + 1)
    rest = range(form.problem_rows_short + 1, form.problem_rows + 1)
    return [
        paragraph("{%p if checklist.one_sheet %}"),
        _heading("检查发现的问题", before=6, align="center"),
        paragraph("{%p else %}"),
        _heading("检查发现的问题", new_page=True, align="center"),
        paragraph("{%p endif %}"),
        table(
            form.problems,
            row(*heads, height=9, head=True),
            *(_problem_row(form, number) for number in short),
            tag_row("{%tr if not checklist.one_sheet %}", columns, form.width),
            *(_problem_row(form, number) for number in rest),
            tag_row("{%tr endif %}", columns, form.width),
        ),
        paragraph(
            f"▲ 疑似重大事故隐患第{blanks(3)}项，对照标准名称及条款{blanks(11)}，判定人（签名）{blanks(4)}",
            line=18,
            before=1,
            keep=True,
        ),
        _signatures(form),
    ]


def _heading(text: str, *, before: float = 0, align: str | None = None, new_page: bool = False) -> Element:
    return paragraph(
        text, style="FormHeading", line=20, before=before, after=3, align=align, new_page=new_page, keep=True
    )


def _problem_row(form: Form, number: int) -> Element:
    def centred(*texts: str) -> list[Element]:
        return [paragraph(text, align="center", keep=True) for text in texts]

    contents = [
        centred(str(number)),
        centred(""),
        [paragraph()],
        [paragraph("□", style="Box", line=14, align="center")],
        centred("□当场改", "□限　期"),
        centred(""),
        [paragraph()],
    ]
    cells = [cell(width, *inside) for width, inside in zip(form.problems, contents, strict=True)]
    return row(*cells, height=14)


def _signatures(form: Form) -> Element:
    a, c = 30.0, 20.0
    b = form.width / 2 - a + 12
    d = form.width - a - b - c

    def line(first: str, second: str) -> Element:
        return row(label(a, first, keep=True), cell(b), label(c, second), cell(d), height=10)

    def wide(name: str, text: str, keep: bool = False) -> Element:
        return row(label(a, name, keep=keep), value(form.width - a, text, span=3), height=8.5)

    return table(
        (a, b, c, d),
        line("检查人员一／（签名）", "证　号"),
        line("检查人员二／（签名）", "证　号"),
        tag_row("{%tr if not checklist.one_sheet %}", 4, form.width),
        line("参检专家／（签名）", "单　位"),
        tag_row("{%tr endif %}", 4, form.width),
        line("被检查单位现场／负责人（签名）", "职　务"),
        wide("拒签情况", f"□拒绝签名，原因{blanks(12)}　在场人（签名）{blanks(6)}", keep=True),
        wide(
            "本　　表",
            f"共{blanks(2)}页，问题{blanks(2)}项，照片{blanks(2)}张　　{blanks(3)}年{blanks(2)}月{blanks(2)}日{blanks(2)}时{blanks(2)}分",
        ),
    )


# ---------------------------------------------------------------- appendix


def appendix(form: Form) -> list[Element]:
    return [
        _heading("附录一　不符合怎么改（留企业）", new_page=True),
        _remedies(form),
        paragraph("{%p if checklist.terms %}"),
        _heading("附录二　术语", before=8),
        _terms(form),
        paragraph("{%p endif %}"),
        paragraph("{%p if checklist.left_out %}"),
        _heading("附录{{ '三' if checklist.terms else '二' }}　未列入本表的项", before=8),
        paragraph(
            "下列各项同样应当做到，限于篇幅未列入本表；内容、标准、依据在企业自查工作簿“厂矿月查”表，项号与本表连续。",
            style="Note",
            line=12,
            after=3,
            keep=True,
        ),
        _left_out(form),
        paragraph("{%p endif %}"),
        paragraph("", style="Note", line=1),
    ]


def _small(*texts: Element | str, **how: object) -> Element:
    return paragraph(*texts, style="TableSmall", line=11.5, **how)  # type: ignore[arg-type]


def _heads(*told: tuple[float, str, int]) -> Element:
    return row(
        *(
            cell(width, paragraph(name, style="TableHead", line=12, align="center"), span=span, grey=True)
            for width, name, span in told
        ),
        height=6,
        head=True,
    )


def _remedies(form: Form) -> Element:
    number, half = 12.0, (form.width - 12.0) / 2
    return table(
        (number, half, half),
        _heads((number, "项号", 1), (half, "整改要求", 1), (half, "保障措施", 1)),
        tag_row("{%tr for row in checklist.rows %}", 3, form.width),
        row(
            cell(number, paragraph("{{ row.number }}", align="center", keep=True), merge="restart"),
            cell(half, _small(run("{{ row.title }}：", "Strong"), "{{ row.rectify }}", keep=True)),
            cell(half, _small("{{ row.support }}", keep=True)),
            height=6,
        ),
        row(
            cell(number, merge="continue"),
            cell(half * 2, _references(), span=2),
        ),
        tag_row("{%tr endfor %}", 3, form.width),
    )


def _references() -> Element:
    """All bases in running text: a line of its own for each would make the appendix half as long again."""
    return paragraph(
        run("{%r for reference in row.references %}"),
        run("{{ reference.notice }} {{ reference.clause }}（{{ reference.says }}）", "StrongSmall"),
        run("{{ reference.quote }}{% if not loop.last %}；{% endif %}"),
        run("{%r endfor %}"),
        style="TableCode",
        line=10.5,
        tight=True,
    )


def _terms(form: Form) -> Element:
    name, source = 26.0, 56.0
    meaning = form.width - name - source
    return table(
        (name, meaning, source),
        _heads((name, "术语", 1), (meaning, "通知怎么说", 1), (source, "出处", 1)),
        tag_row("{%tr for term in checklist.terms %}", 3, form.width),
        row(
            cell(name, _small("{{ term.term }}")),
            cell(meaning, _small("{{ term.meaning }}")),
            cell(source, _small("{{ term.source }}")),
            height=6,
        ),
        tag_row("{%tr endfor %}", 3, form.width),
    )


def _left_out(form: Form) -> Element:
    """Three a line: number and title."""
    number = 12.0
    name = form.width / 3 - number
    shown = row(
        cell(number, _small("{%tc for row in rows %}")),
        cell(
            number,
            _small(
                run("{{ row.number if row else '' }}", "ItemNumber"),
                run("{{ row.id if row else '' }}", "ItemId"),
                run("{{ row.digest if row else '' }}", "ItemDigest"),
                align="center",
            ),
        ),
        cell(
            name,
            _small(
                run("{{ row.marks if row else '' }}", symbols=True), run("{{ row.title if row else '' }}")
            ),
        ),
        cell(number, _small("{%tc endfor %}")),
    )
    return table(
        (number, name) * 3,
        _heads(*((number, "项号", 1), (name, "名称", 1)) * 3),
        tag_row("{%tr for rows in checklist.left_out|batch(3, '') %}", 6, form.width),
        shown,
        tag_row("{%tr endfor %}", 6, form.width),
    )


# ---------------------------------------------------------------- head and foot of every page


def page_head(form: Form) -> bytes:
    left, right = form.width - 98, 98.0
    return part(
        "hdr",
        table(
            (left, right),
            row(
                cell(
                    left,
                    paragraph("单位名称：{{ enterprise.name_or_line }}", style="PageEdge", line=11),
                    valign="bottom",
                    borders={"bottom": "single"},
                ),
                cell(
                    right,
                    paragraph(
                        "编号 {{ enterprise.serial }}　规则版 {{ checklist.edition }}　指纹 {{ checklist.fingerprint }}",
                        style="PageEdge",
                        line=11,
                        align="right",
                        tight=True,
                    ),
                    valign="bottom",
                    borders={"bottom": "single"},
                ),
            ),
            lined=False,
            padding=0.5,
        ),
        paragraph("", style="PageEdge", line=4),
    )


def page_foot(form: Form) -> bytes:
    scale = form.width / 176
    first = [round(one * scale, 1) for one in (27, 32, 4, 32, 30)]
    widths = (*first, form.width - sum(first))

    def said(width: float, text: str) -> Element:
        return cell(width, paragraph(text, style="PageEdge", line=11), valign="bottom")

    def line(width: float) -> Element:
        return cell(width, paragraph("", style="PageEdge", line=11), borders={"bottom": "single"})

    half = sum(widths[:3])
    pages = ["第 ", *field("PAGE"), " 页　共 ", *field("NUMPAGES"), " 页"]
    return part(
        "ftr",
        table(
            widths,
            row(
                said(widths[0], "检查人员（签名）"),
                line(widths[1]),
                said(widths[2], ""),
                line(widths[3]),
                said(widths[4], "被检查单位（签名）"),
                line(widths[5]),
                height=6.5 if form.landscape else 7.5,
            ),
            row(
                cell(
                    half,
                    paragraph("检查提示用，不作处罚依据", style="PageEdge", line=12),
                    span=3,
                    valign="bottom",
                ),
                cell(
                    form.width - half,
                    paragraph(*pages, style="PageEdge", line=12, align="right"),
                    span=3,
                    valign="bottom",
                ),
                height=4.6,
            ),
            lined=False,
            padding=0.5,
        ),
        paragraph("", style="PageEdge", line=1),
    )


IDENTITY = {
    "文档": "现场检查表",
    "规则版": "{{ checklist.edition }}",
    "基准日": "{{ checklist.on_iso }}",
    "编号": "{{ enterprise.serial }}",
    "指纹": "{{ checklist.fingerprint }}",
}


def draw(form: Form) -> dict[str, bytes]:
    """All parts of the template of one orientation."""
    body = w(
        "body",
        *page_one(form),
        item_list(form),
        *problem_page(form),
        *appendix(form),
        section(landscape=form.landscape, margins=form.margins, references=REFERENCES),
    )
    return base_parts(part("document", body), page_head(form), page_foot(form), IDENTITY)


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent / "templates"
    write_package(folder / "现场检查表.docx", draw(PORTRAIT))
    write_package(folder / "现场检查表（横版）.docx", draw(LANDSCAPE))


if __name__ == "__main__":
    main()
