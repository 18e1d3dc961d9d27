"""Writes of files: taking them in, having them scanned, looking after what lies on the disk."""

from files.actions.keeping import scan_waiting, sweep, verify
from files.actions.storing import FileRefused, store

__all__ = ["FileRefused", "scan_waiting", "store", "sweep", "verify"]
