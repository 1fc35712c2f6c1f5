import django.db.models.deletion
import quai.core.kinds
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0002_store'),
        ('orders', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Judgement',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('tx', models.BigIntegerField(db_default=quai.core.kinds._CurrentTransaction(), editable=False)),
                ('act', quai.core.kinds.CheckedKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.act')),
                ('became', quai.core.kinds.CheckedKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orders.order')),
                ('order', quai.core.kinds.CheckedKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orders.order')),
            ],
            options={
                'db_table': 'orders_judgement',
                'constraints': [models.UniqueConstraint(fields=('order',), name='orders_judgement_once')],
            },
        ),
    ]
