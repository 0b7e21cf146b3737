"""The pages behind the list: problems, signatures, and the appendix that stays with the enterprise."""

from __future__ import annotations

from word_form import Form, blanks, column_heads, heading, label, small, value
from wordml import Element, cell, paragraph, row, run, table, tag_row

PROBLEM_HEADS = "序\n号|表内\n项号|问题描述（部位＋事实＋数量）|▲疑似\n重大|□当场改\n□限期|期限|法律法规标准条款\n（检查人员填写）"


def problem_page(form: Form) -> list[Element]:
    """A page of its own; on the paper of one sheet the short table follows the list, kept together."""
    columns = len(form.problems)
    short = range(1, form.problem_rows_short + 1)
    rest = range(form.problem_rows_short + 1, form.problem_rows + 1)
    return [
        paragraph("{%p if checklist.one_sheet %}"),
        heading("检查发现的问题", before=6, align="center"),
        paragraph("{%p else %}"),
        heading("检查发现的问题", new_page=True, align="center"),
        paragraph("{%p endif %}"),
        table(
            form.problems,
            column_heads(form.problems, PROBLEM_HEADS, 9),
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
        line("检查人员一\n（签名）", "证　号"),
        line("检查人员二\n（签名）", "证　号"),
        tag_row("{%tr if not checklist.one_sheet %}", 4, form.width),
        line("参检专家\n（签名）", "单　位"),
        tag_row("{%tr endif %}", 4, form.width),
        line("被检查单位现场\n负责人（签名）", "职　务"),
        wide("拒签情况", f"□拒绝签名，原因{blanks(12)}　在场人（签名）{blanks(6)}", keep=True),
        wide(
            "本　　表",
            f"共{blanks(2)}页，问题{blanks(2)}项，照片{blanks(2)}张　　{blanks(3)}年{blanks(2)}月{blanks(2)}日{blanks(2)}时{blanks(2)}分",
        ),
    )


# ---------------------------------------------------------------- appendix


def appendix(form: Form) -> list[Element]:
    return [
        heading("附录一　不符合怎么改（留企业）", new_page=True),
        _remedies(form),
        heading("附录二　依据原文", before=8),
        _sources(form),
        paragraph("{%p if checklist.terms %}"),
        heading("附录三　术语", before=8),
        _terms(form),
        paragraph("{%p endif %}"),
        paragraph("{%p if checklist.left_out %}"),
        heading("附录{{ '四' if checklist.terms else '三' }}　未列入本表的项", before=8),
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


def _remedies(form: Form) -> Element:
    number, half = 12.0, (form.width - 12.0) / 2
    return table(
        (number, half, half),
        column_heads((number, half, half), "项号|整改要求|保障措施"),
        tag_row("{%tr for row in checklist.rows %}", 3, form.width),
        row(
            cell(number, paragraph("{{ row.number }}", align="center", keep=True), merge="restart"),
            cell(half, small(run("{{ row.title }}：", "Strong"), "{{ row.rectify }}", keep=True)),
            cell(half, small("{{ row.support }}", keep=True)),
            height=6,
        ),
        row(
            cell(number, merge="continue"),
            cell(half * 2, _references(), span=2),
        ),
        tag_row("{%tr endfor %}", 3, form.width),
    )


def _references() -> Element:
    """Every basis of the row in short; its words stand once in the table behind, under the number."""
    return paragraph(
        run("依据：{% for reference in row.references %}"),
        run("{{ reference.code }}", "StrongSmall"),
        run(
            "（{{ reference.says }}，原文{{ reference.number }}）{% if not loop.last %}；{% endif %}{% endfor %}"
        ),
        style="TableCode",
        line=10.5,
        tight=True,
    )


def _sources(form: Form) -> Element:
    """The quotes, each once: rows share most of them, and printed row by row they fill six pages."""
    number, clause = 12.0, 52.0
    words = form.width - number - clause

    def fine(text: str) -> Element:
        return paragraph(text, style="TableCode", line=10.5, tight=True)

    return table(
        (number, clause, words),
        column_heads((number, clause, words), "原文号|通知、条款|原文"),
        tag_row("{%tr for source in checklist.sources %}", 3, form.width),
        row(
            cell(number, fine("{{ source.number }}")),
            cell(clause, fine("{{ source.notice }} {{ source.clause }}")),
            cell(words, fine("{{ source.quote }}")),
            height=4.5,
        ),
        tag_row("{%tr endfor %}", 3, form.width),
    )


def _terms(form: Form) -> Element:
    name, source = 26.0, 56.0
    meaning = form.width - name - source
    return table(
        (name, meaning, source),
        column_heads((name, meaning, source), "术语|通知怎么说|出处"),
        tag_row("{%tr for term in checklist.terms %}", 3, form.width),
        row(
            cell(name, small("{{ term.term }}")),
            cell(meaning, small("{{ term.meaning }}")),
            cell(source, small("{{ term.source }}")),
            height=6,
        ),
        tag_row("{%tr endfor %}", 3, form.width),
    )


def _left_out(form: Form) -> Element:
    """Three a line: number and title."""
    number = 12.0
    name = form.width / 3 - number
    shown = row(
        cell(number, small("{%tc for row in rows %}")),
        cell(
            number,
            small(
                run("{{ row.number if row else '' }}", "ItemNumber"),
                run("{{ row.id if row else '' }}", "ItemId"),
                run("{{ row.digest if row else '' }}", "ItemDigest"),
                align="center",
            ),
        ),
        cell(
            name,
            small(run("{{ row.marks if row else '' }}", symbols=True), run("{{ row.title if row else '' }}")),
        ),
        cell(number, small("{%tc endfor %}")),
    )
    return table(
        (number, name) * 3,
        column_heads((number, name) * 3, "项号|名称|项号|名称|项号|名称"),
        tag_row("{%tr for rows in checklist.left_out|batch(3, '') %}", 6, form.width),
        shown,
        tag_row("{%tr endfor %}", 6, form.width),
    )
