"""Creates the front page and the indexes a new installation needs."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from home.foundations import lay_foundations


class Command(BaseCommand):
    help = "Creates the front page, the indexes and the site. Safe to run again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="localhost", help="public host name")
        parser.add_argument("--port", type=int, default=80, help="public port")

    def handle(self, *args: Any, host: str, port: int, **options: Any) -> None:
        home = lay_foundations(hostname=host, port=port)
        self.stdout.write(f"The wiki starts at “{home.title}”.")
