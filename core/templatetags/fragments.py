"""Parts of a page that are made once for many readers."""

from typing import Any

from django import template
from django.template import Context, NodeList
from django.template.base import Parser, Token
from django.template.exceptions import TemplateSyntaxError

from core.caching.fragments import Fragments, PersonalPart, without_the_reader

register = template.Library()


class FragmentNode(template.Node):
    """A part that was kept, else what is inside, noted down under the part's name.

    Without `fragments` in the context, as in a preview, it is made and not noted.
    """

    def __init__(self, name: str, nodelist: NodeList) -> None:
        self.name = name
        self.nodelist = nodelist

    def render(self, context: Context) -> str:
        fragments: Fragments | None = context.get("fragments")
        if fragments is None:
            return self.nodelist.render(context)
        if self.name not in fragments.made:
            fragments.made[self.name] = self._made(context, fragments)
        return fragments.made[self.name]

    def _made(self, context: Context, fragments: Fragments) -> str:
        try:
            with context.push(**without_the_reader(context)):
                return self.nodelist.render(context)
        except PersonalPart as problem:
            fragments.found_personal(self.name, problem)
            return self.nodelist.render(context)


@register.tag
def fragment(parser: Parser, token: Token) -> Any:
    """{% fragment main %} … {% endfragment %}: for many readers, never personal."""
    try:
        _, name = token.split_contents()
    except ValueError as error:
        raise TemplateSyntaxError("fragment takes one name") from error
    nodelist = parser.parse(("endfragment",))
    parser.delete_first_token()
    return FragmentNode(name, nodelist)
