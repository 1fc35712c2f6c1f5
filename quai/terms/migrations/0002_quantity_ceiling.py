"""A line of more copies than its account may order without a person's word is held."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("terms", "0001_initial")]
    operations = [
        migrations.AddField("accountterms", "quantity_ceiling", models.PositiveIntegerField(null=True)),
        migrations.AddConstraint(
            "accountterms",
            models.CheckConstraint(
                condition=models.Q(quantity_ceiling__gte=100), name="terms_account_quantity_ceiling"
            ),
        ),
    ]
