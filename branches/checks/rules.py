"""What the rules of the wiki have to say about the facts."""

from collections.abc import Iterator

from django.utils.translation import gettext_noop as _

from branches.checks.registry import Remark, block, check, unknown, warn
from branches.checks.subjects import Handed, ItemRead
from branches.merging.creating import new_page
from branches.merging.items import ProblemKind
from branches.models import ItemOperation
from branches.models.checks import RULES
from core.findings import Finding, warnings_of
from core.models import ContentPage
from history.reverting.contents import drafted, stored_data

# More objects than this are not read one by one for what is unusual.
MOST_READ = 100


@check(RULES)
def look_at_rules(handed: Handed) -> Iterator[Remark]:
    """Facts that cannot be: the same rules as in the forms, as they are today."""
    if handed.plan is None:
        yield unknown(_("A text it rests on cannot be read at the moment."))
        return
    # Where a page may be left out, it does not stop the others.
    stops = not handed.proposal.is_branch or handed.proposal.merges_whole
    for item in handed.plan.items:
        for problem in item.problems:
            # The rest depends on what others do, and is asked again when it is merged.
            is_wrong = stops and problem.kind == ProblemKind.VALIDATION
            say = block if is_wrong else warn
            yield say(problem.message, uuid=item.item.object_uuid)


@check("merge")
def look_at_conflicts(handed: Handed) -> Iterator[Remark]:
    """What others have published meanwhile."""
    count = len(handed.plan.conflicts) if handed.plan else 0
    if count:
        yield warn(
            _("Others changed the same meanwhile: %(count)s to be settled."),
            params={"count": count},
        )


@check("outliers")
def look_for_outliers(handed: Handed) -> Iterator[Remark]:
    """Figures and dates that are possible and unusual, where they were not before."""
    if len(handed.items) > MOST_READ:
        yield unknown(_("Too many pages to look for unusual figures one by one."))
        return
    for item in handed.items:
        if not item.plan.problems:
            for finding in _unusual(item):
                yield warn(
                    finding.message,
                    uuid=item.plan.item.object_uuid,
                    fact=_path(finding),
                )


def _path(finding: Finding) -> str:
    """The fact as history names it; which row of a list makes no difference."""
    if finding.relation and finding.field:
        return f"{finding.relation}/-/{finding.field}"
    return finding.relation or finding.field


def _unusual(item: ItemRead) -> list[Finding]:
    subject, plan = item.plan.subject, item.plan
    if plan.item.operation == ItemOperation.CREATE:
        page = new_page(plan.item)
        return warnings_of(page.find(page.rows_in_memory()))
    if not isinstance(subject, ContentPage):
        return []
    data = stored_data(subject)
    before, after = (
        _warned(drafted(subject, data, content)) for content in (plan.base, plan.mine)
    )
    return [finding for key, finding in after.items() if key not in before]


def _warned(draft: object) -> dict[str, Finding]:
    if not isinstance(draft, ContentPage):
        return {}
    found = warnings_of(draft.find(draft.rows_in_memory()))
    return {finding.key: finding for finding in found}
