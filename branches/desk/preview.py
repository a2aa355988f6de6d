"""The preview beside the editor, with the text of the branch."""

from typing import Any

from django.http import Http404, QueryDict
from django.utils.translation import gettext

from wagtail.admin.views.generic.preview import PreviewOnEdit

from branches.desk.creating import begun_page
from branches.desk.finding import branch_to_write_on
from branches.desk.page_forms import form_of, sent_whole
from branches.desk.pages import OnBranch, stand, text_on


class BranchPreview(PreviewOnEdit):
    """What is typed on one branch is kept apart from other branches and from main."""

    permission_required = None

    def get_object(self) -> Any:
        self.found = self.find()
        return self.found.subject

    def find(self) -> OnBranch:
        branch = branch_to_write_on(self.request, self.kwargs["pk"])
        found = text_on(branch, self.kwargs["uuid"], self.request.user)
        if not found.is_page:
            raise Http404
        return found

    @property
    def parent_object_id(self) -> str:
        return f"branch {self.kwargs['pk']} {self.kwargs['uuid']}"

    def get_form(self, query_dict: QueryDict) -> Any:
        data: QueryDict | None = None
        if query_dict:
            data = query_dict.copy()
            if not data.get("title"):
                data["title"] = gettext("Placeholder title")
        return form_of(self.found, self.request.user, data)

    def validate_form(self, form: Any) -> bool:
        with sent_whole():
            is_valid = bool(super().validate_form(form))
        if is_valid and self.found.is_new:
            stand(self.found.subject)
        return is_valid


class NewPagePreview(BranchPreview):
    """The same for a page that the branch does not have yet."""

    def find(self) -> OnBranch:
        kwargs = self.kwargs
        branch = branch_to_write_on(self.request, kwargs["pk"])
        return begun_page(
            branch, kwargs["uuid"], kwargs["app"], kwargs["name"], self.request.user
        )

    @property
    def parent_object_id(self) -> str:
        return f"{super().parent_object_id} {self.kwargs['name']}"
