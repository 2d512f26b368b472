#!/usr/bin/env python3
"""Plants includes in a tree of sources and looks at what layering.py says of them."""

import pathlib
import tempfile
import unittest

import layering


class Layering(unittest.TestCase):
    def complaints(self, name, text):
        with tempfile.TemporaryDirectory() as top:
            path = pathlib.Path(top, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            return [line.removeprefix(f"{top}/") for line in layering.check_tree(top)]

    def assert_fine(self, name, text):
        self.assertEqual(self.complaints(name, text), [])

    def test_a_layer_may_include_itself_and_what_is_below(self):
        self.assert_fine("worker/main.c", '#include "worker/main.h"\n#include "policy/set.h"\n'
                         '#include "docker/view.h"\n#include "base/err.h"\n')

    def test_a_layer_may_not_include_what_is_above(self):
        found = self.complaints("docker/view.c", '#include <stdio.h>\n\n#include "policy/set.h"\n')
        self.assertEqual(found, ['docker/view.c:3: "policy/set.h": '
                                 "docker/ may include only docker/, base/"])

    def test_the_broker_and_its_neighbours_may_include_base_only(self):
        for layer in ("broker", "cli", "fetch"):
            self.assert_fine(f"{layer}/main.c", '#include "base/err.h"\n')
            for other in ("docker", "policy", "worker"):
                self.assertEqual(len(self.complaints(f"{layer}/main.c",
                                                     f'#include "{other}/x.h"\n')), 1)

    def test_headers_and_indented_includes_count(self):
        found = self.complaints("base/err.h", '#ifdef X\n# include "cli/main.h"\n#endif\n')
        self.assertEqual(found, ['base/err.h:2: "cli/main.h": base/ may include only base/'])

    def test_a_library_belongs_to_one_layer(self):
        homes = {"jansson.h": "base", "lua.h": "policy", "lauxlib.h": "policy",
                 "microhttpd.h": "broker", "curl/curl.h": "fetch"}
        for header, home in homes.items():
            for layer in layering.LAYERS:
                found = self.complaints(f"{layer}/x.c", f"#include <{header}>\n")
                want = [] if layer == home else [
                    f"{layer}/x.c:1: <{header}> may be included from {home}/ only"]
                self.assertEqual(found, want)

    def test_an_unknown_library_is_asked_about(self):
        found = self.complaints("base/x.c", "#include <glib.h>\n")
        self.assertIn("base/x.c:1: <glib.h> is no known system header", found[0])

    def test_a_way_around_the_folders_is_found(self):
        for header in ("err.h", "../policy/set.h", "tests/unit/check.h"):
            self.assertEqual(len(self.complaints("base/x.c", f'#include "{header}"\n')), 1)
        self.assertEqual(len(self.complaints("base/x.c", "#include HEADER\n")), 1)

    def test_an_unknown_layer_is_found(self):
        found = self.complaints("extra/x.c", "int x;\n")
        self.assertEqual(found, ["extra/x.c: no layer of that name: add it to LAYERS of "
                                 "layering.py"])


if __name__ == "__main__":
    unittest.main()
