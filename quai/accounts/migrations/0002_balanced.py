"""An entry balances: checked once per statement, because a row trigger is quadratic; and none goes without lines."""

from django.db import migrations

BALANCED = """
CREATE FUNCTION accounts_entry_line_balanced() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE wrong bigint;
BEGIN
    SELECT l.entry_id INTO wrong
      FROM (SELECT entry_id, count(*) AS lines, sum(debit) AS debit, sum(credit) AS credit
              FROM added GROUP BY entry_id) l
      JOIN accounts_entry e ON e.id = l.entry_id
     WHERE l.debit <> l.credit OR l.debit <> e.total OR l.lines <> e.line_count
     LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'entry % does not balance, or is not whole', wrong USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (SELECT FROM (SELECT DISTINCT entry_id FROM added) a
                WHERE (SELECT count(*) FROM accounts_entry_line o WHERE o.entry_id = a.entry_id)
                   <> (SELECT line_count FROM accounts_entry e WHERE e.id = a.entry_id)) THEN
        RAISE EXCEPTION 'lines were added to a posted entry' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER accounts_entry_line_balanced AFTER INSERT ON accounts_entry_line
REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION accounts_entry_line_balanced();

CREATE FUNCTION accounts_entry_has_lines() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM accounts_entry_line WHERE entry_id = NEW.id) THEN
        RAISE EXCEPTION 'entry % has no lines', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER accounts_entry_has_lines AFTER INSERT ON accounts_entry
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION accounts_entry_has_lines();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [migrations.RunSQL(BALANCED, migrations.RunSQL.noop)]
