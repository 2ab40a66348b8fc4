# The types that bounds.py is compiled with.

cimport cython
from libc.stdint cimport int32_t, int64_t, uint32_t

cdef int _FULL
cdef int _LONGEST
cdef int _ROOM


cdef class SimilarityBound:
    cdef const uint32_t[::1] _letters
    cdef const int32_t[::1] _starts
    cdef uint32_t[::1] _key
    cdef int _length
    cdef bint _is_word
    cdef int32_t[::1] _rows
    cdef int32_t[::1] _allowed
    cdef int64_t[::1] _costs

    @cython.locals(length=Py_ssize_t, at=Py_ssize_t, is_word=bint, letter=uint32_t)
    cpdef Py_ssize_t ask(self, str key) except? -1

    @cython.locals(
        start=int32_t, length=int, others=int, shorter=int, longer=int, head=int, allowed=int, edits=int,
        similarity=int64_t,
    )
    cpdef int64_t most(self, Py_ssize_t number, int space, int reach, int64_t least) except? -1

    @cython.locals(at=int32_t, letter=uint32_t)
    cdef bint _may_be_word(self, int32_t start, int length) except? -1

    @cython.locals(
        length=int, before=int, last=int, now=int, one=int, other=int, best=int, letter=uint32_t,
        rows=int32_t[::1],
    )
    cdef int _edits(self, int head, int32_t start, int others) except? -1


cdef class ScoreBound:
    cdef int64_t _share

    @cython.locals(share=int64_t)
    cpdef int64_t coverage(self, int64_t covered, int64_t whole) except? -1

    @cython.locals(share=int64_t, lesser=int64_t)
    cpdef int64_t points(self, int64_t query, int64_t listed) except? -1

    @cython.locals(share=int64_t, lacking=int64_t)
    cpdef int64_t least_coverage(self, int64_t points) except? -1
