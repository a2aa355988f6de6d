"""Draws a card in the colours of the wiki: an awning, words, figures and a track."""

from io import BytesIO

from PIL import Image, ImageDraw

from parks.cards.card import Card, Figure
from parks.cards.lettering import cut, first_writable, font, in_lines

WIDTH, HEIGHT = 1200, 630
MARGIN = 72
INSIDE = WIDTH - 2 * MARGIN
PAPER, INK, SOFT = "#fbf7f0", "#1f1a2e", "#5b556b"
ACCENT, LAMP, LINE = "#b92d14", "#f2ac1b", "#e3d9c9"
NAME_SIZES = (84, 70, 58, 46)
MOST_LINES = 2
STRIPE = 40
# The track of the wordmark: a hill, a dip and a smaller one.
HILL_AT = (900, 70)
HILL = ((0, 29), (7, 26), (12, 14), (17, 5), (21, 5), (26, 14), (32, 20), (45, 16))
# Shapes are drawn so much larger and made smaller again, for smooth edges.
SMOOTH = 2


def draw(card: Card) -> bytes:
    """The card as a PNG of 1200 by 630 pixels."""
    picture = _ground().resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    pen = ImageDraw.Draw(picture)
    _write_head(pen, card)
    _write_figures(pen, card.figures)
    pen.text((WIDTH - MARGIN, 104), "ThrillWiki", ACCENT, font(30, bold=True), "rs")
    file = BytesIO()
    # Few colours, and letters with soft edges: a palette holds both.
    picture.quantize(128).save(file, "PNG", optimize=True)
    return file.getvalue()


def _write_head(pen: ImageDraw.ImageDraw, card: Card) -> None:
    kicker = first_writable([card.kicker.upper()])
    pen.text((MARGIN, 104), cut(kicker, font(26), 720), ACCENT, font(26), "ls")
    y = 128
    size, lines = _name_lines(first_writable(card.names))
    for line in lines:
        y += round(size * 1.12)
        pen.text((MARGIN, y), line, INK, font(size, bold=True), "ls")
    lead = first_writable([card.lead])
    face = font(32)
    for line in in_lines(lead, face, INSIDE)[:MOST_LINES]:
        y += 50
        pen.text((MARGIN, y), cut(line, face, INSIDE), SOFT, face, "ls")


def _name_lines(name: str) -> tuple[int, list[str]]:
    """The largest size in which a name fits two lines, and those."""
    for size in NAME_SIZES:
        face = font(size, bold=True)
        lines = in_lines(name, face, INSIDE)
        most = 1 if size == NAME_SIZES[0] else MOST_LINES
        if len(lines) <= most and all(face.getlength(line) <= INSIDE for line in lines):
            return size, lines
    shown = [*lines[: MOST_LINES - 1], " ".join(lines[MOST_LINES - 1 :])]
    return size, [cut(line, face, INSIDE) for line in shown]


def _write_figures(pen: ImageDraw.ImageDraw, figures: tuple[Figure, ...]) -> None:
    if not figures:
        return
    column = INSIDE // len(figures)
    for number, figure in enumerate(figures):
        x, room = MARGIN + number * column, column - 24
        label, text = first_writable([figure.label]), first_writable([figure.text])
        pen.text((x, 446), cut(label, font(24), room), SOFT, font(24), "ls")
        face = font(46 if len(figures) < 4 else 40, bold=True)
        while face.getlength(text) > room and face.size > 24:
            face = font(round(face.size) - 2, bold=True)
        pen.text((x, 498), cut(text, face, room), INK, face, "ls")
        pen.text((x, 536), figure.aside, SOFT, font(24), "ls")


def _ground() -> Image.Image:
    """Paper, the awning above, the track below, and the hill before the name."""
    picture = Image.new("RGB", (WIDTH * SMOOTH, HEIGHT * SMOOTH), PAPER)
    pen = ImageDraw.Draw(picture)
    step = STRIPE * SMOOTH
    for number, x in enumerate(range(0, picture.width, step)):
        colour = LAMP if number % 2 else ACCENT
        pen.rectangle((x, 0, x + step, step // 4), colour)
        pen.ellipse((x, -step // 4, x + step, step * 3 // 4), colour)
    rails = (HEIGHT - 34) * SMOOTH
    for x in range(0, picture.width, 14 * SMOOTH):
        pen.line((x, rails, x, rails + 18 * SMOOTH), LINE, 2 * SMOOTH)
    for y in (rails, rails + 18 * SMOOTH):
        pen.line((0, y, picture.width, y), LINE, 3 * SMOOTH)
    _draw_hill(pen)
    return picture


def _draw_hill(pen: ImageDraw.ImageDraw) -> None:
    places = [
        ((HILL_AT[0] + x * 1.2) * SMOOTH, (HILL_AT[1] + y * 1.2) * SMOOTH)
        for x, y in HILL
    ]
    pen.line(places, ACCENT, 5 * SMOOTH, joint="curve")
