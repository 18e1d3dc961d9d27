"""The themes of a plan: named, decided, merged, published; and what a consultation counts of them."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.models import AuditEntry
from consultations.actions import coding, themes
from consultations.actions.counting import recount
from consultations.actions.themes import Decision
from consultations.models import Coding, Suggestion, Theme
from consultations.queries.themes import themes_of
from tests.engagement.at_once import at_once
from tests.factories import consultations as make
from tests.factories import plans

pytestmark = pytest.mark.django_db
ACCEPTED = Decision(disposition="accepted", reason="It is right", said="Rooms are too small")


@pytest.fixture
def plan():
    return plans.plan(plans.footprint())


@pytest.fixture
def manager(plan):
    return plans.manager(plan.footprint)


@pytest.fixture
def asked(plan):
    made = make.consultation(plan, themes=6, themes_answered=1)
    make.survey(made)
    return made


def now():
    return timezone.now()


def decide(theme, manager, decision=ACCEPTED, *, seen=None):
    theme.refresh_from_db()
    return themes.decide_theme(
        theme=theme, seen_version=seen or theme.version, decision=decision, by=manager, now=now()
    )


def publish(theme, manager):
    theme.refresh_from_db()
    themes.publish_theme(theme=theme, seen_version=theme.version, by=manager, now=now())
    theme.refresh_from_db()


def coded(asked, theme, **facts):
    return make.coding(make.response(asked, "Our rooms are small", **facts).answers.get(), theme)


def test_a_name_is_one_theme_in_any_case(plan, manager):
    first = themes.add_theme(plan=plan, name="  GP   access ", by=manager, now=now())

    assert first.name == "GP access"
    assert themes.add_theme(plan=plan, name="gp ACCESS", by=manager, now=now()) == first
    assert (
        themes.add_theme(
            plan=plans.plan(plans.footprint()), name="GP access", by=manager, now=now()
        )
        != first
    )
    assert AuditEntry.objects.filter(verb="theme added").count() == 2
    with pytest.raises(ValueError, match="name"):
        themes.add_theme(plan=plan, name=" ", by=manager, now=now())


def test_renaming_to_a_name_that_is_taken_offers_the_other_theme(plan, manager):
    one, other = make.theme(plan, "Rooms"), make.theme(plan, "Premises")

    def rename(name):
        one.refresh_from_db()
        return themes.rename_theme(
            theme=one, name=name, seen_version=one.version, by=manager, now=now()
        )

    with pytest.raises(themes.NameTakenError) as taken:
        rename("PREMISES")
    assert taken.value.theme == other
    assert not rename("Rooms")
    assert rename("rooms")
    with pytest.raises(themes.ThemeChangedError):
        themes.rename_theme(theme=one, name="X", seen_version=1, by=manager, now=now())


def test_a_decision_has_a_reason_and_is_made_on_what_was_seen(plan, manager):
    theme = make.theme(plan)
    version = plan.versions.create(
        title="Draft 3", dated_on=dt.date(2016, 6, 1), recorded_at=now(), recorded_by=manager
    )
    whole = Decision(
        disposition="partly", reason="In part", said="Said", changed_in_id=version.pk,
        section="Section 4", told_on=dt.date(2016, 7, 1),
    )  # fmt: skip
    before = plan.change_no

    with pytest.raises(ValueError, match="reason"):
        decide(theme, manager, Decision(disposition="accepted", reason=" "))
    assert decide(theme, manager, whole)
    assert not decide(theme, manager, whole), "it says so already"
    with pytest.raises(themes.ThemeChangedError) as changed:
        decide(theme, manager, ACCEPTED, seen=1)

    assert changed.value.theme.disposition == "partly", "nothing of the first is lost"
    theme.refresh_from_db()
    plan.refresh_from_db()
    assert (theme.section, theme.changed_in, theme.decided_by) == ("Section 4", version, manager)
    assert plan.change_no > before
    first = theme.decided_at
    decide(theme, manager, Decision(**{**whole.__dict__, "told_on": dt.date(2016, 7, 2)}))
    theme.refresh_from_db()
    assert theme.decided_at == first, "telling somebody is no new decision"
    decide(theme, manager, Decision(disposition=""))
    theme.refresh_from_db()
    assert (theme.reason, theme.section, theme.told_on, theme.decided_at) == ("", "", None, None)


def test_what_the_public_reads_needs_a_second_look_whenever_it_changes(plan, manager):
    theme = make.theme(plan)
    with pytest.raises(themes.NotReadyError):
        publish(theme, manager)
    decide(theme, manager)
    publish(theme, manager)
    assert theme.published_by == manager

    decide(theme, manager, Decision(**{**ACCEPTED.__dict__, "told_on": dt.date(2016, 7, 1)}))
    theme.refresh_from_db()
    assert theme.published_at, "the day of telling is not what was looked at"

    decide(theme, manager, Decision(disposition="accepted", reason="Other words", said="Said"))
    theme.refresh_from_db()
    assert theme.published_at is None

    publish(theme, manager)
    themes.rename_theme(
        theme=theme, name="Other", seen_version=theme.version, by=manager, now=now()
    )
    theme.refresh_from_db()
    assert theme.published_at is None

    publish(theme, manager)
    themes.unpublish_theme(theme=theme, seen_version=theme.version, by=manager, now=now())
    theme.refresh_from_db()
    assert theme.published_at is None


def test_a_merged_theme_hands_over_all_that_carries_it(plan, manager, asked):
    old, new, older = make.theme(plan), make.decided(plan), make.theme(plan)
    both = coded(asked, old).answer
    make.coding(both, new)
    moved = coded(asked, old)
    Suggestion.objects.create(answer=both, theme=old, score=1, made_at=now())
    Theme.objects.filter(pk=older.pk).update(merged_into=old)

    themes.merge_themes(theme=old, into=new, seen_version=1, by=manager, now=now())

    older.refresh_from_db(), asked.refresh_from_db()
    kept = Coding.objects.get(answer=moved.answer, undone_at__isnull=True)
    assert (kept.theme, kept.coded_by) == (new, moved.coded_by)
    assert Coding.objects.filter(answer=both, undone_at__isnull=True).count() == 1
    assert older.merged_into == new, "no chain to follow"
    assert not Suggestion.objects.exists()
    assert list(themes_of(plan)) == [new]
    assert (asked.themes, asked.themes_answered) == (1, 1)
    for wrong in (old, make.theme(plans.plan(plans.footprint()))):
        with pytest.raises((ValueError, themes.ThemeChangedError)):
            themes.merge_themes(theme=new, into=wrong, seen_version=1, by=manager, now=now())


def test_a_consultation_counts_the_themes_of_cleared_responses_alone(plan, manager, asked):
    first, second = make.theme(plan), make.theme(plan)

    def counted():
        recount(consultation_ids=[asked.pk], by=manager, now=now())
        asked.refresh_from_db()
        return asked.themes, asked.themes_answered

    assert counted() == (6, 1), "what was typed stays while nothing was themed in the service"
    coded(asked, first)
    coded(asked, first)
    coded(asked, second, moderation="waiting")
    undone = coded(asked, second)
    Coding.objects.filter(pk=undone.pk).update(undone_at=now())
    assert counted() == (1, 0)
    decide(first, manager)
    asked.refresh_from_db()
    assert (asked.themes, asked.themes_answered) == (1, 1), "deciding counts by itself"
    entry = AuditEntry.objects.filter(object_type="plans.consultation", verb="changed").latest("pk")
    assert (entry.before, entry.after) == ({"themes_answered": 0}, {"themes_answered": 1})


def test_a_theme_that_was_merged_while_a_page_was_open_stands_for_the_other(plan, manager, asked):
    seen, into = make.theme(plan, "Rooms"), make.theme(plan, "Buildings")
    sent = make.response(asked, "Our rooms are small")
    themes.merge_themes(
        theme=Theme.objects.get(pk=seen.pk), into=into, seen_version=1, by=manager, now=now()
    )

    given = coding.add_coding(answer=sent.answers.get(), theme=seen, by=manager, now=now())

    assert given.theme == into


@pytest.mark.django_db(transaction=True)
def test_themes_given_decided_renamed_and_merged_at_once_never_wait_for_each_other():
    """Ten times over: each works, or says that somebody was quicker."""
    plan = plans.plan(plans.footprint())
    manager = plans.manager(plan.footprint)
    asked = make.consultation(plan)
    make.survey(asked)
    for number in range(10):
        into, theme = make.theme(plan, f"Into {number}"), make.theme(plan, f"Theme {number}")
        answers = [make.response(asked, "Our rooms are small").answers.get() for _ in range(2)]
        coded(asked, theme)
        given = [_gives(answer, theme, manager) for answer in answers]
        at_once(
            *given,
            _changes(themes.decide_theme, theme, manager, decision=ACCEPTED),
            _changes(themes.rename_theme, into, manager, name=f"Named {number}"),
            _changes(themes.merge_themes, theme, manager, into=into),
            told=themes.ThemeChangedError,
        )
        theme.refresh_from_db()
        carries = set(
            Coding.objects.filter(undone_at__isnull=True, answer__in=answers).values_list("theme")
        )
        assert carries == {(theme.merged_into_id or theme.pk,)}


def _gives(answer, theme, by):
    return lambda: coding.add_coding(answer=answer, theme=theme, by=by, now=now())


def _changes(action, theme, by, **how):
    return lambda: action(theme=theme, seen_version=1, by=by, now=now(), **how)


def test_whoever_wrote_it_last_does_not_take_the_second_look(plan, manager):
    other = plans.manager(plan.footprint)
    theme = themes.add_theme(plan=plan, name="Rooms", by=manager, now=now())
    decide(theme, manager)

    with pytest.raises(themes.OwnWordsError):
        publish(theme, manager)
    publish(theme, other)
    assert not theme.is_published_by_its_writer

    reworded = Decision(disposition="accepted", reason="It is right", said="Rooms are too few")
    decide(theme, other, reworded)
    with pytest.raises(themes.OwnWordsError):
        publish(theme, other)
    publish(theme, manager)
    themes.rename_theme(
        theme=theme, name="Buildings", seen_version=theme.version, by=manager, now=now()
    )
    with pytest.raises(themes.OwnWordsError):
        publish(theme, manager)
    verbs = AuditEntry.objects.filter(object_key=str(theme.pk), object_type="consultations.theme")
    assert not verbs.filter(verb="theme published by its writer").exists()


def test_where_nobody_else_may_the_writer_publishes_and_it_is_said(plan, manager):
    plans.manager(plans.footprint(name="Elsewhere"))
    left = plans.manager(plan.footprint)
    left.is_active = False
    left.save()
    theme = themes.add_theme(plan=plan, name="Rooms", by=manager, now=now())
    decide(theme, manager)

    publish(theme, manager)

    assert theme.is_published_by_its_writer
    newest = AuditEntry.objects.filter(object_key=str(theme.pk)).order_by("pk").last()
    assert newest.verb == "theme published by its writer"
