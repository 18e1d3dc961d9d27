"""Every kind of message that the service knows is posted by its own action, and read as it arrives."""

import datetime as dt
import re
import uuid

import pytest
from django.conf import settings
from django.utils import timezone

from accounts.roles import Role
from consultations.actions import telling
from consultations.actions.responses import Said as Answered
from consultations.actions.responses import Sent, receive
from consultations.actions.saved_forms import save_form
from consultations.models import Response
from engagement.actions import answers, claims, disputes, record_event
from engagement.actions.asking_all import ask_about_all
from engagement.models import Attestation, Event
from engagement.queries.attendance_standing import as_they_stand
from engagement.rules.record import Attendance, Record
from mail import actions as mail_actions
from mail.models import Message
from plans.actions import grants
from readiness.actions import assess_plans, ensure_policies
from readiness.actions.decisions import Seen, decide
from readiness.actions.digest import send_digests
from readiness.models import Assessment
from readiness.rules.deciding import Verdict
from stakeholders.actions import invitations
from tests.engagement.area import bolton, days_ago, today
from tests.factories import accounts, consultations, engagement, readiness, stakeholders
from tests.readiness.deciding import unmet

pytestmark = pytest.mark.django_db
WORDS = "canary: what somebody typed"


def now():
    return timezone.now()


class Scene:
    """Bolton, its LMC's lead, and a record that names them."""

    def __init__(self):
        ensure_policies()
        self.area = bolton()
        self.lead = stakeholders.representative(self.area.lmc)

    def record(self):
        lmc = Attendance(
            organisation_id=self.area.lmc.pk,
            capacity="provider",
            outcome="attended",
            person_id=None,
        )
        facts = Record(
            plan_ids=(self.area.plan.pk,), title="Forum", held_on=days_ago(3), channel="meeting",
            status="happened", level="consult", attendances=(lmc,),
        )  # fmt: skip
        return record_event(record=facts, by=self.area.manager, now=now())

    def dispute(self):
        event = self.record()
        answers.answer_record(
            event_id=event.pk, organisation=self.area.lmc, answer="disputed", words=WORDS,
            by=self.lead, now=now(),
        )  # fmt: skip
        return Attestation.objects.get(event=event)

    def claim(self):
        said = claims.Said(
            kind="met",
            happened_on=days_ago(9),
            channel="meeting",
            words=WORDS,
            with_whom="A director",
        )
        return claims.make_claim(
            plan=self.area.plan, organisation=self.area.lmc, said=said, form_key=uuid.uuid4(),
            by=self.lead, now=now(),
        )  # fmt: skip


def record_named():
    Scene().record()


def records_named():
    scene = Scene()
    for n in range(3):
        event = engagement.event(scene.area.plan, held_on=days_ago(n + 2))
        engagement.took_part(scene.area.lmc, event)
    found = as_they_stand(Event.objects.all())
    ask_about_all(events=found, by=scene.area.manager, now=now())


def dispute_raised():
    Scene().dispute()


def dispute_replied():
    scene = Scene()
    dispute = scene.dispute()
    disputes.reply_to_dispute(
        attestation_id=dispute.pk, reply=WORDS, by=scene.area.manager, now=now()
    )


def dispute_closed():
    dispute = Scene().dispute()
    disputes.uphold_dispute(
        attestation_id=dispute.pk, words=WORDS, by=accounts.user(Role.REVIEWER), now=now()
    )


def claim_made():
    Scene().claim()


def claim_decided():
    scene = Scene()
    made = scene.claim()
    claims.decline(claim_id=made.pk, reason="It is in the record", by=scene.area.manager, now=now())


def decision_taken():
    scene = Scene()
    assess_plans(plan_ids=[scene.area.plan.pk], as_at=today(), now=now())
    assessment = Assessment.objects.get(is_current=True)
    verdict = Verdict(
        outcome="agree", summary=WORDS, reasons=dict.fromkeys(unmet(assessment), WORDS)
    )
    seen = Seen(assessment_id=assessment.pk, number=0, form_key=uuid.uuid4())
    decide(
        plan=scene.area.plan, verdict=verdict, seen=seen, by=accounts.user(Role.REVIEWER), now=now()
    )


