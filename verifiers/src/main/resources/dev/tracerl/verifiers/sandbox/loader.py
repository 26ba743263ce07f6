# Runs first in every sandbox, warm and blank, until it is told what to do: reads one frame [program, cpu seconds,
# memory bytes, file bytes, argument...], lowers its own limits for good, and runs the program.
import os
import resource
import sys

sys.path[:] = [entry for entry in sys.path if entry]


def read_exactly(fd, count):
    parts = []
    while count:
        part = os.read(fd, min(count, 1 << 16))
        if not part:
            os._exit(0)
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


def read_frame(fd):
    header = read_exactly(fd, 5)
    return header[:1], read_exactly(fd, int.from_bytes(header[1:], "big"))


def write_frame(fd, kind, payload):
    rest = memoryview(kind + len(payload).to_bytes(4, "big") + payload)
    while rest:
        rest = rest[os.write(fd, rest) :]


def lower_limits(cpu_seconds, memory, file_size):
    for name, soft, hard in (
        # Not 0: a core handler of the host (a pipe) is started for 0, and for 1 it is not.
        ("CORE", 1, 1),
        ("CPU", cpu_seconds, cpu_seconds + 1),
        ("FSIZE", file_size, file_size),
        ("MEMLOCK", 0, 0),
        ("MSGQUEUE", 0, 0),
        ("NOFILE", 64, 64),
        ("NPROC", 32, 32),
        ("AS", memory, memory),
    ):
        resource.setrlimit(getattr(resource, "RLIMIT_" + name), (soft, hard))


def redirect(path, flags, *descriptors):
    opened = os.open(path, flags)
    for descriptor in descriptors:
        os.dup2(opened, descriptor)
    os.close(opened)


def begin():
    write_frame(1, b"Y", b"")
    _, payload = read_frame(0)
    program, cpu_seconds, memory, file_size, *arguments = decode(payload)
    lower_limits(int(cpu_seconds), int(memory), int(file_size))
    redirect("/dev/null", os.O_WRONLY, 2)
    scope = {"__name__": "program", "__builtins__": __builtins__}
    for name in ("read_frame", "write_frame", "encode", "decode", "redirect", "Handle", "Malformed"):
        scope[name] = globals()[name]
    exec(compile(program, "<program>", "exec"), scope)
    scope["run"](*arguments)


begin()
