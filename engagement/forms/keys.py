"""The key that makes a form sent twice write once."""

from ui.keys import FormKey

__all__ = ["FormKey"]
