"""Names are believable, different and the same for the same dice."""

from itertools import islice

from readiness.demonstration import names
from readiness.demonstration.dice import dice


def test_surgeries_are_as_many_as_asked_and_no_two_the_same():
    made = names.surgeries(dice("1", "practices"), 7_756)
    assert len(set(made)) == 7_756


def test_same_seed_gives_the_same_names_and_another_seed_others():
    first, again, other = (
        list(islice(names.people(dice(seed, "people")), 50)) for seed in ("1", "1", "2")
    )
    assert first == again
    assert first != other


def test_people_have_a_given_and_a_family_name():
    assert all(len(name.split()) == 2 for name in islice(names.people(dice("1")), 200))


def test_partners_of_a_system_and_of_a_place_differ():
    system = names.partners("Devon", is_place=False)
    place = names.partners("Bolton", is_place=True)
    assert ("Devon Acute Hospitals", "trust") in system
    assert {category for _, category in place} == {"gp_federation", "vcse", "patient_group"}
