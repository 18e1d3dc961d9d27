"""Believable names for people and bodies who do not exist. Pure: the same seed, the same names.

Every row that bears one is marked ``is_synthetic``; any likeness to a real surgery is chance.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product


@dataclass(frozen=True)
class _Heritage:
    """Names that go together, and how many of a hundred people bear such names."""

    weight: int
    given: str
    family: str


_HERITAGES = (
    _Heritage(
        44,
        """
        Alison Andrew Catherine Christopher David Eleanor Fiona Gareth Helen Hugh Ian Jane
        Judith Karen Margaret Martin Nicola Owen Patrick Paul Rachel Rhian Ruth Simon Siobhan
        Stuart Susan Thomas Timothy Victoria
        """,
        """
        Allan Ashworth Barlow Bennett Birch Brennan Cartwright Clegg Davies Doyle Entwistle
        Fletcher Gallagher Hargreaves Holt Hughes Jenkins Kirkpatrick Lomas Mackenzie Murphy
        Nuttall Ogden Pritchard Ramsbottom Shaw Thornley Unsworth Whittaker Yates
        """,
    ),
    _Heritage(
        26,
        """
        Aisha Amit Anil Anjali Arjun Deepa Farah Harpreet Imran Kavita Lakshmi Manish Meera
        Nadia Naveed Neha Parveen Priya Rajesh Ravi Rukhsana Sameer Sanjay Shabana Shilpa Sunita
        Tariq Usha Vikram Zainab
        """,
        """
        Ahmed Akhtar Banerjee Bhatt Chaudhry Desai Deshmukh Dhillon Farooq Ghosh Gill Hussain
        Iqbal Iyer Joshi Khan Kumar Malik Mehta Menon Mirza Nair Patel Qureshi Rahman Reddy Shah
        Sharma Siddiqui Singh
        """,
    ),
    _Heritage(
        10,
        """
        Abena Ade Amara Chidi Chinwe Efua Emeka Folake Ifeoma Kwame Kofi Ngozi Nneka Obinna
        Olumide Temitope Tunde Yaa
        """,
        """
        Achebe Adeyemi Agyeman Asante Balogun Boateng Eze Mensah Nwosu Obi Odukoya Ofori Okafor
        Okonkwo Osei Owusu
        """,
    ),
    _Heritage(
        6,
        """
        Chen Hui Jing Li Mei Ming Siu Wai Wen Xin Yan Ying
        """,
        """
        Chan Cheung Fong Ho Lam Lau Leung Tang Wong Wu Yip Zhang
        """,
    ),
    _Heritage(
        6,
        """
        Agnieszka Andrei Elena Ioana Jakub Katarzyna Magdalena Mihai Piotr Tomasz
        """,
        """
        Dumitru Ionescu Kowalska Lewandowski Mazur Nowak Popescu Radu Wojcik Zielinska
        """,
    ),
    _Heritage(
        5,
        """
        Dalia Hala Karim Layla Mona Omar Rania Samir Yasmin Youssef
        """,
        """
        Abbas Aziz Darwish Fahmy Haddad Hassan Mansour Nasser Saleh Younis
        """,
    ),
    _Heritage(
        3,
        """
        Beverley Carlton Delroy Donna Errol Jacinta Leroy Marcia Paulette Winston
        """,
        """
        Baptiste Campbell Clarke Francis Gayle Henry Lewin Reid Samuels Walters
        """,
    ),
)

_SURGERY_FIRST = """
Abbey Acorn Alder Apple Ash Aspen Barley Bay Beacon Beech Bell Birch Black Bramble Bridge Broad
Brook Bur Castle Cedar Chapel Cherry Church Clover Cross Dale Dean Deer Derwent Elder Elm Fair
Fern Field Firs Fox Garden Glen Gold Gorse Grange Green Grove Hart Haw Hazel Heath High Hill
Holly Iron Ivy Kings Lake Lang Larch Laurel Lime Linden Long Mar May Mead Mill Moor Moss North
Nut Oak Old Orchard Park Pear Pine Poplar Priory Quarry Queens Raven Red Rose Rowan Rush Saddle
Sand Silver South Spring Stan Stone Summer Sun Swan Thorn Vale Wake Wal Warren Water Well West
Wheat White Wild Willow Wind Winter Wood Yew
"""
_SURGERY_SECOND = """
bank borough bourne bridge brook bury clere cliff combe croft dale dene down field ford gate
grove ham hill holme hurst land lea leigh ley lock marsh mead mere more mount port ridge side
stead stone ton vale view wall ward water way well wick wood worth
"""
_SURGERY_KIND = (
    "{} Surgery",
    "{} Medical Centre",
    "{} Health Centre",
    "{} Medical Practice",
    "The {} Practice",
    "{} Family Practice",
    "{} Road Surgery",
    "{} Group Practice",
    "{} Street Surgery",
    "{} Lane Medical Centre",
)

_PARTNERS_OF_A_SYSTEM = (
    ("{} Acute Hospitals", "trust"),
    ("{} Community Services", "trust"),
    ("{} Mental Health Partnership", "trust"),
    ("{} Ambulance Service", "trust"),
    ("{} GP Federation", "gp_federation"),
    ("{} Council for Voluntary Service", "vcse"),
    ("{} Disability Forum", "vcse"),
    ("{} Homelessness Alliance", "vcse"),
    ("{} Patients' Assembly", "patient_group"),
)
_PARTNERS_OF_A_PLACE = (
    ("{} GP Alliance", "gp_federation"),
    ("{} Carers' Network", "vcse"),
    ("Age Friendly {}", "vcse"),
    ("{} Patient Participation Network", "patient_group"),
)


def partners(area: str, *, is_place: bool) -> list[tuple[str, str]]:
    """Name and category of the synthetic partners of a system or of a place within one."""
    kinds = _PARTNERS_OF_A_PLACE if is_place else _PARTNERS_OF_A_SYSTEM
    return [(name.format(area), category) for name, category in kinds]


def people(rng: random.Random) -> Iterator[str]:
    """Names of people of the heritages one meets in English general practice, without end."""
    pools = [(one.given.split(), one.family.split()) for one in _HERITAGES]
    weights = [one.weight for one in _HERITAGES]
    while True:
        given, family = rng.choices(pools, weights)[0]
        yield f"{rng.choice(given)} {rng.choice(family)}"


def surgeries(rng: random.Random, number: int) -> list[str]:
    """``number`` names of GP surgeries, no two the same."""
    places = [
        first + second
        for first, second in product(_SURGERY_FIRST.split(), _SURGERY_SECOND.split())
        if first.lower() != second and first[-1] != second[0]
    ]
    names = (kind.format(place) for place, kind in product(places, _SURGERY_KIND))
    return rng.sample(list(names), number)
