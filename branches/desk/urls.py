"""Addresses of the branches inside the admin. Each names the branch it works on."""

from django.urls import path

from branches.desk.branch_views import (
    begin,
    describe,
    go_back,
    go_to,
    hand_in,
    index,
    remove,
    show,
    take_back,
)
from branches.desk.creating import BranchCreator, choose_kind
from branches.desk.editor import BranchEditor
from branches.desk.placing import delete, move, unpublish
from branches.desk.preview import BranchPreview, NewPagePreview
from branches.desk.timing import cancel, plan, publish

_PAGE = "<int:pk>/pages/<uuid:uuid>/"

app_name = "branches_desk"
urlpatterns = [
    path("", index, name="index"),
    path("begin/", begin, name="begin"),
    path("leave/", go_back, name="leave"),
    path("<int:pk>/", show, name="branch"),
    path("<int:pk>/choose/", go_to, name="choose"),
    path("<int:pk>/describe/", describe, name="describe"),
    path("<int:pk>/schedule/", plan, name="schedule"),
    path("<int:pk>/unschedule/", cancel, name="unschedule"),
    path("<int:pk>/publish/", publish, name="publish"),
    path("<int:pk>/hand-in/", hand_in, name="hand_in"),
    path("<int:pk>/withdraw/", take_back, name="withdraw"),
    path(f"{_PAGE}edit/", BranchEditor.as_view(), name="edit"),
    path(f"{_PAGE}preview/", BranchPreview.as_view(), name="preview"),
    path(f"{_PAGE}take-off/", remove, name="take_off"),
    path(f"{_PAGE}move/", move, name="move"),
    path(f"{_PAGE}unpublish/", unpublish, name="unpublish"),
    path(f"{_PAGE}delete/", delete, name="delete"),
    path(f"{_PAGE}add/", choose_kind, name="add_below"),
    path(f"{_PAGE}add/<slug:app>/<slug:name>/", BranchCreator.as_view(), name="add"),
    path(
        f"{_PAGE}add/<slug:app>/<slug:name>/preview/",
        NewPagePreview.as_view(),
        name="preview_new",
    ),
]
