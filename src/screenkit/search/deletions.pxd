# The types that deletions.py is compiled with.

cimport cython
from libc.stdint cimport int32_t, int64_t, uint8_t, uint16_t, uint32_t, uint64_t

cdef uint64_t _MIX
cdef uint64_t _MASK


cdef class Forms:
    cdef readonly uint32_t[::1] hashes
    cdef readonly uint8_t[::1] lost
    cdef uint64_t[::1] _powers, _begins, _middles, _ends

    @cython.locals(
        length=Py_ssize_t, one=Py_ssize_t, other=Py_ssize_t, count=Py_ssize_t, letter=uint64_t, rest=uint64_t,
        hashes=uint32_t[::1], lost=uint8_t[::1], powers=uint64_t[::1], begins=uint64_t[::1],
        middles=uint64_t[::1], ends=uint64_t[::1],
    )
    cpdef Py_ssize_t take(self, str key, uint64_t salt, int radius) except? -1


cdef uint32_t _mixed(uint64_t total) noexcept


@cython.locals(
    forms=Forms, found=uint64_t[::1], total=Py_ssize_t, room=Py_ssize_t, length=Py_ssize_t, number=Py_ssize_t, count=Py_ssize_t, one=Py_ssize_t,
    form=uint64_t,
)
cpdef all_forms(keys, const uint64_t[::1] salts, const uint8_t[::1] radii)


cdef class Probe:
    cdef int _shift
    cdef uint32_t _rest
    cdef const int32_t[::1] _places, _numbers
    cdef const uint16_t[::1] _rests
    cdef const uint8_t[::1] _reaches
    cdef Forms _forms
    cdef int64_t[::1] _marks
    cdef int64_t _mark
    cdef readonly int32_t[::1] found

    @cython.locals(
        forms=Forms, count=Py_ssize_t, shift=int, marks=int64_t[::1], found=int32_t[::1], mark=int64_t,
        total=Py_ssize_t, at=Py_ssize_t, form=uint32_t, rest=uint32_t, first=Py_ssize_t, place=int32_t, number=int32_t,
    )
    cpdef Py_ssize_t find(self, str key, uint64_t salt, int radius, int reach) except? -1
