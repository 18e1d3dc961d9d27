"""Addresses of consultations."""

from django.urls import URLPattern, URLResolver, path

from consultations.views import (
    analysis,
    moderation,
    questions,
    receipts,
    register,
    register_steps,
    report,
    respond,
    response_imports,
    responses_add,
    triage,
    triage_list,
)

app_name = "consultations"
urlpatterns: list[URLPattern | URLResolver] = [
    path("consultations/", register.register, name="register"),
    path("consultations/<int:pk>/", register.consultation, name="consultation"),
    path("consultations/<int:pk>/change/", register_steps.change, name="change"),
    path("consultations/<int:pk>/must-ask/", register_steps.must_ask, name="must-ask"),
    path(
        "consultations/<int:pk>/must-ask/<int:row_pk>/",
        register_steps.must_ask_one,
        name="must-ask-one",
    ),
    path("consultations/<int:pk>/publish/", register_steps.publish, name="publish"),
    path("consultations/<int:pk>/drop/", register_steps.drop, name="drop"),
    path("respond/<slug:code>/", respond.respond, name="respond"),
    path("respond/<slug:code>/answer/", respond.answer, name="respond-form"),
    path("respond/<slug:code>/back/<str:token>/", respond.back, name="respond-back"),
    path("receipts/<str:token>/", receipts.receipt, name="receipt"),
    path("consultations/<int:pk>/questions/", questions.questions, name="questions"),
    path("consultations/<int:pk>/questions/words/", questions.describe, name="form-words"),
    path("consultations/<int:pk>/questions/add/", questions.add, name="question-add"),
    path("consultations/<int:pk>/questions/<int:question_pk>/", questions.change, name="question"),
    path(
        "consultations/<int:pk>/questions/<int:question_pk>/withdraw/",
        questions.withdraw,
        name="question-withdraw",
    ),
    path("consultations/<int:pk>/responses/add/", responses_add.add, name="response-add"),
    path(
        "consultations/<int:pk>/responses/import/",
        response_imports.send,
        name="response-import-new",
    ),
    path("response-imports/<int:pk>/", response_imports.response_import, name="response-import"),
    path(
        "response-imports/<int:pk>/errors.csv",
        response_imports.errors_csv,
        name="response-import-errors",
    ),
    path("consultations/<int:pk>/responses/", triage_list.responses, name="responses"),
    path("consultations/<int:pk>/responses/suggest/", triage_list.suggest, name="suggest"),
    path("consultations/<int:pk>/triage/", triage.triage, name="triage"),
    path("responses/<int:pk>/", moderation.response, name="response"),
    path("consultations/<int:pk>/analysis/", analysis.analysis, name="analysis"),
    path("consultations/<int:pk>/analysis.csv", analysis.analysis_csv, name="analysis-csv"),
    path("consultations/<int:pk>/report.docx", report.report, name="report"),
]
