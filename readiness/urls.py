"""Addresses of readiness."""

from django.urls import path

from readiness.views import (
    board,
    criteria,
    decide,
    decisions,
    dossier,
    exceptions,
    flag,
    flags,
    home,
    judgements,
    missing,
    policies,
    policy_steps,
)

app_name = "readiness"
urlpatterns = [
    path("", home.home, name="home"),
    path("board/", board.board, name="board"),
    path("board.csv", board.board_csv, name="board-csv"),
    path("missing/", missing.chooser, name="missing-lists"),
    path("plans/<slug:code>/", dossier.dossier, name="dossier"),
    path("plans/<slug:code>/missing/", missing.missing, name="missing"),
    path("plans/<slug:code>/missing.csv", missing.missing_csv, name="missing-csv"),
    path("plans/<slug:code>/judgements/", judgements.judgements, name="judgements"),
    path("plans/<slug:code>/judgements/add/", judgements.add, name="judgement-add"),
    path(
        "plans/<slug:code>/judgements/<int:pk>/withdraw/",
        judgements.withdraw,
        name="judgement-withdraw",
    ),
    path("plans/<slug:code>/decide/", decide.decide, name="decide"),
    path("plans/<slug:code>/exceptions/add/", exceptions.add, name="exception-add"),
    path("exceptions/<int:pk>/withdraw/", exceptions.withdraw, name="exception-withdraw"),
    path("decisions/", decisions.decisions, name="decisions"),
    path("decisions/<int:pk>/", decisions.decision, name="decision"),
    path("decisions/<int:pk>.json", decisions.decision_json, name="decision-json"),
    path("decisions/<int:pk>/conditions/", decisions.conditions, name="conditions"),
    path("conditions/<int:pk>/met/", decisions.condition_met, name="condition-met"),
    path("flags/", flags.flags, name="flags"),
    path("flags/<int:pk>/", flag.flag, name="flag"),
    path("flags/<int:pk>/take-on/", flag.take_on, name="flag-take-on"),
    path("flags/<int:pk>/support/", flag.support, name="flag-support"),
    path(
        "flags/<int:pk>/support/<int:offer_pk>/close/",
        flag.close_support,
        name="flag-support-close",
    ),
    path("criteria/", criteria.criteria, name="criteria"),
    path("criteria/policies/", policies.policies, name="policies"),
    path("criteria/policies/new/", policies.new, name="policy-new"),
    path("criteria/policies/<int:pk>/", policies.policy, name="policy"),
    path("criteria/policies/<int:pk>/change/", policies.change, name="policy-change"),
    path("criteria/policies/<int:pk>/preview/", policies.preview, name="policy-preview"),
    path("criteria/policies/<int:pk>/propose/", policy_steps.propose, name="policy-propose"),
    path("criteria/policies/<int:pk>/approve/", policy_steps.approve, name="policy-approve"),
    path("criteria/policies/<int:pk>/send-back/", policy_steps.send_back, name="policy-send-back"),
    path("criteria/policies/<int:pk>/drop/", policy_steps.drop, name="policy-drop"),
    path(
        "criteria/policies/<int:pk>/criteria/<slug:key>/",
        policy_steps.criterion,
        name="policy-criterion",
    ),
    path(
        "criteria/policies/<int:pk>/criteria/<slug:key>/leave-out/",
        policy_steps.leave_out,
        name="policy-leave-out",
    ),
    path(
        "criteria/policies/<int:pk>/criteria/<slug:key>/add/",
        policy_steps.take_in,
        name="policy-take-in",
    ),
]
