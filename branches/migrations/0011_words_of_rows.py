from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("branches", "0010_approvals")]

    operations = [
        migrations.AddField(
            model_name="batchrow",
            name="params",
            field=models.JSONField(default=dict),
        ),
    ]
