"""What holds for whatever a plan has on paper, not only for the papers in the tables."""

import json
from dataclasses import fields, replace

from hypothesis import given
from hypothesis import strategies as st

from readiness.rules.catalogue import CRITERIA, Terms, assess
from readiness.rules.papers import GroupReason, Papers
from readiness.rules.states import State
from tests.readiness.rules.builders import AS_AT, START, days_before, heard, lmc, practice
from tests.readiness.rules.papers import (
    activity,
    advice,
    answered,
    commitment,
    consultation,
    judgement,
    member,
    neighbour,
    on_paper,
    opinion,
    shown,
    triage,
    version,
)

GOODNESS = {State.NOT_MET: 0, State.NO_DATA: 1, State.MET: 2, State.NOT_APPLICABLE: 2}
MEMBERS = (heard(lmc(1)), lmc(2), practice(3), member(4, "hwb"), member(5, "hwb"))
MEMBERS += (member(6, "trust"), heard(member(7, "council")))
OMISSION = CRITERIA["omission"].defaults["categories"]
REQUIRED = CRITERIA["required_groups"].defaults["groups"]
BOXES = CRITERIA["gpfv_delivery"].defaults["boxes"]
PAPER_KEYS = (
    *("lmc_saw_plan", "gp_support_shown", "gpfv_delivery", "required_groups", "engagement_plan"),
    *("royal_colleges", "cross_boundary", "hwb", "omission", "consultation_triage"),
    *("formal_consultation", "feedback_published", "attestation", "commitments", "openness"),
)
NAMES = ["gp_practice", "council", "trust", "vcse", "hwb"]

past = st.dates(START, AS_AT)
ahead = st.dates(days_before(-1), days_before(-60))
whenever = past | ahead
number = st.integers(1, 5)
lmcs = st.integers(1, 2)
counts = st.none() | st.dictionaries(st.sampled_from(NAMES), st.integers(0, 3))


@st.composite
def talks(draw, opening):
    opens_on = draw(opening)
    closes_on = draw(st.dates(opens_on, days_before(-90)))
    themes = draw(st.integers(0, 3))
    return consultation(
        title=f"Talk {draw(number)}",
        is_formal=draw(st.booleans()),
        opens_on=opens_on,
        closes_on=closes_on,
        working_days=draw(st.integers(1, 60)),
        time_reason=draw(st.sampled_from(["", "Urgent"])),
        options_open=draw(st.booleans()),
        pack_lacking=tuple(draw(st.sets(st.sampled_from(["costs", "equality"])))),
        themes=themes,
        themes_answered=draw(st.integers(0, themes)),
        report_on=draw(st.none() | whenever),
        heard_on=draw(st.none() | whenever),
        decision_on=draw(st.none() | whenever),
    )


def dated(day):
    """What has a day of its own, by the field of the papers: nothing of it counts before then."""
    return {
        "versions": st.builds(version, st.integers(), day, is_final=st.booleans(), mentions=counts),
        "shown": st.builds(shown, lmcs, st.integers(0, 30), day),
        "opinions": st.builds(opinion, st.integers(4, 5), leads=st.booleans(), on=day),
        "triages": st.builds(triage, day, needed=st.booleans()),
        "consultations": talks(day),
        "answers": st.builds(
            answered,
            lmcs,
            number,
            on=day,
            disputed=st.booleans(),
            is_open=st.booleans(),
            is_replied=st.booleans(),
        ),
    }


SAME = {
    "versions": lambda row: row.id,
    "neighbours": lambda row: row.code,
    "answers": lambda row: (row.event_id, row.organisation_id),
}
UNDATED = {
    "activities": st.builds(activity, whenever, st.none() | whenever),
    "commitments": st.builds(commitment, whenever, st.none() | whenever),
    "advice": st.builds(
        advice, st.sampled_from(["births", "stroke"]), st.none() | number, st.none() | whenever
    ),
    "neighbours": st.builds(neighbour, st.sampled_from("abc"), number, number),
    "judgements": st.builds(
        judgement, st.sampled_from(["gp_support", "gpfv_workload"]), explicit=st.booleans()
    ),
    "group_reasons": st.builds(
        GroupReason, category=st.sampled_from(["trust", "vcse"]), reason=st.just("Why")
    ),
}


