"""Files and links beside an answer: who may add, what is kept when something is wrong, who downloads."""

import datetime as dt
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import AuditEntry
from accounts.roles import Role
from engagement.actions.evidence import KeptFile, add_evidence
from engagement.models import Attestation, Evidence
from engagement.rules.evidence import NotALinkError, host_of, links_in
from files import disk
from files.actions import store
from files.models import Scan, StoredFile
from tests.factories import accounts, engagement, plans, stakeholders
from tests.files import samples

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2016, 9, 30, 12, tzinfo=dt.UTC)
LINK = "https://www.example.org/minutes?day=3"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def lmc():
    return stakeholders.lmc(name="Salford LMC")


@pytest.fixture
def event(lmc):
    ccg = stakeholders.commissioner()
    stakeholders.practice(ccg, represented_by=lmc)
    plan = plans.plan(plans.footprint(ccg, name="Alpha"))
    made = engagement.event(plan, recorded_by=plans.manager(plan.footprint))
    engagement.took_part(lmc, made)
    return made


@pytest.fixture
def lead(lmc):
    return stakeholders.representative(lmc)


def pdf(name: str = "minutes.pdf", content: bytes = samples.PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def answer(client, event, lmc, **said):
    facts = {"answer": "disputed", "words": "Nobody of ours was there."} | said
    return client.post(f"/events/{event.pk}/answer/{lmc.code}/", facts)


def test_files_and_links_go_with_the_answer_and_stand_on_the_page(client, event, lmc, lead) -> None:
    client.force_login(lead)
    sent = answer(client, event, lmc, links=LINK, file_1=pdf(), file_2=pdf("a.png", samples.PNG))

    assert sent.status_code == 302, sent.context["form"].errors
    assert [one.name for one in Evidence.objects.all()] == [
        "minutes.pdf",
        "a.png",
        "www.example.org",
    ]
    page = client.get(f"/events/{event.pk}/").text
    assert f'href="{LINK.replace("&", "&amp;")}"' in page
    assert "minutes.pdf" in page
    [entry] = AuditEntry.objects.filter(verb="evidence added")
    assert (entry.actor, entry.on_behalf_of) == (lead, str(lmc))
    assert entry.became["name"] == ["minutes.pdf", "a.png", "www.example.org"]


def test_when_one_file_is_refused_the_words_stay_and_the_good_one_need_not_be_chosen_again(
    client, event, lmc, lead
) -> None:
    client.force_login(lead)
    page = answer(client, event, lmc, links=LINK, file_1=pdf(), file_2=pdf("x.pdf", b"MZ program"))

    assert page.status_code == 200
    assert not Attestation.objects.exists()
    for kept in ("Nobody of ours was there.", LINK, "“x.pdf” is a program", "minutes.pdf, 1 kB"):
        assert kept in page.text
    token = re.search(r'name="kept" type="checkbox" value="([^"]+)" checked', page.text)
    assert token
    assert 'name="file_3"' not in page.text  # room for two more

    assert answer(client, event, lmc, links=LINK, kept=token[1]).status_code == 302
    assert Evidence.objects.filter(file__isnull=False).get().name == "minutes.pdf"


def test_a_kept_file_can_be_left_out_and_a_token_of_ones_own_making_is_nothing(
    client, event, lmc, lead
) -> None:
    client.force_login(lead)
    assert answer(client, event, lmc).status_code == 302
    assert not Evidence.objects.exists()
    forged = answer(client, event, lmc, words="Other words.", kept="WyJhIl0:forged:forged")
    assert "must be one of the choices listed" in forged.text


def test_a_full_disk_refuses_the_file_and_the_answer_can_go_without_it(
    client, event, lmc, lead, folder
) -> None:
    (folder / "arriving").write_text("in the way")
    client.force_login(lead)
    page = answer(client, event, lmc, file_1=pdf())
    assert "disk of this service is full" in page.text
    assert "Nobody of ours was there." in page.text
    assert answer(client, event, lmc).status_code == 302
    assert Attestation.objects.get().words == "Nobody of ours was there."


def test_a_file_over_ten_megabytes_is_a_sentence_on_the_form(client, event, lmc, lead) -> None:
    client.force_login(lead)
    big = pdf("big.pdf", samples.PDF + b"\0" * 10 * 1024**2)
    page = answer(client, event, lmc, file_1=big)
    assert page.status_code == 200
    assert "“big.pdf” is larger than 10 MB" in page.text


def test_what_is_absurdly_large_is_turned_away_before_it_is_read(client, event, lmc, lead) -> None:
    client.force_login(lead)
    path = f"/events/{event.pk}/answer/{lmc.code}/"
    early = client.generic("POST", path, b"", CONTENT_LENGTH=str(2**40))
    assert early.status_code == 413
    assert "too large" in early.text
    pasted = client.post(path, {"answer": "disputed", "words": "x" * 11 * 1024**2})
    assert pasted.status_code == 413
    within = client.post(path, {"answer": "disputed", "words": "x" * 3 * 1024**2})
    assert "must be 2,000 characters or fewer" in within.text


def test_the_same_evidence_twice_is_there_once(event, lmc, lead) -> None:
    said = engagement.dispute(lmc, event)
    kept = [KeptFile(stored=kept_file(), name="a.pdf")]
    for _ in range(2):
        add_evidence(attestation=said, files=kept, urls=[LINK, LINK], now=NOW)
    assert Evidence.objects.count() == 2
    assert AuditEntry.objects.filter(verb="evidence added").count() == 1
    assert add_evidence(attestation=said, now=NOW) == []


def kept_file() -> StoredFile:
    return store(pdf(), allowed=frozenset({"pdf"}), limit=10**6, now=NOW)


@pytest.fixture
def evidence(event, lmc):
    said = engagement.dispute(lmc, event)
    [made] = add_evidence(
        attestation=said, files=[KeptFile(stored=kept_file(), name="Beschluß “1”.pdf")], now=NOW
    )
    return made


def test_a_download_can_only_be_put_on_the_disk(client, evidence, lead) -> None:
    client.force_login(lead)
    got = client.get(f"/evidence/{evidence.pk}/")

    assert b"".join(got.streaming_content) == samples.PDF
    assert got["Content-Type"] == "application/pdf"
    said = got["Content-Disposition"]
    assert said.startswith("attachment; filename*=utf-8''Beschlu%C3%9F")
    assert got["Content-Security-Policy"] == "sandbox"
    assert got["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in got["Cache-Control"]


def test_who_may_download(client, event, evidence) -> None:
    people = {
        event.recorded_by: 200,
        accounts.user(Role.REVIEWER): 200,
        plans.manager(plans.footprint(name="Elsewhere")): 404,
        stakeholders.representative(stakeholders.lmc(name="Other")): 404,
        accounts.user(Role.ADMINISTRATOR): 403,
    }
    for person, status in people.items():
        client.force_login(person)
        got = client.get(f"/evidence/{evidence.pk}/")
        assert got.status_code == status, person
        if got.streaming:
            b"".join(got.streaming_content)


@pytest.mark.parametrize(
    ("scan", "status", "said"),
    [(Scan.WAITING, 200, "being checked"), (Scan.HELD, 403, "held back")],
)
def test_what_is_not_clean_is_not_handed_out(client, evidence, lead, scan, status, said) -> None:
    StoredFile.objects.update(scan=scan)
    client.force_login(lead)
    page = client.get(f"/evidence/{evidence.pk}/")
    assert (page.status_code, said in page.text) == (status, True)
    assert "%PDF" not in page.text


def test_a_file_that_is_gone_says_so(client, evidence, lead) -> None:
    disk.path_of(evidence.file.sha256).unlink()
    client.force_login(lead)
    page = client.get(f"/evidence/{evidence.pk}/")
    assert page.status_code == 503
    assert "last back-up" in page.text


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", []),
        (f" {LINK} \n\n{LINK}\r\nhttp://b.example.org", [LINK, "http://b.example.org"]),
        ("HTTPS://EXAMPLE.ORG/A", ["HTTPS://EXAMPLE.ORG/A"]),
        ("javascript:alert(1)", "is not a web address"),
        ("data:text/html,x", "is not a web address"),
        ("ftp://example.org/a", "is not a web address"),
        ("//example.org", "is not a web address"),
        ("www.example.org", "is not a web address"),
        ("https://", "is not a web address"),
        ("https://[::1", "is not a web address"),
        ("https://example.org:99999/", "is not a web address"),
        ("https://example.org/a b", "is not a web address"),
        ("https://nhs.uk@evil.example.org/", "holds a user name"),
        ("https://example.org/" + "a" * 500, "longer than 500"),
        ("\n".join(f"https://{n}.example.org" for n in range(4)), "no more than 3"),
    ],
)
def test_links_are_web_addresses_and_no_more_than_three(typed, found) -> None:
    if isinstance(found, list):
        assert links_in(typed) == found
        return
    with pytest.raises(NotALinkError, match=found):
        links_in(typed)


def test_a_host_cannot_pretend_to_be_another() -> None:
    assert host_of("https://www.Example.org/x") == "www.example.org"
    assert host_of("https://\u0435xample.org/") == "xn--xample-2of.org"


def test_the_organisations_history_names_the_evidence_to_its_own_and_to_nobody_elses(
    client, event, lmc, lead, evidence
) -> None:
    other = stakeholders.lmc(name="Other LMC")
    engagement.took_part(other, event)
    client.force_login(lead)
    own = client.get(f"/organisations/{lmc.code}/history/")
    assert "added evidence" in own.text
    assert "Beschluß" in own.text
    assert "Beschluß" in client.get(f"/events/{event.pk}/").text

    client.force_login(stakeholders.representative(other))
    assert client.get(f"/organisations/{lmc.code}/history/").status_code == 403
    assert "Beschluß" not in client.get(f"/events/{event.pk}/").text
    assert "Beschluß" not in client.get(f"/organisations/{other.code}/history/").text
