"""The people as whom a demonstration can be entered. They do not exist.

The one table behind the demonstration's loader, the lines that ``make run`` prints and the
sign-in page in demonstration mode. Codes name footprints, a region or organisations of the
demonstration; who reads them knows what they are.
"""

from dataclasses import dataclass

from accounts.roles import Role

PASSWORD = "widen-the-tent"  # noqa: S105  (of people who do not exist, printed on purpose)


@dataclass(frozen=True, kw_only=True)
class DemonstrationAccount:
    """One synthetic user, what they may see, and in a few words who they are."""

    email: str
    name: str
    role: Role
    about: str
    footprints: tuple[str, ...] = ()
    region: str = ""
    organisation: str = ""


NEVER_CONSULTED = DemonstrationAccount(
    email="lmc.bolton@example.org",
    name="Dr Anil Deshmukh",
    role=Role.REPRESENTATIVE,
    about="Bolton LMC, never consulted",
    organisation="LMC011",
)

MANAGER = DemonstrationAccount(
    email="manager@example.org",
    name="Hannah Whitworth",
    role=Role.MANAGER,
    about="Greater Manchester, Lancashire and South Cumbria, Cheshire and Merseyside, and Bolton",
    footprints=("QOP", "QE1", "QYG", "E08000001"),
)

ACCOUNTS = (
    MANAGER,
    DemonstrationAccount(
        email="manager.london@example.org",
        name="Joseph Okafor",
        role=Role.MANAGER,
        about="every footprint of London",
        region="Y56",
    ),
    DemonstrationAccount(
        email="manager.national@example.org",
        name="Nadia Clegg",
        role=Role.MANAGER,
        about="two national engagements of the past, as worked examples",
    ),
    DemonstrationAccount(
        email="reviewer@example.org",
        name="Margaret Lomas",
        role=Role.REVIEWER,
        about="the national board",
    ),
    NEVER_CONSULTED,
    DemonstrationAccount(
        email="lmc.salford@example.org",
        name="Dr Siobhan Gallagher",
        role=Role.REPRESENTATIVE,
        about="Salford and Trafford LMC, consulted",
        organisation="LMC015",
    ),
    DemonstrationAccount(
        email="practice@example.org",
        name="Dr Farah Siddiqui",
        role=Role.REPRESENTATIVE,
        about="a practice in Salford",
        organisation="X01000",
    ),
    DemonstrationAccount(
        email="administrator@example.org",
        name="Gareth Pritchard",
        role=Role.ADMINISTRATOR,
        about="the register and the job log",
    ),
)
