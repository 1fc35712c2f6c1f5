"""Paper of the warehouse: pick lists and delivery notes, made again at will from what the tables say.

Rendering takes its time: never call these inside a transaction.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from quai.core import house
from quai.core.render import render
from quai.parties import queries as parties
from quai.parties.types import Address, PartyProfile
from quai.warehouse import queries
from quai.warehouse.types import NoteLineView, NoteView, PickStop, WaveKind

REOPENED = "Ce bon a été repris avant le départ : il est annulé, un autre le remplace."
FATES = {
    "undecided": "En cours de décision",
    "reserved": "En préparation",
    "waiting": "Attend sa date",
    "backordered": "Noté",
    "held": "Voir notre service clients",
    "grouped": "Groupé avec la suite",
}


def pick_list_pdf(wave: int) -> bytes:
    """Print the pick list of a wave; a reprint says the same unless picks were recorded meanwhile.

    :raises UnknownWave: there is none.
    """
    walk = queries.pick_list(wave)
    on = house.day(walk.made_at)
    us = parties.house().party_id
    publishers = {stop.publisher_id for stop in walk.stops if stop.publisher_id}
    customers = {stop.customer_id for stop in walk.stops}
    carrier = {walk.carrier_id} if walk.carrier_id else set()
    profiles = parties.profiles({us, *publishers, *customers, *carrier}, on=on)
    names = {party: profile.address.name for party, profile in profiles.items()}
    boxes = _boxes(walk.stops)
    return render(
        "warehouse/templates/picklist.typ",
        {
            "number": f"P{wave}",
            "wave": str(wave),
            "printed_at": _clock(walk.made_at),
            "on": on,
            "house": names.get(us, ""),
            "zone": None,
            "cut_off": _clock(walk.cut_off_at),
            "carrier": names.get(walk.carrier_id or 0),
            "picker": None,
            "urgent": walk.kind is WaveKind.URGENT,
            "stops": _stops(walk.stops, boxes, names),
            "boxes": _shares(walk.stops, boxes, profiles),
        },
        at=walk.made_at,
    )


def _boxes(picks: Sequence[PickStop]) -> dict[int, str]:
    """The box of each shipment on the picker's trolley."""
    shipments = sorted({pick.shipment_id for pick in picks})
    return {shipment: f"C{n}" for n, shipment in enumerate(shipments, start=1)}


def _shares(
    picks: Sequence[PickStop], boxes: dict[int, str], profiles: dict[int, PartyProfile]
) -> list[dict[str, Any]]:
    """Whom each box is for, and how many copies it will hold."""
    copies: dict[int, int] = defaultdict(int)
    for pick in picks:
        copies[pick.shipment_id] += pick.quantity
    whose = {pick.shipment_id: profiles.get(pick.customer_id) for pick in picks}
    return [
        {
            "parcel": box,
            "customer": f"{one.address.name}, {one.address.city}" if (one := whose[shipment]) else "",
            "copies": copies[shipment],
        }
        for shipment, box in boxes.items()
    ]


def _stops(picks: Sequence[PickStop], boxes: dict[int, str], names: dict[int, str]) -> list[dict[str, Any]]:
    """One stop per place and title; where copies are for several shipments, their shares."""
    stops = []
    for _, same in groupby(picks, key=lambda pick: (pick.place, pick.product_id)):
        group = list(same)
        shares: dict[str, int] = defaultdict(int)
        for pick in group:
            shares[boxes[pick.shipment_id]] += pick.quantity
        first = group[0]
        stops.append(
            {
                "aisle": first.place.split("-")[0],
                "bin": first.place,
                "isbn": first.gtin,
                "title": first.title,
                "publisher": names.get(first.publisher_id or 0, ""),
                "quantity": sum(pick.quantity for pick in group),
                "remaining": first.remaining,
                "for": [{"parcel": box, "quantity": copies} for box, copies in shares.items()],
                "note": "annulé en partie" if any(pick.void for pick in group) else "",
            }
        )
    return stops


def note_pdf(note: int, *, priced: bool) -> bytes:
    """Print a delivery note, with prices or without; it needs no invoice.

    :raises UnknownNote: there is none.
    """
    found = queries.notes([note])
    if note not in found:
        raise queries.UnknownNote(note=note)
    view = found[note]
    us = parties.house()
    on = view.closed_on
    publishers = {line.publisher_id for line in view.lines if line.publisher_id}
    carrier = [view.carrier_id] if view.carrier_id else []
    profiles = parties.profiles({us.party_id, view.customer_id, *carrier, *publishers}, on=on)
    outlet = parties.outlets([view.outlet_id], on=on).get(view.outlet_id) if view.outlet_id else None
    names = {party: profile.address.name for party, profile in profiles.items()}
    customer = profiles[view.customer_id]
    nets = [line.net for line in view.lines if line.net is not None]
    return render(
        "warehouse/templates/note.typ",
        {
            "nature": view.nature.value,
            "number": view.number,
            "closed_on": on,
            "departs_on": house.day(view.departed_at) if view.departed_at else None,
            "carrier": names.get(view.carrier_id or 0),
            "round": (outlet.round_code or None) if outlet else None,
            "house": _addressed(profiles[us.party_id].address),
            "legal": _legal(profiles[us.party_id]),
            "customer": _addressed(customer.address),
            "customer_ids": [f"SIREN {customer.siren}"] if customer.siren else [],
            "deliver_to": _addressed(outlet.address) if outlet else None,
            "with_prices": priced,
            "lines": [_printed(line, names) for line in view.lines],
            "remaining": _remaining(view),
            "parcels": [
                {"sscc": box.sscc, "weight_g": box.weighed_g or box.expected_weight_g, "copies": box.copies}
                for box in view.parcels
            ],
            "total_net": sum(nets) if nets and len(nets) == len(view.lines) else None,
            "at_counter": False,
            "provisional": REOPENED if view.reopened else None,
        },
        at=view.closed_at,
    )


def _printed(line: NoteLineView, names: dict[int, str]) -> dict[str, Any]:
    return {
        "isbn": line.gtin,
        "title": line.title,
        "publisher": names.get(line.publisher_id or 0, ""),
        "reference": line.order_reference,
        "line_reference": line.line_reference,
        "note": "gratuit" if line.free else "",
        "quantity": line.quantity,
        "retail_price": line.retail_price,
        "discount": line.discount,
        "net": line.net,
    }


def _remaining(view: NoteView) -> list[dict[str, Any]]:
    return [
        {
            "isbn": left.gtin,
            "title": left.title,
            "reference": left.order_reference,
            "quantity": left.quantity,
            "fate": FATES[left.fate],
        }
        for left in view.remaining
    ]


def _addressed(address: Address) -> dict[str, Any]:
    lines = (address.street, address.street2, f"{address.postcode} {address.city}".strip())
    country = () if address.country == "FR" else (address.country,)
    return {"name": address.name, "lines": [line for line in (*lines, *country) if line]}


def _legal(profile: PartyProfile) -> str:
    numbers = {"SIREN": profile.siren, "TVA": profile.vat_number}
    told = (profile.legal_name, *(f"{label} {number}" for label, number in numbers.items() if number))
    return " · ".join(each for each in told if each)


def _clock(at: Any) -> str:
    return f"{at.astimezone(house.PARIS):%H:%M}"
