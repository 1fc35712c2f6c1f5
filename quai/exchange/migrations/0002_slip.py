"""Slips of arrivals: what came once under a reference does not come twice."""

import django.db.models.deletion
from django.db import migrations, models

import quai.core.kinds


class Migration(migrations.Migration):
    dependencies = [("exchange", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="Slip",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("tx", models.BigIntegerField(db_default=quai.core.kinds._CurrentTransaction(), editable=False)),
                ("reference", models.CharField(max_length=24)),
                ("rows", models.JSONField()),
                ("whole", models.BooleanField()),
                ("act", quai.core.kinds.CheckedKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.act")),
                ("message", quai.core.kinds.NativeKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="exchange.message")),
            ],
            options={
                "db_table": "exchange_slip",
                "indexes": [models.Index(fields=["reference"], name="exchange_slip_by_reference")],
            },
        ),
    ]
