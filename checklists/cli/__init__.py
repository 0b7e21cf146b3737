"""The command line: reads arguments, calls one stage, prints. Only this package prints and exits.

Heavy libraries are imported inside the commands, so that ``checklists --help`` answers at once.
"""

from __future__ import annotations

import sys
from typing import Any, NoReturn

from checklists.cli import batch, documents, notices, papers, rules, selecting, templates, verifying
from checklists.cli.chinese import App, usage_problem
from checklists.cli.shared import tell
from checklists.problems import Place, Refused, problem

app = App(
    help="安全生产检查表生成工具：由政府年度安全生产通知整理出的规则，生成现场检查表（Word）和企业自查工作簿（Excel）。",
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(notices.app, name="notices")
app.add_typer(rules.app, name="rules")
app.add_typer(papers.app, name="papers")
app.add_typer(templates.app, name="templates")
rules.register(app)
selecting.register(app)
documents.register(app)
app.add_typer(batch.app, name="roster")
batch.register(app)
verifying.register(app)


def main() -> None:
    """Run the command line: 0 well, 1 problems in inputs, 2 wrong usage. No traceback reaches the user."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        code = app(standalone_mode=False)
    except Refused as refused:
        tell(refused.problems)
        sys.exit(refused.exit_code)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
    except KeyboardInterrupt:
        print("已中断。", file=sys.stderr)
        sys.exit(130)
    except Exception as failure:
        if hasattr(failure, "format_message"):  # typer's usage errors have no public class of their own
            _usage(failure)
        tell([problem("internal-error", Place("程序"), kind=type(failure).__name__, told=failure)])
        sys.exit(1)
    sys.exit(code if isinstance(code, int) else 0)


def _usage(failure: Any) -> NoReturn:
    if type(failure).__name__ == "NoArgsIsHelpError":
        print(failure.format_message())
    else:
        tell([usage_problem(failure)])
    sys.exit(2)
