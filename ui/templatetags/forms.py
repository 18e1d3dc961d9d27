"""Drawing form fields: used by the `nhsuk` template pack and, through `crispy_field`, by page templates."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django import forms, template
from django.forms.boundfield import BoundField
from django.forms.formsets import BaseFormSet
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from ui import widgets
from ui.forms import error_links
from ui.shapes import Link

register = template.Library()

KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
    (forms.Select, "select"),
    (widgets.CountedTextarea, "counted"),
    (forms.Textarea, "textarea"),
    (forms.FileInput, "file"),
    (forms.PasswordInput, "password"),
    (widgets.SearchBox, "search"),
)


@dataclass(frozen=True)
class Option:
    """One radio or checkbox as its template needs it."""

    id: str
    name: str
    value: object
    label: object
    checked: bool
    disabled: bool
    hint: str
    revealed: BoundField | None


@register.filter
def field_template(bound: BoundField) -> str:
    """Which template of the pack draws this field; everything unknown is drawn as a text box."""
    kind = next((kind for widget, kind in KINDS if isinstance(bound.field.widget, widget)), "text")
    return f"nhsuk/fields/{kind}.html"


@register.filter
def crispy_field(bound: BoundField) -> SafeString:
    """`{{ form.channel|crispy_field }}`: one field with label, hint and error."""
    return render_to_string("nhsuk/field.html", {"field": bound})


@register.filter
def options(bound: BoundField) -> Iterator[Option]:
    """The choices of radios or checkboxes, with what belongs to each."""
    widget = bound.field.widget
    hints, reveals = getattr(widget, "hints", {}), getattr(widget, "reveals", {})
    for choice in bound.subwidgets:
        value = str(choice.data["value"])
        yield Option(
            id=choice.data["attrs"]["id"],
            name=choice.data["name"],
            value=choice.data["value"],
            label=choice.data["label"],
            checked=choice.data["selected"],
            disabled=bool(choice.data["attrs"].get("disabled")),
            hint=hints.get(value, ""),
            revealed=bound.form[reveals[value]] if value in reveals else None,
        )


@register.simple_tag
def control(bound: BoundField, base: str, extra: str = "") -> SafeString:
    """The bare control with the classes of its component; `extra` are further classes such as script hooks."""
    widget = bound.field.widget
    classes = [base, extra, widget.attrs.get("class", "")]
    if bound.errors:
        classes.append(f"{base}--error")
    if width := getattr(widget, "width", None):
        classes.append(f"nhsuk-input--width-{width}")
    attrs: dict[str, str | bool] = {"class": " ".join(filter(None, classes))}
    if isinstance(widget, widgets.CountedTextarea):
        attrs["aria-describedby"] = f"{bound.aria_describedby or ''} {bound.auto_id}-info".strip()
    return bound.as_widget(attrs=attrs)


@register.simple_tag
def error_summary(form: forms.BaseForm, *, formset: BaseFormSet | None = None) -> SafeString:
    """What is wrong, each line leading to its field; nothing while nothing is wrong."""
    problems = list(error_links(form)) if form.is_bound else []
    if formset is not None and formset.is_bound:
        problems += [Link(str(message), "") for message in formset.non_form_errors()]
        problems += [problem for one in formset.forms for problem in error_links(one)]
    return error_summary_of(problems)


@register.simple_tag
def error_summary_of(problems: Sequence[Link | str]) -> SafeString:
    """The same for problems that do not come from one form."""
    if not problems:
        return SafeString("")
    lines = [problem if isinstance(problem, Link) else Link(problem, "") for problem in problems]
    return render_to_string("components/error_summary.html", {"problems": lines})


@register.simple_tag
def filter_form(
    form: forms.BaseForm,
    label: str,
    *,
    button: str = "Apply",
    clear_url: str = "",
    action: str = "",
) -> SafeString:
    """Filters on one line, sent in the address so that a filtered page can be bookmarked."""
    values = {
        "form": form,
        "label": label,
        "button_text": button,
        "clear_url": clear_url,
        "action": action,
    }
    return render_to_string("components/filter_form.html", values)
