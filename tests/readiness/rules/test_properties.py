"""What holds for every criterion, footprint and history, not only for those in the tables."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from readiness.rules.catalogue import CRITERIA, Terms, assess
from readiness.rules.facts import HEARD, Seat
from readiness.rules.papers import Answered, Excepted, Papers
from readiness.rules.reach import counting_disputed
from readiness.rules.states import State, severity_rank
from tests.readiness.rules.builders import AS_AT, days_before, facts, judge
from tests.readiness.rules.histories import hearings, histories, practices
from tests.readiness.rules.test_paper_properties import papers as papers_by_field

POLICY = tuple(Terms(key=key) for key in CRITERIA)

papers = papers_by_field.map(lambda fields: Papers(**fields))


def goodness(state):
    """A criterion that does not apply stands in the way of nothing, like one that is met."""
    return severity_rank(State.MET if state is State.NOT_APPLICABLE else state)


def judged(given_facts, as_at=AS_AT):
    return assess(given_facts, POLICY, as_at)


def compared(before, after):
    """Each criterion before and after, by its key."""
    return zip(before.results, after.results, strict=True)


def draw_disputes(data, history):
    """Some organisations dispute the whole of their part in some events, and say so."""
    pairs = sorted({(part.event_id, part.organisation_id) for part in history.parts})
    chosen = set(data.draw(st.lists(st.sampled_from(pairs), unique=True))) if pairs else set()
    return [part for part in history.parts if (part.event_id, part.organisation_id) in chosen]


def with_answers(on_paper, disputed):
    """Whoever disputes a record has answered it, and nobody has replied yet."""
    said = {
        (part.event_id, part.organisation_id): Answered(
            event_id=part.event_id,
            event_title=part.title,
            organisation_id=part.organisation_id,
            organisation_name="",
            category=part.category,
            disputed=True,
            answered_on=AS_AT,
            is_open=True,
        )
        for part in disputed
    }
    others = (one for one in on_paper.answers if (one.event_id, one.organisation_id) not in said)
    return replace(on_paper, answers=(*others, *said.values()))


@given(st.data(), histories(), papers)
def test_hearing_one_more_practice_never_makes_any_verdict_worse(data, history, on_paper):
    surgeries = [one for one in history.register if one.category == "gp_practice"]
    one_more = data.draw(hearings(surgeries))
    disputed = draw_disputes(data, history)
    before = judged(history.facts(disputed=disputed, papers=on_paper))
    after = judged(history.with_parts(one_more).facts(disputed=disputed, papers=on_paper))
    for old, new in compared(before, after):
        assert goodness(new.state) >= goodness(old.state), (old, new)
    assert after.musts_met >= before.musts_met
    assert goodness(after.overall) >= goodness(before.overall)


@given(st.data(), histories(), papers)
def test_hearing_anybody_more_makes_nothing_worse_but_asks_an_lmc_for_its_answer(
    data, history, on_paper
):
    """`attestation` asks every LMC that was heard: hearing the first leads from no data to not
    met, until it has answered."""
    one_more = data.draw(hearings(history.register))
    before = judged(history.facts(papers=on_paper))
    after = judged(history.with_parts(one_more).facts(papers=on_paper))
    for old, new in compared(before, after):
        if old.key == "attestation" and one_more.category == "lmc":
            continue
        assert goodness(new.state) >= goodness(old.state), (old, new)


@given(st.data(), histories(), papers)
def test_order_never_matters(data, history, on_paper):
    disputed = draw_disputes(data, history)
    told = history.facts(disputed=disputed, papers=on_paper)
    shuffled = replace(
        history,
        register=tuple(data.draw(st.permutations(history.register))),
        parts=tuple(data.draw(st.permutations(history.parts))),
    ).facts(disputed=data.draw(st.permutations(disputed)), papers=on_paper)
    shuffled = replace(
        shuffled,
        contacts=tuple(data.draw(st.permutations(shuffled.contacts))),
        phases=tuple(data.draw(st.permutations(shuffled.phases))),
    )
    assert judged(shuffled) == judged(told)


@given(st.data(), histories(), papers)
def test_withdrawing_what_was_just_logged_restores_the_former_result(data, history, on_paper):
    """But for the number of withdrawn events, which every figure of contacts names from then on.

    The queries leave a withdrawn event out; that this is all that they do with it is tested there.
    """
    logged = history.with_parts(data.draw(hearings(history.register)))
    withdrawn = replace(
        logged, parts=tuple(part for part in logged.parts if part.event_id != 900)
    ).facts(papers=replace(on_paper, withdrawn=1))
    before, after = judged(history.facts(papers=on_paper)), judged(withdrawn)
    for old, new in compared(before, after):
        reasons = {name: number for name, number in new.not_counted.items() if name != "withdrawn"}
        assert replace(new, not_counted=reasons) == old
    assert (after.overall, after.musts_met) == (before.overall, before.musts_met)


@given(histories())
def test_what_lies_ahead_changes_nothing_but_what_is_planned(history):
    past = replace(history, parts=tuple(p for p in history.parts if p.held_on <= AS_AT))
    for ahead, behind in compared(judged(history.facts()), judged(past.facts())):
        assert (ahead.state, ahead.figure) == (behind.state, behind.figure)


@given(st.data(), histories(), papers)
def test_an_exception_never_makes_anything_worse(data, history, on_paper):
    told = history.facts(disputed=draw_disputes(data, history), papers=on_paper)
    exceptions = st.builds(
        Excepted,
        id=st.integers(1, 9),
        key=st.sampled_from(sorted(CRITERIA)),
        reason=st.just("Why"),
        approver=st.just("Who"),
        starts_on=st.dates(days_before(9), days_before(-9)),
        expires_on=st.dates(days_before(9), days_before(-9)),
    )
    granted = tuple(data.draw(st.lists(exceptions, max_size=5)))
    before = judged(told)
    after = judged(replace(told, papers=replace(on_paper, exceptions=granted)))
    for old, new in compared(before, after):
        assert severity_rank(new.state) >= severity_rank(old.state)
        assert (new.figure, new.missing) == (old.figure, old.missing)
        excepted = new.state is State.EXCEPTION
        assert new.evidence.get("without_exception") == (old.state if excepted else None)
    assert severity_rank(after.overall) >= severity_rank(before.overall)
    assert after.musts_met == before.musts_met


@given(st.data(), histories(), papers)
def test_a_dispute_never_makes_anything_better(data, history, on_paper):
    disputed = draw_disputes(data, history)
    before = judged(history.facts(papers=on_paper))
    told = history.facts(disputed=disputed, papers=with_answers(on_paper, disputed))
    after = judged(told)
    for old, new in compared(before, after):
        assert goodness(new.state) <= goodness(old.state), (old, new)
    assert after.musts_met <= before.musts_met
    assert goodness(after.overall) <= goodness(before.overall)


@given(st.data(), histories())
def test_counting_what_is_disputed_leads_back_to_what_was_before_the_dispute(data, history):
    disputed = draw_disputes(data, history)
    believed = counting_disputed(history.facts(disputed=disputed), AS_AT)
    assert judged(believed) == judged(history.facts())


@given(st.data(), histories(), papers)
def test_a_result_is_plain_and_complete(data, history, on_paper):
    """Whom it would be enough to hear is among those it misses; left out means at least one."""
    disputed = draw_disputes(data, history)
    for result in judged(history.facts(disputed=disputed, papers=on_paper)).results:
        assert set(result.fewest) <= set(result.missing), result
        assert all(number > 0 for number in result.not_counted.values()), result
        assert len(set(result.events)) == len(result.events), result
        settled = result.state in {State.MET, State.NOT_APPLICABLE}
        assert bool(result.would_clear) != settled, result


ADDED_UP = {
    "lmc_reached": ("heard", "lmcs"),
    "lmc_saw_plan": ("in_time", "late", "lmcs"),
    "gp_breadth": ("heard", "practices", "patients_heard", "patients", "list_unknown"),
    "locality_spread": ("localities", "localities_heard"),
    "gp_depth": ("two_way", "contacts", "deep"),
    "gp_seat": ("gp_seats", "seats", "hwb_seats"),
    "hwb": ("boards", "lead", "opinion_only"),
    "engagement_plan": ("done", "due", "activities"),
    "formal_consultation": ("held", "tested"),
    "feedback_published": ("published", "closed", "late", "waiting"),
    "attestation": ("answered", "asked", "lmcs"),
    "commitments": ("overdue", "commitments", "kept"),
}
"""Criteria that count what belongs to one footprint only, and what they count.

