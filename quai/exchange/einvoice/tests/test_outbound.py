"""From a delivered note to the file that leaves: rendered once, stored, sent as stored."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from quai.access.types import Actor
from quai.billing import actions as billing
from quai.billing import queries
from quai.billing.tests.conftest import cast as cast
from quai.billing.tests.deliveries import CLOSED, NOON, Copies, Delivery, deliver
from quai.billing.types import Correction
from quai.core import house, store
from quai.exchange.einvoice import outbound
from quai.exchange.einvoice.arithmetic import invariants
from quai.exchange.einvoice.read import extract, read_cii
from quai.exchange.einvoice.types import DocumentType, Profile, Subject, VatCategory
from quai.parties.models import Profile as PartyProfile
from quai.terms.models import AccountTerms, TerritoryVat
from tests.cast import LONG_AGO, Cast


def invoiced(cast: Cast, act: int, by: Actor, *deliveries: Delivery) -> list[str]:
    deliver(cast, act, *deliveries)
    return [one.number for one in billing.invoice_delivered(until=CLOSED, at=NOON, by=by).issued]


def phare(cast: Cast, quantity: int = 1, **more: object) -> Delivery:
    return Delivery(cast.shop, [Copies(cast.titles["Le Phare"], quantity)], **more)  # type: ignore[arg-type]


def test_the_stored_page_carries_the_data_of_the_invoice(cast: Cast, act: int, actor: Actor) -> None:
    [number] = invoiced(cast, act, actor, phare(cast, 3, outlet=cast.shop_outlet))
    assert outbound.render_released(at=NOON, by=actor) == outbound.RenderingReport(1)
    sheet = queries.by_number(number)
    assert sheet.rendition is not None
    profile, xml_sha256, pdf_sha256 = sheet.rendition
    said = read_cii(extract(store.read(bytes.fromhex(pdf_sha256))))
    assert store.digest(extract(store.read(bytes.fromhex(pdf_sha256)))).hex() == xml_sha256
    assert profile == Profile.EN16931
    assert (said.number, said.process, said.totals.gross) == (number, "B1", sheet.document.gross)
    assert (said.seller.siren, said.buyer.siren) == ("552100554", "732829320")
    assert said.deliver_to is not None
    assert said.deliver_to.address.city == "Brest"
    assert [note.subject for note in said.notes] == [
        Subject.RECOVERY_COSTS,
        Subject.LATE_PENALTIES,
        Subject.EARLY_DISCOUNT,
    ]
    assert said.due_on == sheet.document.due_on


def test_the_official_rules_agree(cast: Cast, act: int, actor: Actor) -> None:
    AccountTerms.objects.create(customer_id=cast.shop, from_on=LONG_AGO, rhythm="ten_days", act_id=act)
    books = [Copies(cast.titles["Le Phare"], 2), Copies(cast.titles["Germinal"], 1, free=True)]
    deliver(
        cast,
        act,
        Delivery(cast.shop, books),
        Delivery(cast.shop, books, reference="CMD00002", carriage="7.50"),
    )
    tenth = CLOSED.replace(day=10)
    after = house.instant(tenth, 18)
    [invoice] = billing.invoice_delivered(until=tenth, at=after, by=actor).issued
    line = queries.by_number(invoice.number).document.lines[0]
    [credit] = billing.credit(
        corrections=[Correction(line.id, 1)], reason="Remise oubliée", source_key="remise", at=after, by=actor
    ).documents
    assert outbound.render_released(at=after, by=actor).rendered == 2
    judged = dict(outbound.judge_rendered(numbers=[invoice.number, credit.number]))
    assert {number: report.fatal for number, report in judged.items()} == {
        invoice.number: (),
        credit.number: (),
    }
    sheet = queries.by_number(invoice.number)
    assert sheet.rendition is not None
    assert sheet.rendition[0] == Profile.EXTENDED  # two delivery notes


def test_a_credit_note_cites_what_it_credits(cast: Cast, act: int, actor: Actor) -> None:
    [number] = invoiced(cast, act, actor, phare(cast, 7))
    [line] = queries.by_number(number).document.lines
    for copy in range(7):
        billing.credit(
            corrections=[Correction(line.id, 1)],
            reason="Abîmé",
            source_key=f"abîmé:{copy}",
            at=NOON,
            by=actor,
        )
    ids = [queries.by_number(credit).document for credit in queries.by_number(number).credited_by]
    for document in ids:
        said = outbound.semantic(document)
        assert said.type is DocumentType.CREDIT_NOTE
        assert [(one.number, one.issued_on) for one in said.preceding] == [(number, CLOSED)]
        assert invariants(said) == []
    assert sum((document.net for document in ids), Decimal(0)) == line.net


def test_a_credit_within_the_union_says_when_and_where_it_was_delivered(
    cast: Cast, act: int, actor: Actor
) -> None:
    PartyProfile.objects.create(
        party_id=cast.shop, from_on=date(2026, 1, 1), name="Librairie de la Meuse", street="8 quai Churchill",
        postcode="4020", city="Liège", country="BE", territory="eu", vat_number="BE0403170701",
        customer_kind="shop", act_id=act,
    )  # fmt: skip
    TerritoryVat.objects.create(
        territory="eu", mainland_rate=Decimal("5.50"), from_on=LONG_AGO, rate=Decimal(0), category="K",
        exemption="Exonération de TVA, article 262 ter I du CGI", source="test", act_id=act,
    )  # fmt: skip
    [number] = invoiced(cast, act, actor, phare(cast, 3))
    [line] = queries.by_number(number).document.lines
    asked = [Correction(line.id, 1)]
    [credit] = billing.credit(
        corrections=asked, reason="Abîmé", source_key="abîmé", at=NOON, by=actor
    ).documents
    assert outbound.render_released(at=NOON, by=actor) == outbound.RenderingReport(2)
    invoice, back = (outbound.semantic(queries.by_number(each).document) for each in (number, credit.number))
    assert back.delivered_on == invoice.delivered_on == CLOSED
    assert back.vat[0].category is VatCategory.INTRA_COMMUNITY
    judged = dict(outbound.judge_rendered(numbers=[number, credit.number]))
    assert {each: report.failures for each, report in judged.items()} == {number: (), credit.number: ()}


def test_rendering_again_changes_nothing(cast: Cast, act: int, actor: Actor) -> None:
    """A crash between rendering and recording: the same document gives the same bytes."""
    invoiced(cast, act, actor, phare(cast))
    billing.release(at=NOON, by=actor)
    [document] = queries.documents(queries.to_render(limit=9))
    lost, made = outbound._rendition(document), outbound._rendition(document)
    assert lost == made
    assert billing.record_renditions(renditions=[made], at=NOON, by=actor) == 1
    assert billing.record_renditions(renditions=[lost], at=NOON, by=actor) == 0
    assert outbound.render_released(at=NOON, by=actor).rendered == 0


def test_a_document_that_cannot_be_rendered_does_not_stop_the_others(
    cast: Cast, act: int, actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, good = invoiced(cast, act, actor, phare(cast), phare(cast, 2))
    monkeypatch.setattr(outbound, "invariants", lambda said: ["no"] if said.number == bad else [])
    report = outbound.render_released(at=NOON, by=actor)
    assert report == outbound.RenderingReport(1, (outbound.Unrendered(bad, ("no",)),))
    assert [one.number for one in queries.to_send(limit=9)] == [good]
    assert queries.stage_counts().to_render == 1


def test_the_outbox_gets_what_is_stored_once(cast: Cast, act: int, actor: Actor, tmp_path: Path) -> None:
    numbers = invoiced(cast, act, actor, phare(cast), phare(cast, 2))
    outbound.render_released(at=NOON, by=actor)
    seen: list[int] = []
    assert outbound.send_rendered(outbox=tmp_path / "out", at=NOON, by=actor, progress=seen.append) == 2
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == [
        f"{number}.pdf" for number in numbers
    ]
    for number in numbers:
        sheet = queries.by_number(number)
        assert sheet.rendition is not None
        content = (tmp_path / "out" / f"{number}.pdf").read_bytes()
        assert store.digest(content).hex() == sheet.rendition[2]
        assert [stage.stage for stage in sheet.timeline] == ["issued", "released", "rendered", "sent"]
    assert outbound.send_rendered(outbox=tmp_path / "out", at=NOON, by=actor) == 0
    assert sum(seen) == 2
