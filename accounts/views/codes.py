"""Signing in by a code that is e-mailed, in place of the password. It replaces no second factor."""

import logging
from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.views import ConfirmLoginCodeView, RequestLoginCodeView
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from accounts import carried
from accounts.actions import signing_in
from accounts.forms import EnterCodeForm, RequestCodeForm
from accounts.throttle import allow, refused
from accounts.views.sign_in import StartsAnew

log = logging.getLogger(__name__)


class RequestCode(StartsAnew, RequestLoginCodeView):
    """Where to? Known, unknown and suspended get a mail each, and the same page."""

    template_name = "account/request_code.html"
    form_class = RequestCodeForm

    def form_valid(self, form: RequestCodeForm) -> HttpResponse:
        request, address, person = self.request, form.cleaned_data["email"], form.person
        if not allow(request, "request_login_code", address):
            return refused(request)
        carried.keep(request, form.cleaned_data["kept"], self.get_next_url() or "/")
        LoginCodeVerificationProcess.initiate(request=request, user=person, email=address)
        if person:
            signing_in.note_code_sent(to=person, now=timezone.now())
        else:
            get_adapter().send_mail("account/email/unknown_account", address, {})
        onward = self.get_next_url()
        enter = reverse("account_confirm_login_code")
        return HttpResponseRedirect(f"{enter}?{urlencode({'next': onward})}" if onward else enter)


class EnterCode(ConfirmLoginCodeView):
    """The code. Three wrong ones end it, and ten in five minutes close the door for the address."""

    template_name = "account/enter_code.html"
    form_class = EnterCodeForm

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        address = self._process.state.get("email", "")
        if not allow(request, "enter_code", address):
            return refused(request)
        return super().post(request, *args, **kwargs)

    def form_invalid(self, form: EnterCodeForm) -> HttpResponse:
        guessed = str(form["code"].data or "").strip()
        if guessed:
            log.warning("A sign-in code was refused.")
        if not guessed or self._process.record_invalid_attempt():
            return self.render_to_response(self.get_context_data(form=form))
        messages.error(self.request, "That was the third wrong code. Ask for a new one.")
        return HttpResponseRedirect(reverse("account_request_login_code"))
