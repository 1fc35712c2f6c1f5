"""Which node this is. Facts of a node carry ids of its own range, so that nodes can be merged."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import transaction

from quai.core import schema
from quai.core.models import Node, ThisNode
from quai.core.refusals import Refusal

MAIN_SITE = 0
LAST_NODE = 8191  # so that every id stays under 2^53


class AlreadyANode(Refusal):
    """This database is already node %(node)s."""

    code = "core.already_a_node"


def this_node() -> int:
    """The number of this node."""
    return ThisNode.objects.values_list("node__number", flat=True).get()


def become(*, number: int, name: str, at: datetime) -> None:
    """Make this database the node `number`, with its own range of ids. Running it again is harmless.

    :raises AlreadyANode: it is already another one.
    """
    if ThisNode.objects.exists():
        if this_node() != number:
            raise AlreadyANode(node=this_node())
        return
    schema.own_ids(number)  # as the owner, before anything is read or written in a transaction of ours
    with transaction.atomic():
        node = Node.objects.create(number=number, uuid=uuid.uuid4(), name=name, started_at=at)
        ThisNode.objects.create(node=node)
