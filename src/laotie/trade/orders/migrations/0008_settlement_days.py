from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0007_no_lock_on_goods"),
    ]

    operations = [
        migrations.AddField(
            model_name="orderrow",
            name="settlement_days",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
    ]
