"""A lead asks a colleague of their own organisation to answer for it too; the colleague accepts."""

import datetime as dt

from django.db import transaction

from accounts import audit
from accounts.actions.grants import GrantRefused, Why, give_from_today
from accounts.actions.people import join
from accounts.models import RoleGrant, User
from accounts.roles import Role
from mail.actions import Recipient, post
from stakeholders.actions.representation import NO_MORE
from stakeholders.models import Invitation, Organisation, Representative
from stakeholders.queries.invitations import (
    answering,
    is_for,
    new_nonce,
    standing_of,
    unwilling_at,
    usable_by,
)
from stakeholders.rules.invitations import LASTS, MAY_BE_SENT_AGAIN, MAY_WAIT, Standing, times_left
from ui.words import nhs_date


class ForSomebodyElse(Exception):  # noqa: N818  # reads as what is so
    """The person who is signed in is not the one whom the invitation is for."""


@transaction.atomic
def invite(
    *, organisation: Organisation, email: str, name: str, by: User, now: dt.datetime, today: dt.date
) -> Invitation:
    """Send somebody a link by which they come to answer for the organisation.

    Raises ``GrantRefused`` where ``by`` does not answer for it, and where the address has an open
    invitation or answers for it already. Whether the address has an account makes no difference.
    """
    _hold(organisation, by, today)
    email = User.objects.normalize_email(email)
    _refuse_known(organisation, email, name, now=now, today=today)
    invitation = Invitation.objects.create(
        organisation=organisation,
        email=email,
        name=name,
        nonce=new_nonce(),
        sent_at=now,
        sent_by=by,
        expires_at=now + LASTS,
    )
    _record("invited", invitation, by, now, after={"email": email, "name": name})
    _post(invitation, now)
    return invitation


@transaction.atomic
def send_again(*, invitation: Invitation, by: User, now: dt.datetime, today: dt.date) -> None:
    """Send a new link, good for another seven days; the one that was sent before ends.

    Raises ``GrantRefused`` when it was accepted or withdrawn, or was sent again three times.
    """
    invitation = _held(invitation, by, now=now, today=today)
    if not times_left(invitation.times_sent_again):
        message = f"This was sent again {MAY_BE_SENT_AGAIN} times. Withdraw it, check the address, and invite them anew."
        raise GrantRefused(message)
    invitation.nonce = new_nonce()
    invitation.times_sent_again += 1
    invitation.sent_at, invitation.sent_by = now, by
    invitation.expires_at = now + LASTS
    invitation.save()
    _record("invited again", invitation, by, now, after={"times": invitation.times_sent_again})
    _post(invitation, now)


@transaction.atomic
def withdraw(*, invitation: Invitation, by: User, now: dt.datetime, today: dt.date) -> None:
    """Let the link in an invitation lead nowhere. Raises ``GrantRefused`` if it was accepted."""
    invitation = _held(invitation, by, now=now, today=today)
    invitation.revoked_at = now
    invitation.save(update_fields=["revoked_at"])
    _record("withdrew the invitation", invitation, by, now)


@transaction.atomic
def join_by_invitation(
    *, token: str, name: str, password: str, now: dt.datetime, today: dt.date
) -> User:
    """Make the account of the person invited, who answers for the organisation from then on.

    Raises ``InvitationUnusable``, and ``ValidationError`` for a weak password or a taken address.
    """
    invitation = usable_by(token, now=now, today=today, hold=True)
    user = join(email=invitation.email, name=name, password=password, now=now)
    _accept(invitation, user, now=now, today=today)
    return user


@transaction.atomic
def accept_signed_in(*, token: str, by: User, now: dt.datetime, today: dt.date) -> None:
    """Let somebody who has an account answer for the organisation that invited their address.

    Raises ``InvitationUnusable`` and ``ForSomebodyElse``.
    """
    invitation = usable_by(token, now=now, today=today, hold=True)
    if not is_for(invitation, by):
        raise ForSomebodyElse
    _accept(invitation, by, now=now, today=today)


def _accept(invitation: Invitation, user: User, *, now: dt.datetime, today: dt.date) -> None:
    organisation = invitation.organisation
    why = Why(
        by=user,
        reason="",
        now=now,
        today=today,
        on_behalf_of=organisation,
        granted_by=invitation.sent_by,
        may_be_own=True,
    )
    give_from_today(RoleGrant, to=user, what={"role": Role.REPRESENTATIVE}, why=why)
    give_from_today(Representative, to=user, what={"organisation": organisation}, why=why)
    invitation.accepted_at, invitation.accepted_by = now, user
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    _record("accepted the invitation", invitation, user, now)


def _hold(organisation: Organisation, by: User, today: dt.date) -> None:
    """Invitations of one organisation are written one after the other, by who answers for it."""
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    if not answering(organisation, today=today).filter(user=by).exists():
        raise GrantRefused(NO_MORE.format(organisation=organisation.name))


def _held(invitation: Invitation, by: User, *, now: dt.datetime, today: dt.date) -> Invitation:
    """The invitation as it is now, if it can still be changed."""
    _hold(invitation.organisation, by, today)
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("organisation")
    invitation = rows.get(pk=invitation.pk)
    stands = standing_of(invitation, now=now)
    if stands in {Standing.ACCEPTED, Standing.WITHDRAWN}:
        message = f"This invitation was {stands} meanwhile. Nothing was changed."
        raise GrantRefused(message)
    return invitation


def _refuse_known(
    organisation: Organisation, email: str, name: str, *, now: dt.datetime, today: dt.date
) -> None:
    if answering(organisation, today=today).filter(user__email__iexact=email).exists():
        message = f"{email} answers for {organisation.name} already"
        raise GrantRefused(message, field="email")
    if unwilling := unwilling_at(organisation, email):
        message = f"{unwilling.name} asked not to be written to. Speak to them first"
        raise GrantRefused(message, field="email")
    waiting = Invitation.objects.filter(
        organisation=organisation, accepted_at=None, revoked_at=None, expires_at__gt=now
    )
    before = waiting.filter(email__iexact=email).first()
    if before is not None:
        message = f"{before.name} was invited on {nhs_date(before.sent_at)}. Send that invitation again instead"
        raise GrantRefused(message, field="email")
    if waiting.count() >= MAY_WAIT:
        message = f"{MAY_WAIT} invitations are open. Withdraw one that is not needed before you invite {name}"
        raise GrantRefused(message)


def _post(invitation: Invitation, now: dt.datetime) -> None:
    matter = f"invitation:{invitation.pk}:{invitation.times_sent_again}"
    to = Recipient(email=invitation.email, name=invitation.name)
    post(kind="invitation", matter=matter, to=to, now=now, about=invitation)


def _record(
    verb: str,
    invitation: Invitation,
    by: User,
    now: dt.datetime,
    after: dict[str, object] | None = None,
) -> None:
    organisation = invitation.organisation
    audit.record(by=by, verb=verb, obj=invitation, after=after, at=now, on_behalf_of=organisation)
