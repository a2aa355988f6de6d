"""What the rules of a page say to another content, with nothing asked per page."""

import copy
from typing import Any

from core.findings import errors_of
from core.references import KnownTargets
from core.rows import row_models
from history.reverting.contents import Content


def problems_of(
    subject: Any, before: Content, after: Content, parent: Any, targets: KnownTargets
) -> list[str]:
    """The errors of a page with this content under this parent, in words.

    Those it has today too are no news. `targets` is what it names, read before.
    """
    found = _errors(subject, after, parent, targets)
    known = set(_errors(subject, before, parent, targets)) if found else set()
    return [message for message in found if message not in known]


def _errors(
    subject: Any, content: Content, parent: Any, targets: KnownTargets
) -> list[str]:
    content = targets.sound(type(subject), content)
    page = copy.copy(subject)
    page._state = copy.copy(subject._state)
    page._state.fields_cache = {}
    page._cached_parent_obj = parent
    for field in page._meta.concrete_fields:
        if field.name in content and not field.is_relation:
            setattr(page, field.attname, field.to_python(content[field.name]))
        elif field.name in content:
            setattr(page, field.attname, content[field.name])
    targets.attach(page)
    rows = {
        name: [_row(model, row, targets) for row in content.get(name) or []]
        for name, model in row_models(type(page)).items()
        if name in page.row_relations()
    }
    return [finding.message for finding in errors_of(page.find(rows))]


def _row(model: Any, row: Content, targets: KnownTargets) -> Any:
    made = model()
    for field in model._meta.concrete_fields:
        if field.name in row and field.is_relation:
            setattr(made, field.attname, row[field.name])
        elif field.name in row:
            setattr(made, field.attname, field.to_python(row[field.name]))
    targets.attach(made)
    return made
