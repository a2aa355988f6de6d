import django.db.models.deletion
from django.db import migrations, models

import search.bags

BAGS = {"search_entry": "page_id", "search_story": "entry_id", "search_word": "id"}

GIN = """
CREATE INDEX {table}_bag_words ON {table} USING gin (bag) WITH (fastupdate = off)
"""

# A word is what stands between spaces, so no sign of ASCII ends one. (All else is taken
# for a letter by this tokenizer as it is.)
SIGNS = "".join(sign for sign in map(chr, range(33, 127)) if not sign.isalnum())
QUOTED_SIGNS = SIGNS.replace("'", "''").replace('"', '""')

# FTS5 reads the words from our table and has to be told of every change to it.
FTS5 = (
    """
    CREATE VIRTUAL TABLE {table}_bag USING fts5(
        bag, content='{table}', content_rowid='{key}', detail='none', columnsize=0,
        prefix='1 2 3', tokenize="ascii tokenchars '{signs}'"
    )
    """,
    """
    CREATE TRIGGER {table}_bag_comes AFTER INSERT ON {table} BEGIN
        INSERT INTO {table}_bag (rowid, bag) VALUES (new.{key}, new.bag);
    END
    """,
    """
    CREATE TRIGGER {table}_bag_goes AFTER DELETE ON {table} BEGIN
        INSERT INTO {table}_bag ({table}_bag, rowid, bag)
            VALUES ('delete', old.{key}, old.bag);
    END
    """,
    """
    CREATE TRIGGER {table}_bag_changes AFTER UPDATE ON {table} BEGIN
        INSERT INTO {table}_bag ({table}_bag, rowid, bag)
            VALUES ('delete', old.{key}, old.bag);
        INSERT INTO {table}_bag (rowid, bag) VALUES (new.{key}, new.bag);
    END
    """,
)


def index_bags(apps, schema_editor):
    statements = [GIN] if schema_editor.connection.vendor == "postgresql" else FTS5
    for table, key in BAGS.items():
        for statement in statements:
            sql = statement.format(table=table, key=key, signs=QUOTED_SIGNS)
            schema_editor.execute(sql, params=None)


def drop_bags(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for table in BAGS:
            schema_editor.execute(f"DROP TABLE {table}_bag")


class Migration(migrations.Migration):
    """Tables for search, and what finds words in them.

    A later migration that alters one of these tables on SQLite makes it anew without
    its triggers: it has to drop and make the FTS5 table and the triggers again.
    """

    initial = True

    dependencies = [
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "page",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="wagtailcore.page",
                    ),
                ),
                (
                    "kind",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "Park"),
                            (2, "Ride"),
                            (3, "Company"),
                            (4, "Ride model"),
                        ]
                    ),
                ),
                (
                    "rank",
                    models.PositiveSmallIntegerField(
                        help_text="Which of two equal hits comes first: the higher one."
                    ),
                ),
                ("bag", search.bags.BagField()),
                (
                    "digest",
                    models.CharField(
                        help_text="Of everything indexed, to see whether it changed.",
                        max_length=16,
                    ),
                ),
                (
                    "lent",
                    models.CharField(
                        blank=True,
                        help_text="Of the words that other pages take over.",
                        max_length=16,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "entries",
            },
        ),
        migrations.CreateModel(
            name="Story",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="story",
                        serialize=False,
                        to="search.entry",
                    ),
                ),
                ("bag", search.bags.BagField()),
            ],
            options={
                "verbose_name_plural": "stories",
            },
        ),
        migrations.CreateModel(
            name="Word",
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
                ("text", models.CharField(max_length=40, unique=True)),
                ("bag", search.bags.BagField()),
            ],
        ),
        migrations.RunPython(index_bags, drop_bags),
    ]
