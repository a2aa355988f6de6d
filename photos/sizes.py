"""The sizes and formats pages ask for (templates/components/picture.html).

A size is known by its words in their order: pages have to ask in the same one.
"""

WIDTHS = (400, 800, 1200)
FORMATS = ("avif", "webp", "jpeg")

STANDARD_SPECS = tuple(
    f"width-{width}|format-{format_}" for format_ in FORMATS for width in WIDTHS
)
