"""Hold the database to the kinds of table: triggers, grants, references, id ranges, views.

Run by `upgrade` after Django's migrations, as the owner; running it again is harmless. Everything here is derived
from the models, so that no package can forget it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.apps import apps
from django.core.management import call_command
from django.db import connections, models, transaction

from quai.core import sql
from quai.core.kinds import CheckedKey, Draft, Fact, Recorded, Reference, State

OWNER = "owner"
APPLICATION_ROLE = "quai_app"
NODE_IDS = 2**40
UPGRADE_LOCK = 20260902
EVERYTHING = "everything"  # pending: the database is empty
PROTECTIONS = "protections"  # pending: triggers, grants and views are not those of this software
KINDS: tuple[type[models.Model], ...] = (Fact, Reference, Recorded, State, Draft)


def tables() -> list[type[models.Model]]:
    """Every table of ours, in the order of the layers."""
    return [
        model
        for config in apps.get_app_configs()
        if config.name.startswith("quai.")
        for model in config.get_models()
    ]


def kind(model: type[models.Model]) -> type[models.Model]:
    """Which of the kinds a table is."""
    return next(base for base in KINDS if issubclass(model, base))


def upgrade() -> list[str]:
    """Bring the schema to this version of the software and hold it to the rules; what was pending.

    One at a time: a second one waits, then finds nothing to do. Killed anywhere, it is still pending.
    """
    with connections[OWNER].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [UPGRADE_LOCK])
        try:
            todo = pending()
            with transaction.atomic(using=OWNER):
                _execute(_drop_views())
                _execute(["COMMENT ON SCHEMA public IS 'being upgraded'"])
            # One transaction: Django writes down what it applied after having applied it.
            with transaction.atomic(using=OWNER):
                call_command("migrate", database=OWNER, verbosity=0, interactive=False)
            with transaction.atomic(using=OWNER):
                protections = list(harden())
                _execute(protections)
                _execute([f"COMMENT ON SCHEMA public IS '{_mark(protections)}'"])
            return todo
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [UPGRADE_LOCK])


def _mark(protections: Iterable[str]) -> str:
    """What says that the database holds exactly these protections and views."""
    return hashlib.sha256("\n".join(protections).encode()).hexdigest()


def harden() -> Iterator[str]:
    """Every statement that holds the tables to their kinds."""
    yield REFUSE_CHANGE
    yield f"GRANT USAGE ON SCHEMA public TO {APPLICATION_ROLE}"
    yield f"GRANT SELECT ON django_migrations TO {APPLICATION_ROLE}"
    for model in tables():
        yield from _grants(model)
        if issubclass(model, Recorded):
            yield from _append_only(model)
        if issubclass(model, State):
            yield from _changing(model)
        yield from _references(model)
    yield from _views()


REFUSE_CHANGE = """
CREATE OR REPLACE FUNCTION core_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a row of % is never changed or removed: correct it by a new one', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$
"""


def _grants(model: type[models.Model]) -> Iterator[str]:
    table = model._meta.db_table
    may = "SELECT, INSERT" if issubclass(model, Recorded) else "SELECT, INSERT, UPDATE, DELETE"
    yield f"REVOKE ALL ON {table} FROM {APPLICATION_ROLE}"
    yield f"GRANT {may} ON {table} TO {APPLICATION_ROLE}"
    if _has_identity(model):
        yield f"GRANT USAGE, SELECT ON SEQUENCE {table}_id_seq TO {APPLICATION_ROLE}"


def _append_only(model: type[models.Model]) -> Iterator[str]:
    table = model._meta.db_table
    yield (
        f"CREATE OR REPLACE TRIGGER {table}_unchanged BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION core_refuse_change()"
    )
    yield (
        f"CREATE OR REPLACE TRIGGER {table}_kept BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION core_refuse_change()"
    )
    yield f"CREATE INDEX IF NOT EXISTS {table}_tx ON {table} USING brin (tx) WITH (autosummarize = on)"


def _changing(model: type[models.Model]) -> Iterator[str]:
    """Leave each page of a state half empty: the next version of a row then fits beside it, and no index is touched."""
    yield f"ALTER TABLE {model._meta.db_table} SET (fillfactor = 50)"


def checked_keys(model: type[models.Model]) -> list[CheckedKey]:
    """The references of this table that a statement trigger checks."""
    return [field for field in model._meta.local_fields if isinstance(field, CheckedKey)]


def _references(model: type[models.Model]) -> Iterator[str]:
    """One AFTER statement trigger per table, pinned to nested loops on the parents' keys, each looked up once.

    Without the pin, a plan made for a hundred thousand rows would hash two million parents for twenty.
    """
    keys = checked_keys(model)
    if not keys:
        return
    table = model._meta.db_table
    orphans = "\n".join(_orphan_test(table, key) for key in keys)
    yield f"""
        CREATE OR REPLACE FUNCTION {table}_references() RETURNS trigger LANGUAGE plpgsql
        SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off AS $$
        BEGIN
            {orphans}
            RETURN NULL;
        END $$
    """
    yield (
        f"CREATE OR REPLACE TRIGGER {table}_references AFTER INSERT ON {table} "
        f"REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION {table}_references()"
    )


def _orphan_test(table: str, key: CheckedKey) -> str:
    parent = key.related_model._meta.db_table
    parent_key = key.target_field.column
    return f"""
            IF EXISTS (SELECT FROM (SELECT DISTINCT {key.column} AS named FROM added) a
                        WHERE a.named IS NOT NULL AND NOT EXISTS
                              (SELECT FROM {parent} p WHERE p.{parent_key} = a.named)) THEN
                RAISE EXCEPTION '{table}.{key.column} names a row that {parent} does not hold'
                    USING ERRCODE = 'foreign_key_violation';
            END IF;"""  # noqa: S608 - names come from our models


def own_ids(node: int) -> None:
    """Let every table of this database number its rows in this node's range, and nowhere else."""
    first, last = node * NODE_IDS + 1, (node + 1) * NODE_IDS
    with transaction.atomic(using=OWNER):
        _execute(
            f"ALTER TABLE {model._meta.db_table} ALTER COLUMN id "
            f"SET MINVALUE {first} SET MAXVALUE {last} SET START {first} RESTART WITH {first}"
            for model in tables()
            if _has_identity(model)
        )


