from django.apps import AppConfig
from django.db.models.signals import post_save


class BranchesConfig(AppConfig):
    name = "branches"
    verbose_name = "Proposals"

    def ready(self) -> None:
        from branches.actions import look_again_after
        from branches.batches.receivers import note_revert
        from branches.batches.samples import batch_samples
        from branches.batches.shelf import BranchShelf
        from branches.batches.working import register_job
        from branches.browsing.pages import branch_page
        from branches.checks.ringing import ring
        from branches.crediting import coauthors_of
        from branches.hiding import repeats_in_proposals
        from branches.keeping import bases_of_unsettled
        from branches.merging import jobs
        from branches.merging.approving import merge_approved
        from branches.models import Proposal, ProposalKind
        from branches.releases.samples import release_sample
        from branches.samples import suggest_samples
        from branches.signals import approved, handed_in
        from branches.suggesting.showing import PAGES_OF_OTHERS
        from core.aside import register_shelf
        from core.samples import filling
        from history import outbox
        from history.archive.policy import register_protection
        from history.public.credits import register_credits
        from history.suppression.repeats import register_repeats

        jobs.register()
        for kind in (ProposalKind.BRANCH, ProposalKind.RELEASE):
            PAGES_OF_OTHERS[kind] = branch_page
        register_job()
        register_shelf(BranchShelf)
        post_save.connect(
            note_revert, sender=Proposal, dispatch_uid="branches_note_revert"
        )
        approved.connect(merge_approved, dispatch_uid="branches_merge")
        handed_in.connect(ring, dispatch_uid="branches_checks")
        register_protection("base of an open proposal", bases_of_unsettled)
        register_credits("proposals", coauthors_of)
        register_repeats(repeats_in_proposals)
        filling.connect(suggest_samples, dispatch_uid="branches_samples")
        filling.connect(release_sample, dispatch_uid="branches_release_sample")
        filling.connect(batch_samples, dispatch_uid="branches_batch_samples")
        outbox.register("proposals", look_again_after)
