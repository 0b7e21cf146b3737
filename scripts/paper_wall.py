"""The papers that hang on a wall or lie in a drawer: daily cards, risk posters, pledges, the clerk's register."""

from __future__ import annotations

from paper_form import (
    LANDSCAPE,
    PORTRAIT,
    Sheet,
    centred,
    gap,
    note,
    plain,
    reasons,
    title,
)
from word_form import blanks, column_heads, label
from wordml import Element, cell, paragraph, row, tab, table, tag_row

DAYS = 31


def _title_of_each(loop: str, text: str) -> list[Element]:
    """The title of each page of a loop: the first stands where the document begins, the others break the page."""
    return [
        paragraph(loop),
        paragraph("{%p if loop.first %}"),
        title(text=text),
        paragraph("{%p else %}"),
        title(text=text, new_page=True),
        paragraph("{%p endif %}"),
    ]


# ---------------------------------------------------------------- 班组日查卡


NUMBER, DAY_COLUMN, CROSSES = 10.0, 5.4, 12.0
WHAT = LANDSCAPE.width - NUMBER - DAYS * DAY_COLUMN - CROSSES
CARD = (NUMBER, WHAT, *[DAY_COLUMN] * DAYS, CROSSES)


def cards() -> Sheet:
    body = [
        *_title_of_each("{%p for card in paper.cards %}", "{{ paper.title }}"),
        paragraph(
            "部位：{{ card.where or '＿＿＿＿＿＿＿＿' }}",
            tab(),
            f"班组：{blanks(7)}　班次：{blanks(5)}　班组长：{blanks(6)}　{blanks(3)}年{blanks(2)}月",
            style="GridValue",
            line=18,
            right_tab=LANDSCAPE.width,
        ),
        _card(),
        note(
            "每班填：√ 正常　× 有问题　／ 不涉及。打 × 的当场改；改不了的马上报告，写在下面。"
            "{% if card.left %}本部位另有 {{ card.left }} 项每班要看的，列在企业自查工作簿“车间周查”表。{% endif %}",
            before=2,
            keep=True,
        ),
        gap(2),
        _troubles(),
        paragraph("{%p if loop.last %}", style="Note"),
        *reasons(),
        paragraph("{%p endif %}", style="Note"),
        paragraph("{%p endfor %}", style="Note"),
    ]
    return Sheet("班组日查卡", LANDSCAPE, body, apart=True)


def _card() -> Element:
    last = DAYS + 3
    return table(
        CARD,
        row(
            *(
                cell(
                    width, paragraph(name, style="TableHead", line=11, align="center", tight=True), grey=True
                )
                for width, name in zip(
                    CARD, ("项号", "检查内容", *map(str, range(1, DAYS + 1)), "× 数"), strict=True
                )
            ),
            height=7,
            head=True,
        ),
        tag_row("{%tr for row in card.rows %}", last, LANDSCAPE.width),
        row(
            centred(NUMBER, "{{ row.number }}"),
            plain(WHAT, "{{ row.text }}", style="TableSmall"),
            *(centred(DAY_COLUMN) for _ in range(DAYS)),
            centred(CROSSES),
            height=8,
        ),
        tag_row("{%tr endfor %}", last, LANDSCAPE.width),
        row(
            cell(NUMBER + WHAT, paragraph("检查人（签名）", style="TableText", align="center"), span=2),
            *(centred(DAY_COLUMN) for _ in range(DAYS)),
            centred(CROSSES),
            height=14,
        ),
    )


TROUBLES = (24.0, 111.0, 40.0, 60.0, 30.0)
TROUBLE_LINES = 3


def _troubles() -> Element:
    lines = (row(*(plain(width) for width in TROUBLES), height=7.5) for _ in range(TROUBLE_LINES))
    return table(
        TROUBLES,
        column_heads(TROUBLES, "日期、班次|发现的问题（项号、位置、事实）|报给谁、时间|处理结果|复查人"),
        *lines,
    )


# ---------------------------------------------------------------- 安全风险告知卡


def posters() -> Sheet:
    width = PORTRAIT.width
    body = [
        *_title_of_each("{%p for poster in paper.posters %}", "{{ paper.title }}"),
        paragraph(
            "{{ poster.where or '部位：＿＿＿＿＿＿' }}",
            style="PosterPlace",
            line=36,
            align="center",
            after=4,
        ),
        table(
            (36, 140),
            _poster_line("风险等级", "□重大　　□较大　　□一般　　□低", 13),
            _poster_line("可能发生", "", 15),
        ),
        gap(8),
        _risks(),
        gap(8),
        table(
            (36, 52, 36, 52),
            _contacts("责 任 人", "责任人电话"),
            _contacts("应急电话", "现场处置人"),
        ),
        gap(8),
        table(
            (width,),
            row(
                cell(
                    width,
                    paragraph(
                        "遇险先停、先撤、先报告，不盲目施救　火警119　急救120",
                        style="PosterHead",
                        line=26,
                        align="center",
                    ),
                    grey=True,
                ),
                height=14,
            ),
        ),
        *reasons(),
        paragraph("{%p endfor %}", style="Note"),
    ]
    return Sheet("安全风险告知卡", PORTRAIT, body)


def _poster_line(name: str, text: str, height: float) -> Element:
    return row(
        cell(36, paragraph(name, style="PosterHead", line=20, align="center"), grey=True),
        cell(140, paragraph(text, style="PosterText", line=20)),
        height=height,
    )


