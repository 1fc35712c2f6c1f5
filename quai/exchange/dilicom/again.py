"""An order read again from the archive, when a person wants it after all."""

from __future__ import annotations

from datetime import date
from io import BytesIO

from quai.core.refusals import Refusal
from quai.exchange import archive
from quai.exchange.dilicom.read import read
from quai.orders.types import OrderMessage


class NotArchived(Refusal):
    """What order %(order)s said is not in the archive: it cannot be read again."""

    code = "exchange.not_archived"


def order(order_id: int, *, source_key: str, received_on: date) -> OrderMessage:
    """Read again the order that was received under this key.

    :raises NotArchived: it did not come as a file of orders.
    """
    origin, _, place = source_key.partition(":")
    message, _, position = place.partition(":")
    if origin == "message" and message.isdigit() and position.isdigit():
        for item in read(BytesIO(archive.content(int(message))), received_on=received_on):
            if isinstance(item, OrderMessage) and item.position == int(position):
                return item
    raise NotArchived(order=order_id)
