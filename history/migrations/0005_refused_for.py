import django.core.serializers.json
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("history", "0004_merged_changes"),
    ]

    operations = [
        migrations.AddField(
            model_name="refusedtext",
            name="began",
            field=models.JSONField(
                encoder=django.core.serializers.json.DjangoJSONEncoder, null=True
            ),
        ),
        migrations.AddField(
            model_name="refusedtext",
            name="purpose",
            field=models.CharField(
                choices=[
                    ("draft", "draft"),
                    ("publish", "publish"),
                    ("submit", "submit for review"),
                ],
                default="publish",
                max_length=8,
            ),
        ),
    ]
