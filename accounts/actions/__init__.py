"""Writes about people who sign in and about the history."""

from accounts.actions.people import add_user
from accounts.actions.signing_in import note_sign_in

__all__ = ["add_user", "note_sign_in"]
