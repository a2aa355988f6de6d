from django.apps import AppConfig


class BranchesConfig(AppConfig):
    name = "branches"
    verbose_name = "Proposals"

    def ready(self) -> None:
        from branches.actions import look_again_after
        from branches.checks.ringing import ring
        from branches.crediting import coauthors_of
        from branches.keeping import bases_of_unsettled
        from branches.merging import jobs
        from branches.merging.approving import merge_approved
        from branches.samples import suggest_samples
        from branches.signals import approved, handed_in
        from core.samples import filling
        from history import outbox
        from history.archive.policy import register_protection
        from history.public.credits import register_credits

        jobs.register()
        approved.connect(merge_approved, dispatch_uid="branches_merge")
        handed_in.connect(ring, dispatch_uid="branches_checks")
        register_protection("base of an open proposal", bases_of_unsettled)
        register_credits("proposals", coauthors_of)
        filling.connect(suggest_samples, dispatch_uid="branches_samples")
        outbox.register("proposals", look_again_after)
