"""A text field with suggestions: types like any other without JavaScript, offers names with it."""

from typing import Any

from django import forms
from django.urls import reverse_lazy


class Suggested(forms.TextInput):
    """Offer names from `route` while typing; `of` names the fields whose values narrow them."""

    template_name = "provinces/suggested.html"

    def __init__(self, route: str, of: tuple[str, ...] = (), attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", **(attrs or {})})
        self.route, self.of = reverse_lazy(route), of

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        options = f"{context['widget']['attrs'].get('id') or f'id_{name}'}-names"
        named = ("typed", name), *(("above", field) for field in self.of)
        context["options"] = options
        context["widget"]["attrs"] |= {
            "list": options,
            "hx-get": f"{self.route}?" + "&".join(f"{key}={value}" for key, value in named),
            "hx-trigger": "focus, input changed delay:250ms",
            "hx-include": ", ".join(f"[name='{field}']" for field in self.of) or "this",
            "hx-target": f"#{options}",
            "hx-sync": "this:replace",
        }
        return context
