"""What every test of billing begins with."""

from __future__ import annotations

import pytest

from quai.access.types import Actor
from quai.billing.tests.deliveries import NOON, opened
from tests import cast as stage
from tests.cast import Cast


@pytest.fixture
def cast(act: int, actor: Actor) -> Cast:
    """The cast, two titles, and the chart of accounts."""
    made = stage.make(act)
    stage.title(made, act, "Le Phare", "9782070360024", price="20.00")
    stage.title(made, act, "Germinal", "9782253004226", price="6.90")
    opened(NOON, actor)
    return made
