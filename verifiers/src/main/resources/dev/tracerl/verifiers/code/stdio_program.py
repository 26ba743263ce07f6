# One stdio test: runs the code as a program whose input is a file and whose output is the pipe.
import builtins
import os
import sys


def run(source, given):
    with open("input", "w", encoding="utf-8", newline="") as file:
        file.write(given)
    redirect("input", os.O_RDONLY, 0)
    os.unlink("input")
    sys.stdin = open(0, encoding="utf-8", closefd=False)
    module = type(sys)("__main__")
    sys.modules["__main__"] = module
    builtins.exit = builtins.quit = sys.exit
    write_frame(1, b"O", b"")
    try:
        exec(compile(source, "<solution>", "exec"), module.__dict__)
    except SystemExit:
        pass
