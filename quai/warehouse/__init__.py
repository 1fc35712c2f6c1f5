"""From promised copies to parcels on a truck.

Owns: waves, shipments (what one customer gets at one address by one cut-off), picks, what was fetched and what was
missing, delivery notes, parcels, departures.
Always true: a promise is picked once and whole, and no copy of a bin is counted on twice; a shipment has one note at
most, which lives without an invoice; until the truck leaves a note can be reopened, by a fact that corrects it; a
departed note of a sale waits for billing in `todo_invoice`.
Does not own: where copies stand (stock), which lines may go (orders), what is charged (billing).
"""
