"""What must always be true of this package."""

from __future__ import annotations

from collections.abc import Iterator

from quai.core import sql
from quai.core.caches import Cache
from quai.core.findings import Check, Finding

SEALED: dict[str, tuple[str, ...]] = {
    "parties_party": (
        "id", "act_id",
    ),
    "parties_house": (
        "id", "act_id", "party_id", "only",
    ),
    "parties_role": (
        "id", "act_id", "party_id", "role", "from_on", "ended",
    ),
    "parties_profile": (
        "id", "act_id", "name", "street", "street2", "postcode", "city", "country", "territory", "party_id",
        "from_on", "legal_name", "siren", "vat_number", "email", "phone", "iban", "bic", "customer_kind",
        "network",
    ),
    "parties_outlet": (
        "id", "act_id", "party_id",
    ),
    "parties_outlet_profile": (
        "id", "act_id", "name", "street", "street2", "postcode", "city", "country", "territory",
        "outlet_id", "from_on", "round_code",
    ),
    "parties_gln": (
        "id", "act_id", "gln", "party_id", "outlet_id",
    ),
}  # fmt: skip
CACHES: list[Cache] = []


def outlets_keep_to_their_party() -> Iterator[Finding]:
    """A GLN that names an outlet names the party of that outlet."""
    for row in sql.rows("parties/stray_outlet_glns.sql"):
        yield Finding("parties.stray_outlet_gln", row.gln, expected=row.expected, found=row.found)


def parties_are_described() -> Iterator[Finding]:
    """Something is said of every party, and of every outlet."""
    for row in sql.rows("parties/undescribed.sql"):
        yield Finding("parties.undescribed", f"{row.what} {row.id}")


CHECKS: list[Check] = [outlets_keep_to_their_party, parties_are_described]
