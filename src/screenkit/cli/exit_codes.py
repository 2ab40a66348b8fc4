"""The exit codes of all commands. Each command says in its help which of them it uses."""

#: All was done; of a screening: whole lists were searched, and nothing was found.
CLEAR = DONE = 0
#: Two things that were compared differ, as diff(1) says it; of a check: it doesn't hold.
DIFFERENT = 1
#: An error, or something is left undone: a row that couldn't be screened, a list that was refused.
ERROR = 2
#: A hit that somebody has to look at, also one that only a weak alias made.
HIT = 3
#: No hit, but only the starter list was searched.
STARTER_ONLY = 4
#: An installed list is stale, or none is installed.
STALE = 5
#: The only hits are ones that reviewers cleared.
CLEARED = 6
#: The only hits are ones that facts contradict (and perhaps cleared ones); only with the filter for these.
CONTRADICTED = 7
#: No hit, but a name is in a script that can't be read dependably.
UNREAD = 8
