"""The tables by which one part of the service finds another by name: runs, questions to above, mails."""

# Kinds of run (jobs.JobRun.kind) that a worker does, with the task that takes the run's id.
JOB_TASKS: dict[str, str] = {
    "register-preview": "plans.tasks.preview_register_file",
    "register-load": "plans.tasks.load_register_file",
    "attendance-read": "engagement.tasks.read_attendance_list",
    "attendance-match": "engagement.tasks.match_attendance_list",
    "attendance-write": "engagement.tasks.write_attendance_list",
    "plans-read-version": "plans.tasks.read_version",
    "plans-recount-mentions": "plans.tasks.recount_mentions",
    "responses-read": "consultations.tasks.read_responses",
    "responses-check": "consultations.tasks.check_responses",
    "responses-write": "consultations.tasks.write_responses",
    "theme-suggestions": "consultations.tasks.suggest_themes",
}

# What a page of a lower app shows and only a higher one knows (plans.queries.above): by the name
# under which the page asks, the function that answers.
TOLD_FROM_ABOVE: dict[str, str] = {
    "asked-on-record": "engagement.queries.asked.asked_on_record",
    "board-attendance": "engagement.queries.boards.board_attendance",
    "fair-consultation": "readiness.queries.consultations.tested",
}

# Kinds of message (mail.Message.kind), each with the function that writes it out when it is sent:
# it takes the message and ``now`` and gives a mail.writing.Letter, or None when it has become
# pointless.
MAIL_KINDS: dict[str, str] = {
    "claim-decided": "engagement.presenters.letters_claims.claim_decided",
    "claim-made": "engagement.presenters.letters_claims.claim_made",
    "decision-taken": "readiness.presenters.letters.decision_taken",
    "digest": "readiness.presenters.letters.digest",
    "first-password": "plans.presenters.letters.first_password",
    "invitation": "stakeholders.presenters.letters.invitation",
    "record-named": "engagement.presenters.letters.record_named",
    "records-named": "engagement.presenters.letters_many.records_named",
    "response-moved": "consultations.presenters.letters.response_moved",
    "response-received": "consultations.presenters.letters.response_received",
    "response-saved": "consultations.presenters.letters.response_saved",
    "dispute-raised": "engagement.presenters.letters.dispute_raised",
    "dispute-replied": "engagement.presenters.letters.dispute_replied",
    "dispute-closed": "engagement.presenters.letters.dispute_closed",
}
