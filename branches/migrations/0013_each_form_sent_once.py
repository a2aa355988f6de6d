from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("branches", "0012_words_in_the_language_of_the_reader"),
    ]

    operations = [
        migrations.AddField(
            model_name="proposal",
            name="form_key",
            field=models.CharField(
                blank=True,
                default="",
                help_text="Of the form it was begun in, which makes one suggestion at "
                "most.",
                max_length=32,
            ),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.UniqueConstraint(
                condition=~models.Q(form_key=""),
                fields=("author", "form_key"),
                name="branches_once_of_each_form",
            ),
        ),
    ]
