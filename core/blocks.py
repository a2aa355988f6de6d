"""The blocks a story is written in."""

from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

STORY_FEATURES = ["bold", "italic", "link", "ol", "ul", "superscript", "subscript"]


class HeadingBlock(blocks.CharBlock):
    class Meta:
        icon = "title"
        template = "blocks/heading.html"


class ParagraphBlock(blocks.RichTextBlock):
    class Meta:
        icon = "pilcrow"
        template = "blocks/paragraph.html"


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(max_length=1000)
    attribution = blocks.CharBlock(required=False, max_length=200)

    class Meta:
        icon = "openquote"
        template = "blocks/quote.html"


class PictureBlock(blocks.StructBlock):
    picture = ImageChooserBlock()
    caption = blocks.CharBlock(required=False, max_length=300)

    class Meta:
        icon = "image"
        template = "blocks/picture.html"


class StoryBlock(blocks.StreamBlock):
    """A story: headings, paragraphs, quotes and pictures in any order."""

    heading = HeadingBlock(max_length=120)
    paragraph = ParagraphBlock(features=STORY_FEATURES)
    quote = QuoteBlock()
    picture = PictureBlock()

    class Meta:
        max_num = 200
