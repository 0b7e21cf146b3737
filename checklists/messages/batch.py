"""Messages about batches and documents as they are written."""

from __future__ import annotations

from checklists.messages.message import Message

MESSAGES: dict[str, Message] = {
    # batch
    "batch-running": Message(
        "另一个程序正在往这个文件夹生成文件", "请等它结束再运行，或换一个 --out 文件夹。"
    ),
    "batch-worker-died": Message(
        "一个工作进程意外终止（多半是内存不足或被系统结束）", "再运行同一条命令，会从停下的地方接着生成。"
    ),
    "batch-continues": Message(
        "接着 {on} 未完成的批次：检查日仍是 {on}", "要另起一批，请用 --on 写明检查日。", "warning"
    ),
    "batch-firm-moved": Message(
        "改名或迁址：原文件夹“{old}”没有动，这次的在“{new}”", "请核对后自行处理原文件夹。", "warning"
    ),
    "batch-other-roster": Message(
        "同一天已按另一份名录生成过这家（{folder}），内容不同；现在是这份名录的，那一份清单里的校验码不再相符",
        "请核对哪一份名录是对的；以那一份为准的，按那一份再生成一次。",
        "warning",
    ),
    "batch-firm-gone": Message(
        "文件夹“{old}”的企业不在这次的名录里（上次见 {manifest}）；文件夹没有动",
        "已注销或搬走的，请自行处理；漏写的，请补进名录。",
        "warning",
    ),
    "batch-zip-root": Message(
        "--out 是一个盘的最上一层，旁边放不下 zip 包", "请把 --out 写成一个文件夹，或不用 --zip。"
    ),
    # PDF
    "pdf-no-office": Message(
        "这台电脑上没有找到 LibreOffice，PDF 没有生成；Word、Excel 文件已经生成",
        "请安装 LibreOffice（Debian、Ubuntu：apt-get install libreoffice-writer libreoffice-calc fonts-noto-cjk），"
        "或在 Word、WPS 中另存为 PDF。",
    ),
    "pdf-no-face": Message(
        "这台电脑上没有中文字体，PDF 里的汉字印不出来，PDF 没有生成；Word、Excel 文件已经生成",
        "请装一种中文字体，再运行同一条命令。Debian、Ubuntu：apt-get install fonts-noto-cjk；Fedora：dnf install "
        "google-noto-serif-cjk-fonts google-noto-sans-cjk-fonts；要公文的样子，装仿宋_GB2312、黑体、方正小标宋简体"
        "（Linux 放进 ~/.local/share/fonts，Windows 在字体文件上点右键安装，macOS 拖进“字体册”）。"
        "也可以把文件拿到有中文字体的电脑上，用 Word、WPS 另存为 PDF。",
    ),
    "pdf-failed": Message("没有转成 PDF（{why}）", "请在 LibreOffice、Word 或 WPS 中打开文件，另存为 PDF。"),
    "pdf-timeout": Message(
        "LibreOffice 转 PDF 超过 {seconds} 秒没有结束，已停止", "请关闭其他程序后再试，或一次少转几份。"
    ),
    "pdf-unread": Message("这个 PDF 读不了，没有并进打印件", "请删掉它，再运行同一条命令，会重新转。"),
    "print-lacks": Message(
        "打印件里缺 {count} 份：{names}（有人改过的，没有转成 PDF 的，都不并进去）",
        "请看这些文件各自的问题；缺的那几份，请打开原文件单独打印。",
        "warning",
    ),
    # other papers
    "document-unknown": Message(
        "没有名为「{name}」的文书", "{hint}全部文书和模板见 checklists templates list。"
    ),
}
