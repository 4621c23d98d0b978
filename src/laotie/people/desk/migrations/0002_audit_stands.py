from django.db import migrations


class Migration(migrations.Migration):
    """Audit rows are written once. TRUNCATE (tests) is not caught by a row trigger, and needs the table's owner."""

    dependencies = [("desk", "0001_initial")]

    operations = [
        migrations.RunSQL(
            """
            CREATE FUNCTION desk_audit_stands() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                RAISE EXCEPTION 'audit rows are written once';
            END $$;
            CREATE TRIGGER desk_audit_stands BEFORE UPDATE OR DELETE ON desk_audit
                FOR EACH ROW EXECUTE FUNCTION desk_audit_stands();
            """,
            "DROP TRIGGER desk_audit_stands ON desk_audit; DROP FUNCTION desk_audit_stands();",
        ),
    ]
