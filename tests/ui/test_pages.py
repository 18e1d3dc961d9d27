"""The frame of every page, the error pages and the gallery."""

import re
from types import SimpleNamespace

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.template.loader import get_template, render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse
from django.views import defaults
from django.views.csrf import csrf_failure

from tests.ui.conftest import Elements
from ui import gallery
from ui.forms import CleanText, NhsForm
from ui.shapes import NavItem
from ui.templatetags import charts, nhsuk, text


@pytest.fixture
def request_of_nobody(rf: RequestFactory) -> HttpRequest:
    request = rf.get("/")
    request.user = AnonymousUser()
    request.session = {}
    return request


class Ask(NhsForm):
    """One question."""

    name = CleanText(label="Name")


def page(request: HttpRequest, template: str = "layouts/form.html", **context: object) -> str:
    return render_to_string(template, context, request)


class TestFrame:
    def test_the_title_names_the_page_and_the_service(self, request_of_nobody: HttpRequest) -> None:
        assert "<title>Page not found - Widen the Tent</title>" in page(
            request_of_nobody, "404.html"
        )

    def test_the_title_of_a_faulty_form_begins_with_error(
        self, request_of_nobody: HttpRequest
    ) -> None:
        assert "<title>Error: " in page(request_of_nobody, form=Ask({}))
        assert "<title>Error: " in page(request_of_nobody, "404.html", has_errors=True)
        assert "Error" not in page(request_of_nobody, form=Ask())

    def test_the_summary_stands_above_the_heading(self, request_of_nobody: HttpRequest) -> None:
        drawn = page(request_of_nobody, form=Ask({}))
        assert drawn.index("There is a problem") < drawn.index("<h1")
        assert drawn.count("There is a problem") == 1

    def test_there_is_no_logo_unless_it_is_switched_on(
        self, request_of_nobody: HttpRequest, settings: LazySettings
    ) -> None:
        assert "nhsuk-header__logo" not in page(request_of_nobody, "404.html")
        settings.SHOW_NHS_LOGO = True
        assert "nhsuk-header__logo" in page(request_of_nobody, "404.html")

    def test_a_demonstration_says_so_on_every_page(
        self, request_of_nobody: HttpRequest, settings: LazySettings
    ) -> None:
        assert "here are invented" not in page(request_of_nobody, "404.html")
        settings.DEMONSTRATION = True
        assert "People, practices and events here are invented." in page(
            request_of_nobody, "404.html"
        )

    def test_the_menu_and_the_account(self, request_of_nobody: HttpRequest) -> None:
        navigation = [
            NavItem(label="Home", url="/", current=True),
            NavItem(label="Events", url="/events/"),
        ]
        account = SimpleNamespace(name="Priya Nair", role="regional manager", url="")
        drawn = page(request_of_nobody, "404.html", navigation=navigation, account=account)
        assert drawn.count('aria-current="page"') == 1
        assert "Priya Nair, regional manager" in drawn
        [form] = Elements(drawn).with_attribute("class", "nhsuk-header__account-form")
        assert (form["method"], form["action"]) == ("post", reverse("accounts:sign-out"))

    def test_messages_become_banners(self, request_of_nobody: HttpRequest) -> None:
        messages = [Message(constants.SUCCESS, "Saved"), Message(constants.WARNING, "Late")]
        drawn = page(request_of_nobody, "404.html", messages=messages)
        assert drawn.count("nhsuk-notification-banner--success") == 1
        assert drawn.count("wt-banner--notice") == 1

    @pytest.mark.parametrize("template", ["404.html", "layouts/form.html", "ui/accessibility.html"])
    def test_nothing_is_inline(self, request_of_nobody: HttpRequest, template: str) -> None:
        drawn = page(request_of_nobody, template, form=Ask({}))
        assert re.search(r"<script(?![^>]*\bsrc=)", drawn) is None
        assert "<style" not in drawn
        assert not [
            name
            for _, attrs in Elements(drawn).found
            for name in attrs
            if name == "style" or name.startswith("on")
        ]

    def test_a_question_before_doing_something(self, request_of_nobody: HttpRequest) -> None:
        drawn = page(request_of_nobody, "layouts/confirm.html", form=Ask({}))
        assert drawn.count("<form") == 1
        assert 'name="csrfmiddlewaretoken"' in drawn
        assert 'href="#id_name"' in drawn


class TestErrorPages:
    def test_unknown_and_forbidden_are_plain_words(self, request_of_nobody: HttpRequest) -> None:
        unknown = defaults.page_not_found(request_of_nobody, Http404())
        assert unknown.status_code == 404
        assert b"Page not found" in unknown.content
        forbidden = defaults.permission_denied(
            request_of_nobody, PermissionDenied("Only reviewers decide. <b>")
        )
        assert forbidden.status_code == 403
        assert b"Only reviewers decide. &lt;b&gt;" in forbidden.content

    def test_an_expired_page_says_what_to_do(self, request_of_nobody: HttpRequest) -> None:
        answer = csrf_failure(request_of_nobody)
        assert answer.status_code == 403
        assert b"This page was open too long" in answer.content

    def test_faults_and_bad_requests_need_neither_request_nor_database(
        self, rf: RequestFactory
    ) -> None:
        """Without the django_db mark a query would fail this test."""
        fault = defaults.server_error(rf.get("/"))
        assert fault.status_code == 500
        assert b"Sorry, something went wrong" in fault.content
        bad = defaults.bad_request(rf.get("/"), Exception())
        assert bad.status_code == 400
        assert b"We could not read that" in bad.content

    def test_a_database_that_is_away_is_said_with_a_time_to_come_back(self, client: Client) -> None:
        client.raise_request_exception = False
        away = client.get("/falls-over/?away")
        assert (away.status_code, away.headers["Retry-After"]) == (503, "30")
        assert b"The service is not available" in away.content
        assert client.get("/falls-over/").status_code == 500


def sources_of_examples() -> str:
    return " ".join(
        get_template(f"ui/examples/{slug}.html").template.source for slug in gallery.EXAMPLES
    )


class TestGallery:
    @pytest.fixture
    def shown(self, client: Client, settings: LazySettings) -> str:
        settings.DEMONSTRATION = True
        return client.get("/components/").content.decode()

    def test_it_is_unknown_where_the_service_is_really_used(self, client: Client) -> None:
        assert client.get("/components/").status_code == 404

    def test_it_shows_every_component(self) -> None:
        known = {*nhsuk.register.tags, *charts.register.tags} - {
            "service",
            "control",
            "error_summary_of",
        }
        sources = sources_of_examples()
        assert {
            name
            for name in known
            if f"{{% {name} " not in sources and f"{{% {name} %" not in sources
        } == set()

    def test_every_example_is_drawn(self, shown: str) -> None:
        for name in gallery.EXAMPLES.values():
            assert f">{name}</h2>" in shown

    def test_no_id_is_used_twice(self, shown: str) -> None:
        ids = Elements(shown).values("id")
        assert sorted({anchor for anchor in ids if ids.count(anchor) > 1}) == []

    def test_filters_have_examples_too(self) -> None:
        sources = sources_of_examples()
        assert {name for name in text.register.filters if f"|{name}" not in sources} == set()


def test_anybody_can_read_how_accessible_the_service_is(client: Client) -> None:
    answer = client.get("/accessibility/")
    assert answer.status_code == 200
    assert b"Web Content Accessibility Guidelines" in answer.content