POLICY = tuple(Terms(key=key) for key in PAPER_KEYS)


def some(strategies):
    """A few of each; two rows that the database would hold to be one are one."""
    return st.fixed_dictionaries(
        {
            name: st.lists(row, max_size=2, unique_by=SAME.get(name, repr)).map(tuple)
            for name, row in strategies.items()
        }
    )


papers = some(dated(past) | UNDATED)


def judged(found):
    return assess(on_paper(members=MEMBERS, **found), POLICY, AS_AT)


@given(papers, st.randoms(use_true_random=False))
def test_the_order_of_papers_never_matters(found, random):
    shuffled = {name: tuple(random.sample(rows, len(rows))) for name, rows in found.items()}
    assert judged(shuffled) == judged(found)


@given(papers, some(dated(ahead)))
def test_papers_of_tomorrow_change_nothing(found, later):
    both = {name: rows + later.get(name, ()) for name, rows in found.items()}
    assert judged(both) == judged(found)


@given(papers)
def test_evidence_is_plain_and_what_falls_short_says_what_would_clear_it(found):
    for result in judged(found).results:
        assert json.loads(json.dumps(result.evidence)) == result.evidence
        assert set(result.fewest) <= set(result.missing), result
        short = result.state in {State.NOT_MET, State.NO_DATA}
        assert bool(result.would_clear) == short, result


BETTER = {
    "lmc_saw_plan": {"shown": shown(2, 20, days_before(1))},
    "required_groups": {"group_reasons": GroupReason(category="hwb", reason="Why")},
    "hwb": {"opinions": opinion(5, leads=True)},
    "royal_colleges": {"advice": advice("births", 1, AS_AT)},
    "consultation_triage": {"triages": triage(AS_AT, needed=True)},
    "attestation": {"answers": answered(1)},
}


@given(papers)
def test_one_more_paper_never_makes_the_criterion_that_asks_for_it_worse(found):
    before = {result.key: result for result in judged(found).results}
    for key, more in BETTER.items():
        added = {name: (*found[name], row) for name, row in more.items()}
        after = {result.key: result for result in judged(found | added).results}[key]
        assert GOODNESS[after.state] >= GOODNESS[before[key].state], (before[key], after)


@given(papers)
def test_every_wish_fulfilled_makes_every_paper_criterion_met_or_not_asked(found):
    """Whatever was lacking, nothing on paper stays in the way once all of it is put right."""
    settled = {
        "versions": (version(1, START, public_on=START, mentions=dict.fromkeys(OMISSION, 1)),),
        "shown": (shown(1, 20, START), shown(2, 20, START)),
        "opinions": (opinion(4), opinion(5)),
        "group_reasons": tuple(GroupReason(category=one, reason="Why") for one in REQUIRED),
        "activities": tuple(replace(one, done_on=START) for one in found["activities"]),
        "commitments": tuple(replace(one, done_on=START) for one in found["commitments"]),
        "judgements": tuple(judgement(one) for one in ("gp_support", *BOXES)),
        "triages": (triage(needed=True),),
        "consultations": (consultation(heard_on=days_before(1)),),
        "answers": (answered(1),),
        "advice": tuple(replace(one, heard_on=START) for one in found["advice"]),
    }
    results = {result.key: result.state for result in judged(found | settled).results}
    unsettled = {key for key in PAPER_KEYS if results[key] not in {"met", "not_applicable"}}
    assert unsettled == (set() if found["activities"] else {"engagement_plan"})


def test_the_properties_know_every_kind_of_paper():
    kinds = {field.name for field in fields(Papers)}
    assert kinds - set(dated(past)) - set(UNDATED) == {
        "exceptions",
        "working_days_left",
        "withdrawn",
    }
