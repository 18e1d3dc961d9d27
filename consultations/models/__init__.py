"""What was asked in consultations, what people answered, and what became of it.

The consultation itself is ``plans.models.Consultation``.
"""

from consultations.models.responses import (
    Answer,
    Group,
    Moderation,
    Respondent,
    RespondentKind,
    Response,
    ResponseImport,
    Route,
)
from consultations.models.surveys import Question, QuestionKind, SavedForm, Survey
from consultations.models.themes import (
    Coding,
    Disposed,
    Disposition,
    Suggestion,
    Theme,
    ThemeReview,
    decided_with_reason,
)

__all__ = [
    "Answer",
    "Coding",
    "Disposed",
    "Disposition",
    "Group",
    "Moderation",
    "Question",
    "QuestionKind",
    "Respondent",
    "RespondentKind",
    "Response",
    "ResponseImport",
    "Route",
    "SavedForm",
    "Suggestion",
    "Survey",
    "Theme",
    "ThemeReview",
    "decided_with_reason",
]
