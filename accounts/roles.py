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
    CLOSE_DISPUTES = "close_disputes"
    ADD_CLAIMS = "add_claims"
    DECIDE_CLAIMS = "decide_claims"
    COLLATE = "collate_comments"
    INVITE = "invite_colleagues"
    MANAGE_USERS = "manage_users"
    READ_MAIL = "read_mail"
    READ_HISTORY = "read_history"
    HOLD = "hold_history"
    REDACT = "redact_history"
    IMPORT_ATTENDANCE = "import_attendance"
    READ_RESPONSES = "read_responses"
    HANDLE_RESPONSES = "handle_responses"
    DECIDE_POINTS = "decide_points"
    EDIT_MENTIONS = "edit_mentions"

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
    Permission.CLOSE_DISPUTES: "close a dispute as a stated disagreement",
    Permission.ADD_CLAIMS: "add what a record misses",
    Permission.DECIDE_CLAIMS: "decide on what an organisation adds to a record",
    Permission.COLLATE: "gather the comments of members",
    Permission.INVITE: "invite colleagues",
    Permission.MANAGE_USERS: "change who may use this service",
    Permission.READ_MAIL: "read what was sent",
    Permission.READ_HISTORY: "read the history of the whole service",
    Permission.HOLD: "place or lift a legal hold",
    Permission.REDACT: "take personal details out of the history",
    Permission.IMPORT_ATTENDANCE: "import attendance lists",
    Permission.READ_RESPONSES: "read the responses to a consultation",
    Permission.HANDLE_RESPONSES: "work on the responses to a consultation",
    Permission.DECIDE_POINTS: "decide what becomes of what was said",
    Permission.EDIT_MENTIONS: "change the words that stand for a group",
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
            Permission.DECIDE_CLAIMS,
            Permission.IMPORT_ATTENDANCE,
            Permission.READ_RESPONSES,
            Permission.HANDLE_RESPONSES,
            Permission.DECIDE_POINTS,
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
            Permission.CLOSE_DISPUTES,
            Permission.READ_HISTORY,
            Permission.HOLD,
            Permission.REDACT,
            Permission.READ_RESPONSES,
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
            Permission.ADD_CLAIMS,
            Permission.COLLATE,
            Permission.INVITE,
        }
    ),
    Role.ADMINISTRATOR: frozenset(
        {
            Permission.IMPORT_REGISTER,
            Permission.READ_JOBS,
            Permission.READ_DIRECTORY,
            Permission.EDIT_POLICIES,
            Permission.APPROVE_POLICIES,
            Permission.MANAGE_USERS,
            Permission.READ_MAIL,
            Permission.READ_HISTORY,
            Permission.REDACT,
            Permission.EDIT_MENTIONS,
        }
    ),
}


def permissions_of(roles: frozenset[Role]) -> frozenset[Permission]:
    """Everything that a person with these roles may do."""
    return frozenset().union(*(PERMISSIONS[role] for role in roles))
