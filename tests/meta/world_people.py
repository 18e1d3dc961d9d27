"""People and invitations: what the addresses about who may do what are made of."""

from django.utils import timezone

from accounts import first_password
from accounts.models import RoleGrant, User
from plans.models import FootprintGrant
from stakeholders.actions import invitations
from stakeholders.models import Organisation, Representative
from stakeholders.queries.invitations import token_of
from tests.factories import accounts


def values_of_people(people: dict[str, User]) -> dict[str, object]:
    """Somebody else's and the administrator's own grants, and a link to a first password."""
    fresh = accounts.user()
    fresh.set_unusable_password()
    fresh.save()
    manager, lead = people["MGR"], people["LMC"]
    return {
        "somebody": manager.pk,
        "myself": people["ADM"].pk,
        "suspended": people["SUS"].pk,
        "fresh": fresh.pk,
        "first-link": first_password.token_for(fresh),
        "role-of-somebody": RoleGrant.objects.get(user=manager).pk,
        "role-of-mine": RoleGrant.objects.get(user=people["ADM"]).pk,
        "area-of-somebody": FootprintGrant.objects.filter(user=manager).first().pk,
        "tie-of-lead": Representative.objects.get(user=lead).pk,
        "lead": lead.pk,
    }


def values_of_colleagues(name: str, lmc: Organisation, lead: User) -> dict[str, object]:
    """What an organisation's own people see: who answers for it, and one who was invited."""
    invitation = invitations.invite(
        organisation=lmc,
        email=f"invited.{lmc.code.lower()}@example.org",
        name=f"Invited of {lmc.name}",
        by=lead,
        now=timezone.now(),
        today=timezone.localdate(),
    )
    return {
        f"colleague-{name}": Representative.objects.get(user=lead, organisation=lmc).pk,
        f"person-{name}": lmc.posts.first().person_id,
        f"invitation-{name}": invitation.pk,
        f"invitation-link-{name}": token_of(invitation),
    }
