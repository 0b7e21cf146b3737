"""Messages about the page."""

from __future__ import annotations

from checklists.messages.message import Message

MESSAGES: dict[str, Message] = {
    "most-wrong": Message("「{given}」不是项数", "请写 1 到 9999 的整数，或留空（通常的项数）。"),
    "page-missing": Message(
        "没有安装网页部分（缺少 {name}）",
        "请在程序的文件夹里运行：python3 run.py page（Windows：py run.py page，或双击“开始”）。",
    ),
    "port-taken": Message(
        "端口 {port} 已经有程序在用",
        "网页可能已经开着：看看 http://127.0.0.1:{port}/ ；要另开一个，换个端口：--port {other}。",
    ),
    "no-type": Message("没有选企业类型", "请在“是什么企业”里至少选一种。"),
    "nothing-chosen": Message("没有选文书", "请在“其他文书”里至少勾选一种。"),
    "nothing-for-pdf": Message(
        "选中的里面没有 Word 文书，转不成 PDF", "请至少选一种 Word 文书；Excel 的请直接下载。"
    ),
    # uploads
    "upload-none": Message("没有选文件", "请选好文件，或把文件拖到框里，再上传。"),
    "upload-empty": Message("是空文件，没有收", "请核对是不是拷贝中断；换一份再上传。", "warning"),
    "upload-ending": Message("这里只收 {endings} 文件，这个没有收", "请核对是不是选错了文件。", "warning"),
    "upload-form": Message(
        "上传的内容读不出，或文件超过 {most} 个", "请分几次上传；一次不超过 {most} 个文件。"
    ),
    "upload-zip": Message("压缩包打不开：{why}；里面的没有收", "请重新压成 .zip，或解开后选里面的文件上传。"),
    "upload-zip-nothing": Message(
        "压缩包里没有可以收的文件", "请核对压缩包；压缩包里的压缩包，请先解开。", "warning"
    ),
    "upload-zip-others": Message(
        "里面有 {count} 个文件不是这里要的，没有收：{names}",
        "压缩包里的压缩包，请先解开；别的不必处理。",
        "warning",
    ),
    "upload-zip-many": Message(
        "压缩包里的文件超过 {most} 个，或文件夹套得太深，后面的没有收", "请分几包上传。"
    ),
    # jobs
    "roster-long": Message(
        "名录里有 {count} 家，网页上一次最多做 {most} 家",
        "请按乡镇或行业分成几份名录，分几次做。",
    ),
    "jobs-many": Message("已有 {most} 件在做", "请等其中一件做完，或停掉一件，再上传。"),
    "job-busy": Message("上一步还没有做完", "请等它做完，或先停掉它。"),
    "job-late": Message("做了太久，停下了", "请把文件分几次上传。"),
    "job-broken": Message("做到一半停了，多半是内存不够", "请再试一次；还是不行的，把文件分几次上传。"),
    "carry-none": Message("交回的文件里没有自查工作簿", "换月要企业填过的工作簿；检查表不用换月。"),
    "carry-several": Message(
        "同一家同一个月还有 {others}，只用了这一份",
        "问清以哪份为准；要用另一份的，只上传那一份再换月。",
        "warning",
    ),
    "page-ending": Message("网页正在结束", "请重新运行 checklists serve，再打开网页。"),
    "request-wrong": Message(
        "「{field}」没有写，或者写法不对", "请照接口说明（/about）写：有没有、是数还是日期、多长、哪几种。"
    ),
}
