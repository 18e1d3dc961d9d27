"""What the addresses of consultations need: one of each, in both areas."""

from consultations.models import RespondentKind
from consultations.queries.receipts import token_of
from consultations.queries.surveys import token_of as token_of_saved
from plans.models import Consultation, Plan
from stakeholders.models import Organisation
from tests.factories import consultations as make


def values(name: str, plan: Plan, lmc: Organisation, practice: Organisation) -> dict[str, object]:
    """Names for the matrix: an open consultation of the area with its form, a response that waits,
    one of the area's LMC that is cleared and coded, and a theme that is decided but not published;
    and a consultation that stands in the public register."""
    asked = make.consultation(plan, title=f"canary consultation of {name}")
    form = make.survey(asked)
    answered = make.response(asked, f"canary answer of {name}", by=_of(asked, lmc))
    waiting = make.waiting(asked, f"canary waiting answer of {name}", by=_person(asked, name))
    theme = make.decided(plan, f"canary theme of {name}", said=f"canary said of {name}")
    make.coding(answered.answers.get(), theme)
    published = _published(plan, practice, name)
    begun = make.saved(form, {f"q{form.questions.get().pk}": f"canary draft of {name}"})
    free = make.question(form, text=f"canary question of {name}")
    return {
        f"consultation-{name}": asked.pk,
        f"form-{name}": form.code,
        f"question-{name}": form.questions.get(number=1).pk,
        f"free-question-{name}": free.pk,
        f"saved-{name}": token_of_saved(begun),
        f"receipt-{name}": token_of(waiting),
        f"response-{name}": waiting.pk,
        f"lmc-response-{name}": answered.pk,
        f"theme-{name}": theme.pk,
        f"published-{name}": published.pk,
    }


def _of(asked: Consultation, organisation: Organisation):
    return make.for_organisation(asked, organisation)


def _person(asked: Consultation, name: str):
    """Somebody with a name and an address, which only the managers of the plan may read."""
    return make.respondent(
        asked,
        kind=RespondentKind.INDIVIDUAL,
        name=f"canary respondent of {name}",
        email=f"canary.respondent.{name}@example.org",
    )


def _published(plan: Plan, practice: Organisation, name: str) -> Consultation:
    """In the public register, closed, with a cleared response."""
    made = make.consultation(plan, title=f"Public consultation of {name}", opened=80, lasts=42)
    Consultation.objects.filter(pk=made.pk).update(published_at=made.recorded_at)
    make.survey(made)
    make.response(made, f"canary public answer of {name}", by=_of(made, practice))
    return made