def digest():
    scene = Scene()
    readiness.flag(scene.area.plan, raised_at=now() - dt.timedelta(minutes=1))
    send_digests(now=now())


def invitation():
    scene = Scene()
    invitations.invite(
        organisation=scene.area.lmc, email="colleague@example.org", name="Ann Lee", by=scene.lead,
        now=now(), today=today(),
    )  # fmt: skip


def first_password():
    Scene()
    grants.let_in(
        email="new@example.org",
        name="Ann Lee",
        password=None,
        role=Role.REVIEWER,
        scope=grants.Scope(),
        by=accounts.user(Role.ADMINISTRATOR),
        now=now(),
        today=today(),
    )


def _response():
    """Somebody answered a consultation and wants to know what becomes of it."""
    scene = Scene()
    asked = consultations.consultation(scene.area.plan)
    consultations.survey(asked)
    sent = Sent(
        route="form", received_on=today(), form_key=uuid.uuid4(), kind="individual", name=WORDS,
        answers=[Answered(question_id=asked.consultations_survey.questions.get().pk, text=WORDS)],
        email="gp@example.org", wants_news=True,
    )  # fmt: skip
    return receive(consultation=asked, sent=sent, by=None, now=now())


def response_received():
    _response()


def response_moved():
    kept = _response()
    Response.objects.update(moderation="cleared")
    theme = consultations.decided(kept.consultation.plan)
    consultations.coding(kept.answers.get(), theme)
    telling.tell_moved(now=now())


def response_saved():
    form = consultations.survey(consultations.consultation(Scene().area.plan))
    save_form(survey=form, content={"q1": WORDS}, saved_id=None, email="gp@example.org", now=now())


CASES = {
    "claim-decided": claim_decided,
    "claim-made": claim_made,
    "decision-taken": decision_taken,
    "digest": digest,
    "dispute-closed": dispute_closed,
    "dispute-raised": dispute_raised,
    "dispute-replied": dispute_replied,
    "first-password": first_password,
    "invitation": invitation,
    "record-named": record_named,
    "records-named": records_named,
    "response-moved": response_moved,
    "response-received": response_received,
    "response-saved": response_saved,
}
"""How each kind comes about. A new line in MAIL_KINDS needs one here."""


def test_every_kind_has_a_case():
    assert set(CASES) == set(settings.MAIL_KINDS)


@pytest.mark.parametrize("kind", CASES)
def test_a_letter_of_each_kind_arrives_whole_and_leaves_nothing_behind(kind, mailoutbox):
    CASES[kind]()
    [message, *_] = Message.objects.filter(kind=kind)
    Message.objects.exclude(pk=message.pk).delete()
    mailoutbox.clear()

    assert mail_actions.deliver(now=now()) == {"sent": 1}

    [mail] = mailoutbox
    html = mail.alternatives[0].content
    name = message.user.name if message.user else message.name
    links = re.findall(r"https?://\S+", mail.body)
    assert mail.subject == " ".join(mail.subject.split()) != ""
    assert mail.to == [f"{name} <{message.user.email if message.user else message.email}>"]
    for part in (mail.body, html):
        assert f"Dear {name}," in part
        assert "You get this" in part
    assert links
    assert all(link.startswith(settings.PUBLIC_ADDRESS) for link in links)
    for link in links:
        assert link in html.replace("&amp;", "&"), "both parts lead to the same places"
    assert not re.search(r"[{}]|\bNone\b", mail.body)
    assert "style=" not in html
    assert "src=" not in html
    _keeps_nothing(message.pk, mail)


def _keeps_nothing(pk, mail):
    """No link, token, subject or word of the mail lies in the outbox once it was sent."""
    [row] = Message.objects.filter(pk=pk).values_list()
    kept = " ".join(str(value) for value in row)
    tokens = {
        part for link in re.findall(r"https?://\S+", mail.body) for part in link.split("/")
        if len(part) > 20
    }  # fmt: skip
    assert "http" not in kept
    assert "canary" not in kept
    assert mail.subject not in kept
    assert not [token for token in tokens if token in kept]
