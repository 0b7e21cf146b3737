"""The papers of a visit: plan, record, documents to have ready, questions to people."""

from __future__ import annotations

from copy import deepcopy

from paper_form import (
    DAY,
    GRID,
    PORTRAIT,
    WHEN,
    Sheet,
    box,
    centred,
    gap,
    grid,
    note,
    plain,
    reasons,
    title,
    two,
    value,
    whose,
    wide,
)
from word_form import blanks, column_heads, heading, label
from wordml import Element, cell, paragraph, row, tab, table, tag_row

WIDTH = PORTRAIT.width


def _office_line(left: str, right: str) -> Element:
    return paragraph(f"{left}：{blanks(18)}", tab(), right, style="GridValue", line=18, right_tab=WIDTH)


NUMBER = f"{blanks(5)}〔{blanks(3)}〕{blanks(3)}号"


# ---------------------------------------------------------------- 现场检查方案


def plan() -> Sheet:
    body = [
        title(),
        _office_line("检查机关", f"方案编号：{NUMBER}"),
        grid(
            *whose(),
            two(
                "主要负责人\n电　　话",
                "{{ enterprise.person }}　{{ enterprise.phone }}",
                "联 系 人\n职务、电话",
                "",
            ),
            wide("任务来源", "□年度监督检查计划　□双随机　□专项检查　□举报核查　□复查　□其他" + blanks(6)),
            wide("检查时间", f"{WHEN}　□预先告知　□四不两直"),
            two("检查人员一\n证　　号", "", "检查人员二\n证　　号", ""),
            two("带 队 人", "", "参检专家\n单　　位", ""),
            wide(
                "检查内容",
                "{{ checklist.count }} 项（★ {{ checklist.key_count }} 项，▲ {{ checklist.major_count }} 项），"
                "{{ paper.stops|length }} 处，逐处见后表",
            ),
            wide("检查方式", "{{ paper.ways }}（一项可用几种方式）"),
            tag_row("{%tr if checklist.questions %}", 4, WIDTH),
            wide(
                "先 问 清",
                "{%p for question in checklist.questions %}",
                "{{ loop.index }}. {{ question }}",
                "{%p endfor %}",
            ),
            tag_row("{%tr endif %}", 4, WIDTH),
            wide(
                "携　　带",
                "□现场检查表（编号 {{ enterprise.serial }}，{{ checklist.count }} 项）　□备查资料清单　□现场抽考记录表",
                f"□执法记录仪　□执法终端　□检测仪器{blanks(5)}　□个体防护用品{blanks(5)}",
                height=12,
            ),
            _opinion("拟 制 人"),
            _opinion("审核意见"),
            _opinion("审批意见"),
        ),
        *reasons(),
        heading("附：检查内容和顺序", before=4),
        _stops(),
    ]
    return Sheet("现场检查方案", PORTRAIT, body)


STOPS = (10.0, 34.0, 24.0, 12.0, 10.0, 62.0, 24.0)


def _stops() -> Element:
    a, b, c, d, e, f, g = STOPS
    return table(
        STOPS,
        column_heads(STOPS, "顺序|部位|检查表项号|项数|★|必查事项|检查人"),
        tag_row("{%tr for stop in paper.stops %}", 7, WIDTH),
        row(
            centred(a, "{{ loop.index }}"),
            plain(b, "{{ stop.where }}"),
            centred(c, "{{ stop.numbers }}"),
            centred(d, "{{ stop.count }}"),
            centred(e, "{{ stop.stars or '' }}"),
            plain(f, "{{ stop.points }}", style="TableSmall"),
            centred(g),
            height=7.5,
        ),
        tag_row("{%tr endfor %}", 7, WIDTH),
    )


def _opinion(name: str) -> Element:
    day = f"签名：{blanks(8)}　　{DAY}　"
    words = [paragraph("", line=13), paragraph(day, style="GridValue", align="right", line=15)]
    return row(label(GRID[0], name), cell(sum(GRID[1:]), *words, span=3, valign="bottom"), height=10.5)


# ---------------------------------------------------------------- 现场检查记录


