"""Every table says which kind it is, and the database holds it to that."""

from __future__ import annotations

import importlib

import pytest
from django.conf import settings
from django.db import connection

from quai.core import schema
from quai.core.kinds import Draft, Fact, Recorded, Reference, State

RECORDED = {"core_act", "core_blob", "core_node", "core_this_node", "core_seal"}
FACTS = {
    "core_numbered",
    "catalogue_notice",
    "stock_movement", "stock_reservation", "stock_resolution", "stock_count", "stock_missing_report",
    "accounts_entry", "accounts_entry_line",
    "orders_order", "orders_line", "orders_line_move", "orders_judgement", "orders_accepted_quantity",
    "orders_estimate", "orders_invoiced",
    "warehouse_wave", "warehouse_shipment", "warehouse_pick", "warehouse_shortage", "warehouse_note",
    "warehouse_fetched", "warehouse_parcel", "warehouse_note_line", "warehouse_reopening", "warehouse_departure",
    "billing_invoice", "billing_invoice_line", "billing_credit_request", "billing_credited", "billing_invoice_vat",
    "billing_invoice_note", "billing_issue", "billing_release", "billing_rendition", "billing_sending",
    "exchange_message", "exchange_redelivery", "exchange_outcome", "exchange_slip",
}  # fmt: skip
REFERENCES = {
    "parties_party", "parties_house", "parties_role", "parties_profile", "parties_outlet", "parties_outlet_profile",
    "parties_gln",
    "catalogue_product", "catalogue_description", "catalogue_availability", "catalogue_price", "catalogue_price_part",
    "catalogue_rights", "catalogue_schoolbook",
    "terms_discount", "terms_account", "terms_payment", "terms_hold", "terms_territory_vat", "terms_cap",
    "terms_search_order",
    "stock_site", "stock_location", "stock_pool",
    "accounts_account", "accounts_journal",
}  # fmt: skip
STATES = {
    "core_series", "core_seal_head",
    "stock_bin_balance", "stock_pool_balance", "stock_todo_count",
    "accounts_debt",
    "orders_known_reference", "orders_line_state", "orders_todo_prepare", "orders_engaged",
    "warehouse_wave_state", "warehouse_todo_depart", "warehouse_todo_invoice",
    "billing_todo_release", "billing_todo_render", "billing_todo_send",
}  # fmt: skip
DRAFTS = {"access_user"}

TABLES = {model._meta.db_table: model for model in schema.tables()}


def test_the_list_is_complete() -> None:
    kinds = {Fact: FACTS, Reference: REFERENCES, State: STATES, Draft: DRAFTS, Recorded: RECORDED}
    found: dict[type, set[str]] = {kind: set() for kind in kinds}
    for table, model in TABLES.items():
        found[schema.kind(model)].add(table)
    assert found == kinds


def checks_modules() -> list[object]:
    return [importlib.import_module(f"quai.{package}.checks") for package in settings.PACKAGES]


def test_everything_recorded_is_sealed_whole() -> None:
    """Every column but the transaction's id; seals themselves are a chain already."""
    sealed = {table: set(columns) for module in checks_modules() for table, columns in module.SEALED.items()}  # type: ignore[attr-defined]
    expected = {
        table: {field.column for field in model._meta.local_concrete_fields} - {"tx"}
        for table, model in TABLES.items()
        if issubclass(model, Recorded) and table != "core_seal"
    }
    expected["core_blob"] = {"id", "sha256"}  # its content is held by its digest, and checked against it
    assert sealed == expected


def test_every_state_can_be_derived() -> None:
    derived = sorted(cache.table for module in checks_modules() for cache in module.CACHES)  # type: ignore[attr-defined]
    assert derived == sorted(STATES)


@pytest.mark.django_db
def test_facts_and_references_cannot_change() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, array_agg(tgname ORDER BY tgname) FROM pg_trigger "
            "WHERE tgfoid = 'core_refuse_change'::regproc GROUP BY 1"
        )
        guarded = dict(cursor.fetchall())
        cursor.execute(
            "SELECT table_name, array_agg(privilege_type::text ORDER BY privilege_type) "
            "FROM information_schema.role_table_grants "
            "WHERE grantee = 'quai_app' AND table_schema = 'public' GROUP BY 1"
        )
        granted = dict(cursor.fetchall())
    for table in RECORDED | FACTS | REFERENCES:
        assert guarded[table] == [f"{table}_kept", f"{table}_unchanged"], table
        assert granted[table] == ["INSERT", "SELECT"], table
    for table in STATES | DRAFTS:
        assert granted[table] == ["DELETE", "INSERT", "SELECT", "UPDATE"], table


@pytest.mark.django_db
def test_checked_references_have_their_trigger() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname ~ '_references$'")
        checked = {row[0] for row in cursor.fetchall()}
    assert checked == {table for table, model in TABLES.items() if schema.checked_keys(model)}


def test_what_is_referenced_without_a_native_key_can_never_go() -> None:
    for table, model in TABLES.items():
        for key in schema.checked_keys(model):
            assert issubclass(key.related_model, Recorded), f"{table}.{key.column}"
