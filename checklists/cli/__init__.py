"""The command line: reads arguments, calls one stage, prints. Only this package prints and exits.

Heavy libraries are imported inside the commands, so that ``checklists --help`` answers at once.
"""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer

from checklists import __version__
from checklists.cli import (
    batch,
    carrying,
    changing,
    comparing,
    criteria,
    documents,
    drafting,
    entering,
    facts,
    notices,
    returns,
    rules,
    selecting,
    serving,
    templates,
    verifying,
)
from checklists.cli.chinese import App, usage_problem
from checklists.cli.shared import forget_warnings, tell
from checklists.cli.streams import in_utf8, streams
from checklists.files.writing import why
from checklists.problems import Position, Problem, Refused, problem

app = App(
    help="安全生产检查表生成工具：由政府年度安全生产通知整理出的规则，生成现场检查表（Word）和企业自查工作簿（Excel）。",
    epilog="每条命令的用法和例子：命令后面加 --help。按 Tab 键补全命令和选项：先运行一次 checklists --install-completion，重开终端。",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _tell_version(wanted: bool) -> None:
    if wanted:
        print(f"checklists {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=False)
def root(
    version: Annotated[
        bool,
        typer.Option("--version", help="显示版本。", callback=_tell_version, is_eager=True),
    ] = False,
) -> None:
    """The options of the command line as a whole."""


app.add_typer(notices.app, name="notices")
app.add_typer(rules.app, name="rules")
app.add_typer(criteria.app, name="criteria")
app.add_typer(
    documents.papers, name="papers", short_help="其他文书：列出、生成（现场检查方案、整改通知、日查卡 …）。"
)
app.add_typer(templates.app, name="templates")
rules.register(app)
facts.register(app)
drafting.register(rules.app)
comparing.register(notices.app)
changing.register(app, rules.app)
selecting.register(app)
documents.register(app)
app.add_typer(batch.app, name="roster")
batch.register(app)
verifying.register(app)
carrying.register(app)
returns.register(app)
entering.register(app)
serving.register(app)


def main() -> None:
    """Run the command line: 0 well, 1 problems in inputs, 2 wrong usage. No traceback reaches the user."""
    in_utf8()
    forget_warnings()
    with streams() as outlets:
        code = _ended()
        sys.stdout.flush()
        trouble = outlets[0].trouble if outlets else None
        if trouble:
            tell([problem("output-unwritable", Position("输出"), why=why(trouble))])
            code = code or 1
    sys.exit(code)


def _ended() -> int:
    """Exit code of the command that was asked for; what went wrong is told."""
    try:
        code = app(standalone_mode=False)
    except Refused as refused:
        tell(refused.problems)
        return refused.exit_code
    except KeyboardInterrupt:
        print("已中断。", file=sys.stderr)
        return 130
    except MemoryError:
        tell([problem("memory-short", Position("程序"))])
        return 1
    except OSError as failure:
        tell([_trouble(failure)])
        return 1
    except Exception as failure:
        if hasattr(failure, "format_message"):  # typer's usage errors have no public class of their own
            return _usage(failure)
        tell([problem("internal-error", Position("程序"), kind=type(failure).__name__, told=failure)])
        return 1
    return code if isinstance(code, int) else 0


def _trouble(failure: OSError) -> Problem:
    """What the system did not let a stage do, where no stage has words of its own for it."""
    if "temporary" in str(failure):
        return problem("temporary-unwritable", Position("临时文件夹"), why="没有可用的")
    return problem("system-trouble", Position(str(failure.filename or "程序")), why=why(failure))


def _usage(failure: Any) -> int:
    if type(failure).__name__ == "NoArgsIsHelpError":
        print(failure.format_message())
    else:
        tell([usage_problem(failure)])
    return 2