def record() -> Sheet:
    body = [
        title(),
        _office_line("检查机关", f"记录编号：{NUMBER}"),
        grid(
            *whose(),
            two(
                "主要负责人\n电　　话",
                "{{ enterprise.person }}　{{ enterprise.phone }}",
                "现场负责人\n职务、电话",
                "",
            ),
            wide("检查场所", ""),
            wide("检查时间", WHEN),
            two("检查人员一\n证　　号", "", "检查人员二\n证　　号", ""),
            wide("出示证件", f"□检查人员已出示证件、说明来意　　陪同人员（姓名、职务）：{blanks(8)}"),
            wide(
                "检查结果",
                f"按编号 {{{{ enterprise.serial }}}} 的现场检查表，应查 {{{{ checklist.count }}}} 项；现场抽考{blanks(2)}人，合格{blanks(2)}人",
                f"符合{blanks(3)}　不符合{blanks(3)}　不涉及{blanks(3)}　未查{blanks(3)}　▲{blanks(3)}",
                f"□执法记录仪全程记录　□照片{blanks(2)}张　□复印件{blanks(2)}份",
                height=16,
            ),
        ),
        *reasons(),
        heading("检查情况", before=4),
        _findings(),
        heading("发现的问题", before=6),
        _troubles(),
        gap(6),
        _record_signatures(),
    ]
    return Sheet("现场检查记录", PORTRAIT, body, signed=True)


FINDINGS = (32.0, 22.0, 12.0, 24.0, 86.0)
OTHER_LINES = 2


def _findings() -> Element:
    a, b, c, d, e = FINDINGS
    return table(
        FINDINGS,
        column_heads(
            FINDINGS, "部位|检查表项号|已查|不符合的项号|现场情况（具体位置、数量、事实；证据编号）"
        ),
        tag_row("{%tr for stop in paper.stops %}", 5, WIDTH),
        row(
            plain(a, "{{ stop.where }}"),
            centred(b, "{{ stop.numbers }}"),
            box(c),
            plain(d),
            plain(e),
            height=12,
        ),
        tag_row("{%tr endfor %}", 5, WIDTH),
        *(row(plain(a), plain(b), box(c), plain(d), plain(e), height=12) for _ in range(OTHER_LINES)),
    )


TROUBLES = (10.0, 18.0, 96.0, 28.0, 24.0)
TROUBLE_LINES = 8


def _troubles() -> Element:
    a, b, c, d, e = TROUBLES
    change = cell(e, *(paragraph(text, align="center", line=12) for text in ("□当场改", "□限　期")))

    def line(number: int) -> Element:
        return row(centred(a, str(number)), plain(b), plain(c), plain(d), deepcopy(change), height=11)

    return table(
        TROUBLES,
        column_heads(TROUBLES, "序号|表内项号|位置、事实、数量（▲ 写明）|证据编号|处理"),
        *(line(number) for number in range(1, TROUBLE_LINES + 1)),
    )


def _record_signatures() -> Element:
    a, b, c, d = 32.0, 66.0, 24.0, 54.0

    def line(first: str, second: str) -> Element:
        return row(
            label(a, first, keep=True),
            cell(b, paragraph(keep=True)),
            label(c, second, keep=True),
            cell(d),
            height=10,
        )

    def across(name: str, *texts: str, keep: bool = True, height: float = 10) -> Element:
        return row(label(a, name, keep=keep), value(b + c + d, *texts, span=3), height=height)

    return table(
        (a, b, c, d),
        across("被检查单位\n意　　见", f"□以上情况属实　□有不同意见：{blanks(22)}", height=12),
        line("被检查单位现场\n负责人（签名）", "职　务"),
        line("检查人员一\n（签名）", "证　号"),
        line("检查人员二\n（签名）", "证　号"),
        across("拒签情况", f"□拒绝签名，原因{blanks(12)}　在场人（签名）{blanks(6)}"),
        across(
            "本 记 录", f"共{blanks(2)}页，附件{blanks(2)}份　　{DAY}{blanks(2)}时{blanks(2)}分", keep=False
        ),
    )


# ---------------------------------------------------------------- 备查资料清单


DOCUMENTS = (10.0, 84.0, 24.0, 24.0, 9.0, 9.0, 16.0)


