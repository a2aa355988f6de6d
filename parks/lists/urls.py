from django.urls import path

from parks.lists import views

urlpatterns = [
    path("", views.index, name="ride_lists"),
    path("<slug:slug>/", views.ride_list, name="ride_list"),
]
