"""A version that comes as a file: kept, read by a worker, counted; and what is said where it cannot be."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import AuditEntry
from files import disk
from files.models import Scan, StoredFile
from jobs.models import JobRun
from plans.actions.versions import read_version
from plans.models import Plan, PlanVersion
from readiness.queries.facts import facts_for
from tests.factories import papers
from tests.files import documents as made
from tests.plans.papers.conftest import NOW, TODAY

GOOD = made.pdf("The gen-\neral practice of Bolton\nand its council", "The GPs")
HUGE = made.pdf(made.zeros(400), filters="/Filter /FlateDecode")
TYPED = {
    "title": "Draft 3",
    "dated_on": "1/6/2016",
    "is_final": "no",
    "visibility": "confidential",
    "text": "",
}


def send(client, plan, data: bytes | None, name: str = "plan.pdf", **typed):
    """The page that follows after a version was sent."""
    file = {"file": SimpleUploadedFile(name, data)} if data is not None else {}
    url = reverse("plans:paper-add", args=[plan.code, "version"])
    return client.post(url, {**TYPED, **typed, **file}, follow=True)


def worked() -> None:
    """Whatever waits for a worker is done."""
    for run in JobRun.objects.filter(kind="plans-read-version", state="queued").order_by("pk"):
        read_version(run_id=run.pk, now=NOW)


def page(client, version) -> str:
    url = reverse("plans:paper-text", args=[version.plan.code, version.pk])
    return " ".join(client.get(url).text.split())


def test_a_document_is_kept_read_and_counted(manager, plan):
    answer = send(manager, plan, GOOD)

    version = PlanVersion.objects.get()
    assert answer.redirect_chain[-1][0] == reverse("plans:paper-text", args=[plan.code, version.pk])
    assert "“plan.pdf” is kept. Its text is being read." in answer.text
    assert (version.reading, version.mentions, version.file_name) == ("waiting", {}, "plan.pdf")
    before = Plan.objects.get(pk=plan.pk).change_no
    worked()

    version.refresh_from_db()
    assert version.reading == "read"
    assert [one.text.split()[:2] for one in version.pages.all()] == [
        ["The", "gen\u00ad"],
        ["The", "GPs"],
    ]
    assert (version.mentions["gp_practice"], version.mentions["council"]) == (2, 1)
    assert Plan.objects.get(pk=plan.pk).change_no == before + 1
    assert "General practice is named 2 times" in page(manager, version)
    entry = AuditEntry.objects.get(verb="changed")
    assert (entry.was["has_text"], entry.became["pages"]) == (False, 2)
    facts = facts_for([plan.pk], as_at=TODAY)[plan.pk]
    assert facts.papers.versions[0].mentions["gp_practice"] == 2
    earlier = facts_for([plan.pk], as_at=TODAY, known=NOW - dt.timedelta(1))[plan.pk]
    assert not earlier.papers.versions


def test_read_twice_it_is_read_once(manager, plan):
    send(manager, plan, GOOD)
    run = JobRun.objects.get(kind="plans-read-version")
    for _ in range(3):
        read_version(run_id=run.pk, now=NOW)

    assert PlanVersion.objects.get().pages.count() == 2
    assert AuditEntry.objects.filter(verb="changed").count() == 1


def test_sent_twice_it_is_recorded_once_and_the_same_bytes_are_said_so(manager, plan):
    send(manager, plan, GOOD)
    worked()
    again = send(manager, plan, GOOD)
    other = send(manager, plan, GOOD, title="Draft 4")

    assert "That was on paper already." in again.text
    assert PlanVersion.objects.count() == 2
    assert StoredFile.objects.count() == 1
    assert "It is the same file, byte for byte, as Draft 3 of 1 June 2016." in other.text


@pytest.mark.parametrize(
    ("data", "typed", "sentence"),
    [
        (b"", {}, "The file is empty"),
        (b"<html>%PDF", {}, "is a web page"),
        (b"\x89PNG\r\n\x1a\n" + b"IEND", {}, "is of a kind that is not taken here"),
        (GOOD, {"text": "GPs"}, "Send a file or paste the text, not both"),
        (GOOD, {"title": ""}, "Enter what the version is called"),
    ],
)
def test_what_cannot_be_taken_is_said_and_nothing_is_recorded(manager, plan, data, typed, sentence):
    answer = send(manager, plan, data, **typed)

    assert sentence in answer.text
    assert not PlanVersion.objects.exists()


def test_a_scan_has_no_omissions_until_its_text_is_pasted(manager, plan):
    send(manager, plan, made.pdf("", ""))
    worked()
    version = PlanVersion.objects.get()
    facts = facts_for([plan.pk], as_at=TODAY)[plan.pk]

    assert "No text found: omissions cannot be counted" in page(manager, version)
    assert facts.papers.versions[0].mentions is None
    change = reverse("plans:paper-change", args=[plan.code, "version", version.pk])
    seen = manager.get(change).context["form"]["seen"].value()
    manager.post(change, {"visibility": "confidential", "text": "A GP", "seen": seen})

    version.refresh_from_db()
    assert (version.reading, version.mentions["gp_practice"]) == ("typed", 1)
    assert version.file is not None
    assert "General practice is named once" in page(manager, version)


def test_a_hostile_document_is_held_and_the_next_is_read(manager, plan):
    send(manager, plan, HUGE, "..\\huge\u202e.pdf")
    send(manager, plan, GOOD, title="Draft 4")
    worked()
    hostile, good = PlanVersion.objects.order_by("pk")

    assert (hostile.reading, good.reading) == ("refused", "read")
    assert hostile.reading_note.startswith("“huge.pdf” could not be read")
    assert "The file could not be read" in page(manager, hostile)
    failed = JobRun.objects.get(state="failed")
    assert "huge" not in f"{failed.title} {failed.message}", "the job log names no document"
    change = reverse("plans:paper-change", args=[plan.code, "version", hostile.pk])
    seen = manager.get(change).context["form"]["seen"].value()
    file = SimpleUploadedFile("mended.pdf", GOOD)
    manager.post(change, {"visibility": "confidential", "text": "", "seen": seen, "file": file})
    worked()
    hostile.refresh_from_db()
    assert (hostile.reading, hostile.file_name, hostile.reading_note) == ("read", "mended.pdf", "")


def test_a_document_that_the_scanner_holds_or_that_is_gone_is_not_read(manager, plan):
    send(manager, plan, GOOD)
    StoredFile.objects.update(scan=Scan.HELD)
    send(manager, plan, made.word("GP"), title="Gone")
    disk.path_of(StoredFile.objects.latest("pk").sha256).unlink()
    worked()

    notes = PlanVersion.objects.order_by("pk").values_list("reading_note", flat=True)
    assert "is held: the virus scanner" in notes[0]
    assert "is no longer on this machine" in notes[1]


def test_a_document_is_handed_out_once_it_is_clean_and_to_whoever_may_read_it(
    manager, reviewer, lead, plan, lmcs
):
    send(manager, plan, GOOD, visibility="in_confidence", confided_on="2/6/2016")
    worked()
    version = PlanVersion.objects.get()
    url = reverse("plans:paper-file", args=[plan.code, version.pk])
    StoredFile.objects.update(scan=Scan.WAITING)
    waiting = manager.get(url)
    StoredFile.objects.update(scan=Scan.CLEAN)
    clean = reviewer.get(url)

    assert "The file is being checked" in waiting.text
    assert b"".join(clean.streaming_content) == GOOD
    assert clean.headers["Content-Disposition"] == 'attachment; filename="plan.pdf"'
    assert clean.headers["Content-Security-Policy"] == "sandbox"
    assert lead.get(url).status_code == 403
    papers.shown(version, lmcs[0])
    assert b"".join(lead.get(url).streaming_content) == GOOD
    assert "Shared in confidence since 2 June 2016." in page(lead, version)


def test_the_page_refreshes_while_the_document_is_read(manager, plan):
    send(manager, plan, GOOD)
    version = PlanVersion.objects.get()
    url = reverse("plans:paper-text", args=[plan.code, version.pk])

    assert "The text is being read" in manager.get(url, headers={"HX-Request": "true"}).text
    worked()
    assert manager.get(url, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"


def test_a_document_that_no_worker_could_read_is_said_so_and_may_be_sent_again(manager, plan):
    send(manager, plan, GOOD)
    JobRun.objects.update(state="quarantined")
    version = PlanVersion.objects.get()
    url = reverse("plans:paper-text", args=[plan.code, version.pk])

    shown = page(manager, version)
    assert "The work on it stopped each time before it was done." in shown
    assert "The text is being read" not in shown
    assert manager.get(url, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    change = reverse("plans:paper-change", args=[plan.code, "version", version.pk])
    seen = manager.get(change).context["form"]["seen"].value()
    manager.post(change, {"visibility": "confidential", "text": "A GP", "seen": seen})
    version.refresh_from_db()
    assert (version.reading, version.mentions["gp_practice"]) == ("typed", 1)


def test_a_version_without_a_file_has_none_to_hand_out(manager, plan):
    version = papers.version(plan, text="GP")

    assert manager.get(reverse("plans:paper-file", args=[plan.code, version.pk])).status_code == 404


@pytest.mark.parametrize("number", [3, 45])
def test_the_page_of_a_long_document_takes_as_many_queries(
    manager, plan, number, django_assert_num_queries
):
    send(manager, plan, "\f".join(["A GP"] * number).encode(), "plan.txt")
    worked()
    url = reverse("plans:paper-text", args=[plan.code, PlanVersion.objects.get().pk])
    manager.get(url)

    with django_assert_num_queries(LONG_PAGE):
        found = manager.get(url, {"page": 3})

    assert found.text.count("wt-panel wt-plain") == (3 if number == 3 else 5)


LONG_PAGE = 11
