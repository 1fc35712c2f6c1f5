"""The codes of the house as its people say them: for terminals, papers and screens. JSON keeps the codes.

`of("fate", "backordered")` gives « noté »; a code that has no word here is shown as it stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

Words = Mapping[str, str]

FATES: Words = {
    "shipped": "expédié",
    "reserved": "réservé",
    "waiting": "attend sa date",
    "backordered": "noté",
    "held": "retenu",
    "grouped": "groupé",
    "refused": "refusé",
    "cancelled": "annulé",
    "undecided": "indécis",
}
STANDINGS: Words = {
    "accepted": "acceptée",
    "duplicate": "doublon",
    "needs_person": "à voir",
    "refused": "refusée",
    "received": "reçue",
}
OUTCOMES: Words = {
    "received": "reçu",
    "duplicate": "déjà reçu",
    "partial": "en partie",
    "refused": "refusé",
    "unfinished": "interrompu",
}
SEVERITIES: Words = {"error": "erreur", "warning": "à savoir"}
FORMATS: Words = {
    "flat": "commandes, EDL",
    "gencod": "commandes, GENCOD",
    "eancom": "commandes, EANCOM",
    "csv": "commandes, CSV",
    "onix": "notices, ONIX",
    "service": "message de service",
    "stock": "arrivages",
    "places": "emplacements",
    "publishers": "éditeurs",
    "carriers": "transporteurs",
    "customers": "clients",
    "outlets": "points de livraison",
    "account_terms": "conditions de compte",
    "payment_terms": "échéances",
    "holds": "blocages",
    "titles": "titres",
    "discounts": "remises",
    "count": "comptage",
    "move": "déplacements",
    "unknown": "inconnu",
}
CHANNELS: Words = {
    "dilicom": "Dilicom",
    "outbox": "dossier de départ",
    "history": "histoire inventée",
    "history:file": "histoire inventée",
}
ORDER_KINDS: Words = {
    "restock": "réassort",
    "advance": "précommande",
    "office": "office",
    "operation": "opération",
    "urgent": "urgente (commande client)",
}
BACKORDER_POLICIES: Words = {
    "usual": "selon le compte",
    "keep": "noter",
    "drop": "ne pas noter",
    "keep_if_new": "noter les nouveautés",
}
WAVE_KINDS: Words = {"urgent": "urgente", "restock": "réassort", "office": "office"}
NATURES: Words = {
    "sale": "vente",
    "consignment": "dépôt",
    "complimentary": "service de presse",
    "redelivery": "nouvelle livraison",
    "transfer": "transfert",
    "back_to_publisher": "retour à l’éditeur",
    "event_loan": "prêt pour manifestation",
}
NOTE_STAGES: Words = {
    "closed": "clos",
    "departed": "parti",
    "reopened": "repris avant le départ",
    "invoiced": "facturé",
}
INVOICE_STAGES: Words = {
    "issued": "émise",
    "to_release": "à libérer",
    "released": "libérée",
    "to_render": "à mettre en page",
    "rendered": "mise en page",
    "to_send": "à envoyer",
    "sent": "envoyée",
    "credited": "créditée",
}
DOCUMENTS: Words = {"380": "Facture", "381": "Avoir", "389": "Autofacture", "261": "Avoir d’autofacturation"}
BILLING_REFUSALS: Words = {
    "missing_buyer": "Client sans nom ni adresse : à compléter.",
    "missing_siren": "SIREN du client absent : à saisir.",
    "missing_vat_number": "Numéro de TVA du client absent : à saisir.",
    "missing_price": "Prix public absent ou nul : à demander à l’éditeur.",
    "missing_territory_vat": "TVA de ce territoire inconnue : à saisir.",
    "missing_account": "Pas de compte de vente pour ce taux de TVA : à ouvrir.",
    "nothing_due": "Rien à facturer : exemplaires gratuits.",
}
PLACES: Words = {
    "bulk": "réserve",
    "pick": "picking",
    "staging": "quai",
    "returns": "retours",
    "supplier": "fournisseur",
    "customer": "client",
    "publisher": "éditeur",
    "pulp": "pilon",
    "loss": "perte",
    "found": "retrouvé",
    "consignment": "dépôt chez un libraire",
}
VAT_CATEGORIES: Words = {
    "S": "",
    "Z": "taux zéro",
    "E": "exonéré",
    "G": "exportation",
    "K": "livraison intracommunautaire",
    "O": "hors champ",
}
SALE_MODES: Words = {"sale_or_return": "faculté de retour", "firm": "ferme", "consignment": "dépôt"}
PARTS: Words = {
    "messages": "Boîte aux lettres",
    "orders": "Commandes",
    "copies": "Exemplaires commandés",
    "warehouse": "Bons de livraison",
    "invoices": "Factures et avoirs",
}

WORDS: Mapping[str, Words] = MappingProxyType(
    {
        "fate": FATES,
        "standing": STANDINGS,
        "outcome": OUTCOMES,
        "severity": SEVERITIES,
        "format": FORMATS,
        "channel": CHANNELS,
        "order_kind": ORDER_KINDS,
        "backorder_policy": BACKORDER_POLICIES,
        "wave_kind": WAVE_KINDS,
        "nature": NATURES,
        "note_stage": NOTE_STAGES,
        "invoice_stage": INVOICE_STAGES,
        "document": DOCUMENTS,
        "billing_refusal": BILLING_REFUSALS,
        "place": PLACES,
        "vat_category": VAT_CATEGORIES,
        "sale_mode": SALE_MODES,
        "part": PARTS,
    }
)
STAGES_OF: Words = {
    "messages": "outcome",
    "orders": "standing",
    "copies": "fate",
    "warehouse": "note_stage",
    "invoices": "invoice_stage",
}


def of(what: str, code: str) -> str:
    """Say a code of a kind in French."""
    return WORDS[what].get(str(code), str(code))


def stage(part: str, code: str) -> str:
    """Say a stage of `quai status`: `invoices` and `to_send` give « à envoyer »."""
    return of(STAGES_OF[part], code) if part in STAGES_OF else code


def rank(part: str, code: str) -> int:
    """Where a stage comes among those of its part: in the order of the work, what is not known last."""
    known = list(WORDS.get(STAGES_OF.get(part, ""), ()))
    return known.index(code) if code in known else len(known)


def vat(rate: Decimal, category: str) -> str:
    """Say a VAT rate with what its category adds: « 5,5 % », « 0 % exportation »."""
    return " ".join(filter(None, (f"{number(rate)}\N{NO-BREAK SPACE}%", of("vat_category", category))))


def number(value: Decimal | int) -> str:
    """Write a number the French way, without zeros that say nothing: « 1 234,5 »."""
    text = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return _french(text)


def amount(value: Decimal) -> str:
    """Write an amount in euros, to the cent: « 1 234,50 € »."""
    return f"{_french(f'{value:,.2f}')}\N{NO-BREAK SPACE}€"


def discount(row: Mapping[str, Any], names: Mapping[int, str]) -> str:
    """Say a row of discounts: what it gives, to whom, on what, since when.

    :param row: columns of `terms_read_discount`. :param names: those of the parties it names.
    """
    given = f"{number(row['base'])}\N{NO-BREAK SPACE}%"
    if row["extra"]:
        joined = "puis" if row["method"] == "cascade" else "+"
        given += f" {joined} {number(row['extra'])}\N{NO-BREAK SPACE}%"
    whom = names.get(row["customer_id"] or 0) or row["network"] or "tous les clients"
    what = [
        names.get(row["publisher_id"] or 0, ""),
        row["imprint"],
        row["collection"],
        "ce titre" if row["product_id"] else "",
    ]
    told = [whom, ", ".join(filter(None, what)) or "tous les titres"]
    told += [f"opération {row['operation_code']}"] if row["operation_code"] else []
    told += [of("order_kind", row["order_kind"])] if row["order_kind"] else []
    told += [of("sale_mode", row["sale_mode"])] if row["sale_mode"] else []
    told += [f"{row['free_per'] + 1}/{row['free_per']}"] if row["free_per"] else []
    return f"{given} ({' · '.join(told)}, depuis le {row['from_on']:%d/%m/%Y})"


def _french(text: str) -> str:
    """From the signs of English to those of French: « -1,234.50 » to « −1 234,50 »."""
    return text.translate(str.maketrans(",.-", "\N{NO-BREAK SPACE},−"))
