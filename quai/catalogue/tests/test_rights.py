"""Where a title may be sold, as notices say it, and as the house does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from quai.access.types import Actor
from quai.catalogue import actions, queries
from quai.catalogue.models import Rights as Row
from quai.catalogue.rights import NOTHING_SAID, Rights, plain
from quai.catalogue.tests.test_notices import AT, MAY, NOVEL, TODAY, take
from quai.catalogue.types import Block, NewRights, Notification, SalesRight

BELGIAN = (SalesRight("01", ("BE", "LU")), SalesRight("03", ("ROW",)))


def allow(rights: Rights, country: str) -> bool:
    """Say whether a title may be delivered in a country, as the deciding statement does."""
    if country in rights.allowed.split():
        return True
    return country not in rights.barred.split() and not rights.barred_elsewhere


@pytest.mark.parametrize(
    ("said", "served", "refused"),
    [
        ((), "FR BE US", ""),
        ((SalesRight("01", ("WORLD",)),), "FR BE US", ""),
        ((SalesRight("01", ("FR", "BE")), SalesRight("00", ("ROW",))), "FR BE US", ""),  # unknown is not a no
        ((SalesRight("02", ("FR", "BE")),), "FR BE US", ""),
        (BELGIAN, "BE LU", "FR US"),
        ((SalesRight("03", ("US", "CA")),), "FR BE", "US CA"),
        ((SalesRight("06", ("WORLD",), ("FR",)),), "FR", "BE US"),
        ((SalesRight("01", ("WORLD",), ("US",)),), "FR BE", "US"),
        ((SalesRight("01", ("WORLD",)), SalesRight("04", ("CH",))), "FR US", "CH"),
        ((SalesRight("01", ("ECZ",)), SalesRight("05", ("ROW",))), "FR BE DE", "US CH GB"),
        ((SalesRight("07", ("FR",)), SalesRight("03", ("WORLD",))), "FR", "BE US"),
        ((SalesRight("01", ("FR",)), SalesRight("03", ("FR",))), "FR", ""),  # a contradiction refuses nobody
        ((SalesRight("01", ("GB-SCT",)), SalesRight("03", ("ROW",))), "", "FR GB"),
    ],
)
def test_what_notices_say_of_countries(said: tuple[SalesRight, ...], served: str, refused: str) -> None:
    rights = plain(said)
    assert [country for country in served.split() if not allow(rights, country)] == []
    assert [country for country in refused.split() if allow(rights, country)] == []
    assert plain(rights.as_said()) == rights


@pytest.mark.django_db
def test_a_notice_says_where_its_title_may_be_sold(actor: Actor) -> None:
    product = take(actor, replace(NOVEL, sales_rights=BELGIAN))[0].product_id or 0
    assert not allow(queries.sales_rights([product], on=TODAY)[product], "FR")
    stock_only = replace(
        NOVEL, notification=Notification.BLOCK_UPDATE, blocks=frozenset({Block.SUPPLY}), raw=b"supply"
    )
    take(actor, stock_only, file="supply")
    assert not allow(
        queries.sales_rights([product], on=TODAY)[product], "FR"
    )  # another block says nothing of it
    take(actor, replace(NOVEL, raw=b"whole"), file="whole")
    assert queries.sales_rights([product], on=TODAY)[product] == NOTHING_SAID
    assert Row.objects.count() == 2


@pytest.mark.django_db
def test_the_house_says_rights_and_schoolbooks_from_a_day(actor: Actor) -> None:
    product = take(actor, NOVEL)[0].product_id or 0

    def allowed(on: date) -> bool:
        return allow(queries.sales_rights([product], on=on)[product], "FR")

    for written in (1, 0):
        changes = [NewRights(product, MAY, BELGIAN)]
        assert actions.set_sales_rights(changes=changes, at=AT, by=actor) == written
        called = actions.call_schoolbooks(products=[product], schoolbook=True, from_on=MAY, at=AT, by=actor)
        assert called == written
    assert (allowed(TODAY), allowed(MAY)) == (True, False)
    assert (queries.schoolbooks([product], on=TODAY), queries.schoolbooks([product], on=MAY)) == (
        set(),
        {product},
    )
    assert actions.call_schoolbooks(products=[product], schoolbook=False, from_on=MAY, at=AT, by=actor) == 1
    assert queries.schoolbooks([product], on=MAY) == set()
