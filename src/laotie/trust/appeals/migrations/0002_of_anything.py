from django.db import migrations, models
from django.db.models import F


def of_its_shop(apps, schema_editor):
    """Until now every appeal was a shop's, against a deal that costs the shop's own score."""
    apps.get_model("appeals", "AppealRow").objects.update(entity_id=F("seller_id"))


class Migration(migrations.Migration):
    dependencies = [("appeals", "0001_initial")]

    operations = [
        migrations.RenameField("appealrow", "shop_id", "seller_id"),
        migrations.RenameField("appealrow", "line_id", "subject_id"),
        migrations.AddField("appealrow", "kind", models.CharField(default="shop", max_length=8)),
        migrations.AddField("appealrow", "entity_id", models.UUIDField(null=True)),
        migrations.AddField(
            "appealrow",
            "subject",
            models.CharField(choices=[("deal", "deal"), ("violation", "violation")], default="deal", max_length=10),
        ),
        migrations.AddField(
            "appealrow",
            "ground",
            models.CharField(choices=[("wrong", "wrong"), ("malicious", "malicious")], default="wrong", max_length=10),
        ),
        migrations.AddField("appealrow", "stood", models.FloatField(default=0)),
        migrations.RunPython(of_its_shop, migrations.RunPython.noop),
        migrations.AlterField("appealrow", "entity_id", models.UUIDField()),
        migrations.AlterField("appealrow", "seller_id", models.UUIDField()),
        migrations.AlterField("appealrow", "subject_id", models.UUIDField()),
        migrations.AlterField("appealrow", "order_id", models.UUIDField(null=True)),
        migrations.AlterField("appealrow", "product_id", models.UUIDField(null=True)),
        migrations.AddConstraint(
            "appealrow",
            models.UniqueConstraint(fields=("subject", "subject_id", "seller_id"), name="appeal_once_a_seller"),
        ),
        migrations.AddIndex("appealrow", models.Index(fields=["seller_id", "-made_at"], name="appeal_of_seller")),
    ]
