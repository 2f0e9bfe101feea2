"""Every kind of work there is: one line each."""

from tasks.work import Kind

KINDS: tuple[Kind, ...] = ()
