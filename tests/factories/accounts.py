"""Users, postings, duties and grants as tests need them."""

from datetime import timedelta
from typing import Any

import factory
from django.utils import timezone

from accounts.models import Duty, Grant, Posting, User

PASSWORD = "sangkroh-demo"
PSH, PP, KANDAL, MINISTRY = "18", "12", "08", "00"


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"person{n}")
    name = factory.Sequence(lambda n: f"Person {n}")
    name_km = "មនុស្ស"
    email = factory.LazyAttribute(lambda user: f"{user.username}@example.org")
    role = "officer"

    @factory.post_generation
    def password(self, create: bool, value: str | None, **rest: Any) -> None:
        self.set_password(value or PASSWORD)
        if create:
            self.save(update_fields=["password"])


def officer_of(province: str, *, username: str = "", lead: bool = True, duty: bool = True, **rest: Any) -> User:
    """Make an officer posted (as lead) to a province since a year, on duty without end."""
    user = UserFactory(role="officer", **({"username": username} if username else {}), **rest)
    PostingFactory(user=user, province_id=province, lead=lead)
    if duty:
        DutyFactory(user=user, province_id=province)
    return user


class PostingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Posting

    user = factory.SubFactory(UserFactory)
    province_id = PSH
    from_on = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=365))


class DutyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Duty

    user = factory.SubFactory(UserFactory)
    province_id = PSH
    from_at = factory.LazyFunction(lambda: timezone.now() - timedelta(days=365))


class GrantFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Grant

    kind = "referral"
    from_at = factory.LazyFunction(lambda: timezone.now() - timedelta(days=1))
