# The candidate's side of function tests: runs the code once, then does what it is asked and answers with plain values.
# Nothing in this process decides anything: it may be subverted at will by the code that it runs.
import builtins
import os
import sys


def run(source, *names):
    requests, answers = os.dup(0), os.dup(1)
    redirect("/dev/null", os.O_RDWR, 0, 1)
    builtins.exit = builtins.quit = sys.exit
    objects = []

    def opaque(value):
        objects.append(value)
        return Handle(len(objects) - 1, type(value).__name__)

    def answer(action):
        try:
            payload = encode(("value", action()), opaque)
        except Malformed as problem:
            payload = encode(("error", "TypeError", "the result is " + str(problem)))
        except BaseException as problem:
            payload = encode(("error", error_name(problem), str(problem)[:500]))
        write_frame(answers, b"R", payload)

    answer(lambda: load(source, names, opaque))
    while True:
        _, payload = read_frame(requests)
        answer(lambda: act(payload, objects))


def load(source, names, opaque):
    module = type(sys)("solution")
    sys.modules["solution"] = module
    exec(compile(source, "<solution>", "exec"), module.__dict__)
    return {name: opaque(module.__dict__[name]) for name in names if name in module.__dict__}


def act(payload, objects):
    verb, target, *rest = decode(payload, lambda handle: objects[handle.number])
    if verb == "call":
        arguments, keywords = rest
        return objects[target](*arguments, **keywords)
    if verb == "get":
        return getattr(objects[target], rest[0])
    return [item for _, item in zip(range(100_000), objects[target])]


def error_name(problem):
    builtin = sys.modules["builtins"]
    for base in type(problem).__mro__:
        if getattr(builtin, base.__name__, None) is base:
            return base.__name__
    return "Exception"
