"""The scene, and the promise that every test leaves the house sound."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from quai.access.types import Actor
from quai.orders.tests import scene as stage
from quai.orders.tests.scene import Scene


@pytest.fixture
def scene(actor: Actor) -> Iterator[Scene]:
    """The house on a Monday morning; when the test ends, every check is run."""
    yield stage.make(actor)
    stage.expect_sound()
