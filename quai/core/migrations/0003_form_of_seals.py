"""A seal says how its digest was made, so that what was sealed long ago can still be proven."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0002_store")]
    operations = [
        migrations.AddField(
            model_name="seal", name="form", field=models.PositiveSmallIntegerField(null=True)
        ),
    ]
