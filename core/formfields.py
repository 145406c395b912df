"""What a bound form field needs to be drawn: its kind, ids, hint, error, options and what they reveal."""

from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.display import told

KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.HiddenInput, "hidden"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
    (forms.PasswordInput, "password"),
    (forms.Textarea, "textarea"),
    (forms.Select, "select"),
    (forms.MultiWidget, "parts"),
    (forms.FileInput, "file"),
)
CONTROL = {"textarea": "govuk-textarea", "select": "govuk-select", "file": "govuk-file-upload"}
# Django writes its own number of lines where a form says none; ours is shorter.
DJANGO_ROWS, USUAL_ROWS = "10", "4"
GROUPS = {"radios", "checkboxes", "parts"}


def kind_of(bound: BoundField) -> str:
    """Return which control draws this field."""
    widget = bound.field.widget
    return next((kind for base, kind in KINDS if isinstance(widget, base)), "input")


def described(bound: BoundField, **options: Any) -> dict[str, Any]:
    """Return all that components/field.html shows.

    Options: label, hint, width (2, 3, 4, 5, 10, 20, 30), optional (writes "(optional)"), columns (options side by
    side), large (the label as a heading), rows, hide_label, placeholder.
    """
    kind = kind_of(bound)
    ids = {"hint": f"{bound.auto_id}-hint", "error": f"{bound.auto_id}-error"}
    hint = options.get("hint") or bound.help_text
    about = " ".join(ids[name] for name, there in (("hint", hint), ("error", bound.errors)) if there)
    attrs = {"class": _classes(bound, kind, options), **({"aria-describedby": about} if about else {})}
    return {
        "field": bound,
        "messages": messages_of(bound),
        "kind": kind,
        "grouped": kind in GROUPS,
        "label": options.get("label") or bound.label,
        "hint": hint,
        "ids": ids,
        "about": about,
        "control": _control(bound, kind, attrs, options),
        "options": _options(bound) if kind in {"radios", "checkboxes"} else [],
        "glyphs": bool(getattr(bound.field.widget, "glyphs", None)),
        **{name: options.get(name) for name in ("columns", "large", "optional", "hide_label", "after")},
    }


def _classes(bound: BoundField, kind: str, options: dict[str, Any]) -> str:
    base = CONTROL.get(kind, "govuk-input")
    found = [base, str(bound.field.widget.attrs.get("class", ""))]
    if bound.errors:
        found.append(f"{base}--error")
    if width := options.get("width"):
        found.append(f"govuk-input--width-{width}")
    if kind == "password":
        found.append("govuk-password-input__input")
    return " ".join(filter(None, found))


def _control(bound: BoundField, kind: str, attrs: dict[str, Any], options: dict[str, Any]) -> SafeString | str:
    """Draw the control itself where Django's own widget does; options are drawn one by one instead."""
    if kind in {"radios", "checkboxes", "checkbox"}:
        return ""
    if bound.errors:
        attrs["aria-invalid"] = "true"
    if kind == "password":
        bound.field.widget.attrs.pop("placeholder", None)
    if kind == "textarea":
        rows = bound.field.widget.attrs.get("rows", DJANGO_ROWS)
        attrs["rows"] = USUAL_ROWS if rows == DJANGO_ROWS else str(rows)
    for name in ("rows", "placeholder"):
        if options.get(name):
            attrs[name] = str(options[name])
    return bound.as_widget(attrs=attrs)


def _options(bound: BoundField) -> list[dict[str, Any]]:
    """Return each option with its hint, glyph and the fields it reveals, as the widget names them."""
    widget = bound.field.widget
    hints, glyphs = getattr(widget, "hints", {}), getattr(widget, "glyphs", {})
    reveals = getattr(widget, "reveals", {})
    found = []
    for option in bound.subwidgets:
        value = str(option.data["value"])
        shown = [bound.form[name] for name in reveals.get(value, ()) if name in bound.form.fields]
        found.append(
            {
                "id": option.id_for_label,
                "name": option.data["name"],
                "value": value,
                "label": option.choice_label,
                "checked": option.data["selected"],
                "disabled": option.data["attrs"].get("disabled", False),
                "hint": hints.get(value, ""),
                "glyph": glyphs.get(value, ""),
                "reveals": shown,
            }
        )
    return found


def messages_of(bound: BoundField, *, named: bool = False) -> list[str]:
    """Return what to do about a field; an empty one says its own name, `named` puts the name before all others."""
    lines = []
    for error in bound.errors.as_data():
        empty = error.code in {"required", "incomplete"}
        said = _empty(bound) if empty else strip_tags(" ".join(error.messages))
        lines.append(said if empty or not named else told(bound.label, said))
    return lines


def _empty(bound: BoundField) -> str:
    chosen = kind_of(bound) in {"radios", "checkboxes", "select"}
    return (_("Choose: %(label)s") if chosen else _("Fill in: %(label)s")) % {"label": bound.label}


def errors_of(form: Any) -> list[dict[str, str]]:
    """Return every message of a form with the id of the control it is about, in the order of the fields."""
    if hasattr(form, "forms"):
        return [line for one in form.forms for line in errors_of(one)] + _general(form.non_form_errors(), form)
    if not getattr(form, "is_bound", False):
        return []
    lines = _general(form.non_field_errors(), form)
    for name in form.fields:
        bound = form[name]
        lines += [{"id": target(bound), "message": line} for line in messages_of(bound, named=True)]
    return lines


def _general(messages: Any, form: Any) -> list[dict[str, str]]:
    return [{"id": "", "message": str(message)} for message in messages]


def target(bound: BoundField) -> str:
    """Return the id of the control that a link in the error summary goes to."""
    if kind_of(bound) in {"radios", "checkboxes"}:
        options = bound.subwidgets
        return str(options[0].id_for_label) if options else str(bound.auto_id)
    if kind_of(bound) == "parts":
        return f"{bound.auto_id}_0"
    return str(bound.id_for_label or bound.auto_id)
