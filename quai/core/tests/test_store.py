"""Bytes are kept once, under their digest."""

from __future__ import annotations

import pytest

from quai.core import store
from quai.core.models import Blob


@pytest.mark.django_db
def test_the_same_bytes_are_kept_once() -> None:
    first, second, again = store.keep([b"bon", b"facture", b"bon"])
    assert first == again
    assert store.keep([b"facture"]) == [second]
    assert Blob.objects.count() == 2


@pytest.mark.django_db
def test_what_is_stored_is_what_is_served() -> None:
    content = bytes(range(256)) * 100
    store.keep([content])
    assert store.read(store.digest(content)) == content
