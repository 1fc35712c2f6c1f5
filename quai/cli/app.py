"""The commands, and what happens when one cannot do its work."""

from __future__ import annotations

import sys
from collections.abc import Callable

import typer

from quai.cli import corrections, day, demo, dock, failing, house, printing, show, stock, usage

app = typer.Typer(
    name="quai",
    cls=usage.Group,
    help="L’ERP des distributeurs de livres. Le quai expédie même quand les ordinateurs brûlent.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _group(about: str) -> typer.Typer:
    return typer.Typer(cls=usage.Group, help=about, no_args_is_help=True, rich_markup_mode=None)


copies = _group("Les exemplaires : entrées, comptages, déplacements, soldes.")
cancel = _group("Annuler ce qui n’est pas parti.")
accept = _group("Accepter ce qui attendait une personne.")
refuse = _group("Refuser ce qui attendait une personne.")

COMMANDS: tuple[Callable[..., None], ...] = (
    demo.demo, house.init, house.upgrade, day.receive, day.decide, day.prepare, day.ship, dock.depart,
    dock.reopen, day.bill, corrections.credit, corrections.hold, corrections.free,
    show.show, house.status, house.verify, house.destroy,
)  # fmt: skip
GROUPS: tuple[tuple[typer.Typer, str, Callable[..., None]], ...] = (
    (copies, "receive", day.stock_receive), (copies, "count", stock.count), (copies, "move", stock.move),
    (copies, "show", show.stock_show),
    (cancel, "order", corrections.cancel_order), (cancel, "line", corrections.cancel_line),
    (accept, "order", corrections.accept_order), (accept, "line", corrections.accept_line),
    (refuse, "order", corrections.refuse_order), (refuse, "line", corrections.refuse_line),
)  # fmt: skip
for command in COMMANDS:
    app.command(cls=usage.Command)(command)
for group, name, command in GROUPS:
    group.command(name, cls=usage.Command)(command)
for name, group in {"stock": copies, "cancel": cancel, "accept": accept, "refuse": refuse}.items():
    app.add_typer(group, name=name)


def main() -> None:
    """Run one command; whatever stops it is a sentence and an exit code, never a traceback."""
    printing.be_sure_of_the_outputs()
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
