"""Checks that no test needs to miss: nothing is told and nothing can be done without them.

By file and text. Where another check of the same file reads the same, both are excused only as long
as no test misses them, so put such a question into words of its own before it goes on this list.
"""

LINK = "Draws only a link or a button; the address behind it asks again."
MANAGES = "Spares a query: whose plans somebody manages asks for the role, which carries it."
STRICTER = "Said twice: what is asked next, of the same object, allows fewer."

DRAWS: dict[tuple[str, str], str] = {
    ("accounts/views/history.py", "has_permission(request.user, Permission.REDACT, today=today)"): LINK,
    ("accounts/views/history.py", "has_permission(request.user, Permission.HOLD, today=today)"): LINK,
    ("config/navigation.py", "organisations_represented_by(user, today=today)"):
        "What the reader's own role is called beside their name.",
    ("engagement/access.py", "Role.MANAGER in roles"): MANAGES,
    ("engagement/access.py", "has_permission(user, Permission.DECIDE_CLAIMS, today=today)"): MANAGES,
    ("engagement/queries/claims.py", "has_permission(user, Permission.DECIDE_CLAIMS, today=today)"):
        MANAGES,
    ("engagement/presenters/questions.py", "may_be_written_to(link)"): LINK,
    ("engagement/views/answering.py",
     "has_permission(user, Permission.CLOSE_DISPUTES, today=today)"): LINK,
    ("engagement/views/answering.py", "organisation_ids_represented_by(user, today=today)"): LINK,
    ("engagement/views/changes.py",
     "event_in_scope(request.user, pk, permission=Permission.LOG_ENGAGEMENT, today=today)"): STRICTER,
    ("engagement/views/claims.py",
     "claim_in_scope(request.user, pk, permission=Permission.ADD_CLAIMS, today=today)"): STRICTER,
    ("engagement/views/claims.py",
     "claim_in_scope(request.user, pk, permission=Permission.DECIDE_CLAIMS, today=today)"): STRICTER,
    ("engagement/views/disputes.py",
     "event_in_scope(request.user, pk, permission=Permission.REPLY_TO_DISPUTES, today=today)"):
        STRICTER,
    ("engagement/views/events.py",
     "has_permission(request.user, Permission.LOG_ENGAGEMENT, today=timezone.localdate())"): LINK,
    ("engagement/views/events.py", "may_change(user, record, today=today)"): LINK,
    ("engagement/views/events.py", "plans_visible_to(user, today=today)"):
        "Draws only whether the name of a plan is a link.",
    ("engagement/views/organisations.py",
     "may_read_history_of(request.user, about.pk, footprints, today=today)"): LINK,
    ("engagement/views/organisations.py",
     "organisation_ids_represented_by(request.user, today=today)"): LINK,
    ("engagement/views/organisations.py",
     "may_change_contact(request.user, about.pk, footprints, today=today)"): LINK,
    ("engagement/views/questions.py",
     "event_in_scope(request.user, pk, permission=Permission.LOG_ENGAGEMENT, today=today)"): STRICTER,
    ("plans/presenters/people.py", "Role.REPRESENTATIVE not in roles"):
        "A sentence for the administrator about somebody's seats.",
    ("readiness/views/decide.py", "refuse_own(request, plan, timezone.localdate())"):
        "Chooses the words: the action has refused by then.",
    ("readiness/views/decisions.py",
     "has_permission(request.user, Permission.DECIDE, today=today)"): LINK,
    ("readiness/views/dossier.py", "may_write(request.user, plan, today=today)"): LINK,
    ("readiness/views/dossier.py", "Permission.DECIDE in may"): LINK,
    ("readiness/views/dossier.py", "has_grant_in(request.user, plan, today=today)"): LINK,
    ("readiness/views/dossier.py", "Permission.READ_HISTORY in opened.may"): LINK,
    ("readiness/views/dossier.py", "Permission.GRANT_EXCEPTIONS in opened.may"): LINK,
    ("readiness/views/flag.py",
     "has_permission(request.user, Permission.OFFER_SUPPORT, today=today)"): LINK,
    ("readiness/views/flag.py",
     "has_permission(request.user, Permission.ACT_ON_FLAGS, today=today)"): MANAGES,
    ("readiness/views/flag.py", "_in_scope(request, pk, Permission.ACT_ON_FLAGS, today)"): STRICTER,
    ("readiness/views/flags.py",
     "has_permission(request.user, Permission.LOG_ENGAGEMENT, today=today)"): LINK,
    ("readiness/views/history.py",
     "access.plan_in_scope(request.user, code, permission=permission, today=today)"): STRICTER,
    ("readiness/views/judgements.py",
     "has_permission(request.user, Permission.JUDGE, today=today)"): LINK,
    ("readiness/views/missing.py", "may_write(request.user, plan, today=moment.today)"): LINK,
    ("readiness/views/panels.py", "Permission.DECIDE in opened.may"): LINK,
    ("readiness/views/panels.py", "Permission.GRANT_EXCEPTIONS in opened.may"): LINK,
    ("readiness/views/policies.py",
     "has_permission(request.user, Permission.EDIT_POLICIES, today=today)"): LINK,
    ("readiness/views/policies.py",
     "has_permission(request.user, Permission.APPROVE_POLICIES, today=today)"): LINK,
}  # fmt: skip
"""File and check -> why nothing is lost without it."""


def reason_of(place: str, text: str) -> str:
    """Why this check needs no test of its own; empty where it does."""
    return DRAWS.get((place.split(":", maxsplit=1)[0], text), "")
