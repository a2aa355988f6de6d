from django.urls import path

from parks.comparing import views

urlpatterns = [path("", views.compare, name="compare_rides")]
