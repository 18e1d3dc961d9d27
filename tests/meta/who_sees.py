"""Who may read which text: one rule for each column, in terms of who somebody is to its row.

This is the second opinion on the product: it says from the promises who may read what, and asks
nothing of the product's own access modules. A column without a rule may be read by nobody.
"""

import fnmatch
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from accounts.models import User
from engagement.models import AnswerLink, Event
from mail.models import Message
from plans.models import Plan
from stakeholders.models import Invitation, Organisation, Person
from tests.meta.world import Area, World

Rule = Callable[["Reader", Any], bool]


@dataclass(frozen=True)
class Reader:
    """One person of the world: in which areas they manage or are in scope, for whom they speak."""

    name: str
    user_id: int | None = None
    manages: frozenset[int] = frozenset()
    footprints: frozenset[int] = frozenset()
    organisations: frozenset[int] = frozenset()
    answers_for: frozenset[int] = frozenset()
    is_reviewer: bool = False
    is_administrator: bool = False

    @property
    def holds_link(self) -> bool:
        return self.name.startswith("holder")

    @property
    def is_known(self) -> bool:
        """Signed in, with a role, or holding a link."""
        return bool(self.holds_link or self.footprints or self.is_reviewer or self.is_administrator)


def readers(world: World) -> dict[str, Reader]:
    """Who everybody is. Of a representative, ``answers_for`` are the practices of an LMC as well."""
    a, b = world.a, world.b

    def manager(of: Area) -> dict[str, Any]:
        here = frozenset({of.plan.footprint_id})
        return {"manages": here, "footprints": here}

    def lead(of: Area, *organisations: Organisation) -> dict[str, Any]:
        ids = [one.pk for one in organisations]
        return {
            "footprints": frozenset({of.plan.footprint_id}),
            "organisations": frozenset(ids[:1]),
            "answers_for": frozenset(ids),
        }

    facts: dict[str, dict[str, Any]] = {
        "ANON": {},
        "LINK": {},
        "MGR": manager(a),
        "MGX": manager(b),
        "REV": {"is_reviewer": True},
        "LMC": lead(a, a.lmc, a.practice),
        "LMX": lead(a, a.second_lmc, a.second_practice),
        "LMO": lead(b, b.lmc, b.practice),
        "REP": lead(a, a.practice),
        "ADM": {"is_administrator": True},
        "NIL": {},
        "SUS": {},
    }
    # Whoever holds a link or a code reads what it is about, whoever they are.
    for where, area in (("a", a), ("b", b)):
        facts[f"holder-{where}"] = lead(area, area.lmc)
    in_person = {name: one.pk for name, one in world.people.items() if name != "SUS"}
    return {name: Reader(name, in_person.get(name), **fact) for name, fact in facts.items()}


def recipient(row: Any) -> Reader:
    """Whoever a mail goes to, by what they hold: a user, or a person without an account."""
    if isinstance(row, Person):
        ids = frozenset(row.posts.values_list("organisation", flat=True))
        return Reader(f"person {row.pk}", None, organisations=ids, answers_for=ids)
    if isinstance(row, Message):  # to an address, for want of an account
        invited = row.kind == "invitation"
        row = (
            Invitation.objects.get(pk=row.about_key)
            if invited
            else AnswerLink.objects.get(pk=row.about_key).person
        )
    if isinstance(row, Invitation):
        ids = frozenset({row.organisation_id})
        return Reader(f"invited {row.pk}", None, organisations=ids, answers_for=ids)
    roles = set(row.role_grants.values_list("role", flat=True))
    manages = frozenset(row.plans_grants.values_list("footprint", flat=True))
    ids = frozenset(row.stakeholders_representatives.values_list("organisation", flat=True))
    return Reader(
        f"user {row.pk}",
        row.pk,
        manages=manages,
        footprints=manages | _footprints_of(ids),
        organisations=ids,
        answers_for=ids,
        is_reviewer="reviewer" in roles,
        is_administrator="administrator" in roles,
    )


# --- Rules ---------------------------------------------------------------------------------------


def nobody(reader: Reader, row: Any) -> bool:
    return False


def holder(reader: Reader, row: Any) -> bool:
    """A link stands in the address of who holds it."""
    return reader.holds_link


