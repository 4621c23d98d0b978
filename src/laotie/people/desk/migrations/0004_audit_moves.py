from django.db import migrations


class Migration(migrations.Migration):
    """The record of acts becomes a slice of its own; nothing in it changes."""

    dependencies = [("desk", "0003_reports")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.AlterModelTable("Audit", "audit_audit")],
            state_operations=[migrations.DeleteModel("Audit")],
        ),
    ]
