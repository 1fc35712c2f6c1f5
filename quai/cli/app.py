"""The commands, and what happens when one cannot do its work."""

from __future__ import annotations

import sys
from collections.abc import Callable

import typer

from quai.cli import day, demo, failing, house, printing, show, usage

app = typer.Typer(
    name="quai",
    cls=usage.Group,
    help="L’ERP des distributeurs de livres. Le quai expédie même quand les ordinateurs brûlent.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
stock = typer.Typer(
    cls=usage.Group,
    help="Les exemplaires : entrées et soldes.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

COMMANDS: tuple[Callable[..., None], ...] = (
    demo.demo, house.init, house.upgrade, day.receive, day.decide, day.prepare, day.ship, day.bill,
    show.show, house.status, house.verify, house.destroy,
)  # fmt: skip
for command in COMMANDS:
    app.command(cls=usage.Command)(command)
stock.command("receive", cls=usage.Command)(day.stock_receive)
stock.command("show", cls=usage.Command)(show.stock_show)
app.add_typer(stock, name="stock")


def main() -> None:
    """Run one command; whatever stops it is a sentence and an exit code, never a traceback."""
    try:
        code = app(prog_name="quai", standalone_mode=False)
        sys.stdout.flush()
    except typer.TyperException as error:
        printing.fail(usage.explain(error))
        sys.exit(failing.REFUSED)
    except BrokenPipeError:
        printing.leave_the_pipe()
    except SystemExit as end:  # Typer's way out when nobody reads: 1, which here means a broken invariant
        if isinstance(end.__context__, BrokenPipeError):
            printing.leave_the_pipe()
        raise
    except (KeyboardInterrupt, typer.Abort):
        sys.exit(failing.interrupted())
    except Exception as failure:
        sys.exit(failing.tell(failure))
    if code == failing.INTERRUPTED:  # Typer turned Ctrl+C into an exit code
        failing.interrupted()
    sys.exit(code or 0)