def holding(reader: Reader) -> Reader:
    """The same, with the link that a mail brings."""
    return replace(reader, name=f"holder: {reader.name}")


def signed_in(reader: Reader, row: Any) -> bool:
    return reader.user_id is not None


def known(reader: Reader, row: Any) -> bool:
    """Anybody with a role: what the register publishes."""
    return reader.is_known


def administrator(reader: Reader, row: Any) -> bool:
    return reader.is_administrator


def in_scope(reader: Reader, row: Any) -> bool:
    """Reviewers, and whoever's area overlaps the plan."""
    return reader.is_reviewer or plan_of(row).footprint_id in reader.footprints


def boards(reader: Reader, row: Any) -> bool:
    """Reviewers and the managers of the plan."""
    return reader.is_reviewer or plan_of(row).footprint_id in reader.manages


def shown_to(reader: Reader, row: Any) -> bool:
    """Who was shown what is the boards' to know, and each organisation's that it was itself."""
    return boards(reader, row) or own_organisation(reader, row)


def version_text(reader: Reader, row: Any) -> bool:
    return (in_scope if row.visibility == "public" else boards)(reader, row)


def public_consultation(reader: Reader, row: Any) -> bool:
    """What is published, or has an open form, anybody reads: also who is not signed in."""
    return (
        row.published_at is not None
        or hasattr(row, "consultations_survey")
        or in_scope(reader, row)
    )


def plan_title(reader: Reader, row: Any) -> bool:
    """A plan is named wherever something of it is published, and otherwise to whoever has a role."""
    published = row.consultations.filter(published_at__isnull=False)
    asked = row.consultations.filter(consultations_survey__isnull=False)
    return published.exists() or asked.exists() or known(reader, row)


def must_ask(reader: Reader, row: Any) -> bool:
    """Who must be asked is the boards' to know, and each organisation's that it must be itself."""
    return boards(reader, row.consultation) or own_organisation(reader, row)


def page_of_version(reader: Reader, row: Any) -> bool:
    return version_text(reader, row.version)


def manages_event(reader: Reader, event: Event) -> bool:
    footprints = event.credits.values_list("plan__footprint", flat=True)
    return bool(reader.manages & set(footprints))


def of_event(reader: Reader, event: Event) -> bool:
    """Reviewers, managers of a plan it counts for, and representatives of whom it names."""
    named = set(event.participations.values_list("organisation", flat=True))
    return reader.is_reviewer or manages_event(reader, event) or bool(reader.answers_for & named)


def note(reader: Reader, event: Event) -> bool:
    readers = set(event.note_readers.values_list("user", flat=True))
    return reader.user_id in readers | {event.recorded_by_id}


def own_words(reader: Reader, row: Any) -> bool:
    """Reviewers, managers, and the organisation whose words they are: nobody else's lead."""
    return (
        reader.is_reviewer
        or manages_event(reader, row.event)
        or row.organisation_id in reader.organisations
    )


def claim(reader: Reader, row: Any) -> bool:
    return boards(reader, row) or row.organisation_id in reader.organisations


def evidence(reader: Reader, row: Any) -> bool:
    return claim(reader, row.claim) if row.claim_id else own_words(reader, row.attestation)


def scan_note(reader: Reader, row: Any) -> bool:
    return any(evidence(reader, one) for one in row.engagement_evidence.all())


def fate(reader: Reader, row: Any) -> bool:
    """What became of a point: whoever may read the point."""
    return own_words(reader, row.point)


def theme_said(reader: Reader, row: Any) -> bool:
    """Everybody once it is published; before that the plan's managers and the reviewers."""
    return row.published_at is not None or boards(reader, row)


def theme(reader: Reader, row: Any) -> bool:
    """Also whoever made a point that carries it, to follow that to its end."""
    return theme_said(reader, row) or any(fate(reader, one) for one in row.engagement_fates.all())


def asked(reader: Reader, row: Any) -> bool:
    """What a form asks, and what was answered: whoever has the address of the form or of the
    receipt, and who works on the answers."""
    return boards(reader, row) or (reader.holds_link and in_scope(reader, row))


def managers(reader: Reader, row: Any) -> bool:
    """Who somebody is who answered, and how to write to them: whoever works on the answers."""
    return plan_of(row).footprint_id in reader.manages


