"""The link in a digest that stops digests: whoever holds it may do that one thing."""

from django.core import signing

from accounts.models import User

SALT = "mail.unsubscribe"


def unsubscribe_path(user: User) -> str:
    """The path of the person's own link. It never expires: who wants no more mail is not sent to a
    password first."""
    return f"/unsubscribe/{signing.Signer(salt=SALT).sign(str(user.pk))}/"


def user_of_token(token: str) -> User | None:
    """Whose link it is; None for one that we did not make, and where the account has gone."""
    try:
        key = signing.Signer(salt=SALT).unsign(token)
    except signing.BadSignature:
        return None
    return User.objects.filter(pk=key, is_active=True).first()
