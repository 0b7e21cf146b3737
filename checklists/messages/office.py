"""Messages about what an office prints of itself: ``office.yaml``, the roster's columns for it, --office."""

from __future__ import annotations

from checklists.messages.message import Message

MESSAGES: dict[str, Message] = {
    "office-form": Message(
        "应为“名称: 值”的形式",
        "一行写一样，冒号用半角，后面空一格，如 检查单位: 某某县应急管理局；写法见 docs/guide.md。",
    ),
    "office-number": Message(
        "文书编号不能写在这里：每份文书都会印上同一个号",
        "请删去；一份一个号，写在名录的“文书编号”一列，或用 --office 文书编号=… 只生成一家的。",
    ),
    "office-number-many": Message(
        "文书编号不能用选项写：名录里每一家都会印上同一个号", "请写在名录的“文书编号”一列，一家一个号。"
    ),
    "office-option": Message(
        "「{given}」的写法不对", "请写成 栏目=内容，如 --office 用途=执法检查；栏目有：{columns}。"
    ),
    "office-option-unknown": Message("没有栏目「{column}」", "{hint}可写的栏目：{columns}。"),
    "office-option-twice": Message("「{column}」写了两次", "请只写一次；几个之间用顿号隔开。"),
    "purpose-unknown": Message("用途「{given}」不认识", "{hint}可写：{choices}；几种之间用顿号隔开。"),
    "inspectors-many": Message(
        "检查人员写了 {count} 名，文书上只有 {most} 名的位置", "请留下 {most} 名，其他的在文书上手写。"
    ),
    "cards-uneven": Message(
        "检查人员 {names} 名，证号 {cards} 个，对不上",
        "请一人写一个证号，次序与检查人员相同，用顿号隔开；不全的都不写，在文书上手填。",
    ),
    "cards-alone": Message("有证号，没有检查人员", "请写上检查人员；不是检查人员的证号，请换一个列名。"),
}
