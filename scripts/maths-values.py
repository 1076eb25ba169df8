#!/usr/bin/env python3
"""
Writes test/dsp/maths-values.json: true values of the functions of src/dsp/maths.ts, from mpmath (Debian: python3-mpmath)
with 1,300 digits, so that a reduction of the largest double by π is exact too.

    /usr/bin/python3 scripts/maths-values.py > test/dsp/maths-values.json

A row holds the arguments, the double nearest to the value, and how far the value lies above it, in units of that double's
last place.
"""
import json, math, random
import mpmath

mpmath.mp.dps = 1300
random.seed(12)


def across(low, high, count):
    """Numbers spread evenly over the exponents from low to high, as powers of ten."""
    return [10 ** random.uniform(low, high) for _ in range(count)]


def signed(values):
    return [value * random.choice([-1, 1]) for value in values]


SMALLEST, LARGEST, TINY = 5e-324, 1.7976931348623157e308, 2.2250738585072014e-308
# Doubles at or near multiples of π/2.
NEAR_TURNS = [math.pi, math.pi / 2, 3 * math.pi / 4, 1e5 * math.pi, 22.0, 1e22]
TURNS = signed(across(-9, 0, 6) + across(0, 3, 16) + across(3, 8, 8) + across(8, 308, 8)) + NEAR_TURNS + [TINY, LARGEST]
POSITIVE = across(-0.3, 0.3, 14) + across(-8, 8, 16) + across(-307, 308, 8) + [SMALLEST, 1e-310, TINY, LARGEST, 2.0**-40, 1e15]
ARGUMENTS = {
    "atan2": [(y, x) for y, x in zip(signed(across(-3, 3, 24) + across(-300, 300, 8)), signed(across(-3, 3, 24) + across(-300, 300, 8)))],
    "atan": signed(across(-9, 2, 30) + across(2, 300, 6)),
    "cos": TURNS,
    "exp": signed(across(-9, 0, 10) + across(0, 2.84, 26)) + [709.78, -708.3, -740.5, -745.1],
    "log": POSITIVE,
    "log10": POSITIVE,
    "log2": POSITIVE,
    "pow": [(10.0, v) for v in signed(across(-3, 2.48, 16))] + [(2.0, n / 12) for n in range(-24, 25, 5)]
    + [(x, y) for x, y in zip(across(-2, 2, 16), signed(across(-1, 2, 16)))]
    + [(-3.7, 5.0), (-1.3, -7.0), (0.999999999999, 1e12), (1.0000000001, 5e12), (10.0, -320.5), (3.0, -650.0)],
    "sin": TURNS,
    "tan": TURNS,
}
FUNCTIONS = {
    "log2": lambda x: mpmath.log(x, 2),
    "pow": lambda x, y: mpmath.power(x, y),
}


def row(name, arguments):
    value = FUNCTIONS.get(name, getattr(mpmath, name, None))(*map(mpmath.mpf, arguments))
    nearest = float(value)
    return [*arguments, nearest, round(float((value - mpmath.mpf(nearest)) / mpmath.mpf(math.ulp(nearest))), 3)]


lines = []
for name, cases in ARGUMENTS.items():
    rows = [row(name, case if isinstance(case, tuple) else (case,)) for case in cases]
    lines.append(f'  "{name}": [\n' + ",\n".join("    " + json.dumps(r) for r in rows) + "\n  ]")
print("{\n" + ",\n".join(lines) + "\n}")
