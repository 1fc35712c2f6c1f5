"""The schema is brought up to date whole, or not at all."""

from __future__ import annotations

import pytest
from django.db.migrations.recorder import MigrationRecorder

from quai.core import schema


class Killed(BaseException):
    """The machine stops here."""


@pytest.mark.parametrize("app", ["core", "billing"])
def test_killed_before_a_migration_is_written_down_it_is_made_again(
    bare_house: str, monkeypatch: pytest.MonkeyPatch, app: str
) -> None:
    written = MigrationRecorder.record_applied

    def killed(recorder: MigrationRecorder, label: str, name: str) -> None:
        if label == app:
            raise Killed
        written(recorder, label, name)

    with monkeypatch.context() as patch:
        patch.setattr(MigrationRecorder, "record_applied", killed)
        with pytest.raises(Killed):
            schema.upgrade()
    assert schema.pending()
    schema.upgrade()
    assert schema.pending() == []
