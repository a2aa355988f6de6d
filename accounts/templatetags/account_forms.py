"""How form fields and sessions look on the account pages."""

from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString

from accounts.devices import device_name

register = template.Library()
register.filter("device_name", device_name)


@register.filter
def control(field: BoundField, classes: str) -> SafeString:
    """The field's input with CSS classes; the form's first error takes the focus.

    Django itself ties label, help and error to the input (aria-describedby,
    aria-invalid). Placeholders are dropped: they vanish when one begins to type.
    """
    widget = field.field.widget
    widget.attrs.pop("placeholder", None)
    attributes: dict[str, str | bool] = {"class": classes}
    if _is_first_to_correct(field):
        attributes["autofocus"] = True
    return field.as_widget(attrs=attributes)


def _is_first_to_correct(field: BoundField) -> bool:
    form = field.form
    if not form.errors:
        return False
    wrong = [name for name in form.fields if name in form.errors]
    # An error of the whole form ("address and password do not match") has no field.
    return field.name == next(iter(wrong or form.fields))
