"""What each customer owes, kept as entries are posted."""

from django.db import migrations, models

OWED = """
INSERT INTO accounts_debt (party_id, amount)
SELECT l.party_id, sum(l.debit - l.credit)
  FROM accounts_entry_line l
  JOIN accounts_account a ON a.id = l.account_id
 WHERE l.party_id IS NOT NULL AND left(a.code, 3) = '411'
 GROUP BY l.party_id
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_balanced")]
    operations = [
        migrations.CreateModel(
            name="Debt",
            fields=[
                ("party_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=15)),
            ],
            options={"db_table": "accounts_debt"},
        ),
        migrations.RunSQL(OWED, migrations.RunSQL.noop),
    ]
