"""Who it is, by e-mail address and password; and whether they still are at each request."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.utils import timezone

from accounts.queries.signing_in import may_sign_in, person_at


class ByAddress(AuthenticationBackend):
    """allauth's, but by our one address of a person, and silent about who is suspended.

    An unknown address costs the hashing of the password all the same (allauth's ``authenticate``
    does it), and a right password of somebody suspended is as wrong as any.
    """

    def _authenticate(self, request: HttpRequest | None, **credentials: Any) -> Any:
        user = person_at(credentials.get("email") or credentials.get("username") or "")
        if user is None:
            return None
        self._did_check_password = True
        is_right = user.check_password(credentials["password"])
        return user if is_right and self.user_can_authenticate(user) else None

    def user_can_authenticate(self, user: AbstractBaseUser) -> bool:
        """Asked at the sign-in and at every request: who is suspended, or whose roles have all run out, is out."""
        today = timezone.localdate()  # noqa: TID251 - called by Django, for views
        return may_sign_in(user, today=today)  # type: ignore[arg-type]
