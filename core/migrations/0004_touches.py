from secrets import randbelow
from typing import Any

from django.db import migrations, models


def begin_at_a_number_of_its_own(apps: Any, schema_editor: Any) -> None:
    """Two wikis that share a cache never take what the other one kept for their own."""
    touches = apps.get_model("core", "Touch").objects.using(
        schema_editor.connection.alias
    )
    touches.create(topic="everything", token=randbelow(2**31) + 1)


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_outgoing_mail"),
    ]

    operations = [
        migrations.CreateModel(
            name="Touch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("topic", models.CharField(max_length=300)),
                ("token", models.BigIntegerField()),
            ],
            options={
                "verbose_name_plural": "touches",
                "indexes": [
                    models.Index(fields=["topic", "token"], name="core_touch_sum")
                ],
            },
        ),
        migrations.RunPython(
            begin_at_a_number_of_its_own, migrations.RunPython.noop, elidable=False
        ),
    ]
