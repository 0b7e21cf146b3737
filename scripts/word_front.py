"""Page one of the field checklist: who, what for, what is known, what to ask first; and the list itself."""

from __future__ import annotations

from functools import partial

from word_form import BLANK, WHERE, Form, blanks, column_heads, label, value, where
from wordml import Element, cell, paragraph, row, run, tab, table, tag_row


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
        two("单位名称", "{{ enterprise.name }}", "统一社会\n信用代码", "{{ enterprise.code }}"),
        _where(form),
        *(_people_landscape(form) if form.landscape else _people_portrait(form)),
        tag("{%tr for names in checklist.particulars|batch(3) %}"),
        tag("{%tr if names|length == 3 %}"),
        three("{{ names[0] }}\n", "", "{{ names[1] }}\n", "", "{{ names[2] }}\n", ""),
        tag("{%tr elif names|length == 2 %}"),
        two("{{ names[0] }}\n", "", "{{ names[1] }}\n", ""),
        tag("{%tr else %}"),
        wide("{{ names[0] }}\n", ""),
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


PERSON, ON_SITE = "{{ enterprise.person }}　{{ enterprise.phone }}", "现场负责人\n职务、电话"
USES = "□执法检查 □督导检查 □指导服务 □企业自查"
STATES = "□正常　□停产停业　□停工　□在建"
TIMES = f"第{BLANK * 2}次／上限{BLANK * 2}次"


def _people_portrait(form: Form) -> list[Element]:
    return [
        _two(form, "主要负责人\n电　　话", PERSON, ON_SITE, ""),
        _two(form, "用　　途", USES, "分类等级", ""),
        _three(form, "任务来源", "", "方案编号", "", "批准人", ""),
        _two(form, "检查人员一\n证　　号", "", "检查人员二\n证　　号", ""),
        _time_row(form),
        _two(form, "生产状态", STATES, "本年本类\n检查次数", TIMES),
    ]


def _people_landscape(form: Form) -> list[Element]:
    return [
        _three(form, "主要负责人\n电　　话", PERSON, ON_SITE, "", "分类等级", ""),
        _two(form, "用　　途", USES, "生产状态", STATES),
        _three(form, "任务来源", "", "方案编号", "", "批准人", ""),
        _three(form, "检查人员一\n证　　号", "", "检查人员二\n证　　号", "", "本年本类\n检查次数", TIMES),
        _time_row(form),
    ]


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


def _where(form: Form) -> Element:
    """Position and address, and the type beside them."""
    a, *middle, e, f = form.grid
    return row(
        label(a, WHERE),
        where(sum(middle), span=3),
        label(e, "企业类型"),
        value(f, "{{ checklist.type_names }}"),
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
        column_heads(form.columns, LANDSCAPE_HEADS if form.landscape else PORTRAIT_HEADS, 10.3, BOXES),
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


BOXES = ("符合", "不符合", "不涉及")
PORTRAIT_HEADS = "序\n号|检查内容／怎样算符合（标准与方法）|依据\n（通知）|符合|不符合|不涉及|现场情况\n（部位、数量、事实）"
LANDSCAPE_HEADS = (
    "序\n号|检查内容|怎样算符合（标准与方法）|依据\n（通知）|符合|不符合|不涉及|现场情况\n（部位、数量、事实）"
    "|不符合时的\n整改要求"
)


def _item_row(form: Form) -> Element:
    number = paragraph(run("{{ row.number }}", "ItemNumber"), run("{{ row.id }}", "ItemId"), align="center")
    content = paragraph(
        run("{{ row.marks }}", "ItemMarks", symbols=True),
        run("{{ row.content }}", "ItemContent"),
        line=12.6,
        before=0.3,
    )
    standard = paragraph(
        run("{{ row.standard }}", "ItemStandard"),
        run("{{ row.progress_note }}", "ItemProgress"),
        style="TableSmall",
        line=10.6,
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
