# The only values that cross between sandboxes: plain ones, by value, and handles of everything else, by number.
# A value of a subclass crosses as its plain base, so that nothing it overrides crosses with it.
MAX_DEPTH = 100
MAX_BYTES = 4 << 20


class Malformed(Exception):
    pass


class Handle:
    def __init__(self, number, type_name):
        self.number = number
        self.type_name = type_name


def encode(value, opaque=None):
    out = []
    _encode(value, opaque, out, [MAX_BYTES], 0)
    return b"".join(out)


def _put(out, room, data):
    room[0] -= len(data)
    if room[0] < 0:
        raise Malformed("a value of more than %d bytes" % MAX_BYTES)
    out.append(data)


def _encode(value, opaque, out, room, depth):
    if depth > MAX_DEPTH:
        raise Malformed("a value that is nested more than %d deep" % MAX_DEPTH)
    kind = type(value)
    if value is None or value is True or value is False:
        _put(out, room, b"N" if value is None else b"T" if value is True else b"F")
    elif issubclass(kind, int):
        _put(out, room, b"i%x;" % int.__index__(value) if value >= 0 else b"i-%x;" % -int.__index__(value))
    elif issubclass(kind, float):
        _put(out, room, b"f" + float.hex(value).encode() + b";")
    elif issubclass(kind, complex):
        _put(out, room, b"c" + value.real.hex().encode() + b";" + value.imag.hex().encode() + b";")
    elif issubclass(kind, str):
        data = str.encode(value, "utf-8", "surrogatepass")
        _put(out, room, b"s%d:" % len(data) + data)
    elif issubclass(kind, (bytes, bytearray)):
        _put(out, room, b"b%d:" % len(value) + bytes(value))
    else:
        _encode_many(value, kind, opaque, out, room, depth)


def _encode_many(value, kind, opaque, out, room, depth):
    for base, tag in ((list, b"l"), (tuple, b"t"), (set, b"u"), (frozenset, b"z")):
        if issubclass(kind, base):
            _put(out, room, tag + b"%d:" % base.__len__(value))
            for item in base.__iter__(value):
                _encode(item, opaque, out, room, depth + 1)
            return
    if issubclass(kind, dict):
        _put(out, room, b"d%d:" % dict.__len__(value))
        for key, item in dict.items(value):
            _encode(key, opaque, out, room, depth + 1)
            _encode(item, opaque, out, room, depth + 1)
        return
    handle = value if kind is Handle else opaque(value) if opaque else None
    if handle is None:
        raise Malformed("a value of type " + kind.__name__)
    name = str(handle.type_name)[:100].encode("utf-8", "replace")
    _put(out, room, b"o%d:%d:" % (handle.number, len(name)) + name)


def decode(data, wrap=None):
    reader = _Reader(data, wrap)
    try:
        value = reader.value(0)
    except Malformed:
        raise
    except Exception as problem:
        raise Malformed("malformed bytes: %s" % type(problem).__name__)
    if reader.at != len(data):
        raise Malformed("bytes after the value")
    return value


class _Reader:
    def __init__(self, data, wrap):
        self.data = data
        self.wrap = wrap
        self.at = 0

    def value(self, depth):
        if depth > MAX_DEPTH:
            raise Malformed("a value that is nested more than %d deep" % MAX_DEPTH)
        tag = self.take(1)
        if tag in b"NTF":
            return {b"N": None, b"T": True, b"F": False}[tag]
        if tag == b"i":
            return int(self.until(b";"), 16)
        if tag == b"f":
            return float.fromhex(self.until(b";"))
        if tag == b"c":
            return complex(float.fromhex(self.until(b";")), float.fromhex(self.until(b";")))
        if tag == b"s":
            return self.take(self.count()).decode("utf-8", "surrogatepass")
        if tag == b"b":
            return self.take(self.count())
        return self.many(tag, depth)

    def many(self, tag, depth):
        count = self.count()
        if tag == b"o":
            handle = Handle(count, self.take(self.count()).decode("utf-8", "replace"))
            return self.wrap(handle) if self.wrap else handle
        if tag == b"d":
            return {self.value(depth + 1): self.value(depth + 1) for _ in range(count)}
        collect = {b"l": list, b"t": tuple, b"u": set, b"z": frozenset}[tag]
        return collect([self.value(depth + 1) for _ in range(count)])

    def count(self):
        text = self.until(b":")
        if not text.isdigit():
            raise Malformed("malformed bytes: a count")
        return int(text)

    def until(self, end):
        stop = self.data.index(end, self.at)
        text = self.data[self.at : stop].decode("ascii")
        self.at = stop + 1
        return text

    def take(self, count):
        part = self.data[self.at : self.at + count]
        if len(part) != count:
            raise Malformed("malformed bytes: too short")
        self.at += count
        return part
