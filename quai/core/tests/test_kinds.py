"""The database itself keeps facts as they are."""

from __future__ import annotations

import pytest
from django.db import Error, connection, transaction

from quai.core.models import Act


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE core_act SET verb = 'other'",
        "DELETE FROM core_act",
        "TRUNCATE core_act",
        "SELECT * FROM core_act FOR UPDATE",
        "SELECT * FROM core_act FOR SHARE",
        "LOCK TABLE core_act IN SHARE MODE",
        "CREATE TABLE mine (id int)",
        "DROP TRIGGER core_act_unchanged ON core_act",
        "SET session_replication_role = replica",
    ],
)
def test_the_application_cannot_change_or_lock_a_fact(act: int, statement: str) -> None:
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Act.objects.filter(id=act, verb="test").exists()
