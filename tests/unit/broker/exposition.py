"""A strict reader of the text format of Prometheus, as lua-authz writes it: HELP and TYPE before the
samples of each family, families whole, no label or value out of form.
https://prometheus.io/docs/instrumenting/exposition_formats/"""

import math
import re

NAME = r"[a-zA-Z_:][a-zA-Z0-9_:]*"
HELP = re.compile(rf"# HELP ({NAME}) (\S.*)")
TYPE = re.compile(rf"# TYPE ({NAME}) (counter|gauge|histogram)")
SAMPLE = re.compile(rf"({NAME})(?:\{{(.*)\}})? (\S+)")
LABEL = re.compile(r'([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"(?:,|$)')
SUFFIXES = {"histogram": ("_bucket", "_sum", "_count")}


class Malformed(AssertionError):
    pass


def need(holds, line):
    if not holds:
        raise Malformed(line)


def labels_of(text, line):
    labels, at = {}, 0
    while at < len(text):
        match = LABEL.match(text, at)
        need(match, line)
        need(match[1] not in labels, line)
        labels[match[1]] = match[2]
        at = match.end()
    need(not text.endswith(","), line)
    return labels


def check_histogram(name, samples):
    bounds = [(float(dict(labels)["le"]), value) for (kind, labels), value in samples.items()
              if kind == f"{name}_bucket"]
    need(bounds and bounds == sorted(bounds), f"{name}: buckets out of order")
    counts = [count for _, count in bounds]
    need(counts == sorted(counts), f"{name}: buckets must hold those below them")
    need(math.isinf(bounds[-1][0]), f"{name}: no +Inf")
    need(samples[(f"{name}_count", ())] == counts[-1], f"{name}: count is not the last bucket")
    need((f"{name}_sum", ()) in samples, f"{name}: no sum")


def parse(text):
    """{(name, ((label, value), ...)): number}"""
    need(text.endswith("\n"), "the last line has no end")
    lines = text.splitlines()
    found, families, at = {}, set(), 0
    while at < len(lines):
        about, kind = HELP.fullmatch(lines[at]), TYPE.fullmatch(lines[at + 1])
        need(about and kind and about[1] == kind[1], lines[at])
        family = kind[1]
        need(family not in families, f"{family} stands twice")
        families.add(family)
        need((kind[2] == "counter") == family.endswith("_total"), f"{family}: name of a counter")
        names = {family + suffix for suffix in SUFFIXES.get(kind[2], ("",))}
        samples, at = {}, at + 2
        while at < len(lines) and not lines[at].startswith("#"):
            match = SAMPLE.fullmatch(lines[at])
            need(match and match[1] in names, lines[at])
            key = match[1], tuple(labels_of(match[2] or "", lines[at]).items())
            need(key not in samples, lines[at])
            samples[key] = float(match[3])
            at += 1
        need(samples, f"{family} has no sample")
        if kind[2] == "histogram":
            check_histogram(family, samples)
        found.update(samples)
    return found
