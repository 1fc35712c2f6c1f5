"""A list enters while somebody else works: it waits its turn, and is never the end of the folder."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from quai.access.actions import system
from quai.access.types import Actor
from quai.catalogue import queries as catalogue
from quai.core import journal, sql
from quai.exchange import intake
from quai.exchange.types import FileReport
from quai.parties import actions as parties
from quai.parties.types import Address, NewParty, PartyProfile, PartyRole
from quai.terms import actions as terms
from quai.terms.types import NewDiscount
from tests import cast
from tests.cast import HOUSE_GLN, SHOP_GLN, Cast
from tests.meanwhile import meanwhile

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
TODAY = date(2026, 3, 2)
NEW, OTHER = "3025993000001", "3025993000018"
INK = "9782000100003"


@pytest.fixture
def by(fresh_house: str) -> Actor:
    return system()


@pytest.fixture
def house(by: Actor) -> Cast:
    """The house, in a database where transactions commit."""
    return cast.make(journal.record("test", at=AT, by=by))


def receive(text: str, by: Actor) -> FileReport:
    return intake.receive(name="liste.csv", origin="test", content=text.encode(), at=AT, by=by)


def test_a_discount_entered_meanwhile_is_what_the_rows_are_compared_with(house: Cast, by: Actor) -> None:
    rival = NewDiscount(TODAY, Decimal(30), customer_id=house.shop)
    report = meanwhile(
        lambda: receive(f"client;opération;remise;à partir du\n{SHOP_GLN};;36;\n{SHOP_GLN};NOEL;40;\n", by),
        first=lambda: terms.enter_discounts(rows=[rival], at=AT, by=by),
        then=lambda: None,
    )
    assert (report.outcome, report.rows) == ("partial", {"received": 1, "refused": 1})
    assert [(one.position, one.severity) for one in report.problems] == [(2, "error")]
    assert "décideraient des mêmes lignes" in report.problems[0].message


def test_a_list_refused_as_a_whole_is_told_and_read_again_once_it_may_enter(house: Cast, by: Actor) -> None:
    """A GLN of the list becomes that of two accounts while the list waits."""
    text = f"client;autres gln;nom\n{NEW};{OTHER};Le Chat Lu\n"
    two = [NewParty((gln,), (PartyRole.CUSTOMER,), PartyProfile(Address("Le Chat"))) for gln in (NEW, OTHER)]
    report = meanwhile(
        lambda: receive(text, by),
        first=lambda: parties.register(parties=two, from_on=TODAY, at=AT, by=by),
        then=lambda: None,
    )
    assert (report.outcome, report.kind, report.rows["received"]) == ("refused", "customers", 0)
    assert [(one.severity, one.position) for one in report.problems] == [("error", 0)]
    assert report.problems[0].message.startswith(f"Les GLN {NEW}, {OTHER}")
    again = receive(text, by)  # the bytes are not taken for a list that entered
    assert (again.outcome, again.rows) == ("refused", {"received": 0, "refused": 1})
    assert again.problems[0].message.endswith("ces GLN sont déjà ceux de deux tiers : lequel est-ce ?")


def test_a_list_that_waits_in_a_circle_enters_once(house: Cast, by: Actor) -> None:
    """Somebody holds the turn of parties and wants that of titles; a list of titles holds it, and wants parties."""
    report = meanwhile(
        lambda: receive(f"ean;titre;éditeur;prix ttc;tva\n{INK};L’Encre;Éditions Neuves;12,00;5,5\n", by),
        first=lambda: sql.rows("parties/one_at_a_time.sql"),
        then=lambda: sql.rows("catalogue/one_at_a_time.sql"),
    )
    assert (report.outcome, report.rows, report.problems) == ("received", {"received": 1, "refused": 0}, [])
    assert list(catalogue.by_gtin([INK], distributor_glns=[HOUSE_GLN])) == [INK]