def begun(reader: Reader, row: Any) -> bool:
    """What somebody has begun to write is theirs alone, by the address to return by."""
    return reader.holds_link and in_scope(reader, row)


def own_organisation(reader: Reader, row: Any) -> bool:
    return row.organisation_id in reader.organisations


def comment(reader: Reader, row: Any) -> bool:
    return own_organisation(reader, row.collation)


def invitation(reader: Reader, row: Any) -> bool:
    return own_organisation(reader, row) or reader.is_administrator


def owner(reader: Reader, row: Any) -> bool:
    return row.owner_id == reader.user_id


def person_name(reader: Reader, person: Person) -> bool:
    """Reviewers and administrators; managers in their footprints; representatives of their own."""
    if reader.is_reviewer or reader.is_administrator:
        return True
    return contact_details(reader, person)


def contact_details(reader: Reader, person: Person) -> bool:
    """Managers in their footprints, and representatives of their own organisation's people."""
    at = set(person.posts.values_list("organisation", flat=True))
    return bool(reader.organisations & at or _footprints_of(at) & reader.manages)


def post(reader: Reader, row: Any) -> bool:
    return person_name(reader, row.person)


def user_name(reader: Reader, user: User) -> bool:
    """Who signs a page in office is no secret; who answers for an organisation is its own, its
    managers' and the reviewers' to know."""
    if user.pk == reader.user_id or reader.is_reviewer or reader.is_administrator:
        return True
    at = set(user.stakeholders_representatives.values_list("organisation", flat=True))
    if not at:
        return reader.user_id is not None or reader.holds_link
    return bool(at & reader.organisations or _footprints_of(at) & reader.manages)


def user_email(reader: Reader, user: User) -> bool:
    at = set(user.stakeholders_representatives.values_list("organisation", flat=True))
    return user.pk == reader.user_id or reader.is_administrator or bool(at & reader.organisations)


def history_keeper(reader: Reader, row: Any) -> bool:
    return reader.is_reviewer or reader.is_administrator


def entry_contact(reader: Reader, row: Any) -> bool:
    """How to reach somebody is no reviewer's business, in the history neither."""
    by = row.actor
    ours = set(by.stakeholders_representatives.values_list("organisation", flat=True)) if by else ()
    return reader.is_administrator or bool(reader.organisations & set(ours))


def history_of_event(reader: Reader, event: Event) -> bool:
    """The history of a record is read by whoever reads the record, and whole by its keepers."""
    return history_keeper(reader, event) or of_event(reader, event)


def history_of_answer(reader: Reader, row: Any) -> bool:
    return history_keeper(reader, row) or own_words(reader, row)


def register_file(reader: Reader, row: Any) -> bool:
    """A decision's frozen text names the files that its figures rest on."""
    return reader.is_administrator or reader.is_reviewer or bool(reader.manages)


def message(reader: Reader, row: Any) -> bool:
    """How a message fared: the administrator, and whoever had it sent about what is theirs."""
    if row.about_type == "stakeholders.invitation":
        about = Invitation.objects.get(pk=row.about_key)
        return reader.is_administrator or own_organisation(reader, about)
    if row.about_type == "engagement.answerlink":
        question = AnswerLink.objects.get(pk=row.about_key).question
        return reader.is_administrator or own_words(reader, question)
    return reader.is_administrator


