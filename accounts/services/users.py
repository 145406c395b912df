"""Make, change and end accounts."""

import secrets
from datetime import timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Duty, Grant, Posting, User
from accounts.roles import ROLES
from accounts.services.tokens import revoke_tokens
from audit.services import record
from core.exceptions import Conflict

WORD = "23456789abcdefghjkmnpqrstuvwxyz"
EDITABLE = ("name", "name_km", "email", "duty_phone", "role", "partner_id")


def system_user() -> User:
    """Give the named user that scheduled work and bulk loads act as; it never signs in."""
    user: User
    user, _made = User.objects.get_or_create(
        role=User.Role.SYSTEM,
        defaults={"username": "system", "name": "System", "name_km": "ប្រព័ន្ធ", "password": "!"},
    )
    return user


def new_password() -> str:
    """Make a first password of about 79 bits that can be read over a telephone."""
    return "-".join("".join(secrets.choice(WORD) for _ in range(4)) for _ in range(4))


@transaction.atomic
def create_user(*, by: User, username: str, role: str, password: str = "", **rest: Any) -> tuple[User, str]:
    """Make an account; returns it and its first password, which is shown once and changed at the first sign-in."""
    password = password or new_password()
    user = User(username=username.lower(), role=role, must_change_password=True, **rest)
    user.set_password(password)
    user.full_clean()
    user.save(force_insert=True)
    record("user_created", by=by, about=user, detail={"role": role})
    return user, password


@transaction.atomic
def edit_user(user: User, *, by: User, version: int, **values: Any) -> User:
    """Change an account; a new role ends its sessions, tokens and, where the role has none, its postings."""
    user = locked(user)
    if user.version != version:
        theirs = {name: getattr(user, name) for name in EDITABLE}
        raise Conflict(_("Somebody changed this account since you opened it."), theirs=theirs)
    changed = sorted(name for name in EDITABLE if name in values and getattr(user, name) != values[name])
    if not changed:
        return user
    before = user.role
    if "role" in changed:
        refuse_oneself(user, by)
        if not ROLES[values["role"]].is_posted:
            end_service(user, by=by)
        end_namings(user, by=by)
    for name in changed:
        setattr(user, name, values[name])
    if "role" in changed:
        end_sessions(user)
    save(user, *changed)
    roles = {"before": before, "after": user.role} if "role" in changed else {}
    record("user_edited", by=by, about=user, detail={"fields": changed, **roles})
    return user


@transaction.atomic
def deactivate(user: User, *, by: User) -> User:
    """End an account: sessions, tokens, postings and duties too. Its acts stay under its name."""
    user = locked(user)
    refuse_oneself(user, by)
    if not user.is_active:
        raise Conflict(_("This account is inactive already."))
    end_service(user, by=by)
    end_namings(user, by=by)
    user.is_active, user.deactivated_at = False, timezone.now()
    end_sessions(user)
    save(user, "is_active", "deactivated_at")
    record("user_deactivated", by=by, about=user)
    return user


@transaction.atomic
def reactivate(user: User, *, by: User) -> tuple[User, str]:
    """Open an account again with a new first password; postings are made anew."""
    user = locked(user)
    if user.is_active:
        raise Conflict(_("This account is active already."))
    user.is_active, user.deactivated_at = True, None
    save(user, "is_active", "deactivated_at")
    record("user_reactivated", by=by, about=user)
    return reset_password(user, by=by)


@transaction.atomic
def reset_password(user: User, *, by: User) -> tuple[User, str]:
    """Give a new first password, shown once; sessions, tokens and lockouts end."""
    user = locked(user)
    refuse_oneself(user, by)
    password = new_password()
    user.set_password(password)
    user.must_change_password = True
    end_sessions(user)
    save(user, "password", "must_change_password")
    AccessAttempt.objects.filter(username=user.username).delete()
    record("password_reset", by=by, about=user)
    return user, password


@transaction.atomic
def reset_second_factor(user: User, *, by: User, why: str) -> User:
    """Remove a lost authenticator; the next sign-in must enrol a new one. Of `why` only that it was given is recorded."""
    user = locked(user)
    refuse_oneself(user, by)
    said = f"reason given ({len(why)} characters)"  # typed words may name a person
    removed, _rows = Authenticator.objects.filter(user=user).delete()
    end_sessions(user)
    save(user)
    record("second_factor_reset", by=by, about=user, purpose=said, detail={"removed": removed})
    return user


@transaction.atomic
def end_other_sessions(user: User) -> User:
    """End every session of a person; the caller renews the one it is asked in."""
    user = locked(user)
    user.session_epoch += 1
    save(user, "session_epoch")
    record("sessions_ended", by=user, about=user)
    return user


@transaction.atomic
def choose_display(user: User, **values: str) -> None:
    """Store a person's own choice of language or digits."""
    for name in values.keys() & {"language", "digits"}:
        setattr(user, name, values[name])
    user.full_clean(exclude=["password"], validate_constraints=False)
    user.save(update_fields=["language", "digits"])


@transaction.atomic
def first_admin(*, username: str, name: str, name_km: str = "") -> tuple[User, str]:
    """Make the first administrator, once; Conflict when there is one, also for the slower of two at once."""
    User.objects.select_for_update().get(pk=system_user().pk)
    if User.objects.filter(role=User.Role.ADMIN).exists():
        raise Conflict(_("There is an administrator already. Sign in as one and make further accounts there."))
    return create_user(by=system_user(), username=username, role=User.Role.ADMIN, name=name, name_km=name_km)


def locked(user: User) -> User:
    """Read an account again under a lock."""
    row: User = User.objects.people().select_for_update(no_key=True).get(pk=user.pk)
    return row


def refuse_oneself(user: User, by: User) -> None:
    """Raise ValidationError where somebody would change their own rights."""
    if user.pk == by.pk:
        raise ValidationError(_("Another administrator has to do this: nobody changes their own access."))


def end_sessions(user: User) -> None:
    """End every session and token at the next request."""
    user.session_epoch += 1
    revoke_tokens(user)


def end_service(user: User, *, by: User) -> None:
    """End postings as of yesterday, later ones altogether, and duties now; the roster keeps the past."""
    yesterday, now = timezone.localdate() - timedelta(days=1), timezone.now()
    running = Posting.objects.filter(user=user).active()
    ended = running.filter(from_on__lte=yesterday).update(until_on=yesterday)
    ended += Posting.objects.filter(user=user, from_on__gt=yesterday).delete()[0]
    Duty.objects.filter(user=user).active(now).update(until_at=now)
    Duty.objects.filter(user=user, from_at__gte=now).delete()
    if ended:
        record("postings_ended", by=by, about=user, detail={"postings": ended})


def end_namings(user: User, *, by: User) -> None:
    """End what was opened to this person by name: another role, or a return, is named anew."""
    now = timezone.now()
    ended = Grant.objects.active(now).filter(user=user).update(until_at=now)
    if ended:
        record("namings_ended", by=by, about=user, detail={"namings": ended})


def save(user: User, *fields: str) -> None:
    """Check and save what changed, and raise the version."""
    user.version += 1
    user.full_clean()
    user.save(update_fields=[*fields, "version", "session_epoch"])
