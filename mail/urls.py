"""Addresses of mail."""

from django.urls import path

from mail.views import box, wanting

app_name = "mail"
urlpatterns = [
    path("mail/", box.mail, name="mail"),
    path("mail/outbox/", box.outbox, name="outbox"),
    path("mail/outbox/<int:pk>/again/", box.again, name="again"),
    path("mail/<int:pk>/", box.letter, name="letter"),
    path("account/messages/", wanting.preferences, name="preferences"),
    path("unsubscribe/<str:token>/", wanting.unsubscribe, name="unsubscribe"),
]
