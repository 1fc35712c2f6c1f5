"""Each list of a house enters by its rows: the good ones, and a sentence for each of the others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from quai.access.types import Actor
from quai.catalogue import queries as catalogue
from quai.catalogue.rights import Rights
from quai.core.findings import Finding
from quai.exchange import intake
from quai.exchange.types import FileReport
from quai.parties import checks as parties_checks
from quai.parties import queries as parties
from quai.parties.types import CustomerKind, PartyRole, Territory
from quai.stock import queries as stock
from quai.terms import checks as terms_checks
from quai.terms import queries as terms
from quai.terms.types import DiscountQuestion, DueQuestion, Rhythm
from tests import cast
from tests.cast import BLOCKED_GLN, HOUSE_GLN, SHOP_GLN, SHOP_OUTLET_GLN, Cast

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
TODAY = date(2026, 3, 2)
ONLY_HERE = Rights(allowed="BE FR", barred_elsewhere=True)
NOT_THERE = Rights(barred="CA US")
NEW, OTHER, CARRIER = "3025993000001", "3025993000018", "3025993000025"
PHARE = "3010000000014"
INK, SALT = "9782000100003", "9782000100010"


@pytest.fixture
def house(act: int) -> Cast:
    made = cast.make(act)
    cast.title(made, act, "L’Encre", INK)
    return made


def receive(text: str, by: Actor, *, at: datetime = AT) -> FileReport:
    return intake.receive(name="liste.csv", origin="test", content=text.encode(), at=at, by=by)


def told(report: FileReport) -> list[tuple[str, int, str]]:
    return [(one.severity, one.position, one.message) for one in report.problems]


def errors(report: FileReport) -> list[str]:
    return [one.message for one in report.problems if one.severity == "error"]


def enter(text: str, by: Actor, *, rows: int) -> FileReport:
    """A list without a fault, whose rows all enter."""
    report = receive(text, by)
    assert (report.outcome, report.rows, told(report)) == ("received", {"received": rows, "refused": 0}, [])
    return report


def party(gln: str) -> int:
    return parties.by_gln([gln])[gln].party_id


def findings() -> list[Finding]:
    """What verify would say of parties and terms."""
    checks = [*parties_checks.CHECKS, *terms_checks.CHECKS]
    return [finding for check in checks for finding in check()]


def test_customers_enter_with_all_that_is_said_of_them(house: Cast, actor: Actor) -> None:
    enter(
        "client;autres gln;nom;rue;code postal;ville;siren;numéro de tva;e-mail;téléphone;genre;réseau\n"
        f"{NEW};{OTHER};Le Chat Lu;3 rue Basse;20200;Bastia;732 829 320;FR44 732829320;a@b.fr;0102;bibliothèque;SUD\n",
        actor,
        rows=1,
    )
    assert party(NEW) == party(OTHER)
    profile = parties.profiles([party(NEW)], on=TODAY)[party(NEW)]
    assert (profile.address.name, profile.legal_name, profile.address.city) == (
        "Le Chat Lu",
        "Le Chat Lu",
        "Bastia",
    )
    assert (profile.siren, profile.vat_number, profile.email) == ("732829320", "FR44732829320", "a@b.fr")
    assert (profile.customer_kind, profile.network) == (CustomerKind.LIBRARY, "SUD")
    assert profile.territory is Territory.CORSICA  # said by the postcode: it decides the VAT
    assert party(NEW) in parties.with_role(PartyRole.CUSTOMER, on=TODAY)
    assert findings() == []


def test_what_a_list_does_not_say_stays_and_a_dash_takes_away(house: Cast, actor: Actor) -> None:
    enter(f"client;nom;e-mail;téléphone;ville\n{NEW};Le Chat Lu;a@b.fr;0102;Nantes\n", actor, rows=1)
    enter(f"client;nom;e-mail;téléphone\n{NEW};Le Chat Lu;;-\n", actor, rows=1)
    profile = parties.profiles([party(NEW)], on=TODAY)[party(NEW)]
    assert (profile.email, profile.phone, profile.address.city) == ("a@b.fr", "", "Nantes")


@pytest.mark.parametrize(
    ("country", "postcode", "territory"),
    [
        ("FR", "75001", "mainland"), ("FR", "20000", "corsica"), ("MC", "98000", "mainland"),
        ("FR", "97110", "overseas"), ("RE", "97400", "overseas"), ("FR", "97500", "third"), ("FR", "98800", "third"),
        ("BE", "1000", "eu"), ("CH", "1200", "third"),
    ],
)  # fmt: skip
def test_where_an_account_is_says_its_tax(
    house: Cast, actor: Actor, country: str, postcode: str, territory: str
) -> None:
    enter(f"client;nom;code postal;pays\n{NEW};X;{postcode};{country}\n", actor, rows=1)
    assert parties.profiles([party(NEW)], on=TODAY)[party(NEW)].territory == territory


def test_bad_rows_of_a_list_are_told_and_the_others_enter(house: Cast, actor: Actor) -> None:
    report = receive(
        "client;nom;genre;remarque\n"
        f"{NEW};Le Chat Lu;librairie;\n"
        "302599;Trop court;;\n"
        f"{OTHER};;librairie;\n"
        f"{NEW};Encore;;\n"
        f"{HOUSE_GLN};Nous;;\n"
        f"{SHOP_OUTLET_GLN};Une réserve;;\n"
        "3025993000032;Genre;épicerie;\n"
        "3025993000033;Clé fausse;;\n",
        actor,
    )
    assert (report.kind, report.outcome, report.rows) == (
        "customers",
        "partial",
        {"received": 2, "refused": 6},
    )
    assert told(report)[0] == (
        "warning",
        1,
        "La colonne « remarque » n’est pas de la liste des clients : elle n’est pas lue.",
    )
    assert told(report)[1] == (
        "error",
        3,
        "Colonne « client » : « 302599 » n’est pas un code de 13 chiffres.",
    )
    assert told(report)[2] == ("error", 4, "Colonne « nom » : la case est vide.")
    assert [(severity, row) for severity, row, _ in told(report)] == [
        ("warning", 1), *(("error", row) for row in (3, 4, 5, 6, 7, 8)), ("warning", 9),
    ]  # fmt: skip
    assert parties.profiles([house.house], on=TODAY)[house.house].address.name == "Maison Exemple"


def test_the_rows_refused_are_read_again_once_their_cause_is_mended(house: Cast, actor: Actor) -> None:
    text = f"client;nom;rythme\n{SHOP_GLN};L’Embellie;mois\n{NEW};Le Chat Lu;décade\n"
    first = receive(text, actor)
    assert (first.outcome, first.rows) == ("partial", {"received": 1, "refused": 1})
    again = receive(text, actor)
    assert (again.outcome, again.rows) == ("duplicate", {"received": 0, "refused": 1})
    enter(f"client;nom\n{NEW};Le Chat Lu\n", actor, rows=1)
    enter(f"client;rythme\n{SHOP_GLN};à la livraison\n", actor, rows=1)
    last = receive(text, actor)
    assert (last.outcome, last.rows) == ("received", {"received": 1, "refused": 0})
    found = terms.accounts([party(NEW), house.shop], on=TODAY)
    assert [found[party(NEW)].rhythm, found[house.shop].rhythm] == [Rhythm.TEN_DAYS, Rhythm.PER_NOTE]
    assert receive(text, actor).outcome == "duplicate"


def test_outlets_are_those_of_a_customer(house: Cast, actor: Actor) -> None:
    report = receive(
        "client;point de livraison;nom;rue;ville;tournée\n"
        f"{SHOP_GLN};{NEW};Réserve sud;Zone 3;Quimper;T7\n"
        f"{SHOP_GLN};;Sans code;Zone 4;Brest;\n"
        f"{BLOCKED_GLN};{SHOP_OUTLET_GLN};À un autre;;;\n"
        f"{OTHER};;Client inconnu;;;\n",
        actor,
    )
    assert (report.kind, report.rows) == ("outlets", {"received": 2, "refused": 2})
    owner = parties.by_gln([NEW])[NEW]
    assert owner.party_id == house.shop
    outlet = parties.outlets([owner.outlet_id or 0], on=TODAY)[owner.outlet_id or 0]
    assert (outlet.address.city, outlet.round_code) == ("Quimper", "T7")
    assert [row for severity, row, _ in told(report) if severity == "error"] == [4, 5]
    assert findings() == []


def test_publishers_and_carriers_enter_in_their_roles(house: Cast, actor: Actor) -> None:
    enter(f"éditeur;nom\n{NEW};Éditions du Bac\n", actor, rows=1)
    enter(f"carrier,name\n{CARRIER},Routage Ouest\n", actor, rows=1)
    assert party(NEW) in parties.with_role(PartyRole.PUBLISHER, on=TODAY)
    assert party(CARRIER) in parties.with_role(PartyRole.CARRIER, on=TODAY)


def test_account_terms_and_the_default_of_the_house(house: Cast, actor: Actor) -> None:
    enter(f"transporteur;nom\n{CARRIER};Routage Ouest\n", actor, rows=1)
    report = receive(
        "client;notation;rythme;mode de vente;commande entière;minimum;franco;port;plafond;transporteur;groupage;"
        "à partir du\n"
        f"{SHOP_GLN};;mois;;oui;50;300;7,50;10 000;{CARRIER};;01/03/2026\n"
        ";ne pas noter;;ferme;;;;;;;10;01/03/2026\n"
        f"{PHARE};;mois;;;;;;;;;\n",
        actor,
    )
    assert (report.kind, report.rows) == ("account_terms", {"received": 2, "refused": 1})
    assert "n’est pas celui d’un client" in errors(report)[0]
    found = terms.accounts([house.shop, house.blocked], on=TODAY)
    default, own = found[house.blocked], found[house.shop]
    assert (default.backorder_policy, default.sale_mode, default.grouped_for_days) == ("drop", "firm", 10)
    assert (own.backorder_policy, own.rhythm, own.whole_order_only) == ("drop", "month", True)
    assert (own.order_minimum, own.carriage_paid_from) == (Decimal(50), Decimal(300))
    assert (own.carriage_fee, own.credit_limit) == (Decimal("7.50"), Decimal(10_000))
    assert own.carrier_id == party(CARRIER)
    assert terms.accounts([house.shop], on=date(2026, 2, 28))[house.shop].rhythm == "per_note"


def test_how_much_of_a_line_an_account_may_ask_and_when_it_is_served(house: Cast, actor: Actor) -> None:
    head = "client;plafond de quantité;jours d’expédition\n"
    enter(f"{head}{SHOP_GLN};200;jeudi, Mar\n", actor, rows=1)
    own = terms.accounts([house.shop], on=TODAY)[house.shop]
    assert (own.quantity_ceiling, own.shipping_days) == (200, "24")
    enter(f"{head}{SHOP_GLN};-;5 1\n", actor, rows=1)
    own = terms.accounts([house.shop], on=TODAY)[house.shop]
    assert (own.quantity_ceiling, own.shipping_days) == (None, "15")
    refused = receive(f"{head}{SHOP_GLN};99;demain\n", actor)
    assert errors(refused) == [
        "Colonne « plafond de quantité » : « 99 » n’est pas un nombre entier de 100 à 999999.",
        "Colonne « jours d’expédition » : « demain » n’est pas fait de jours de la semaine : mardi jeudi, ou 2 4.",
    ]


def test_the_order_in_which_discounts_are_searched(house: Cast, actor: Actor) -> None:
    enter(
        f"client;ean;remise;à partir du\n{SHOP_GLN};;36;01/03/2026\n;{INK};30;01/03/2026\n",
        actor,
        rows=2,
    )
    assert terms.discounts([question(house)])[0].discount == 30  # the product counts before the customer
    head = "ordre de recherche;à partir du\n"
    enter(f"{head}client, titre, opération, mode et genre;02/03/2026\n", actor, rows=1)
    assert terms.discounts([question(house)])[0].discount == 36
    twice = receive(
        f"{head}client, titre, opération, mode;02/03/2026\ntitre, client, opération, mode;\n", actor
    )
    assert (twice.rows["received"], [one.position for one in twice.problems]) == (1, [3])  # empty: today
    refused = receive(f"{head}client, titre, titre, opération;03/03/2026\n", actor)
    assert errors(refused)[0].endswith(
        "ne nomme pas une fois chacun : opération, titre, client, mode et genre."
    )


def question(house: Cast, **changes: Any) -> DiscountQuestion:
    usual = DiscountQuestion(
        1, house.shop, house.titles["L’Encre"], "restock", "sale_or_return", "", TODAY, TODAY
    )
    return usual._replace(**changes)


def test_discounts_by_their_axes_and_two_that_tie(house: Cast, actor: Actor) -> None:
    report = receive(
        "client;éditeur;mode de vente;genre de commande;opération;remise;surremise;gratuits;à partir du\n"
        ";;;;;30;;;01/01/2026\n"
        f"{SHOP_GLN};{PHARE};;;;35;2;;01/01/2026\n"
        ";;;;RENTREE;38;;12;01/01/2026\n"
        ";;ferme;;;40;;;01/01/2026\n"
        ";;;office;;41;;;01/01/2026\n"
        ";;;;;31;;;01/01/2026\n"
        ";;;;;90;20;;01/01/2026\n",
        actor,
    )
    assert (report.kind, report.rows) == ("discounts", {"received": 4, "refused": 3})
    assert [row for severity, row, _ in told(report) if severity == "error"] == [6, 7, 8]
    assert "Deux remises décideraient" in errors(report)[0]
    asked = [
        question(house),
        question(house, customer_id=house.blocked),
        question(house, customer_id=house.blocked, operation_code="RENTREE"),
    ]
    found = [(int(answer.discount), answer.free_per) for answer in terms.discounts(asked)]
    assert found == [(37, 0), (30, 0), (38, 12)]
    assert findings() == []


def test_a_discount_is_ended_by_its_axes(house: Cast, actor: Actor) -> None:
    enter(f"client;remise;à partir du\n{SHOP_GLN};35;01/01/2026\n;30;01/01/2026\n", actor, rows=2)
    report = receive(
        f"client;remise;fin;à partir du\n{SHOP_GLN};35;oui;01/03/2026\n{BLOCKED_GLN};35;oui;01/03/2026\n",
        actor,
    )
    assert report.rows == {"received": 1, "refused": 1}
    assert "rien à terminer" in errors(report)[0]
    before = question(house, ordered_on=date(2026, 2, 28), shipped_on=date(2026, 2, 28))
    assert [answer.discount for answer in terms.discounts([before, question(house)])] == [35, 30]


def test_axes_that_contradict_each_other_are_told_by_their_column(house: Cast, actor: Actor) -> None:
    report = receive(
        "client;réseau;éditeur;marque;collection;ean;remise\n"
        f"{SHOP_GLN};SUD;;;;;30\n"
        ";;;Poche;;;30\n"
        f";;{PHARE};;;{INK};30\n"
        f";;{PHARE};Poche;Noir;;30\n"
        ";;;;;9782000100010;30\n",
        actor,
    )
    assert report.rows == {"received": 0, "refused": 5}
    columns = [message.split("»")[0] for message in errors(report)]
    assert columns == [f"Colonne « {name} " for name in ("réseau", "marque", "ean", "collection", "ean")]


def test_payment_terms(house: Cast, actor: Actor) -> None:
    report = receive(
        "client;opération;jours;fin de mois;le;décalage\n"
        f"{SHOP_GLN};;30;fin de mois;;\n"
        f"{SHOP_GLN};RENTREE;;;;60\n"
        ";;45;;;\n"
        f"{BLOCKED_GLN};;;;;\n",
        actor,
    )
    assert (report.kind, report.rows) == ("payment_terms", {"received": 3, "refused": 1})
    asked = [
        DueQuestion(1, house.shop, "", date(2026, 3, 10)),
        DueQuestion(2, house.shop, "RENTREE", date(2026, 3, 10)),
        DueQuestion(3, house.blocked, "", date(2026, 3, 10)),
    ]
    assert terms.due_dates(asked) == [date(2026, 4, 30), date(2026, 6, 30), date(2026, 4, 24)]


def test_accounts_are_blocked_and_freed_from_a_day(house: Cast, actor: Actor) -> None:
    enter(
        "client;bloqué;motif;depuis\n"
        f"{SHOP_GLN};oui;Deux échéances impayées;\n"
        f"{BLOCKED_GLN};non;Tout est réglé;10/03/2026\n",
        actor,
        rows=2,
    )
    asked = [house.shop, house.blocked]
    assert terms.held(asked, on=TODAY) == set(asked)
    assert terms.held(asked, on=date(2026, 3, 10)) == {house.shop}


def test_places_open_where_they_do_not_stand(house: Cast, actor: Actor) -> None:
    report = receive(
        "site;emplacement;genre;rang\nD1;B-01;picking;10\nD2;Z-01;réserve;20\nD1;A-01;réserve;1\nD1;A-02;picking;99\n"
        "D1;QUAI-2;lune;1\n",
        actor,
    )
    assert (report.kind, report.rows) == ("places", {"received": 3, "refused": 2})
    assert [(severity, row) for severity, row, _ in told(report)] == [
        ("error", 4),
        ("warning", 5),
        ("error", 6),
    ]
    assert set(stock.places(["B-01", "Z-01"])) == {"B-01", "Z-01"}


def test_titles_by_a_simple_list_leave_what_a_notice_said(house: Cast, actor: Actor) -> None:
    report = receive(
        "ean;titre;éditeur;prix ttc;tva;disponibilité;mise en vente;poids\n"
        f"9782000100010;Le Sel;{PHARE};12,50 €;5,5;20;15/04/2026;310\n"
        "9782000100027;La Rade;Éditions du Môle;9;;;;\n"
        f"{INK};L’Encre noire;;21;;;;\n"
        f"9782000100034;Sans éditeur;;9;;;;\n"
        f"9782000100041;Éditeur inconnu;{NEW};9;;;;\n",
        actor,
    )
    assert (report.kind, report.rows) == ("titles", {"received": 3, "refused": 2})
    found = catalogue.by_gtin(["9782000100010", "9782000100027", INK], distributor_glns=[HOUSE_GLN])
    titles = catalogue.titles(found.values(), on=TODAY)
    salt, roads, ink = (titles[found[ean]] for ean in ("9782000100010", "9782000100027", INK))
    assert (salt.publisher_id, salt.retail_price, salt.weight_g) == (house.publisher, Decimal("12.50"), 310)
    assert (salt.availability, salt.on_sale_on) == ("20", date(2026, 4, 15))
    assert parties.names([roads.publisher_id or 0], on=TODAY) == {roads.publisher_id: "Éditions du Môle"}
    assert (ink.title, ink.retail_price, ink.weight_g) == ("L’Encre noire", Decimal(21), 300)
    assert ink.publisher_id == house.publisher


def test_a_list_of_titles_says_schoolbooks_and_where_they_are_sold(house: Cast, actor: Actor) -> None:
    head = "ean;titre;éditeur;scolaire;pays seuls;pays exclus\n"
    enter(f"{head}{INK};L’Encre;;oui;FR BE;\n{SALT};Le Sel;Le Môle;;;US/CA\n", actor, rows=2)
    ids = catalogue.by_gtin([INK, SALT], distributor_glns=[HOUSE_GLN])
    ink, salt = ids[INK], ids[SALT]

    def sold(product: int) -> Rights:
        return catalogue.sales_rights([product], on=TODAY)[product]

    assert catalogue.schoolbooks([ink, salt], on=TODAY) == {ink}
    assert (sold(ink), sold(salt)) == (ONLY_HERE, NOT_THERE)
    enter(f"{head}{INK};L’Encre noire;;;;\n", actor, rows=1)  # says nothing of them
    assert (catalogue.schoolbooks([ink], on=TODAY), sold(ink)) == ({ink}, ONLY_HERE)
    enter(f"{head}{INK};L’Encre noire;;non;-;\n", actor, rows=1)
    assert (catalogue.schoolbooks([ink], on=TODAY), sold(ink)) == (set(), Rights())
    both = receive(f"{head}{INK};L’Encre noire;;;FR;US\n", actor)
    assert errors(both) == ["Colonne « pays exclus » : les seuls pays ou les pays exclus, pas les deux."]


def test_a_list_that_lacks_a_column_is_told_which(house: Cast, actor: Actor) -> None:
    report = receive("ean;quantité\n9782000100003;4\n", actor)
    assert (report.kind, report.outcome) == ("unknown", "refused")
    assert "il y manque la colonne « emplacement »" in report.problems[0].message
    assert receive("client;nom\n", actor).outcome == "refused"


MANY: dict[str, tuple[str, Callable[[int], str]]] = {
    "customers": ("client;nom;réseau", lambda n: f"{glns(n)};Client {n};R{n}"),
    "outlets": ("client;point de livraison;nom", lambda n: f"{SHOP_GLN};{glns(n)};Point {n}"),
    "account_terms": ("client;minimum", lambda n: f"{glns(n)};{n}"),
    "discounts": ("client;remise", lambda n: f"{glns(n)};{n % 40}"),
    "payment_terms": ("client;jours", lambda n: f"{glns(n)};{n % 60}"),
    "holds": ("client;bloqué;motif", lambda n: f"{glns(n)};oui;Impayé {n}"),
    "places": ("emplacement;rang", lambda n: f"P-{n};{n}"),
    "titles": ("ean;titre;éditeur;prix", lambda n: f"97820002{n:05d};Titre {n};{PHARE};9"),
    "stock": ("ean;quantité;emplacement;bordereau", lambda n: f"{INK};{n + 1};A-01;B{n}"),
}  # fmt: skip


def glns(n: int) -> str:
    return f"30277{n:08d}"


@pytest.mark.parametrize("kind", MANY)
def test_a_long_list_takes_no_more_statements_than_a_short_one(house: Cast, actor: Actor, kind: str) -> None:
    head, row = MANY[kind]
    if kind not in ("customers", "outlets"):
        receive("client;nom\n" + "".join(f"{glns(n)};C{n}\n" for n in range(80)), actor)
    counts = []
    for first, last in ((0, 5), (5, 80)):
        content = "\n".join([head, *(row(n) for n in range(first, last))])
        with CaptureQueriesContext(connection) as queries:
            report = receive(content, actor)
        assert (report.kind, report.outcome, report.rows["received"]) == (kind, "received", last - first)
        counts.append(len(queries))
    assert counts[1] <= counts[0]
