"""Whether somebody may be written to, as the manager records it who speaks with them."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.permissions import require
from accounts.roles import Permission
from engagement.access import may_change_contact
from plans.queries.footprints import footprints_of
from stakeholders.actions.people import permit_contact
from stakeholders.forms.colleagues import ContactForm
from stakeholders.queries.organisation import organisation_with_code, person_at


@require_http_methods(["GET", "HEAD", "POST"])
@require(Permission.LOG_ENGAGEMENT)
def contact(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Somebody asked not to be written to, or allows it again; no message goes to them meanwhile."""
    today = timezone.localdate()
    organisation = organisation_with_code(code)
    footprints = footprints_of(organisation.pk, day=today)
    person = person_at(organisation, pk, today=today)
    may = may_change_contact(request.user, organisation.pk, footprints, today=today)
    if person is None or not may:
        message = "Nobody with this number is shown to you here."
        raise Http404(message)
    back_url = reverse("engagement:organisation", args=[organisation.code])
    initial = {"permitted": "yes" if person.contact_permitted else "no"}
    form = ContactForm(request.POST or None, initial=initial)
    if form.is_valid():
        permit_contact(person=person, by=request.user, now=timezone.now(), **form.cleaned_data)
        words = "may be written to" if form.cleaned_data["permitted"] else "is not written to"
        messages.success(request, f"{person.name} {words}.")
        return redirect(back_url)
    context = {"organisation": organisation, "person": person, "form": form, "back_url": back_url}
    return render(request, "engagement/organisations/contact.html", context)
