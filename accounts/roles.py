"""Who may do what: roles, permissions and the one table that joins them.

Pure. A role says *what* a person may do; *where* they may do it is said by grants further up
(``plans.FootprintGrant`` for managers, ``stakeholders.Representative`` for representatives).
"""

from enum import StrEnum


class Role(StrEnum):
    """What a person is to the service; never the name of an organisation, which changes."""

    MANAGER = "manager"
    REVIEWER = "reviewer"
    REPRESENTATIVE = "representative"
    ADMINISTRATOR = "administrator"

    @property
    def label(self) -> str:
        return ROLE_LABELS[self]


class Permission(StrEnum):
    """One thing a person may be allowed to do."""

    READ_READINESS = "read_readiness"
    READ_BOARD = "read_board"
    LOG_ENGAGEMENT = "log_engagement"
    READ_EVENTS = "read_events"
    READ_CONTACT_DETAILS = "read_contact_details"
    EDIT_SEATS = "edit_seats"
    READ_OWN_RECORD = "read_own_record"
    READ_DIRECTORY = "read_directory"
    IMPORT_REGISTER = "import_register"
    READ_JOBS = "read_jobs"
    EDIT_PAPERS = "edit_papers"
    ANSWER_RECORDS = "answer_records"
    REPLY_TO_DISPUTES = "reply_to_disputes"
    ACT_ON_FLAGS = "act_on_flags"
    OFFER_SUPPORT = "offer_support"
    JUDGE = "judge"
    GRANT_EXCEPTIONS = "grant_exceptions"
    DECIDE = "decide"
    READ_DECISIONS = "read_decisions"
    EDIT_POLICIES = "edit_policies"
    APPROVE_POLICIES = "approve_policies"

    @property
    def refusal(self) -> str:
        """What the 403 page says to somebody whose roles do not carry it."""
        return f"Your role does not let you {DEEDS[self]}."


DEEDS: dict[Permission, str] = {
    Permission.READ_READINESS: "read how ready plans are",
    Permission.READ_BOARD: "read the readiness board",
    Permission.LOG_ENGAGEMENT: "log engagement or change a record",
    Permission.READ_EVENTS: "read events",
    Permission.READ_CONTACT_DETAILS: "read contact details",
    Permission.EDIT_SEATS: "change who holds a seat on a board",
    Permission.READ_OWN_RECORD: "read what was logged in the name of an organisation",
    Permission.READ_DIRECTORY: "read the directory of organisations",
    Permission.IMPORT_REGISTER: "import the register",
    Permission.READ_JOBS: "read the job log",
    Permission.EDIT_PAPERS: "change what is on paper about a plan",
    Permission.ANSWER_RECORDS: "answer a record in the name of an organisation",
    Permission.REPLY_TO_DISPUTES: "reply to an organisation that disagrees",
    Permission.ACT_ON_FLAGS: "take on a flag",
    Permission.OFFER_SUPPORT: "offer support",
    Permission.JUDGE: "say what a plan makes explicit",
    Permission.GRANT_EXCEPTIONS: "grant an exception",
    Permission.DECIDE: "take a decision on a plan",
    Permission.READ_DECISIONS: "read decisions",
    Permission.EDIT_POLICIES: "change the criteria",
    Permission.APPROVE_POLICIES: "approve criteria",
}

ROLE_LABELS: dict[Role, str] = {
    Role.MANAGER: "regional manager",
    Role.REVIEWER: "board reviewer",
    Role.REPRESENTATIVE: "organisation lead",
    Role.ADMINISTRATOR: "administrator",
}

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.MANAGER: frozenset(
        {
            Permission.READ_READINESS,
            Permission.READ_BOARD,
            Permission.LOG_ENGAGEMENT,
            Permission.READ_EVENTS,
            Permission.READ_CONTACT_DETAILS,
            Permission.EDIT_SEATS,
            Permission.READ_DIRECTORY,
            Permission.EDIT_PAPERS,
            Permission.REPLY_TO_DISPUTES,
            Permission.ACT_ON_FLAGS,
            Permission.OFFER_SUPPORT,
            Permission.READ_DECISIONS,
        }
    ),
    Role.REVIEWER: frozenset(
        {
            Permission.READ_READINESS,
            Permission.READ_BOARD,
            Permission.READ_EVENTS,
            Permission.READ_DIRECTORY,
            Permission.OFFER_SUPPORT,
            Permission.JUDGE,
            Permission.GRANT_EXCEPTIONS,
            Permission.DECIDE,
            Permission.READ_DECISIONS,
            Permission.APPROVE_POLICIES,
        }
    ),
    Role.REPRESENTATIVE: frozenset(
        {
            Permission.READ_READINESS,
            Permission.READ_EVENTS,
            Permission.READ_OWN_RECORD,
            Permission.READ_DIRECTORY,
            Permission.ANSWER_RECORDS,
            Permission.READ_DECISIONS,
        }
    ),
    Role.ADMINISTRATOR: frozenset(
        {
            Permission.IMPORT_REGISTER,
            Permission.READ_JOBS,
            Permission.READ_DIRECTORY,
            Permission.EDIT_POLICIES,
            Permission.APPROVE_POLICIES,
        }
    ),
}


def permissions_of(roles: frozenset[Role]) -> frozenset[Permission]:
    """Everything that a person with these roles may do."""
    return frozenset().union(*(PERMISSIONS[role] for role in roles))
