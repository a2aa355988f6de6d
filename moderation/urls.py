"""Addresses at which moderators decide outside the admin."""

from django.urls import path

from moderation.suggestions.views import decide

app_name = "moderation"
urlpatterns = [path("suggestions/<int:pk>/decide/", decide, name="decide")]
