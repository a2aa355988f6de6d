from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("branches", "0009_drafts_of_hidden_pages")]

    operations = [
        migrations.AddField(
            model_name="batchrow",
            name="params",
            field=models.JSONField(default=dict),
        ),
    ]
