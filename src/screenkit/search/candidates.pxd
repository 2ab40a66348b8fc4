# The types that candidates.py is compiled with.

cimport cython
from libc.stdint cimport int32_t, int64_t, uint16_t
from screenkit.comparison.bounds cimport ScoreBound as _Bound

cdef int _FULL, _NAME_COST
cdef int _NAME, _MARK, _BEST, _COVERED, _QUERY, _LISTED
cdef int _TERM, _WEIGHT, _TIMES, _SPARED, _TERM_BEST, _TERM_COVERED
cdef int _ENTRY, _LISTED_TERM, _SIMILARITY, _QUERY_TERM, _NEXT, _COMPARISON


cdef class Candidates:
    cdef const int32_t[::1] _names, _starts, _terms, _name_starts, _position_starts
    cdef const int64_t[::1] _weights, _term_weights, _whole, _counts
    cdef const uint16_t[::1] _positions
    cdef _Bound _bound
    cdef int64_t[::1] _known, _heads, _query, _query_best, _query_weights, _listed_best, _bounds
    cdef int32_t[::1] _touched, _seen, _entries
    cdef int64_t _marked, _asked
    cdef list _comparisons

    @cython.locals(
        at=Py_ssize_t, found=list, always=set, candidates=list, pairs=list, name=Py_ssize_t, is_sure=bint, points=int64_t,
        least=int64_t, most=int64_t,
    )
    cpdef list find(self, list query, list weights, int64_t whole, wanted, sure, compare)

    @cython.locals(
        entries=int32_t[::1], made=list, pairs=list, start=Py_ssize_t, other=Py_ssize_t, listed=Py_ssize_t,
        entry=Py_ssize_t, most=int32_t,
    )
    cdef list _compared(self, Py_ssize_t name, compare)

    @cython.locals(
        start=Py_ssize_t, stop=Py_ssize_t, at=Py_ssize_t, first=Py_ssize_t, after=Py_ssize_t, place=Py_ssize_t,
        terms=list, spans=list, weights=list,
    )
    cpdef tuple outline(self, Py_ssize_t name)

    cdef int _make_room(self, Py_ssize_t terms, Py_ssize_t words) except? -1

    @cython.locals(
        held=int64_t[::1], heads=int64_t[::1], entries=int32_t[::1], expansion=int32_t[::1], place=Py_ssize_t,
        at=Py_ssize_t, count=Py_ssize_t, one=Py_ssize_t, listed=Py_ssize_t, needed=Py_ssize_t,
    )
    cdef Py_ssize_t _enter(self, list query) except? -1

    @cython.locals(grown=int32_t[::1])
    cdef int _grow(self, Py_ssize_t used, Py_ssize_t needed) except? -1

    @cython.locals(
        held=int64_t[::1], known=int64_t[::1], seen=int32_t[::1], least=int64_t, enough=int64_t,
        left_out=int64_t, heaviest=int64_t, total=Py_ssize_t, more=int64_t, at=Py_ssize_t, left=Py_ssize_t,
        name=Py_ssize_t, by_name=bint, found=list, covered=int64_t, most=int64_t, ours=int64_t, theirs=int64_t,
    )
    cdef list _reaching(self, list query, int64_t whole, int64_t points)

    @cython.locals(
        held=int64_t[::1], entries=int32_t[::1], volumes=list, at=Py_ssize_t, volume=int64_t, best=int64_t,
        entry=Py_ssize_t, listed=Py_ssize_t, allowed=int64_t, places=int64_t,
    )
    cdef int64_t _spare(self, list query, int64_t whole, int64_t least) except? -1

    @cython.locals(
        known=int64_t[::1], entries=int32_t[::1], touched=int32_t[::1], seen=int32_t[::1], mark=int64_t, asked=int64_t,
        count=Py_ssize_t, entry=Py_ssize_t, listed=Py_ssize_t, similarity=int64_t, place=Py_ssize_t, name=int32_t,
        at=Py_ssize_t, covered=int64_t, weight=int64_t, times=int64_t, one=Py_ssize_t,
    )
    cdef Py_ssize_t _cover(self, Py_ssize_t term, Py_ssize_t total, bint is_seen_only) except? -1

    @cython.locals(
        held=int64_t[::1], entries=int32_t[::1], known=int64_t[::1], at=Py_ssize_t, head=Py_ssize_t,
        entry=Py_ssize_t, term=Py_ssize_t, similarity=int64_t, covered=int64_t,
    )
    cdef int _add_spared(self, Py_ssize_t name, Py_ssize_t terms) except? -1

    @cython.locals(
        ours=int64_t[::1], theirs=int64_t[::1], entries=int32_t[::1], count=Py_ssize_t, at=Py_ssize_t,
        start=Py_ssize_t, other=Py_ssize_t, head=Py_ssize_t, best=int64_t, entry=Py_ssize_t, similarity=int64_t,
        place=Py_ssize_t, covered=int64_t, listed=int64_t,
    )
    cdef int64_t _most(self, Py_ssize_t name, list query, Py_ssize_t words, int64_t whole) except? -1