def documents() -> Sheet:
    a, b, c, d, e, f, g = DOCUMENTS

    def line(*texts: str) -> Element:
        return row(
            centred(a, texts[0]),
            plain(b, texts[1]),
            centred(c, texts[2], style="TableSmall"),
            plain(d),
            box(e),
            box(f),
            plain(g),
            height=9,
        )

    body = [
        title(),
        grid(*whose(), two("送 交 人\n时　　间", "", "接收人签名\n职务、电话", "")),
        *reasons(),
        note(
            "请在检查组到场后备齐，放在会议室一处；原件、电子件都可以。没有的请如实说明，不要现做。"
            "“项号”是现场检查表的项号。"
            "{% if paper.rest %}检查表没有列入的项另有备查资料 {{ paper.rest }} 种，见企业自查工作簿“备查资料”表。{% endif %}",
            before=1,
        ),
        gap(3),
        table(
            DOCUMENTS,
            column_heads(DOCUMENTS, "序号|资料|项号|期间|已看|缺|备注"),
            tag_row("{%tr for document in paper.documents %}", 7, WIDTH),
            line("{{ document.number }}", "{{ document.name }}", "{{ document.numbers }}"),
            tag_row("{%tr endfor %}", 7, WIDTH),
            tag_row("{%tr for number in paper.own_lines %}", 7, WIDTH),
            line("{{ number }}", "", ""),
            tag_row("{%tr endfor %}", 7, WIDTH),
        ),
    ]
    return Sheet("备查资料清单", PORTRAIT, body, signed=True)


# ---------------------------------------------------------------- 现场抽考记录表


QUESTIONS = (10.0, 62.0, 92.0, 12.0)
PEOPLE = (8.0, 22.0, 24.0, 16.0, 28.0, 18.0, 18.0, 18.0, 24.0)
PERSONS = 5
OWN_QUESTIONS = 1


def exam() -> Sheet:
    body = [
        title(),
        grid(*whose(), two("抽考时间", DAY, "抽考地点", "")),
        *reasons(),
        note(
            f"每人 3 题：从下面选，或由检查人员另出；每人题目不同，把题号写在“题”后。答对{blanks(2)}题以上为合格（检查组定）。",
            before=1,
        ),
        gap(3),
        _questions(),
        gap(8),
        _people(),
        paragraph(
            f"抽考{blanks(3)}人，合格{blanks(3)}人，不合格{blanks(3)}人；处理意见：{blanks(14)}",
            line=20,
            before=2,
        ),
    ]
    return Sheet("现场抽考记录表", PORTRAIT, body, signed=True)


def _questions() -> Element:
    a, b, c, d = QUESTIONS
    return table(
        QUESTIONS,
        column_heads(QUESTIONS, "题号|考什么|怎样算答对（标准与方法）|项号"),
        tag_row("{%tr for question in paper.questions %}", 4, WIDTH),
        row(
            centred(a, "{{ question.number }}"),
            plain(b, "{{ question.text }}"),
            plain(c, "{{ question.answer }}", style="TableSmall"),
            centred(d, "{{ question.item }}"),
            height=9,
        ),
        tag_row("{%tr endfor %}", 4, WIDTH),
        *(row(centred(a), plain(b), plain(c), centred(d), height=9) for _ in range(OWN_QUESTIONS)),
    )


def _people() -> Element:
    def answer(width: float) -> Element:
        lines = (f"题{blanks(2)}", "□对□错")
        return cell(width, *(paragraph(text, align="center", line=16, keep=True) for text in lines))

    def line(number: int) -> Element:
        a, b, c, d, e, *rest = PEOPLE
        yes_no = cell(d, *(paragraph(text, align="center", line=15) for text in ("□是", "□否")))
        cells = [centred(a, str(number)), plain(b), plain(c), yes_no, plain(e)]
        return row(*cells, *(answer(width) for width in rest[:3]), plain(rest[3]), height=13.5)

    return table(
        PEOPLE,
        column_heads(PEOPLE, "序\n号|姓名|岗位|三项岗\n位人员|证号|第一题|第二题|第三题|本人签名", 9),
        *(line(number) for number in range(1, PERSONS + 1)),
    )
