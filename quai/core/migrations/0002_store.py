"""Bytes are compressed already (PDF) or read whole: keep them beside the table, as they are."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    operations = [
        migrations.RunSQL("ALTER TABLE core_blob ALTER COLUMN content SET STORAGE EXTERNAL", migrations.RunSQL.noop)
    ]
