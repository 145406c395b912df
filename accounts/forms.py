"""The shapes of input: signing in, one's own account, accounts, postings, duties."""

from datetime import UTC, datetime
from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.lockout import tell
from accounts.models import User
from accounts.roles import ASSIGNABLE, ROLES
from core import text
from core.forms import DayField, MomentField
from core.typed import Choice
from partners.choices import partner_choices
from provinces.models import Province

BROKEN = {"null_characters_not_allowed", "max_length", "broken"}
FIRST, LAST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
DAYS = [MinValueValidator(FIRST.date()), MaxValueValidator(LAST.date())]
MOMENTS = [MinValueValidator(FIRST), MaxValueValidator(LAST)]


def role_choices() -> list[tuple[str, Any]]:
    """List the roles an administrator may give."""
    return [(name, ROLES[name].label) for name in ASSIGNABLE]


class SignInForm(LoginForm):  # type: ignore[misc]
    """User name and password; says how many tries are left, never which of the two was wrong."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("User name")
        self.fields["login"].widget.attrs = {
            "autocomplete": "username",
            "autocapitalize": "none",
            "spellcheck": "false",
        }
        self.fields["password"] = password_field(_("Password"), "current-password")

    @property
    def is_broken(self) -> bool:
        """Say whether something was sent that nobody types: NUL bytes, a megabyte."""
        return any(error.code in BROKEN for errors in self.errors.as_data().values() for error in errors)

    def clean_login(self) -> str:
        """Refuse what no column can hold; names are lower case."""
        return text.clean(super().clean_login()).lower()

    def clean(self) -> Any:
        """Check the password and say, when it was wrong, how many tries are left."""
        try:
            return super().clean()
        except ValidationError as error:
            limit = settings.AXES_FAILURE_LIMIT
            left = limit - (getattr(self.request, "axes_failures_since_start", None) or limit)
            words = ngettext(
                "One try left, then 15 minutes’ pause.", "%(count)s tries left, then 15 minutes’ pause.", left
            )
            tries = [ValidationError(words % {"count": left}, code="tries")] if left > 0 else []
            raise ValidationError([error, *tries]) from error


def password_field(label: Any, autocomplete: str) -> forms.CharField:
    """Make a field for a password: nothing is stripped, nothing longer than a person types."""
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, max_length=128, strip=False, widget=widget)


class OwnPasswordForm(ChangePasswordForm):  # type: ignore[misc]
    """A new password of one's own, other than the one before."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"] = password_field(_("Password until now"), "current-password")
        self.fields["password1"].label = _("New password")
        self.fields["password2"] = password_field(_("New password once more"), "new-password")

    def clean_password1(self) -> str:
        """Refuse the old one: a first password was known to somebody else."""
        password = str(self.cleaned_data["password1"])
        if self.user is not None and self.user.check_password(password):
            raise ValidationError(_("Choose another password than the one until now."))
        return password


class CodeMixin:
    """A code of six digits, Khmer digits too; a wrong one is told to the audit."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        attrs = {"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"}
        widget = forms.TextInput(attrs=attrs)
        self.fields["code"] = forms.CharField(label=_("Code"), max_length=40, widget=widget)  # type: ignore[attr-defined]

    def clean_code(self) -> str:
        """Read Khmer digits as digits, then check."""
        self.cleaned_data["code"] = text.ascii_digits(self.cleaned_data["code"]).strip()  # type: ignore[attr-defined]
        try:
            return str(super().clean_code())  # type: ignore[misc]
        except ValidationError:
            tell(context.request, "second_factor", about=self.user, outcome="failed")  # type: ignore[attr-defined]
            raise


class CodeForm(CodeMixin, AuthenticateForm):  # type: ignore[misc]
    """The second step of signing in."""


class CodeAgainForm(CodeMixin, ReauthenticateForm):  # type: ignore[misc]
    """The code once more before something that matters."""


class EnrolForm(CodeMixin, ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a new authenticator application."""


class CleanCharField(forms.CharField):
    """A line of text in Khmer or Latin script, without control or direction characters."""

    def to_python(self, value: Any) -> str:
        """Clean before anything else checks it."""
        return text.clean(str(value)) if value not in self.empty_values else ""


