"""What a person may do to a content page, beyond Wagtail's group permissions."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wagtail.models import Page, PageLogEntry, PagePermissionTester

ADVICE = _(
    "A published page is deleted by two persons: one unpublishes it, another one "
    "deletes it."
)


class ContentPagePermissions(PagePermissionTester):
    """Wagtail's tester with three rules of our own.

    An editor publishes inside their own section (the park, company or model whose
    page they own) without moderation, but never restructures it. A lock holds for
    moving, deleting and publishing several at once too, which the stock tester
    forgets. And what has been published is deleted by two persons, unless an
    administrator does it.
    """

    def can_publish(self) -> bool:
        return self.has_right_to_publish() and not self.page_locked()

    def has_right_to_publish(self) -> bool:
        """Whether this person publishes the page when it is not locked for them."""
        return super().can_publish() or self._works_in_own_section()

    def can_unschedule(self) -> bool:
        # A schedule is a lock for everybody, and this is how it ends.
        return self.has_right_to_publish()

    def can_publish_subpage(self) -> bool:
        if super().can_publish_subpage():
            return True
        if not self.user.is_active or "add" not in self.permissions:
            return False
        return (
            getattr(self.page.specific_class, "sections_start_below", False)
            or self._works_in_own_section()
        )

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return self._may_remove(ignore_bulk) and not self.objection_to_deletion()

    def can_move(self) -> bool:
        # The stock tester asks `can_delete`, and a published page may be moved.
        return self._may_remove(ignore_bulk=True)

    def objection_to_deletion(self) -> str:
        """Why what has been published may not be deleted by this person now.

        Empty when nothing stands against it. Drafts that never were public have no
        part in this, nor has an administrator.
        """
        if self.user.is_superuser:
            return ""
        going = [self.page]
        if not self.page.is_leaf():
            going = list(self.page.get_descendants(inclusive=True))
        for page in going:
            if page.live:
                return gettext("“%(title)s” is published. %(advice)s") % {
                    "title": page.title,
                    "advice": ADVICE,
                }
        once_public = [page for page in going if page.first_published_at]
        if once_public and "publish" not in self.permissions:
            return gettext("It has been public, so a moderator has to delete it.")
        hidden_by = _who_unpublished(once_public)
        for page in once_public:
            match hidden_by.get(page.pk):
                case None:
                    return gettext(
                        "“%(title)s” was unpublished by nobody: its time was over. An "
                        "administrator can delete it."
                    ) % {"title": page.title}
                case self.user.pk:
                    return gettext(
                        "You have unpublished “%(title)s” yourself. %(advice)s"
                    ) % {"title": page.title, "advice": ADVICE}
        return ""

    def advice_on_deletion(self) -> str:
        """What somebody does instead who may not delete this page."""
        if objection := self.objection_to_deletion():
            return objection
        if self.page_locked() or self._holds_locked_page():
            return gettext(
                "It is locked, or a page below it is. Ask a moderator to unlock it."
            )
        if not self.page.is_leaf() and super().can_delete(ignore_bulk=True):
            return gettext("Other pages stand below it. Delete those first.")
        return gettext("You may not delete it. Ask a moderator.")

    def can_move_to(self, destination: Page) -> bool:
        # The stock tester lets an administrator move before it asks `can_move`.
        if self.page_locked() or self._holds_locked_page():
            return False
        return super().can_move_to(destination)

    def can_set_view_restrictions(self) -> bool:
        return super().can_publish()

    def _may_remove(self, ignore_bulk: bool) -> bool:
        if self.page_locked() or self._holds_locked_page():
            return False
        return super().can_delete(ignore_bulk)

    def _holds_locked_page(self) -> bool:
        # What stands below goes or moves with the page.
        if self.page.is_leaf():
            return False
        locked = self.page.get_descendants().filter(locked=True)
        return locked.exclude(locked_by=self.user).exists()

    def _works_in_own_section(self) -> bool:
        if not self.user.is_active or "change" not in self.permissions:
            return False
        section = self._section()
        return section is not None and section.owner_id == self.user.pk

    def _section(self) -> Page | None:
        if getattr(self.page.specific_class, "is_section", False):
            return self.page
        parent = self.page.get_parent() if self.page.depth > 1 else None
        if parent and getattr(parent.specific_class, "is_section", False):
            return parent
        return None


def _who_unpublished(pages: list[Page]) -> dict[int, int | None]:
    """Who unpublished each page last, by primary keys; None is the clock."""
    if not pages:
        return {}
    keys = [page.pk for page in pages]
    entries = PageLogEntry.objects.filter(page__in=keys, action="wagtail.unpublish")
    by_time = entries.order_by("timestamp", "pk")
    return dict(by_time.values_list("page_id", "user_id"))
