"""What a command says when it could not do its work, and the exit code that scripts read."""

from __future__ import annotations

import errno
import platform
import shlex
import sys
import tempfile
import traceback
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from quai.cli import printing
from quai.cli.session import NotAHouse
from quai.config import boot
from quai.core import folders
from quai.core.cluster import ClusterError

REFUSED = 2
CRASHED = 70  # EX_SOFTWARE of sysexits.h
NO_ROOM = 74  # EX_IOERR
INTERRUPTED = 130  # what a shell says of Ctrl+C
FULL = {errno.ENOSPC, errno.EDQUOT}
NOT_ALLOWED = {errno.EACCES, errno.EPERM, errno.EROFS}


def tell(failure: Exception) -> int:
    """Say in one sentence why a command did not do its work, and give its exit code.

    A crash leaves its traceback in a file that the sentence names: the person has something to send.
    """
    causes = list(_causes(failure))
    if isinstance(failure, (NotAHouse, ClusterError)) or _is_refusal(failure):
        printing.fail(str(failure))
        return REFUSED
    if any(_disk_is_full(cause) for cause in causes):
        printing.fail(
            "Le disque est plein : la commande s’est arrêtée. Rien n’est à moitié écrit ; "
            "faites de la place, puis relancez-la."
        )
        return NO_ROOM
    if isinstance(failure, OSError) and (told := _said(failure)):
        printing.fail(told)
        return REFUSED
    file = _written(failure, at=datetime.now(UTC))
    if any(_database_is_gone(cause) for cause in causes):
        printing.fail(
            "La base ne répond plus : la commande s’est arrêtée. Rien n’est à moitié écrit ; relancez-la.\n"
            f"Le détail est dans {file}."
        )
        return NO_ROOM
    printing.fail(
        f"Quai s’est arrêté sur une erreur qu’il n’attendait pas ({type(failure).__name__}). "
        "Rien n’est à moitié écrit : la commande peut être relancée.\n"
        f"Le détail est dans {file} : joignez-le à votre message."
    )
    return CRASHED


def interrupted() -> int:
    """Say that stopping a command by hand loses nothing."""
    printing.fail(
        "Interrompu. Rien n’est perdu : ce qui était fait est écrit, le reste attend. "
        "Relancez la même commande pour finir."
    )
    return INTERRUPTED


def home_of(arguments: Sequence[str]) -> Path:
    """The home that a command line names, else the usual one."""
    for n, word in enumerate(arguments):
        if word.startswith("--home="):
            return Path(word.removeprefix("--home="))
        if word == "--home" and n + 1 < len(arguments):
            return Path(arguments[n + 1])
    return boot.home_path()


def _is_refusal(failure: Exception) -> bool:
    """By its looks: its class needs Django, which an early failure has not set up."""
    return type(failure).__module__.startswith("quai.") and hasattr(failure, "code")


def _causes(failure: BaseException | None) -> Iterator[BaseException]:
    while failure is not None:
        yield failure
        failure = failure.__cause__ or failure.__context__


def _disk_is_full(cause: BaseException) -> bool:
    return (isinstance(cause, OSError) and cause.errno in FULL) or getattr(cause, "sqlstate", None) == "53100"


def _database_is_gone(cause: BaseException) -> bool:
    return any(one.__name__ in ("OperationalError", "InterfaceError") for one in type(cause).__mro__)


def _said(failure: OSError) -> str:
    if failure.errno in NOT_ALLOWED:
        return (
            f"Accès refusé à {failure.filename} : ce dossier est à un autre utilisateur, ou en lecture seule."
        )
    if failure.errno == errno.ENAMETOOLONG:
        return "Ce chemin est trop long pour ce disque : choisissez un dossier plus proche de la racine."
    if failure.errno == errno.ENOTDIR:
        return f"{failure.filename} : un des dossiers de ce chemin est un fichier."
    return ""


def _written(failure: Exception, *, at: datetime) -> Path:
    """Write the traceback into the home's log, or where the machine puts what is temporary."""
    text = "\n".join(
        [
            f"quai {shlex.join(sys.argv[1:])}",
            f"{at:%Y-%m-%d %H:%M:%S} UTC, Python {platform.python_version()}, {platform.platform()}",
            "",
            "".join(traceback.format_exception(failure)),
        ]
    ).encode()
    name = f"plantage-{at:%Y%m%dT%H%M%S%f}Z.txt"
    home = home_of(sys.argv[1:])
    try:
        return folders.put(home / "log" / name, text) if home.is_dir() else _aside(name, text)
    except OSError:
        return _aside(name, text)


def _aside(name: str, text: bytes) -> Path:
    return folders.put(Path(tempfile.gettempdir()) / f"quai-{name}", text)
