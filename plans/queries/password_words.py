"""Names that a guesser of somebody's password would try: of what they answer for or look after."""

from accounts.models import User
from plans.models import FootprintGrant
from stakeholders.models import Representative


def names_near(user: User) -> list[str]:
    """Names of the organisations, footprints and regions that ``user`` has ever held; two queries."""
    answered_for = Representative.objects.filter(user=user)
    looked_after = FootprintGrant.objects.filter(user=user)
    names = [
        *answered_for.values_list("organisation__name", flat=True),
        *(
            name
            for pair in looked_after.values_list("footprint__name", "region__name")
            for name in pair
        ),
    ]
    return [name for name in names if name]
