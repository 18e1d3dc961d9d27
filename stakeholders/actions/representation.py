"""Who answers for an organisation: begun and ended, by an administrator or by its own people."""

from django.db import transaction

from accounts.actions.grants import GrantRefused, Why, end_now, give
from accounts.models import User
from accounts.rules.grants import Period, leaves_somebody
from stakeholders.models import Organisation, Representative
from stakeholders.queries.invitations import answering

LAST_OF_ORGANISATION = (
    "Nobody would answer for {organisation} any more. Invite somebody first and wait until they"
    " have accepted, or ask an administrator."
)
NO_MORE = "You do not answer for {organisation} any more, so you cannot change who does."


def represent(*, to: User, organisation: Organisation, period: Period, why: Why) -> Representative:
    """Let somebody answer for an organisation. Raises ``OwnGrant`` and ``GrantRefused``."""
    return give(Representative, to=to, what={"organisation": organisation}, period=period, why=why)


@transaction.atomic
def end_colleague(*, representation: Representative, why: Why) -> None:
    """End, at once, what a colleague, or oneself, does for the own organisation.

    Raises ``GrantRefused`` where it would leave nobody, or where whoever asks has stopped meanwhile.
    """
    organisation = Organisation.objects.select_for_update(no_key=True).get(
        pk=representation.organisation_id
    )
    standing = answering(organisation, today=why.today)
    if why.by is None or why.by.pk not in standing.values_list("user", flat=True):
        raise GrantRefused(NO_MORE.format(organisation=organisation.name))
    others = standing.exclude(user=representation.user_id).values_list("valid_to", flat=True)
    if not leaves_somebody(list(others), lost=representation.valid_to):
        raise GrantRefused(LAST_OF_ORGANISATION.format(organisation=organisation.name))
    end_now(representation, why=why)
