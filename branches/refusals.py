"""What is not done with a proposal, and why; each says what to do instead."""

from collections.abc import Iterable
from typing import Any

from branches.models import ProposalKind
from branches.states import DECIDED, UNSETTLED, ProposalState
from core.refusals import Refused
from core.sayings import saying as _
from core.sayings import together
from core.wording import in_a_sentence


class ProposalRefused(Refused):
    """Nothing was done with the proposal."""


class NotOpenAnyMore(ProposalRefused):
    """Somebody settled it meanwhile, or it never came so far."""

    def __init__(self, proposal: Any) -> None:
        state = in_a_sentence(proposal.get_state_display())
        told = {
            "what": _named(proposal.kind),
            "state": _("a draft") if proposal.state == ProposalState.DRAFT else state,
        }
        if proposal.state in UNSETTLED - DECIDED:
            words = _("This is not possible now: %(what)s is %(state)s.")
        else:
            words = _("This is not possible any more: %(what)s is %(state)s.")
        super().__init__(words % told)


def _named(kind: str) -> str:
    match kind:
        case ProposalKind.BRANCH:
            return _("the branch")
        case ProposalKind.RELEASE:
            return _("the release")
        case _:
            return _("the suggestion")


class NotPublicNow(ProposalRefused):
    """Its page is deleted, unpublished or private."""

    def __init__(self, proposal: Any) -> None:
        super().__init__(
            _(
                "The page of “%(title)s” is not public at the moment, so the "
                "suggestion waits. It is kept as it is."
            )
            % {"title": proposal.title}
        )


class NothingChanged(ProposalRefused):
    """It says what the page says."""

    status = 422

    def __init__(self) -> None:
        super().__init__(
            _(
                "Nothing was changed yet, so there is nothing to suggest. Change what "
                "is wrong or missing first."
            )
        )


class TooManyOpen(ProposalRefused):
    """One person has so many waiting that nobody would get to the last one."""

    def __init__(self, limit: int) -> None:
        super().__init__(
            _(
                "You have %(limit)s suggestions waiting, which is as many as you may "
                "have at a time. Wait until one is decided, or withdraw one. This one "
                "is kept if you save it as a draft."
            )
            % {"limit": limit}
        )


class TooManyDrafts(ProposalRefused):
    """Drafts are for going on with, not for keeping."""

    def __init__(self, limit: int) -> None:
        super().__init__(
            _("You keep %(limit)s drafts already. Hand one in or discard one first.")
            % {"limit": limit}
        )


class NameTaken(ProposalRefused):
    """People tell branches apart by their names."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("There is a branch “%(name)s” already that is not settled.")
            % {"name": name}
        )


class TooManyItems(ProposalRefused):
    """More objects than one branch may have, as it is published."""

    status = 413

    def __init__(self, limit: int, *, is_whole: bool = False) -> None:
        words = _("One branch holds at most %(limit)s pages. Divide it.")
        if is_whole:
            words = _(
                "At most %(limit)s pages are published all at once or not at all. "
                "Divide it, or have it published by the hundred."
            )
        super().__init__(words % {"limit": limit})


class NotCopied(ProposalRefused):
    """It is still there to be gone on with, or was decided."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Only what was closed without a decision can be copied to a new draft. "
                "Suggest the change again from the page."
            )
        )


class TooLarge(ProposalRefused):
    """More text than a suggestion may hold."""

    status = 413

    def __init__(self) -> None:
        super().__init__(
            _("This is more text than one suggestion may hold. Divide it.")
        )


class SentBefore(ProposalRefused):
    """One form makes one suggestion, however often it is sent."""

    def __init__(self, proposal: Any) -> None:
        self.proposal = proposal
        super().__init__(
            _(
                "This form was sent before, so nothing new was made: this is what it "
                "became. Change it here if you want to say more."
            )
        )


class RevisedMeanwhile(ProposalRefused):
    """What is to be changed is no longer what was shown."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Something was changed while you were looking at it. What is shown now "
                "is up to date: look at it once more, and decide anew."
            )
        )


class NoReviewers(ProposalRefused):
    """No workflow is assigned to proposals."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Nobody is set to review suggestions at the moment. Yours is kept as a "
                "draft; please tell an administrator."
            )
        )


class OnBranchOnly(ProposalRefused):
    """A page as a branch has it is there to be looked at."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This is the page as a branch has it, and it cannot be saved from "
                "here. Edit it on the branch instead."
            )
        )


class LinkEnded(ProposalRefused):
    """A link to look at a branch holds for some days, and until it is ended."""

    status = 410

    def __init__(self) -> None:
        super().__init__(
            _(
                "This link does not lead anywhere any more: it has expired, or it was "
                "ended, or what it showed is published by now. Ask whoever gave it to "
                "you for another one."
            )
        )


class ApprovedAlready(ProposalRefused):
    """One person's approval counts once."""

    def __init__(self) -> None:
        super().__init__(
            _("You have approved it already. Somebody else has to approve it as well.")
        )


class MoreApprovals(ProposalRefused):
    """What changes so much is not published by one person alone."""

    def __init__(self) -> None:
        super().__init__(
            _("Nothing was published: more people have to approve it before.")
        )


class MergeRefused(ProposalRefused):
    """It cannot be brought into the wiki as it is."""


class MergeConflicts(MergeRefused):
    """Others changed the same meanwhile, and nobody has said what shall hold."""

    def __init__(self, plan: Any) -> None:
        self.plan = plan
        super().__init__(
            _(
                "Others have changed the same facts meanwhile. Nothing was published, "
                "and nothing is lost: say for each of them what shall hold."
            )
        )


class MergeProblems(MergeRefused):
    """The result would not be sound."""

    most_named = 3

    def __init__(self, plan: Any) -> None:
        self.plan = plan
        named = plan.problems[: self.most_named]
        if len(plan.problems) > len(named):
            more = _("The page of the branch lists all %(number)s of them.")
            named = [*named, more % {"number": len(plan.problems)}]
        super().__init__(
            _("Nothing was published. %(problems)s") % {"problems": together(named)}
        )


class ResultUnsound(ProposalRefused):
    """What was chosen does not go together."""

    status = 422

    def __init__(self, problems: Iterable[str]) -> None:
        super().__init__(
            _("This does not go together, so nothing was handed in. %(problems)s")
            % {"problems": " ".join(problems)}
        )


class MoreThanProposed(MergeRefused):
    """The result would change what nobody has proposed to change."""

    def __init__(self, names: Iterable[str]) -> None:
        super().__init__(
            _(
                "Nothing was published: it would also have changed %(names)s, which "
                "the suggestion is not about."
            )
            % {"names": ", ".join(sorted(names))}
        )


class PlanOutdated(MergeRefused):
    """Something was published between the plan and the merge: plan again."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "The page is being changed by others at this very moment. Nothing was "
                "published; try again."
            )
        )
