"""What the law has every document say (code de commerce, L441-9, L441-10, D441-5), in words of the house.

Frozen into each document when it is issued: changing a sentence here never changes an invoice.
"""

from __future__ import annotations

from quai.billing.types import DocumentType

GOODS = "B1"  # BT-23: the nature of the operation

RECOVERY_COSTS = "Indemnité forfaitaire pour frais de recouvrement en cas de retard de paiement : 40 €."
LATE_PENALTIES = "Pénalités de retard : trois fois le taux d’intérêt légal, exigibles sans rappel."
EARLY_DISCOUNT = "Pas d’escompte pour paiement anticipé."

CARRIAGE = "Participation aux frais de port"

MENTIONS = (("PMT", RECOVERY_COSTS), ("PMD", LATE_PENALTIES), ("AAB", EARLY_DISCOUNT))

ENTRY_LABEL = {DocumentType.INVOICE: "Facture", DocumentType.CREDIT_NOTE: "Avoir"}
