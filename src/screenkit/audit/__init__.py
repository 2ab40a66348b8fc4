"""The audit log, and replay: repeating a recorded screening."""

from screenkit.model.chain_head import Head

from .log import AuditLog
from .replay import Replayer
from .verification import verify

__all__ = ["AuditLog", "Head", "Replayer", "verify"]
