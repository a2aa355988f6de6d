"""What a person may do to a content page, beyond Wagtail's group permissions."""

from wagtail.models import Page, PagePermissionTester


class ContentPagePermissions(PagePermissionTester):
    """Wagtail's tester with two rules of our own.

    An editor publishes inside their own section (the park, company or model whose
    page they own) without moderation, but never restructures it. And a lock holds
    for moving and deleting too, which the stock tester forgets.
    """

    def can_publish(self) -> bool:
        return super().can_publish() or self._works_in_own_section()

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
        if self.page_locked() or self._holds_locked_page():
            return False
        return super().can_delete(ignore_bulk)

    def can_move_to(self, destination: Page) -> bool:
        # The stock tester lets an administrator move before it asks `can_move`.
        if self.page_locked() or self._holds_locked_page():
            return False
        return super().can_move_to(destination)

    def can_set_view_restrictions(self) -> bool:
        return super().can_publish()

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
