"""The commands, and what happens when one cannot do its work."""

from __future__ import annotations

import sys
from collections.abc import Callable

import typer

from quai.cli import day, demo, house, printing, show
from quai.cli.session import NotAHouse
from quai.core.cluster import ClusterError

app = typer.Typer(
    name="quai",
    help="L’ERP des distributeurs de livres. Le quai expédie même quand les ordinateurs brûlent.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
stock = typer.Typer(help="Les exemplaires : entrées et soldes.", no_args_is_help=True)

COMMANDS: tuple[Callable[..., None], ...] = (
    demo.demo, house.init, house.upgrade, day.receive, day.decide, day.prepare, day.ship, day.bill,
    show.show, house.status, house.verify,
)  # fmt: skip
for command in COMMANDS:
    app.command()(command)
stock.command("receive")(day.stock_receive)
stock.command("show")(show.stock_show)
app.add_typer(stock, name="stock")


def main() -> None:
    """Run one command; a refusal is one sentence and exit code 2."""
    try:
        app()
    except (NotAHouse, ClusterError) as failure:
        printing.fail(str(failure))
        sys.exit(2)
    except Exception as failure:
        if type(failure).__module__.startswith("quai.") and hasattr(failure, "code"):
            printing.fail(
                str(failure)
            )  # a Refusal; its class needs Django, which an early failure has not set up
            sys.exit(2)
        raise
