import django.db.models.deletion
import quai.core.kinds
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('billing', '0002_intervals'),
        ('core', '0002_store'),
    ]

    operations = [
        migrations.CreateModel(
            name='CreditRequest',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tx', models.BigIntegerField(db_default=quai.core.kinds._CurrentTransaction(), editable=False)),
                ('source_key', models.CharField(max_length=80)),
                ('position', models.PositiveIntegerField()),
                ('content_digest', models.BinaryField()),
                ('act', quai.core.kinds.CheckedKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                ('invoice', quai.core.kinds.CheckedKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='billing.invoice')),
            ],
            options={
                'db_table': 'billing_credit_request',
                'constraints': [models.UniqueConstraint(fields=('source_key', 'position'), name='billing_credit_request_once')],
            },
        ),
    ]
