"""Pages about the pages: how accessible they are, and the gallery of components (off production)."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ui import gallery


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What was tested, how, and what to do when a page gets in somebody's way."""
    return render(request, "ui/accessibility.html")


@login_not_required
@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Every component with its examples; unknown where the service is really used."""
    if not (settings.DEBUG or settings.DEMONSTRATION):
        raise Http404
    return render(request, "ui/components.html", gallery.context(request))
