"""Fields that read what was typed and judge nothing: the rules are a service's."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy as _

from core.countries import country_code, country_name
from core.text import ascii_digits, refuse_broken

_WHOLE = re.compile(r"[0-9]{1,9}")


class Typed(forms.Form):
    """A form that can show what was typed without judging it (`judge=False`): drafts, added rows, another province."""

    def __init__(self, *args: Any, judge: bool = True, **options: Any) -> None:
        self.judge = judge
        super().__init__(*args, **options)

    def full_clean(self) -> None:
        """Judge only when asked to."""
        if self.judge:
            super().full_clean()
        else:
            self._errors, self.cleaned_data = ErrorDict(), {}

    def said(self, name: str, default: Any = "") -> Any:
        """Return a cleaned value, the default where it could not be read."""
        value = self.cleaned_data.get(name, default)
        return default if value is None else value


class Words(forms.Field):
    """A text as it was typed; only what no column can hold is refused."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"required": False, **options})

    def to_python(self, value: Any) -> str:
        text = "" if value is None else str(value)
        refuse_broken(text)
        return text


class Choice(Words):
    """One of a list; whether it may be is the service's to say."""

    widget = forms.Select

    def __init__(self, choices: Any = (), **options: Any) -> None:
        super().__init__(**options)
        self.widget.choices = choices


class Several(forms.Field):
    """Several of a list."""

    def __init__(self, choices: Any, **options: Any) -> None:
        super().__init__(**{"required": False, **options})
        self.widget.choices = choices

    def to_python(self, value: Any) -> tuple[str, ...]:
        texts = tuple(str(item) for item in value or ())
        for text in texts:
            refuse_broken(text)
        return texts


class Whole(forms.Field):
    """A whole number in Khmer or ASCII digits."""

    def __init__(self, *args: Any, **options: Any) -> None:
        widget = forms.TextInput({"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(*args, **{"required": False, "widget": widget, **options})

    def to_python(self, value: Any) -> int | None:
        text = ascii_digits("" if value is None else str(value)).strip()
        if not text:
            return None
        if not _WHOLE.fullmatch(text):
            raise ValidationError(_("Write a number, like 9."), code="invalid")
        return int(text)


class CountryInput(forms.TextInput):
    """A country by its name; the page holds one list of names for all of them."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"list": "countries", "autocomplete": "off", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        return country_name(str(value)) if value else None


class Country(Words):
    """A country or nationality, typed in either language or as a code; cleaned to alpha-2."""

    widget = CountryInput

    def to_python(self, value: Any) -> str:
        return country_code(super().to_python(value))