The others look at a footprint as a whole, so that nothing adds up: a phase, a day or a channel is
the same for both parts (`no_proxy`, `early_throughout`, `recent`, `channels`), a group is engaged
or named once however many belong to it (`required_groups`, `system_partners`, `omission`,
`royal_colleges`), a judgement or a decision is one (`gp_support_shown`, `gpfv_delivery`,
`consultation_triage`, `openness`), and two that merge are no neighbours any more
(`cross_boundary`).
"""


def moved(told):
    """The same footprint somewhere else: other ids, codes and localities."""
    return replace(
        told,
        members=tuple(
            replace(
                one,
                id=one.id + 1000,
                code=f"Z{one.code}",
                locality=f"Z{one.locality}" if one.locality else None,
            )
            for one in told.members
        ),
        contacts=tuple(replace(one, event_id=one.event_id + 1000) for one in told.contacts),
        papers=replace(
            told.papers,
            shown=tuple(
                replace(one, organisation_id=one.organisation_id + 1000)
                for one in told.papers.shown
            ),
            opinions=tuple(
                replace(one, organisation_id=one.organisation_id + 1000)
                for one in told.papers.opinions
            ),
            answers=tuple(
                replace(
                    one,
                    event_id=one.event_id + 1000,
                    organisation_id=one.organisation_id + 1000,
                )
                for one in told.papers.answers
            ),
        ),
    )


def merged(one, other):
    """One footprint of two: everybody and everything that either has."""
    both = {
        name: (*getattr(one.papers, name), *getattr(other.papers, name))
        for name in ("shown", "opinions", "activities", "consultations", "commitments", "answers")
    }
    return replace(
        one,
        members=one.members + other.members,
        contacts=one.contacts + other.contacts,
        seats=one.seats + other.seats,
        papers=replace(one.papers, **both),
    )


seats = st.lists(
    st.builds(
        Seat,
        body=st.sampled_from(["Board", "Health and Wellbeing Board"]),
        organisation_name=st.just("Somebody"),
        category=st.sampled_from(["gp_practice", "lmc", "trust"]),
        capacity=st.sampled_from(["provider", "commissioner"]),
    ),
    max_size=3,
).map(tuple)


@st.composite
def footprints(draw):
    return replace(draw(histories()).facts(papers=draw(papers)), seats=draw(seats))


@given(footprints(), footprints())
def test_a_footprint_merged_from_two_counts_what_they_count(first, other):
    versions = replace(other.papers, versions=first.papers.versions)
    second = moved(replace(other, papers=versions))
    both = merged(first, second)
    for key, names in ADDED_UP.items():
        found = [judge(key, told).evidence for told in (first, second, both)]
        for name in names:
            one, two, whole = (evidence.get(name, 0) for evidence in found)
            assert whole == one + two, (key, name)


@given(practices, st.integers(1, 100))
def test_the_fewest_reach_the_threshold_and_one_fewer_does_not(register, minimum):
    missing = judge("gp_breadth", facts(members=tuple(register)), amber_below=minimum)
    if not missing.evidence["patients"]:
        return

    def after(ids):
        members = tuple(
            replace(member, rung=HEARD) if member.id in ids else member for member in register
        )
        return judge("gp_breadth", facts(members=members), amber_below=minimum).state

    assert after(missing.fewest) == State.MET
    assert after(missing.fewest[:-1]) != State.MET


@given(histories(), st.integers(1, 4))
def test_hearing_the_fewest_of_each_locality_and_of_the_lmcs_is_enough(history, minimum):
    told = history.facts()
    for key, threshold in (
        ("locality_spread", {"minimum_heard": minimum}),
        ("lmc_reached", {"minimum_percent": 25 * minimum}),
    ):
        result = judge(key, told, **threshold)
        if result.state is not State.NOT_MET:
            continue
        members = tuple(
            replace(one, rung=HEARD, first_heard=AS_AT) if one.id in result.fewest else one
            for one in told.members
        )
        assert judge(key, replace(told, members=members), **threshold).state is State.MET
