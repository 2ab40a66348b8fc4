"""Words and a policy in, what they weigh and what sharing them tells out."""

from __future__ import annotations

from screenkit.model import Token
from screenkit.model.found import FULL_SCORE
from screenkit.names.commonness import commonness
from screenkit.policy import Policy


def token_weight(token: Token, policy: Policy) -> int:
    """What a word weighs in its name: by its kind, and the less the more names hold it."""
    return policy.weight(token.kind, commonness(token))


def token_bits(token: Token, policy: Policy) -> int:
    """What sharing a word tells, in bits: the more the fewer names hold it."""
    return policy.bits(token.kind, commonness(token), len(token.key))


def off_for_common(total: int, bits: int, policy: Policy) -> int:
    """What comes off where the words shared tell too few bits for what the names lack."""
    if bits >= policy.needed_bits or not policy.needed_bits:
        return 0
    lack = min(policy.needed_bits - bits, policy.needed_bits)
    at_stake = min(max(FULL_SCORE - total, 0) * policy.common_rise // 100, policy.common_most)
    return -(at_stake * lack // policy.needed_bits)
