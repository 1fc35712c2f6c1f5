"""The depot, for every test of the warehouse."""

from __future__ import annotations

import pytest

from quai.access.types import Actor
from quai.warehouse.tests.depot import Depot


@pytest.fixture
def depot(actor: Actor) -> Depot:
    """A depot with four titles and empty shelves."""
    return Depot(actor)
