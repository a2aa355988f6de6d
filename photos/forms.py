"""Uploading a photo: what comes in is checked, turned upright and written anew."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from photos.encoding import CleanPicture, UnusablePicture, clean_copy
from photos.likeness import likeness_of


class PhotoFileField(WagtailImageField):
    """Wagtail's field without its count of pixels.

    That decodes the whole picture first and answers a damaged one with a server
    error; the clean copy is made by counting first and refusing what is damaged.
    """

    def check_image_pixel_size(self, f: Any) -> None:
        """Leave it to photos/encoding.py."""


class PhotoForm(BaseImageForm):
    """Refuses unusable files beside the field and keeps only a clean copy."""

    file = PhotoFileField(widget=BaseImageForm.Meta.widgets["file"])

    def clean_file(self) -> Any:
        upload = self.cleaned_data.get("file")
        if not isinstance(upload, UploadedFile):
            return upload
        try:
            return clean_copy(upload)
        except UnusablePicture as refusal:
            raise ValidationError(str(refusal)) from refusal

    def save(self, commit: bool = True) -> Any:
        photo = super().save(commit=False)
        file = self.cleaned_data.get("file")
        if isinstance(file, CleanPicture):
            photo.sha256 = file.sha256
            photo.likeness = likeness_of(file.image)
        if commit:
            photo.save()
            self.save_m2m()
        return photo
