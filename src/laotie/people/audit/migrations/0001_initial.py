import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import laotie.kit.ids


class Migration(migrations.Migration):
    """The record was the desk's; its table, with the trigger that refuses changes, comes from there."""

    initial = True

    dependencies = [
        ("desk", "0004_audit_moves"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="Audit",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=laotie.kit.ids.new_id, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("at", models.DateTimeField(db_index=True)),
                        ("act", models.CharField(max_length=60)),
                        ("object_kind", models.CharField(max_length=40)),
                        ("object_id", models.UUIDField()),
                        ("data", models.JSONField(default=dict)),
                        (
                            "actor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["object_kind", "object_id"], name="audit_object")],
                    },
                ),
            ],
        ),
    ]
