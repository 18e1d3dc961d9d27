"""Invitations: by the token of their link, and those of an organisation."""

import datetime as dt
import secrets

from django.core import signing

from accounts.models import RoleGrant, User
from accounts.roles import Role
from stakeholders.models import GrantQuerySet, Invitation, Organisation, Person, Representative
from stakeholders.rules.invitations import Standing, standing

SALT = "stakeholders.invitation"
EARLIER_SHOWN = 20


class InvitationUnusable(Exception):  # noqa: N818  # reads as what is so
    """The link lets nobody in. ``why``: altered, replaced, inviter_gone, or a ``Standing``."""

    def __init__(self, why: str, invitation: Invitation | None = None) -> None:
        super().__init__(f"The invitation is {why}.")
        self.why = why
        self.invitation = invitation


def token_of(invitation: Invitation) -> str:
    """The token of the link that was sent last; it is made anew each time and never stored."""
    return signing.dumps([invitation.pk, invitation.nonce], salt=SALT)


def new_nonce() -> str:
    """What makes one link differ from the one sent before."""
    return secrets.token_hex(16)


def usable_by(token: str, *, now: dt.datetime, today: dt.date, hold: bool = False) -> Invitation:
    """The invitation whose link has this token, if it still lets somebody in.

    ``hold`` locks it until the transaction ends. Raises ``InvitationUnusable``.
    """
    try:
        pk, nonce = signing.loads(token, salt=SALT)
    except signing.BadSignature as altered:
        raise InvitationUnusable("altered") from altered
    rows = Invitation.objects.all()
    if hold:
        rows = rows.select_for_update(of=("self",), no_key=True)
    invitation = rows.select_related("organisation", "sent_by").filter(pk=pk).first()
    if invitation is None:
        raise InvitationUnusable("altered")
    stands = standing_of(invitation, now=now)
    if stands is not Standing.WAITING:
        raise InvitationUnusable(stands, invitation)
    if not secrets.compare_digest(invitation.nonce, nonce):
        raise InvitationUnusable("replaced", invitation)
    if (
        not answering(invitation.organisation, today=today)
        .filter(user=invitation.sent_by_id)
        .exists()
    ):
        raise InvitationUnusable("inviter_gone", invitation)
    return invitation


def is_for(invitation: Invitation, user: User) -> bool:
    """Whether it was sent to the address with which ``user`` signs in."""
    return invitation.email.casefold() == user.email.casefold()


def standing_of(invitation: Invitation, *, now: dt.datetime) -> Standing:
    """How it stands at ``now``."""
    return standing(
        expires_at=invitation.expires_at,
        accepted_at=invitation.accepted_at,
        revoked_at=invitation.revoked_at,
        now=now,
    )


def answering(organisation: Organisation, *, today: dt.date) -> GrantQuerySet:
    """The representations by which people who can sign in answer for it today."""
    leads = RoleGrant.objects.on(today).filter(role=Role.REPRESENTATIVE)
    return Representative.objects.on(today).filter(
        organisation=organisation, user__is_active=True, user__in=leads.values("user")
    )


def colleagues_of(organisation: Organisation, *, today: dt.date) -> list[Representative]:
    """Who answers for it today, by name; one query."""
    held = answering(organisation, today=today).select_related("user", "granted_by")
    return list(held.order_by("user__name", "pk"))


def colleague(organisation: Organisation, pk: int, *, today: dt.date) -> Representative | None:
    """The representation of this number, if it holds for the organisation today."""
    held = answering(organisation, today=today).select_related("user", "organisation")
    return held.filter(pk=pk).first()


def invitations_of(organisation: Organisation) -> list[Invitation]:
    """What was not accepted: those still open or lately ended, newest first; one query."""
    sent = Invitation.objects.filter(organisation=organisation, accepted_at=None)
    return list(sent.select_related("sent_by")[: EARLIER_SHOWN + 20])


def invitation_of(organisation: Organisation, pk: int) -> Invitation | None:
    """The organisation's invitation of this number, if nobody has accepted or withdrawn it."""
    sent = Invitation.objects.filter(organisation=organisation, accepted_at=None, revoked_at=None)
    return sent.select_related("organisation", "sent_by").filter(pk=pk).first()


def unwilling_at(organisation: Organisation, email: str) -> Person | None:
    """Somebody with a post there and this address who asked not to be written to."""
    people = Person.objects.filter(posts__organisation=organisation, contact_permitted=False)
    return people.filter(email__iexact=email).first()


def invitation_to_send(key: str, *, now: dt.datetime) -> Invitation | None:
    """The invitation that a message is about, if its link would let somebody in at ``now``."""
    rows = Invitation.objects.select_related("organisation", "sent_by")
    found = rows.filter(pk=int(key)).first() if key.isdigit() else None
    return found if found and standing_of(found, now=now) is Standing.WAITING else None


def has_account(email: str) -> bool:
    """Whether somebody signs in with this address, or did before they were suspended."""
    return User.objects.filter(email__iexact=email).exists()