RULES: dict[str, Rule] = {
    "accounts.User.name": user_name,
    "accounts.User.email": user_email,
    "accounts.AuditEntry.on_behalf_of": known,
    "accounts.AuditEntry.contact": entry_contact,
    "accounts.LegalHold.reason": history_keeper,
    "accounts.Redaction.*": history_keeper,
    "stakeholders.Organisation.*": known,
    "stakeholders.Person.name": person_name,
    "stakeholders.Person.email": contact_details,
    "stakeholders.Person.phone": contact_details,
    "stakeholders.Post.title": post,
    "stakeholders.Invitation.nonce": nobody,
    "stakeholders.Invitation.*": invitation,
    "stakeholders.RegisterFile.name": register_file,
    "mail.Message.*": message,
    "history.title": history_of_event,
    "history.words": history_of_answer,
    "mail.KeptMail.*": administrator,
    "files.StoredFile.scan_note": scan_note,
    "jobs.*": administrator,
    "plans.Region.name": known,
    "plans.Footprint.name": known,
    "plans.Plan.title": plan_title,
    "plans.Consultation.title": public_consultation,
    "plans.Consultation.summary": public_consultation,
    "plans.Consultation.dropped_reason": public_consultation,
    "plans.MustAsk.withdrawn_reason": nobody,
    "plans.MustAsk.*": must_ask,
    "plans.PlanVersion.text": version_text,
    "plans.PlanVersion.file_name": version_text,
    "plans.PlanVersion.reading_note": version_text,
    "plans.PlanVersion.found_in_file": version_text,
    "plans.VersionPage.text": page_of_version,
    "plans.MentionName.name": known,
    "plans.MentionName.*": nobody,
    "plans.Sharing.*": shown_to,
    "plans.*": in_scope,
    "engagement.Event.restricted_note": note,
    "engagement.Event.*": of_event,
    "engagement.Point.*": own_words,
    "engagement.PointFate.*": fate,
    "consultations.Survey.*": asked,
    "consultations.Question.*": asked,
    "consultations.SavedForm.content": begun,
    "consultations.ResponseImport.*": managers,
    "engagement.AttendanceImport.*": managers,
    "engagement.AttendanceRow.*": managers,
    "consultations.Respondent.name": managers,
    "consultations.Respondent.email": managers,
    "consultations.Respondent.*": asked,
    "consultations.Response.*": boards,
    "consultations.Answer.quote": boards,
    "consultations.Answer.*": asked,
    "consultations.Theme.said": theme_said,
    "consultations.Theme.*": theme,
    "engagement.Attestation.*": own_words,
    "engagement.AnswerLink.nonce": holder,
    "engagement.Claim.*": claim,
    "engagement.Evidence.*": evidence,
    "engagement.Collation.*": own_organisation,
    "engagement.Comment.*": comment,
    "engagement.EventDraft.content": owner,
    "readiness.Policy.*": signed_in,
    "readiness.Criterion.*": signed_in,
    "readiness.*": in_scope,
}
"""Column, or pattern of columns, to its rule: the first that fits."""


def rule_for(column: str) -> Rule:
    return next(
        (rule for pattern, rule in RULES.items() if fnmatch.fnmatch(column, pattern)), nobody
    )


@dataclass
class Sight:
    """The rules with their answers kept: thousands of pages ask the same."""

    readers: dict[str, Reader]
    kept: dict[tuple[str, str, int], bool] = field(default_factory=dict)

    def may_by(self, link: str, column: str, row: Any) -> bool:
        """Whether the holder of this link or code may, by the name of its value in the world."""
        if link == "first-link":  # a first password is chosen beside one's own address
            return column.startswith("accounts.User.")
        doors = ("token-", "code-", "invitation-link-", "form-", "saved-", "receipt-")
        is_link = link.startswith(doors)
        return is_link and self.may(f"holder-{link[-1]}", column, row)

    def may(self, name: str, column: str, row: Any) -> bool:
        key = (name, column, row.pk)
        if key not in self.kept:
            self.kept[key] = rule_for(column)(self.readers[name], row)
        return self.kept[key]


# --- What a row is about -------------------------------------------------------------------------


def plan_of(row: Any) -> Plan:
    """The plan that a row belongs to, over one or two steps."""
    steps = ("plan", "decision", "flag", "assessment", "version")
    steps += ("consultation", "survey", "response", "source")
    for name in steps:
        if name == "plan" and isinstance(row, Plan):
            return row
        if hasattr(row, f"{name}_id"):
            found = getattr(row, name)
            return found if isinstance(found, Plan) else plan_of(found)
    raise AssertionError(f"say in plan_of() to which plan a {type(row).__name__} belongs")


def _footprints_of(organisations: Iterable[int]) -> set[int]:
    """The footprints whose areas these organisations lie in, by the world's own ties."""
    from plans.models import Membership
    from stakeholders.models import Relationship

    near = set(organisations)
    ties = list(Relationship.objects.values_list("source", "target"))
    near |= {source for source, target in ties if target in organisations}
    near |= {target for source, target in ties if source in near}
    return set(Membership.objects.filter(organisation__in=near).values_list("footprint", flat=True))