class UserForm(forms.ModelForm[User]):
    """An account as the administrator writes it."""

    name = CleanCharField(label=_("Name in Latin letters"), max_length=120)
    name_km = CleanCharField(label=_("Name in Khmer"), max_length=120, required=False)
    duty_phone = CleanCharField(
        label=_("Telephone on duty"),
        help_text=_(
            "An office’s number. The hotline and the supervisors see it, to ring this person about a complaint."
        ),
        max_length=40,
        required=False,
        widget=forms.TextInput({"inputmode": "tel"}),
    )
    role = forms.ChoiceField(label=_("Role"), choices=role_choices)
    partner_id = Choice(
        label=_("Partner organisation"),
        help_text=_("Only for the role of a partner: it sees what is referred to this one."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    class Meta:
        model = User
        fields = ("username", "name", "name_km", "email", "duty_phone", "role", "partner_id")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["partner_id"].widget.choices = [("", _("None")), *partner_choices()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask a partner whose it is; nobody else is anybody's, whatever was sent."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("role") != User.Role.PARTNER:
            data["partner_id"] = ""
        elif data.get("partner_id") not in dict(partner_choices()):
            self.add_error("partner_id", _("Choose the partner this person works for."))
        return data

    def clean_username(self) -> str:
        """Names to sign in with are lower case."""
        return str(self.cleaned_data["username"]).lower()


class EditUserForm(UserForm):
    """The same without the name to sign in with, which never changes."""

    class Meta(UserForm.Meta):
        fields = ("name", "name_km", "email", "duty_phone", "role", "partner_id")  # type: ignore[assignment]


class UserFilterForm(forms.Form):
    """Which accounts to list."""

    q = CleanCharField(label=_("Name or user name"), max_length=60, required=False)
    role = forms.ChoiceField(label=_("Role"), choices=lambda: [("", _("Every role")), *role_choices()], required=False)
    inactive = forms.BooleanField(label=_("Show inactive accounts too"), required=False)


class WhyForm(forms.Form):
    """A reason, which is recorded."""

    why = CleanCharField(label=_("Why"), max_length=200)


class PostingForm(forms.Form):
    """Where, from when until when, and whether as lead; the service knows whom it is for and checks."""

    province = forms.ModelChoiceField(label=_("Province"), queryset=Province.objects.choosable())
    from_on = DayField(label=_("From"), initial=timezone.localdate, validators=DAYS)
    until_on = DayField(label=_("Until, included"), required=False, validators=DAYS)
    lead = forms.BooleanField(label=_("Leads the province"), required=False)


class EndPostingForm(forms.Form):
    """The last day of a posting."""

    until_on = DayField(label=_("Last day"), validators=DAYS)


class DutyForm(forms.Form):
    """Who is on duty, from when until when (empty: without end)."""

    user = forms.ModelChoiceField(label=_("Who"), queryset=User.objects.none())
    from_at = MomentField(label=_("From"), initial=timezone.localtime, validators=MOMENTS)
    until_at = MomentField(label=_("Until"), required=False, validators=MOMENTS)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = people  # type: ignore[attr-defined]


class DeputyForm(forms.Form):
    """Who stands in for oneself, and on which days."""

    deputy = forms.ModelChoiceField(label=_("Who stands in for you"), queryset=User.objects.none())
    from_on = DayField(label=_("From"), initial=timezone.localdate, validators=DAYS)
    until_on = DayField(label=_("Until, included"), validators=DAYS)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["deputy"].queryset = people  # type: ignore[attr-defined]

    def take(self, error: ValidationError) -> None:
        """Put the service's messages at their fields."""
        for name, found in error.message_dict.items():
            self.add_error(name if name in self.fields else None, found)  # type: ignore[arg-type]


class DisplayForm(forms.Form):
    """A person's own choice of language and digits."""

    language = forms.ChoiceField(
        label=_("Language"),
        choices=[("", _("As the browser asks")), *User.Language.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    digits = forms.ChoiceField(
        label=_("Digits"),
        choices=[("", _("As the language has them")), *User.Digits.choices],
        required=False,
        widget=forms.RadioSelect,
    )


class TokenForm(forms.Form):
    """How long a token lasts."""

    days = forms.TypedChoiceField(
        label=_("Ends after"),
        coerce=int,
        choices=[(30, _("30 days")), (90, _("90 days")), (365, _("One year"))],
        initial=90,
    )
