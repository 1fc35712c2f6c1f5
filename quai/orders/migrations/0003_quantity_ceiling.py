"""A person says that a line means the many copies it asks for."""

import django.db.models.deletion
from django.db import migrations, models

import quai.core.kinds


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial"), ("orders", "0002_judgement")]
    operations = [
        migrations.CreateModel(
            name="AcceptedQuantity",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("tx", models.BigIntegerField(db_default=quai.core.kinds._CurrentTransaction(), editable=False)),
                ("act", quai.core.kinds.CheckedKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.act")),
                ("line", quai.core.kinds.CheckedKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orders.line")),
            ],
            options={
                "db_table": "orders_accepted_quantity",
                "constraints": [models.UniqueConstraint(fields=("line",), name="orders_accepted_quantity_once")],
            },
        ),
    ]
