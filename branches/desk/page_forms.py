"""The own edit form of a page or snippet on a branch, less what is no content."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django import forms
from django.core.exceptions import BadRequest

from wagtail.admin.widgets import AdminAutoHeightTextInput

from branches.actions import Piece
from branches.desk.pages import OnBranch, name_of
from branches.models import ItemOperation
from core.snapshots import pack, unpack
from history.diff.schema import schema_of
from history.merging import Result, Side, merge, resolve
from history.reverting.contents import Content, facts_of

# When and why something is published is said of the branch.
LEFT_OUT = (
    *("first_published_at", "go_live_at", "expire_at", "begun_from"),
    *("comment_notifications", "change_reason", "change_source"),
)


class OpeningForm(forms.Form):
    """What the branch said of it when its form was opened, there and back.

    No fact may have such a name: areas have one that is called `opened`.
    """

    branch_opening = forms.CharField(required=False, widget=forms.HiddenInput)
    branch_take_mine = forms.BooleanField(required=False)


class TitleOfNew(AdminAutoHeightTextInput):
    """Wagtail's box for a title, where there is no address to be kept in step."""

    def build_attrs(self, base_attrs: Any, extra_attrs: Any = None) -> dict[str, Any]:
        attrs: dict[str, Any] = super().build_attrs(base_attrs, extra_attrs)
        for name in ("data-controller", "data-action", "data-w-sync-target-value"):
            attrs.pop(name, None)
        return attrs


def form_of(found: OnBranch, user: Any, data: Any = None, files: Any = None) -> Any:
    """Its form on a branch, bound to what was sent or not."""
    form_class = handler_of(found).get_form_class()
    known: dict[str, Any] = {"instance": found.subject, "for_user": user}
    if found.is_page:
        # A place that has no row yet has neither siblings nor a stay to offer.
        known["parent_page"] = found.place if found.place.pk else None
    form = form_class(data, files, **known)
    left_out = (*LEFT_OUT, "slug") if found.is_new else LEFT_OUT
    for name in left_out:
        form.fields.pop(name, None)
    if found.is_new:
        form.fields["title"].widget = TitleOfNew()
    if found.is_page:
        # Comments belong to drafts of the main line.
        form.formsets.pop("comments", None)
    return form


def handler_of(found: OnBranch) -> Any:
    """The panels of its form."""
    model = type(found.subject)
    if found.is_page:
        return model.get_edit_handler()
    return model.snippet_viewset.get_edit_handler()


@contextmanager
def sent_whole() -> Iterator[None]:
    """Raise BadRequest where a form that is read inside lacks what it was given."""
    try:
        yield
    except (KeyError, ValueError) as wrong:
        # The library's widget of a story counts its blocks, and trusts the count.
        raise BadRequest("The form was sent incompletely.") from wrong


def content_in(form: Any, found: OnBranch) -> Content:
    """What it would say on the branch. Ask it of valid forms only."""
    subject = form.save(commit=False)
    if found.is_page:
        subject.derive()
    return _told(found, facts_of(subject))


def opening_of(found: OnBranch) -> str:
    """What the form carries to be known again when it comes back.

    Nobody else can have written on what is not on the branch yet and new.
    """
    if found.is_new and found.item is None:
        return ""
    return pack(
        found.subject, {"said": _told(found, found.content), "seen": found.seen}
    )


def piece_of(found: OnBranch, content: Content) -> Piece:
    """What to put on the branch for what shall say this."""
    return Piece(
        model=type(found.subject),
        uuid=found.subject.uuid,
        title=name_of(found, content),
        content=content,
        base=found.base,
        operation=_operation(found, content),
        place_uuid=found.item.place_uuid if found.item else _place_of_new(found),
        before=found.before,
    )


def together(
    found: OnBranch, content: Content, line: str, *, take_mine: bool
) -> Result | None:
    """This text and what somebody else has saved on the branch since; None if nobody.

    With `take_mine` this one holds where both changed the same. Raises BadRequest for
    a line that no form was given.
    """
    opened = unpack(found.subject, line) if line else None
    if opened is None or opened["seen"] == found.seen:
        return None
    said = _told(found, found.content)
    result = merge(schema_of(type(found.subject)), opened["said"], said, content)
    if take_mine and result.conflicts:
        mine = {conflict.key: Side.THEIRS for conflict in result.conflicts}
        result = resolve(result, mine)
    return result


def _told(found: OnBranch, content: Content) -> Content:
    # The address of what is new is made when it gets its place.
    return {k: v for k, v in content.items() if k != "slug" or not found.is_new}


def _operation(found: OnBranch, content: Content) -> ItemOperation:
    if found.is_new:
        return ItemOperation.CREATE
    if found.item and found.item.operation == ItemOperation.MOVE:
        return ItemOperation.MOVE
    is_renamed = content.get("slug") != (found.before or {}).get("slug")
    return ItemOperation.RENAME if is_renamed else ItemOperation.EDIT


def _place_of_new(found: OnBranch) -> Any:
    return found.place.uuid if found.is_new else None
