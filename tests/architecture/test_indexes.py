"""Every index is read by a query: an index that nothing reads is paid for by every row written."""

from __future__ import annotations

import pytest
from django.db import models

from quai.core import schema
from tests.architecture.source import HOUSE

# Index -> a statement that reads it. Keys, uniques and the BRIN of seals (core/digest_batches.sql) need no line.
READERS = {
    "parties_role_in_force": "parties/with_role.sql",
    "parties_profile_in_force": "parties/profiles.sql",
    "parties_outlet_of_party": "parties/outlets_of.sql",
    "parties_outlet_in_force": "parties/outlets.sql",
    "parties_gln_of_party": "parties/outlets.sql",
    "catalogue_notice_of_product": "catalogue/last_notices.sql",
    "catalogue_desc_in_force": "catalogue/titles.sql",
    "catalogue_avail_in_force": "catalogue/titles.sql",
    "catalogue_price_in_force": "catalogue/titles.sql",
    "catalogue_rights_in_force": "catalogue/rights_at.sql",
    "catalogue_schoolbook_in_force": "catalogue/schoolbooks_at.sql",
    "terms_discount_by_axes": "terms/discounts.sql",
    "terms_discount_by_product": "terms/discounts.sql",
    "terms_account_in_force": "terms/accounts.sql",
    "terms_payment_in_force": "terms/payment_terms.sql",
    "terms_hold_in_force": "terms/held.sql",
    "terms_cap_in_force": "terms/caps_at.sql",
    "terms_vat_in_force": "terms/territory_vat.sql",
    "stock_movement_of_product": "stock/history.sql",
    "stock_reservation_demand": "stock/pending.sql",
    "stock_reservation_of_pool": "stock/youngest.sql",
    "accounts_line_of_entry": "accounts/posted.sql",
    "accounts_line_of_party": "accounts/party_lines.sql",
    "orders_order_reference": "orders/by_reference.sql",
    "orders_order_of_customer": "orders/portfolio.sql",
    "orders_line_of_order": "orders/lines_of_orders.sql",
    "orders_open_lines": "orders/open_lines.sql",
    "orders_grouped_lines": "orders/grouped_lines.sql",
    "warehouse_open_waves": "warehouse/open_waves.sql",
    "warehouse_shipment_of_wave": "warehouse/shipments_to_close.sql",
    "warehouse_pick_of_shipment": "warehouse/picks_to_record.sql",
    "warehouse_parcel_of_note": "warehouse/note_parcels.sql",
    "warehouse_line_of_note": "warehouse/note_lines.sql",
    "warehouse_note_of_line": "warehouse/left_on.sql",
    "billing_invoice_of_customer": "billing/of_customer.sql",
    "billing_line_of_invoice": "billing/document_lines.sql",
    "billing_notes_of_invoice": "billing/sheet_notes.sql",
    "exchange_slip_by_reference": "exchange/slips.sql",
}
INDEXES = {index.name: model for model in schema.tables() for index in model._meta.indexes}


def test_every_index_has_its_reader() -> None:
    assert set(INDEXES) == set(READERS)


@pytest.mark.parametrize(("index", "statement"), READERS.items())
def test_the_reader_reads_that_table(index: str, statement: str) -> None:
    package, _, name = statement.partition("/")
    text = (HOUSE / package / "sql" / name).read_text(encoding="utf-8")
    assert INDEXES[index]._meta.db_table in text, f"{statement} does not read {index}"


def test_no_text_has_a_second_index_for_patterns() -> None:
    """Django adds one to a unique text column, that nothing here reads: say UniqueConstraint instead."""
    doubled = [
        f"{model._meta.db_table}.{field.column}"
        for model in schema.tables()
        for field in model._meta.local_fields
        if isinstance(field, (models.CharField, models.TextField))
        and (field.unique or getattr(field, "db_index", False))
    ]
    assert doubled == ["core_seal_head.table_name"]  # a few dozen rows for ever
