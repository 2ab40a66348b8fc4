# The types that expansion.py is compiled with.

cimport cython
from libc.stdint cimport int32_t, int64_t, uint64_t
from screenkit.comparison.bounds cimport SimilarityBound as _Bound
from screenkit.search.deletions cimport Probe as _Probe


cdef class Expansion:
    cdef _Probe _probe
    cdef _Bound _bound
    cdef const int32_t[::1] _terms, _term_starts, _by_letter, _initials
    cdef int32_t _initial_similarity
    cdef int64_t[::1] _marks
    cdef int32_t[::1] _places, _found
    cdef object _kept
    cdef int64_t _mark
    cdef Py_ssize_t _count

    @cython.locals(
        space=int, key=str, salt=uint64_t, radius=int, reach=int, least=int64_t, start=Py_ssize_t, stop=Py_ssize_t,
        at=Py_ssize_t, is_initial=bint,
    )
    cpdef object expand(self, list lookups, tuple initial)

    @cython.locals(
        probe=_Probe, bound=_Bound, count=Py_ssize_t, at=Py_ssize_t, number=int32_t, similarity=int32_t, place=int32_t,
    )
    cdef Py_ssize_t _look_up(self, int space, str key, uint64_t salt, int radius, int reach, int64_t least) except? -1

    @cython.locals(place=int32_t)
    cdef int _add(self, int32_t term, int32_t similarity) except? -1
