# The tests' side of function tests: runs the assert statements. The code under test is elsewhere; its functions are
# stubs here, and what they return is plain values that were rebuilt from bytes.
import _ast
import builtins
import os
import sys


# What this needs of the module ast, whose import takes as long as the start of the interpreter.
def parsed(source, name):
    return compile(source, name, "exec", _ast.PyCF_ONLY_AST)


def nodes_of(tree):
    found = [tree]
    for node in found:
        for field in node._fields:
            value = getattr(node, field, None)
            found.extend(part for part in (value if type(value) is list else [value]) if isinstance(part, _ast.AST))
    return found


class Plan:
    """The tests, compiled, and the names that they take from the code."""

    def __init__(self, entry_points, setup, cases):
        self.setup = compile(setup, "<setup>", "exec")
        self.cases = []
        self.count = 0
        entries = [entry for entry in entry_points.split(",") if entry]
        used, defined = set(), set()
        self.names_of(parsed(setup, "<setup>"), used, defined)
        for number, case in enumerate(cases):
            tree = parsed(case, "<case %d>" % number)
            self.names_of(tree, used, defined)
            self.add(tree, entries)
        free = used - defined - set(dir(builtins))
        self.modules = sorted(name for name in free if name in sys.stdlib_module_names and name not in entries)
        self.wanted = entries or sorted(free - set(self.modules))
        self.entry = entries[0] if entries else None

    def names_of(self, tree, used, defined):
        for node in nodes_of(tree):
            if isinstance(node, _ast.Name):
                (used if isinstance(node.ctx, _ast.Load) else defined).add(node.id)
            elif isinstance(node, (_ast.FunctionDef, _ast.ClassDef)):
                defined.add(node.name)
            elif isinstance(node, (_ast.Import, _ast.ImportFrom)):
                defined.update((alias.asname or alias.name).split(".")[0] for alias in node.names)
            elif isinstance(node, _ast.arg):
                defined.add(node.arg)
            elif isinstance(node, _ast.ExceptHandler) and node.name:
                defined.add(node.name)

    def add(self, tree, entries):
        checks = [node for node in tree.body if isinstance(node, _ast.FunctionDef) and node.name == "check"]
        first = self.count
        if checks and entries:
            for check in checks:
                check.body = [self.marked(statement) for statement in check.body]
        else:
            checks = []
            self.count += 1
        self.cases.append((first, self.count, bool(checks), compile(tree, "<case>", "exec")))

    def marked(self, statement):
        if not any(isinstance(node, _ast.Assert) for node in nodes_of(statement)):
            return statement
        number = self.count
        self.count += 1
        template = "try:\n begin_test(%d)\n pass\nexcept BaseException as _problem:\n fail_test(%d, _problem)\nelse:\n pass_test(%d)"
        wrapped = parsed(template % (number, number, number), "<test>").body[0]
        wrapped.body[1] = statement
        return wrapped


class Session:
    def __init__(self, plan):
        self.requests, self.answers = os.dup(0), os.dup(1)
        redirect("/dev/null", os.O_RDWR, 0, 1)
        self.plan = plan
        self.done = set()

    def ask(self, *request):
        write_frame(self.answers, b"C", encode(request, self.handle))
        return self.result()

    def handle(self, value):
        if type(value) is Remote:
            return value._handle
        if not comes_of_plain(value):
            # No answer could pass, and none can cause this.
            problem = "a test passes a value of type %s, which cannot cross to the code" % type(value).__name__
            write_frame(self.answers, b"U", problem.encode("utf-8", "replace"))
            os._exit(0)
        return None

    def result(self):
        _, payload = read_frame(self.requests)
        answer = decode(payload, lambda handle: Remote(self, handle))
        if type(answer) is tuple and len(answer) == 2 and answer[0] == "value":
            return answer[1]
        if type(answer) is tuple and len(answer) == 3 and answer[0] == "error":
            raise remote_error(answer[1], answer[2])
        raise Malformed("malformed bytes: an answer")

    def begin_test(self, number):
        write_frame(self.answers, b"B", b"%d" % number)

    def pass_test(self, number):
        self.report(number, "pass", "")

    def fail_test(self, number, problem):
        detail = str(problem)[:200]
        if isinstance(problem, AssertionError):
            self.report(number, "fail", detail or "the assertion does not hold")
        else:
            self.report(number, "error", type(problem).__name__ + ": " + detail)

    def report(self, number, status, reason):
        if number not in self.done:
            self.done.add(number)
            text = "%d\n%s\n%s" % (number, status, reason)
            write_frame(self.answers, b"T", text.encode("utf-8", "replace"))

    def scope(self):
        found = self.result()
        scope = {"__name__": "tests", "begin_test": self.begin_test}
        scope.update(pass_test=self.pass_test, fail_test=self.fail_test)
        for module in self.plan.modules:
            scope[module] = __import__(module)
        scope.update({name: found[name] for name in self.plan.wanted if name in found})
        exec(self.plan.setup, scope)
        return scope

    def play(self):
        scope = self.scope()
        for first, end, is_check, code in self.plan.cases:
            try:
                self.begin_test(first)
                exec(code, scope)
                if is_check:
                    scope["check"](scope[self.plan.entry])
            except BaseException as problem:
                for number in range(first, end):
                    self.fail_test(number, problem)
            for number in range(first, end):
                if is_check:
                    self.report(number, "error", "the check ended before this test")
                else:
                    self.pass_test(number)


class Remote:
    """Something in the other process: can be called, iterated, asked for an attribute and passed back."""

    def __init__(self, session, handle):
        self._session = session
        self._handle = handle

    def __call__(self, *arguments, **keywords):
        return self._session.ask("call", self._handle.number, list(arguments), keywords)

    def __getattr__(self, name):
        return self._session.ask("get", self._handle.number, name)

    def __iter__(self):
        return iter(self._session.ask("iter", self._handle.number))

    def __repr__(self):
        return "<%s>" % self._handle.type_name


Module = type(sys)
PARTS_OF_PLAIN = (type([].append), type([].__len__), type({}.keys()), type({}.values()), type({}.items()))


def comes_of_plain(value):
    """Whether it can be a method or view of a plain value, which the code may have returned in place of something else."""
    of_module = isinstance(getattr(value, "__self__", None), Module)
    return isinstance(value, PARTS_OF_PLAIN) and not of_module


def remote_error(name, message):
    kind = getattr(builtins, name, None) if type(name) is str else None
    # These two would end a loop of the tests, as if all had been looked at.
    ends_loops = kind in (StopIteration, StopAsyncIteration)
    if ends_loops or not (isinstance(kind, type) and issubclass(kind, Exception)):
        return RuntimeError("%s: %s" % (name, message))
    try:
        return kind(message)
    except Exception:
        return RuntimeError("%s: %s" % (name, message))


def run(entry_points, setup, *cases):
    try:
        plan = Plan(entry_points, setup, cases)
    except Exception as problem:
        write_frame(1, b"U", ("%s: %s" % (type(problem).__name__, problem)).encode("utf-8", "replace"))
        os._exit(0)
    session = Session(plan)
    write_frame(session.answers, b"P", ("%d\n" % plan.count + ",".join(plan.wanted)).encode())
    try:
        session.play()
    except BaseException as problem:
        for number in range(plan.count):
            session.fail_test(number, problem)
    write_frame(session.answers, b"D", b"")
    os._exit(0)
