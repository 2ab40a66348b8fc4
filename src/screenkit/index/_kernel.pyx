# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The words of a query by their lookups in, the names that can reach the points with the words that meet out.

It finds what `nearby` and `bounds` find with numpy, in one pass and without their memory of words; `compiled` calls it.
Where it was not compiled, they do the work. It may return more names than they do, never fewer: edits of Slavic keys
are counted at the least they can cost. All that it is given are arrays of the index, which it trusts, and numbers whose
range `compiled` sees to.
"""

from cpython.bytes cimport PyBytes_FromStringAndSize
from libc.stdint cimport int8_t, int16_t, int32_t, int64_t, uint8_t, uint16_t, uint32_t, uint64_t
from libc.stdlib cimport calloc, free, realloc
from libc.string cimport memset

cdef enum:
    FULL = 10_000
    # The longest key that edits are counted in (`nearness.LONGEST_EDITED`), and room around it.
    LONGEST = 32
    ROOM = 36
    # Of a key of LONGEST letters: itself, one deleted, two deleted (1 + 32 + 496).
    MOST_FORMS = 529
    # Going through the words of a name costs as much as so many places where words stand (measured on 400,000 names).
    ROW_COST = 50
    # Sounds of a lookup, as `compiled.SPACES` numbers them.
    LATIN = 0
    SLAVIC = 1
    ARABIC = 2

cdef uint64_t MIX = 0xD6E8FEB86659FD93ULL
cdef uint64_t BASE = 0x9E3779B97F4A7C15ULL
cdef uint64_t POWERS[ROOM + 4]


cdef void _fill_powers():
    cdef uint64_t power = 1
    for at in range(ROOM + 4):
        POWERS[at] = power
        power *= BASE


_fill_powers()


cdef struct Entry:
    # A listed word that is near a span, how near, and the next entry of the same word (-1: none).
    int32_t word
    int32_t similarity
    int32_t span
    int32_t next


cdef struct Known:
    # A listed word that is near, and how near.
    int32_t word, similarity


cdef struct Form:
    uint32_t hash
    int32_t deleted
    # Where the forms stand that begin so, from and up to.
    int32_t start, stop


cdef struct Row:
    # What is known of a name: the marks of the span and of the query that met it last, the best word and the most
    # covered by that span, and what the query covers of both names. One struct, since each is a miss of the cache.
    int32_t mark, seen, best, _room
    int64_t covered, ours, theirs


cdef struct Span:
    # Words of the query: what they weigh together, how many of its spans they are, whether names are searched by them,
    # and the best word of the name at hand and the most it covers of it.
    int64_t weight, times, best, covered
    bint is_spared


cdef extern from *:
    """
    #if defined(__GNUC__) || defined(__clang__)
    #define prefetch(at) __builtin_prefetch(at)
    #else
    #define prefetch(at)
    #endif
    """
    void prefetch(const void*) noexcept nogil


cdef class Scratch:
    """What one thread needs while it searches; each has its own."""

    cdef Row* rows
    cdef int32_t* word_mark
    cdef int32_t* word_entry
    cdef int32_t* word_seen
    cdef int32_t* word_head
    cdef int32_t* key_mark
    cdef int32_t* touched
    cdef int32_t* seen
    cdef Span* spans
    cdef Py_ssize_t spans_room
    cdef Entry* entries
    cdef int64_t entries_held, entries_room
    cdef int32_t mark

    def __cinit__(self, Py_ssize_t rows, Py_ssize_t words, Py_ssize_t keys):
        self.rows = <Row*> calloc(rows + 1, sizeof(Row))
        self.word_mark = <int32_t*> calloc(words + 1, sizeof(int32_t))
        self.word_entry = <int32_t*> calloc(words + 1, sizeof(int32_t))
        self.word_seen = <int32_t*> calloc(words + 1, sizeof(int32_t))
        self.word_head = <int32_t*> calloc(words + 1, sizeof(int32_t))
        self.key_mark = <int32_t*> calloc(keys + 1, sizeof(int32_t))
        self.touched = <int32_t*> calloc(rows + 1, sizeof(int32_t))
        self.seen = <int32_t*> calloc(rows + 1, sizeof(int32_t))
        self.spans_room = 64
        self.spans = <Span*> calloc(self.spans_room, sizeof(Span))
        self.entries_room = 1024
        self.entries = <Entry*> calloc(self.entries_room, sizeof(Entry))
        if not (
            self.rows and self.word_mark and self.word_entry and self.word_seen and self.word_head and self.key_mark
            and self.touched and self.seen and self.spans and self.entries
        ):
            raise MemoryError

    def __dealloc__(self):
        free(self.rows)
        free(self.word_mark)
        free(self.word_entry)
        free(self.word_seen)
        free(self.word_head)
        free(self.key_mark)
        free(self.touched)
        free(self.seen)
        free(self.spans)
        free(self.entries)

    cdef int32_t next_mark(self, Py_ssize_t rows, Py_ssize_t words, Py_ssize_t keys):
        """A mark that nothing bears yet."""
        if self.mark == 0x7FFFFFFF:
            memset(self.rows, 0, rows * sizeof(Row))
            memset(self.word_mark, 0, words * sizeof(int32_t))
            memset(self.word_seen, 0, words * sizeof(int32_t))
            memset(self.key_mark, 0, keys * sizeof(int32_t))
            self.mark = 0
        self.mark += 1
        return self.mark

    cdef int make_room(self, Py_ssize_t spans) except -1:
        """See to it that so many spans of a query have their place."""
        cdef Span* grown
        if spans > self.spans_room:
            grown = <Span*> realloc(self.spans, spans * sizeof(Span))
            if not grown:
                raise MemoryError
            self.spans, self.spans_room = grown, spans
        memset(self.spans, 0, spans * sizeof(Span))
        return 0

    cdef int add(self, int32_t word, int32_t similarity, int32_t span, int32_t mark, int32_t query) except -1:
        """Take a word up that is so near a span, or nearer than was known; 1 where it is new to the span."""
        cdef Entry* entry
        cdef int64_t room
        cdef Entry* grown
        if self.word_mark[word] == mark:
            entry = &self.entries[self.word_entry[word]]
            if entry.similarity < similarity:
                entry.similarity = similarity
            return 0
        if self.entries_held == self.entries_room:
            room = 2 * self.entries_room
            grown = <Entry*> realloc(self.entries, room * sizeof(Entry))
            if not grown:
                raise MemoryError
            self.entries, self.entries_room = grown, room
        self.word_mark[word] = mark
        self.word_entry[word] = <int32_t> self.entries_held
        entry = &self.entries[self.entries_held]
        entry.word, entry.similarity, entry.span = word, similarity, span
        entry.next = self.word_head[word] if self.word_seen[word] == query else -1
        self.word_seen[word] = query
        self.word_head[word] = <int32_t> self.entries_held
        self.entries_held += 1
        return 1


cdef int _edits(const uint32_t* a, int la, const uint32_t* b, int lb) noexcept nogil:
    """The edit distance (optimal string alignment) of two keys of at most LONGEST letters."""
    cdef int first[ROOM]
    cdef int second[ROOM]
    cdef int third[ROOM]
    cdef int* before = first
    cdef int* last = second
    cdef int* now = third
    cdef int* swap
    cdef int i, j, cost, best
    for j in range(lb + 1):
        last[j] = j
    for i in range(1, la + 1):
        now[0] = i
        for j in range(1, lb + 1):
            cost = a[i - 1] != b[j - 1]
            best = last[j - 1] + cost
            if last[j] + 1 < best:
                best = last[j] + 1
            if now[j - 1] + 1 < best:
                best = now[j - 1] + 1
            if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1] and before[j - 2] + 1 < best:
                best = before[j - 2] + 1
            now[j] = best
        swap = before
        before = last
        last = now
        now = swap
    return last[lb]


cdef int _letters(const uint8_t* data, int64_t start, int64_t stop, uint32_t* into) noexcept nogil:
    """The letters of a key kept as UTF-8 (surrogates passed); one more than LONGEST where it has more than those."""
    cdef int count = 0
    cdef uint32_t byte
    while start < stop:
        if count > LONGEST:
            return count
        byte = data[start]
        if byte < 0x80:
            into[count] = byte
            start += 1
        elif byte < 0xE0:
            into[count] = (byte & 0x1F) << 6 | (data[start + 1] & 0x3F)
            start += 2
        elif byte < 0xF0:
            into[count] = (byte & 0x0F) << 12 | <uint32_t> (data[start + 1] & 0x3F) << 6 | (data[start + 2] & 0x3F)
            start += 3
        else:
            into[count] = (
                (byte & 0x07) << 18
                | <uint32_t> (data[start + 1] & 0x3F) << 12
                | <uint32_t> (data[start + 2] & 0x3F) << 6
                | (data[start + 3] & 0x3F)
            )
            start += 4
        count += 1
    return count


cdef inline bint _may_be_alpha(const uint32_t* key, int length) noexcept nogil:
    """Whether a key may be letters only; beyond ASCII it is said of every character."""
    cdef int at
    for at in range(length):
        if key[at] < 0x80 and not (97 <= key[at] <= 122 or 65 <= key[at] <= 90):
            return False
    return True


cdef class Kernel:
    """An index ready to be searched; its arrays stay as they are."""

    cdef const int32_t[::1] places, numbers, held, held_starts, posted_rows, posted_starts, spans, row_starts
    cdef const int32_t[::1] key_starts, position_starts, left, word_lettered, initial_lettered
    cdef const uint16_t[::1] forms, positions
    cdef const uint8_t[::1] reaches, key_data
    cdef const int64_t[::1] posted_weights, span_weights, whole, counts, token_weights
    cdef int shift
    cdef uint32_t rest
    cdef Py_ssize_t rows, words, keys
    # Of the policy.
    cdef int64_t edit_share, initial_similarity, share
    cdef int arabic_edit, slavic_cheap
    cdef const uint8_t[::1] latin_radii, slavic_radii, arabic_radii

    def __init__(self, arrays, policy):
        self.places, self.forms, self.numbers = arrays["places"], arrays["forms"], arrays["numbers"]
        self.reaches, self.key_data, self.key_starts = arrays["reaches"], arrays["key data"], arrays["key starts"]
        self.held, self.held_starts = arrays["held"], arrays["held starts"]
        self.posted_rows, self.posted_weights = arrays["posted rows"], arrays["posted weights"]
        self.posted_starts, self.spans, self.row_starts = arrays["posted starts"], arrays["spans"], arrays["row starts"]
        self.positions, self.position_starts = arrays["positions"], arrays["position starts"]
        self.left, self.token_weights = arrays["left"], arrays["token weights"]
        self.word_lettered, self.initial_lettered = arrays["word lettered"], arrays["initial lettered"]
        self.span_weights, self.whole, self.counts = arrays["span weights"], arrays["whole"], arrays["counts"]
        self.latin_radii, self.slavic_radii = arrays["latin radii"], arrays["slavic radii"]
        self.arabic_radii = arrays["arabic radii"]
        bits = 32 - (len(arrays["places"]) - 1).bit_length() + 1
        self.shift, self.rest = bits, (1 << bits) - 1
        self.rows, self.words = len(arrays["row starts"]) - 1, len(arrays["left"])
        self.keys = len(arrays["key starts"]) - 1
        self.edit_share, self.initial_similarity = policy["edit share"], policy["initial similarity"]
        self.share = policy["lesser share"]
        self.arabic_edit, self.slavic_cheap = policy["arabic edit"], policy["slavic cheap"]

    def scratch(self):
        """Room for one thread's searches."""
        return Scratch(self.rows, self.words, self.keys)

    def search(self, Scratch scratch, list asked, list weights, int64_t whole, int64_t points, sure):
        """Names that can score the points, and the sure ones, each with its words that are near: (span, place, word).

        `asked` are the query's spans, equal ones once: their weight together, how many they are, the weight of the
        heaviest, the positions of all their words, whether they are single words, and what is near them as `near` tells
        it. `weights` is what the query's words weigh, `whole` that of all of them.
        """
        cdef int32_t query = scratch.next_mark(self.rows, self.words, self.keys)
        cdef int32_t mark
        cdef Py_ssize_t at
        cdef list bounds = []
        cdef const Known* known
        cdef bytes near
        cdef Py_ssize_t count, one
        scratch.entries_held = 0
        for at in range(len(asked)):
            mark = scratch.next_mark(self.rows, self.words, self.keys)
            near = (<tuple> asked[at])[5]
            known = <const Known*> <const char*> near
            count = len(near) // <Py_ssize_t> sizeof(Known)
            for one in range(count):
                scratch.add(known[one].word, known[one].similarity, <int32_t> at, mark, query)
            bounds.append(scratch.entries_held)
        found = self._reaching(scratch, asked, bounds, whole, points, query)
        return self._met(scratch, found, asked, weights, whole, points, query, sure)

    def near(self, Scratch scratch, list lookups, tuple initial):
        """The listed words that may be near one, each with how near at most, as bytes that `search` takes.

        `lookups` are what it is looked up by: (sort of sound, key, key as it is hashed, salt, radius, reach, least
        similarity); `initial` are the words of its initial: which array, from, up to.
        """
        cdef int32_t query = scratch.next_mark(self.rows, self.words, self.keys)
        cdef int32_t mark = scratch.next_mark(self.rows, self.words, self.keys)
        scratch.entries_held = 0
        for lookup in lookups:
            self._near(scratch, <tuple> lookup, 0, mark, query)
        self._initials(scratch, initial, 0, mark, query)
        cdef bytes found = PyBytes_FromStringAndSize(NULL, scratch.entries_held * <Py_ssize_t> sizeof(Known))
        cdef Known* known = <Known*> <char*> found
        cdef Py_ssize_t at
        for at in range(scratch.entries_held):
            known[at].word, known[at].similarity = scratch.entries[at].word, scratch.entries[at].similarity
        return found

    cdef int _initials(self, Scratch scratch, tuple place, int32_t span, int32_t mark, int32_t query) except -1:
        cdef int which = place[0]
        cdef int32_t start = place[1], stop = place[2], at
        for at in range(start, stop):
            scratch.add(
                self.word_lettered[at] if which else self.initial_lettered[at],
                <int32_t> self.initial_similarity, span, mark, query,
            )
        return 0

    cdef int _near(self, Scratch scratch, tuple lookup, int32_t span, int32_t mark, int32_t query) except -1:
        """Take up all words that have a key near one asked for."""
        cdef int sound = lookup[0]
        cdef str key = lookup[1]
        cdef str hashed = lookup[2]
        cdef uint64_t salt = lookup[3]
        cdef int radius = lookup[4], reach = lookup[5], least = lookup[6]
        cdef uint32_t letters[ROOM]
        cdef Form forms[MOST_FORMS]
        cdef int length = len(hashed), at
        cdef int32_t key_mark = scratch.next_mark(self.rows, self.words, self.keys)
        for at in range(length):
            letters[at] = hashed[at]
        cdef int held = _forms(letters, length, salt, radius, forms)
        if len(key) <= LONGEST:
            length = len(key)
            for at in range(length):
                letters[at] = key[at]
        else:
            length = LONGEST + 1
        cdef bytes whole_key = key.encode("utf-8", "surrogatepass") if length > LONGEST else b""
        cdef uint32_t rest
        cdef int32_t place, number, similarity, word_at
        # Three rounds, each asking the memory for what the next one reads: that is most of the time there is to save.
        for at in range(held):
            prefetch(&self.places[forms[at].hash >> self.shift])
        for at in range(held):
            forms[at].start = self.places[forms[at].hash >> self.shift]
            forms[at].stop = self.places[(forms[at].hash >> self.shift) + 1]
            if forms[at].start < forms[at].stop:
                prefetch(&self.forms[forms[at].start])
        for at in range(held):
            rest = forms[at].hash & self.rest
            for place in range(forms[at].start, forms[at].stop):
                if self.forms[place] != rest:
                    continue
                number = self.numbers[place] >> 2
                if scratch.key_mark[number] == key_mark:
                    continue
                if forms[at].deleted > self.reaches[number] or (self.numbers[place] & 3) > reach:
                    continue
                scratch.key_mark[number] = key_mark
                if length > LONGEST:
                    similarity = FULL if self._text(number) == whole_key else 0
                else:
                    similarity = self._alike(letters, length, number, sound, radius, least)
                if similarity > 0:
                    for word_at in range(self.held_starts[number], self.held_starts[number + 1]):
                        scratch.add(self.held[word_at], similarity, span, mark, query)
        return 0

    cdef bytes _text(self, int32_t number):
        return bytes(self.key_data[self.key_starts[number] : self.key_starts[number + 1]])

    cdef int32_t _alike(
        self, const uint32_t* key, int length, int32_t number, int sound, int radius, int least
    ) noexcept nogil:
        """The most that words of these two keys can be alike (`nearness.most_alike`); 0 for not."""
        cdef uint32_t other[ROOM]
        cdef int others = _letters(&self.key_data[0], self.key_starts[number], self.key_starts[number + 1], other)
        cdef int shorter = length if length < others else others
        cdef int longer = length + others - shorter
        cdef int at, edits, allowed, similarity
        cdef bint is_equal = length == others
        if is_equal:
            for at in range(length):
                if key[at] != other[at]:
                    is_equal = False
                    break
        if is_equal:
            return FULL
        if longer > LONGEST:
            return 0
        if sound == LATIN:
            allowed = self.latin_radii[shorter]
            if not allowed and shorter == 2:
                allowed = 1
        elif sound == SLAVIC:
            allowed = self.slavic_radii[shorter]
        else:
            allowed = self.arabic_radii[shorter]
            if radius < allowed:
                allowed = radius
        if not allowed or longer - shorter > allowed:
            return 0
        if sound == LATIN and not (_may_be_alpha(key, length) and _may_be_alpha(other, others)):
            return 0
        edits = _edits(key, length, other, others)
        if edits > allowed:
            return 0
        if sound == LATIN:
            similarity = <int> (FULL - FULL * edits * self.edit_share // (100 * longer))
            return similarity if similarity > 1 else 1
        if sound == SLAVIC:
            similarity = FULL - FULL * edits * self.slavic_cheap // (100 * longer)
            if similarity < 1:
                similarity = 1
            return similarity if similarity >= least else 0
        return FULL - self.arabic_edit * edits // longer

    cdef list _reaching(
        self, Scratch scratch, list asked, list bounds, int64_t whole, int64_t points, int32_t query
    ):
        """Names whose words can be near enough to the query's, as `NameIndex._reaching` reckons."""
        cdef int64_t share = self.share
        cdef int64_t least = _ceiling(100 * points - (100 - share) * FULL, share)
        cdef Py_ssize_t count = len(asked), at
        cdef list volumes = self._volumes(scratch, bounds)
        cdef list spared = _spared(volumes, asked, whole, least if least > 1 else 1)
        cdef Py_ssize_t seen = 0, left = 0
        cdef int64_t volume = 0
        cdef int64_t heaviest = 0, more = 0, ours, theirs, limit, lesser, greater
        cdef int32_t row, mark
        cdef Span* span
        scratch.make_room(count)
        for at in range(count):
            span = &scratch.spans[at]
            span.weight, span.times = (<tuple> asked[at])[0], (<tuple> asked[at])[1]
            span.is_spared = spared[at] > 0
            more += spared[at] * span.weight
            if span.is_spared:
                volume += volumes[at][0]
            if (<tuple> asked[at])[2] > heaviest:
                heaviest = (<tuple> asked[at])[2]
            if not span.is_spared:
                mark = scratch.next_mark(self.rows, self.words, self.keys)
                seen = self._cover(scratch, bounds, at, mark, query, seen, False)
        # Few of the names seen can still be covered enough; they alone are looked at again.
        for at in range(seen):
            row = scratch.seen[at]
            if scratch.rows[row].ours + more > (least - 1) * whole:
                scratch.seen[left] = row
                left += 1
            else:
                scratch.rows[row].seen = 0
        cdef bint by_row = left * ROW_COST < volume
        for at in range(count):
            if scratch.spans[at].is_spared and not by_row:
                mark = scratch.next_mark(self.rows, self.words, self.keys)
                self._cover(scratch, bounds, at, mark, query, 0, True)
        cdef list found = []
        for at in range(left):
            row = scratch.seen[at]
            if by_row:
                self._add_spared(scratch, row, count, query)
            ours, theirs = scratch.rows[row].ours, scratch.rows[row].theirs
            if ours <= (least - 1) * whole:
                continue
            limit = self.counts[row] * heaviest * FULL
            if limit < ours:
                ours = limit
            ours = _ceiling(ours, whole)
            theirs = _ceiling(theirs, self.whole[row])
            if ours > FULL:
                ours = FULL
            if theirs > FULL:
                theirs = FULL
            lesser = ours if ours < theirs else theirs
            greater = ours + theirs - lesser
            if share * lesser + (100 - share) * greater >= 100 * points:
                found.append(row)
        return found

    cdef list _volumes(self, Scratch scratch, list bounds):
        """Of each span, how many times names hold words near it, and how near the nearest is."""
        cdef list found = []
        cdef int64_t start = 0, stop, at, volume
        cdef int32_t best, word
        for stop in bounds:
            volume, best = 0, 0
            for at in range(start, stop):
                word = scratch.entries[at].word
                volume += self.posted_starts[word + 1] - self.posted_starts[word]
                if scratch.entries[at].similarity > best:
                    best = scratch.entries[at].similarity
            found.append((volume, best))
            start = stop
        return found

    cdef int _add_spared(self, Scratch scratch, int32_t row, Py_ssize_t count, int32_t query) noexcept nogil:
        """Add what the spans that are not searched by cover of a name, going through its words."""
        cdef Py_ssize_t at
        cdef int64_t covered
        cdef int32_t one
        cdef Entry* entry
        cdef Span* span
        for at in range(self.row_starts[row], self.row_starts[row + 1]):
            if scratch.word_seen[self.spans[at]] != query:
                continue
            one = scratch.word_head[self.spans[at]]
            while one >= 0:
                entry = &scratch.entries[one]
                span = &scratch.spans[entry.span]
                if span.is_spared:
                    covered = entry.similarity * self.span_weights[at]
                    if span.best < entry.similarity:
                        span.best = entry.similarity
                    if span.covered < covered:
                        span.covered = covered
                one = entry.next
        for at in range(count):
            span = &scratch.spans[at]
            if span.best:
                scratch.rows[row].ours += span.weight * span.best
                scratch.rows[row].theirs += span.times * span.covered
                span.best = span.covered = 0
        return 0

    cdef Py_ssize_t _cover(
        self, Scratch scratch, list bounds, Py_ssize_t at, int32_t mark, int32_t query, Py_ssize_t seen, bint only_seen
    ):
        """Add what a span covers of all names, or of those seen already; how many are seen then."""
        cdef int64_t weight = scratch.spans[at].weight, times = scratch.spans[at].times
        cdef int64_t start = bounds[at - 1] if at else 0, stop = bounds[at], covered, entry
        cdef Py_ssize_t touched = 0, one
        cdef int32_t word, similarity, place, row
        cdef Row* held
        for entry in range(start, stop):
            word, similarity = scratch.entries[entry].word, scratch.entries[entry].similarity
            for place in range(self.posted_starts[word], self.posted_starts[word + 1]):
                row = self.posted_rows[place]
                held = &scratch.rows[row]
                if only_seen and held.seen != query:
                    continue
                covered = similarity * <int64_t> self.posted_weights[place]
                if held.mark != mark:
                    held.mark, held.best, held.covered = mark, similarity, covered
                    scratch.touched[touched] = row
                    touched += 1
                else:
                    if held.best < similarity:
                        held.best = similarity
                    if held.covered < covered:
                        held.covered = covered
        for one in range(touched):
            row = scratch.touched[one]
            held = &scratch.rows[row]
            if held.seen != query:
                held.seen, held.ours, held.theirs = query, 0, 0
                scratch.seen[seen] = row
                seen += 1
            held.ours += weight * held.best
            held.theirs += times * held.covered
        return seen

    def outline(self, Py_ssize_t row):
        """What `words.Outline` holds of a name."""
        cdef Py_ssize_t start = self.row_starts[row], stop = self.row_starts[row + 1], at, place
        cdef Py_ssize_t words = self.counts[row]
        cdef list numbers = [], spans = [], tokens = [], weights = []
        for at in range(start, stop):
            numbers.append(self.spans[at])
            place = self.position_starts[at]
            if self.position_starts[at + 1] == place + 1:
                spans.append((self.positions[place],))
            else:
                spans.append(tuple([self.positions[one] for one in range(place, self.position_starts[at + 1])]))
        for at in range(start, start + words):
            tokens.append(self.left[self.spans[at]])
            weights.append(self.token_weights[self.left[self.spans[at]]])
        return numbers, spans, tokens, weights, self.whole[row]

    cdef list _met(
        self, Scratch scratch, list rows, list asked, list weights, int64_t whole, int64_t points, int32_t query,
        sure,
    ):
        """The names whose words, each by its best, can score the points (`bounds.most_points`), with what meets."""
        cdef set always = set(sure)
        cdef list found = []
        cdef list met
        cdef int32_t row, word, entry
        cdef Py_ssize_t start, other
        if always:
            rows = sorted(always.union(rows))
        else:
            rows.sort()
        for row in rows:
            met = []
            start = self.row_starts[row]
            for other in range(self.row_starts[row + 1] - start):
                word = self.spans[start + other]
                if scratch.word_seen[word] == query:
                    entry = scratch.word_head[word]
                    while entry >= 0:
                        met.append((scratch.entries[entry].span, other, word, scratch.entries[entry].similarity))
                        entry = scratch.entries[entry].next
            if row in always or self._most(row, met, asked, weights, whole) >= points:
                found.append((row, met))
        return found

    cdef double _most(self, int32_t row, list met, list asked, list weights, int64_t whole):
        """What a name scores at most, reckoned with a little to spare."""
        cdef list ours = [0] * len(weights)
        cdef list theirs = [0] * self.counts[row]
        cdef Py_ssize_t start = self.row_starts[row]
        cdef int64_t place, position
        cdef double query_share = 0, listed_share = 0, lesser, greater
        cdef double share = self.share
        for span, other, _, similarity in met:
            for at in (<tuple> asked[span])[3]:
                if ours[at] < similarity:
                    ours[at] = similarity
            for place in range(self.position_starts[start + other], self.position_starts[start + other + 1]):
                position = self.positions[place]
                if theirs[position] < similarity:
                    theirs[position] = similarity
        for at in range(len(ours)):
            query_share += <double> ours[at] * <double> weights[at]
        for place in range(self.counts[row]):
            listed_share += <double> theirs[place] * self.token_weights[self.left[self.spans[start + place]]]
        query_share /= whole
        listed_share /= self.whole[row]
        lesser = query_share if query_share < listed_share else listed_share
        greater = query_share + listed_share - lesser
        return (share * lesser + (100 - share) * greater) / 100 * (1 + 1e-9) + 1


cdef inline int64_t _ceiling(int64_t one, int64_t other) noexcept nogil:
    """One divided by the other, which is from 1, rounded up."""
    return (one + other - 1) // other if one > 0 else -(-one // other)


cdef list _spared(list volumes, list asked, int64_t whole, int64_t least):
    """How near the nearest word is of spans that are not searched by, 0 of the others.

    They are single words in the most names, without which no name is covered enough.
    """
    cdef list spared = [0] * len(asked)
    cdef int64_t allowed = least * whole
    single = [at for at in range(len(asked)) if (<tuple> asked[at])[4]]
    for at in sorted(single, key=lambda at: (-volumes[at][0], at)):
        allowed -= volumes[at][1] * (<tuple> asked[at])[0]
        if allowed <= 0:
            break
        spared[at] = volumes[at][1]
    return spared


cdef int _forms(const uint32_t* letters, int length, uint64_t salt, int radius, Form* into) noexcept nogil:
    """The hashes of a key with up to so many letters deleted (`neighbourhood.form_hashes`)."""
    cdef uint64_t begins[ROOM]
    cdef uint64_t middles[ROOM]
    cdef uint64_t ends[ROOM]
    cdef uint64_t found
    cdef int one, other, held = 1
    begins[0] = middles[0] = ends[0] = 0
    for one in range(length):
        begins[one + 1] = begins[one] + letters[one] * POWERS[one + 2]
        middles[one + 1] = middles[one] + letters[one] * POWERS[one + 1]
        ends[one + 1] = ends[one] + letters[one] * POWERS[one]
    into[0].hash, into[0].deleted = _mixed(begins[length] + salt), 0
    if radius:
        for one in range(length):
            found = begins[one] + middles[length] - middles[one + 1] + salt
            into[held].hash, into[held].deleted = _mixed(found), 1
            held += 1
    if radius > 1:
        for one in range(length):
            for other in range(one + 1, length):
                found = begins[one] + middles[other] - middles[one + 1] + ends[length] - ends[other + 1] + salt
                into[held].hash, into[held].deleted = _mixed(found), 2
                held += 1
    return held


cdef inline uint32_t _mixed(uint64_t found) noexcept nogil:
    found ^= found >> 32
    found *= MIX
    return <uint32_t> (found >> 32)