def _contacts(first: str, second: str) -> Element:
    def named(text: str) -> Element:
        return cell(36, paragraph(text, style="PosterHead", line=20, align="center"), grey=True)

    empty = paragraph("", style="PosterText", line=20)
    return row(
        named(first),
        cell(52, empty),
        named(second),
        cell(52, paragraph("", style="PosterText", line=20)),
        height=13,
    )


RISKS = (80.0, 96.0)
RISK_TEXTS = (
    (("PosterHead", "{{ risk.title }}"), ("PosterText", "{{ risk.must }}")),
    (("PosterText", "{{ risk.remedy }}"),),
)


def _risks() -> Element:
    heads = ("风险点：应当这样", "不是这样，马上这样做")
    return table(
        RISKS,
        row(
            *(
                cell(width, paragraph(name, style="PosterHead", line=20, align="center"), grey=True)
                for width, name in zip(RISKS, heads, strict=True)
            ),
            height=11,
            head=True,
        ),
        tag_row("{%tr for risk in poster.risks %}", 2, PORTRAIT.width),
        row(
            *(
                cell(width, *(paragraph(text, style=style, line=22) for style, text in texts))
                for width, texts in zip(RISKS, RISK_TEXTS, strict=True)
            ),
            height=27,
        ),
        tag_row("{%tr endfor %}", 2, PORTRAIT.width),
        padding=2.5,
    )


# ---------------------------------------------------------------- 承诺书


def owner_pledge() -> Sheet:
    return Sheet(
        "承诺书（主要负责人）",
        PORTRAIT,
        _pledge("主要负责人安全生产履职尽责承诺书", "职　　务", "接收人（签名）"),
    )


def staff_pledge() -> Sheet:
    own = [
        _letter(f"{name}：{blanks(30 - len(name))}")
        for name in ("本岗位主要风险", "遇险怎么办", "我不做的事")
    ]
    return Sheet("承诺书（员工）", PORTRAIT, _pledge("员工安全生产承诺书", "班　　组", "班组长（签名）", own))


def _letter(text: str, **how: object) -> Element:
    return paragraph(f"　　{text}", style="LetterText", line=26, **how)  # type: ignore[arg-type]


def _pledge(name: str, post: str, witness: str, own: list[Element] | None = None) -> list[Element]:
    lines = own or [_letter(f"另外承诺：{blanks(26)}"), _letter(blanks(31))]
    return [
        title(text=name),
        paragraph("单位：{{ enterprise.name_or_line }}", style="LetterText", line=28),
        _letter("{{ paper.opening }}"),
        paragraph("{%p for point in paper.points %}"),
        _letter("{{ loop.index }}. {{ point }}"),
        paragraph("{%p endfor %}"),
        *lines,
        paragraph("{%p if paper.closing %}"),
        _letter("{{ paper.closing }}"),
        paragraph("{%p endif %}"),
        gap(10),
        table(
            (34, 54, 34, 54),
            _pledge_signatures("承诺人（签名）", post),
            _pledge_signatures("单位（盖章）", "日　　期"),
            _pledge_signatures(witness, "公示位置" if post == "职　　务" else "存放处"),
        ),
        *reasons(),
    ]


def _pledge_signatures(first: str, second: str) -> Element:
    return row(label(34, first, keep=True), plain(54), label(34, second, keep=True), plain(54), height=12)


# ---------------------------------------------------------------- 自查表发放回收登记


REGISTER = (10.0, 62.0, 32.0, 13.0, 33.0, 23.0, 20.0, 20.0, 17.0, 17.0, 18.0)
REGISTER_HEADS = "序号|单位名称|企业类型|项数|编号|发放方式|发放日期|签收人|应交日期|实交日期|催办"


def register() -> Sheet:
    body = [
        *_title_of_each("{%p for page in paper.pages %}", "{{ paper.title }}"),
        paragraph(
            "乡镇（街道）、部门：{{ page.town or '＿＿＿＿＿＿＿＿' }}",
            tab(),
            f"登记人：{blanks(6)}　　{blanks(3)}年{blanks(2)}月",
            style="GridValue",
            line=18,
            right_tab=LANDSCAPE.width,
        ),
        paragraph("{%p if loop.first %}", style="Note"),
        *reasons(),
        gap(3),
        paragraph("{%p endif %}", style="Note"),
        _register(),
        paragraph(
            f"本页发出{blanks(3)}份，收回{blanks(3)}份，未交{blanks(3)}份。　经办人（签名）{blanks(6)}　审核人（签名）{blanks(6)}",
            line=18,
            before=2,
        ),
        paragraph("{%p endfor %}", style="Note"),
    ]
    return Sheet("自查表发放回收登记", LANDSCAPE, body, of_one=False)


def _register() -> Element:
    texts = (
        "{{ number }}",
        "{{ entry.name }}",
        "{{ entry.types }}",
        "{{ entry.items }}",
        "{{ entry.serial }}",
    )
    cells = [
        centred(width, text) if index in (0, 3) else plain(width, text, style="TableSmall")
        for index, (width, text) in enumerate(zip(REGISTER, texts, strict=False))
    ]
    how = plain(REGISTER[5], "□纸质 □电子", style="TableSmall")
    return table(
        REGISTER,
        column_heads(REGISTER, REGISTER_HEADS, 8),
        tag_row("{%tr for number, entry in page.entries %}", len(REGISTER), LANDSCAPE.width),
        row(*cells, how, *(plain(width) for width in REGISTER[6:]), height=8.5),
        tag_row("{%tr endfor %}", len(REGISTER), LANDSCAPE.width),
    )
