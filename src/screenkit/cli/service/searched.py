"""What a long-running command searches: the installed lists as they change, or list files as they are."""

from __future__ import annotations

import datetime as dt

from screenkit import LiveScreener, Policy, Screener, live, read
from screenkit.cli.searching import ListChoice
from screenkit.editions.freshness import Freshness, freshness
from screenkit.editions.store import Store
from screenkit.service.searched.lists import ListSource
from screenkit.sources.starter import starter_path


def list_source(choice: ListChoice, policy: Policy) -> ListSource:
    """Where the lists come from that the options choose.

    As with `screenkit screen`, it is the starter list where nothing was chosen and nothing was ever installed.
    """
    if choice.files or choice.as_of:
        # These never change while they are searched.
        return ListSource(open=lambda: choice.screener(policy), freshness=tuple)
    store = Store()

    def opened() -> Screener | LiveScreener:
        if choice.is_stated or store.is_expected:
            return live(choice.sources or None, policy=policy, check_every=None)
        return Screener(read("starter", starter_path()), policy=policy)

    def fresh() -> tuple[Freshness, ...]:
        now = dt.datetime.now(dt.UTC)
        wanted = choice.sources or store.sources()
        return tuple(freshness(store.current(one), policy.max_age, now) for one in wanted if "@" not in one)

    return ListSource(
        open=opened,
        freshness=fresh,
        has_others=lambda: store.is_expected,
    )
