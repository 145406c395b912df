"""Load the table of steps with the models, and what follows a consent taken back, somebody moved on, a partner that rests or serves others."""

from importlib import import_module

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "referrals"

    def ready(self) -> None:
        import_module("referrals.workflow")
        import_module("referrals.due")
        import_module("referrals.kept_list")
        import_module("referrals.services.follow")
        import_module("referrals.services.resting")
        import_module("referrals.services.served")
