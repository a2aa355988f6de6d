from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("photos", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="photo",
            name="likeness",
            field=models.CharField(
                blank=True,
                editable=False,
                help_text="What it looks like, in bits; empty until it was looked at.",
                max_length=16,
            ),
        ),
    ]
