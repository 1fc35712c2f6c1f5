"""No copy credited twice: the interval before must exist, so the intervals of a line follow each other from 0."""

from django.db import migrations

FOLLOWS = """
ALTER TABLE billing_credited
    ADD COLUMN follows integer GENERATED ALWAYS AS (NULLIF(before_quantity, 0)) STORED,
    ADD CONSTRAINT billing_credited_follows
        FOREIGN KEY (line_id, follows) REFERENCES billing_credited (line_id, after_quantity);
"""


class Migration(migrations.Migration):
    dependencies = [("billing", "0001_initial")]
    operations = [migrations.RunSQL(FOLLOWS, migrations.RunSQL.noop)]
