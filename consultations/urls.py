"""Addresses of consultations."""

from django.urls import URLPattern, URLResolver, path

from consultations.views import analysis, questions, receipts, report, respond, responses_add

app_name = "consultations"
urlpatterns: list[URLPattern | URLResolver] = [
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
    path("consultations/<int:pk>/analysis/", analysis.analysis, name="analysis"),
    path("consultations/<int:pk>/analysis.csv", analysis.analysis_csv, name="analysis-csv"),
    path("consultations/<int:pk>/report.docx", report.report, name="report"),
]
