"""What two names share, in bits, in; what comes off for sharing too little out."""

from __future__ import annotations

from screenkit.model.found import FULL_SCORE
from screenkit.policy import Policy


def off_for_common(total: int, bits: int, policy: Policy) -> int:
    """What comes off where the words shared tell too few bits for what the names lack."""
    if bits >= policy.needed_bits or not policy.needed_bits:
        return 0
    lack = min(policy.needed_bits - bits, policy.needed_bits)
    at_stake = min(max(FULL_SCORE - total, 0) * policy.common_rise // 100, policy.common_most)
    return -(at_stake * lack // policy.needed_bits)
