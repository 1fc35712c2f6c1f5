import random
import time as clock
import time
from unittest import mock

from django.db import connection, transaction

from quai.access.actions import system
from quai.billing import actions
from quai.billing.tests.deliveries import *
from quai.core import journal, sql
from tests import cast as stage


def test_speed(fresh_house, django_db_blocker):
    with django_db_blocker.unblock():
        by = system()
        act = journal.record("t", at=NOON, by=by)
        c = stage.make(act)
        r = random.Random(1)
        with transaction.atomic():
            ts = [
                stage.title(c, act, f"T{i}", f"978{i:010}", price=f"{r.randint(500, 4000) / 100:.2f}")
                for i in range(500)
            ]
            cs = [
                stage.party(act, f"Lib {i}", f"302{i:010}", "customer", siren="732829320")
                for i in range(1000)
            ]
        open_chart(at=NOON, by=by)

        def batch():
            with transaction.atomic():
                deliver(
                    c,
                    act,
                    *[
                        Delivery(
                            cs[i % 1000],
                            [
                                Copies(r.choice(ts), r.randint(1, 3), r.choice(["36.00", "37.50"]))
                                for _ in range(20)
                            ],
                        )
                        for i in range(5000)
                    ],
                )

        batch()
        with connection.cursor() as cur:
            cur.execute("SELECT 1")
        orig = sql.run, sql.rows
        spent = {}

        def timed(f):
            def g(name, *a, **k):
                t = clock.perf_counter()
                x = f(name, *a, **k)
                spent[name] = spent.get(name, 0) + clock.perf_counter() - t
                return x

            return g

        for n in range(3):
            spent.clear()
            with (
                mock.patch.object(sql, "run", timed(orig[0])),
                mock.patch.object(sql, "rows", timed(orig[1])),
            ):
                t = clock.perf_counter()
                rep = actions.invoice_delivered(until=CLOSED, at=NOON, by=by)
                t = clock.perf_counter() - t
            print(len(rep.issued), "invoices", f"{t:.2f} s {100000 / t:.0f} lines/s")
            for k, v in sorted(spent.items(), key=lambda x: -x[1])[:12]:
                print(f"   {v:.3f} {k}")
            t = clock.perf_counter()
            actions.release(at=NOON, by=by)
            print("release", clock.perf_counter() - t)
            batch()
