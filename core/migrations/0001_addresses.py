from django.db import migrations


class Migration(migrations.Migration):
    """One page per address, held by the database.

    Wagtail keeps slugs unique among siblings in Python only: two renames at once
    make two live pages with one address. A page's parent is its path without the
    last step (four characters), so an index over that expression holds the rule.
    The second index finds a page by its whole address (core/routing.py).
    """

    dependencies = [("wagtailcore", "0098_apitoken")]

    operations = [
        migrations.RunSQL(
            "CREATE UNIQUE INDEX core_page_address_unique ON wagtailcore_page"
            " (substr(path, 1, length(path) - 4), slug)",
            "DROP INDEX core_page_address_unique",
        ),
        migrations.RunSQL(
            "CREATE INDEX core_page_url_path ON wagtailcore_page (url_path)",
            "DROP INDEX core_page_url_path",
        ),
    ]
