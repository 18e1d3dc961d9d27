"""Stories are spread like the subject, and none contradicts itself."""

from collections import Counter

import pytest

from readiness.demonstration import stories
from readiness.demonstration.dice import dice


@pytest.mark.parametrize("number", [44, 42])
def test_few_plans_are_ready_and_most_lack_something(number):
    told = stories.spread(dice("1"), number, told={})
    lacking = Counter(len(story.lacks) for story in told)
    assert lacking[0] == 5
    assert max(lacking) >= 6
    assert sum(lacking[few] for few in (1, 2, 3)) > number / 2


def test_a_story_that_is_told_keeps_its_place():
    fixed = stories.story_lacking(dice("1"), frozenset({stories.LMC}))
    assert stories.spread(dice("2"), 44, told={6: fixed})[6] is fixed


@pytest.mark.parametrize("seed", [str(seed) for seed in range(50)])
def test_an_empty_phase_is_never_early(seed):
    for lacking in range(8):
        story = stories.story(dice(seed), lacking)
        assert len(story.lacks) == lacking
        assert stories.PROXY not in story.lacks or stories.EARLY in story.lacks


@pytest.mark.parametrize(("lacks", "low", "high"), [((), 0.45, 0.58), (("gp_breadth",), 0, 0.33)])
def test_breadth_lies_clear_of_the_limit(lacks, low, high):
    for seed in "123456789":
        assert low <= stories.story_lacking(dice(seed), frozenset(lacks)).breadth <= high


def test_whoever_lacks_all_that_is_heard_is_silent():
    assert stories.story(dice("1"), 7).is_silent
    assert not stories.story(dice("1"), 3).is_silent
