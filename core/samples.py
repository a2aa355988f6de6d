"""When a demo wiki is filled, rooms it does not know add samples of their own."""

from django.dispatch import Signal

# Sent with `people`, the demo's accounts by role, once its pages are there.
filling = Signal()
