from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("branches", "0011_words_of_rows")]

    operations = [
        migrations.AddField(
            model_name="batch",
            name="said_params",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="proposalitem",
            name="problem_params",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="proposalnote",
            name="params",
            field=models.JSONField(blank=True, null=True),
        ),
    ]