def _has_identity(model: type[models.Model]) -> bool:
    return isinstance(model._meta.pk, models.BigAutoField)


def _view_files() -> list[Path]:
    folders = [Path(config.path) for config in apps.get_app_configs() if config.name.startswith("quai.")]
    return [file for folder in folders for file in sorted((folder / "sql").glob("read_*.sql"))]


def view_names() -> list[str]:
    """The views that packages publish for others to read, lowest layer first."""
    return [f"{file.parent.parent.name}_{file.stem}" for file in _view_files()]


def _views() -> Iterator[str]:
    for file, name in zip(_view_files(), view_names(), strict=True):
        yield f"CREATE VIEW {name} AS {file.read_text(encoding='utf-8')}"
        yield f"GRANT SELECT ON {name} TO {APPLICATION_ROLE}"


def _drop_views() -> Iterator[str]:
    for row in sql.query(
        r"SELECT viewname FROM pg_views WHERE schemaname = 'public' AND viewname ~ '^[a-z]+_read_'",
        using=OWNER,
    ):
        yield f"DROP VIEW IF EXISTS {row.viewname} CASCADE"


def _execute(statements: Iterable[str]) -> None:
    with connections[OWNER].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def pending() -> list[str]:
    """What this software has and the database has not: migrations, protections; cheap, because every command asks."""
    with connections[OWNER].cursor() as cursor:
        cursor.execute(
            "SELECT to_regclass('django_migrations') IS NOT NULL, obj_description('public'::regnamespace)"
        )
        begun, mark = cursor.fetchone()
        if not begun:
            return [EVERYTHING]
        cursor.execute("SELECT app || '.' || name FROM django_migrations")
        applied = {row[0] for row in cursor.fetchall()}
    migrations = sorted(_on_disk() - applied)
    return migrations if mark == _mark(harden()) else [*migrations, PROTECTIONS]


def _on_disk() -> set[str]:
    return {
        f"{config.label}.{file.stem}"
        for config in apps.get_app_configs()
        if config.name.startswith("quai.")
        for file in (Path(config.path) / "migrations").glob("[0-9]*.py")
    }
