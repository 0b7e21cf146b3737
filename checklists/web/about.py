"""What the program is, what its parts are licensed under, and how its JSON interface is asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, metadata
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse

from checklists.web.pages import page

router = APIRouter(include_in_schema=False)
PARTS = {
    "fastapi": "网页和接口",
    "starlette": "网页和接口",
    "pydantic": "核对数据",
    "uvicorn": "本机服务",
    "python-multipart": "接收上传的文件",
    "Jinja2": "页面",
    "pygal": "图表",
    "pypinyin": "拼音首字母",
    "python-docx": "Word",
    "openpyxl": "Excel",
    "python-calamine": "读 Excel",
    "lxml": "读写 XML",
    "pypdf": "PDF",
    "pdfplumber": "读 PDF",
    "PyYAML": "规则文件",
    "filelock": "文件夹不被两处同时写",
    "platformdirs": "临时存放",
    "typer": "命令行",
}
"""Distributions that the program stands on, and for what."""


@dataclass(frozen=True)
class LicensedPart:
    """A part by others."""

    name: str
    version: str
    licence: str
    purpose: str


@dataclass(frozen=True)
class Operation:
    """One address of the interface."""

    method: str
    path: str
    summary: str
    fields: tuple[tuple[str, str, bool], ...]
    """Name, what it is, whether it has to be given."""


@router.get("/about")
def about(request: Request) -> HTMLResponse:
    """What there is to know of the program."""
    operations = list(_operations(request.app.openapi()))
    return page(request, "about.html", parts=list(_parts()), operations=operations)


def _parts() -> Iterator[LicensedPart]:
    for name, purpose in PARTS.items():
        try:
            told = metadata(name)
        except PackageNotFoundError:
            continue
        yield LicensedPart(name, told["Version"], _licence(told), purpose)


def _licence(told: Any) -> str:
    """As its makers tell it: an expression, else a classifier, else a short text."""
    classified = [
        one.rpartition(" :: ")[2] for one in told.get_all("Classifier", []) if one.startswith("License")
    ]
    text = told.get("License") or ""
    return told.get("License-Expression") or "、".join(classified) or text.partition("\n")[0][:60]


def _operations(schema: dict[str, Any]) -> Iterator[Operation]:
    for path, methods in schema["paths"].items():
        for method, one in methods.items():
            fields = [
                (each["name"], each.get("description", ""), each.get("required", False))
                for each in one.get("parameters", ())
            ]
            if "requestBody" in one:
                fields += _body(schema, one["requestBody"]["content"]["application/json"]["schema"])
            yield Operation(method.upper(), path, one.get("summary", ""), tuple(fields))


def _body(schema: dict[str, Any], body: dict[str, Any]) -> list[tuple[str, str, bool]]:
    """The fields of a body that is one of the schema's models."""
    model = schema["components"]["schemas"][body["$ref"].rpartition("/")[2]]
    required = model.get("required", ())
    return [
        (name, field.get("description", ""), name in required) for name, field in model["properties"].items()
    ]
