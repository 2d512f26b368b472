#include "bench/json_scan.h"

#include "check.h"

int main(void)
{
    const struct str line =
        STR(" {\"endpoint\" : \"/A\\\"}\", \"hdr\": [[\"a\", \"}]\"], {}],\n"
            "\"n\":-1.5e3,\"body\":{\"endpoint\":\"inner\",\"s\":\"\"}, \"e\":[]}");
    struct str body = json_scan_member(line, STR("body"));

    /* Byte for byte: escapes stay, brackets in strings are text, inner members are not seen. */
    CHECK_STR(json_scan_string(line, STR("endpoint")), "/A\\\"}");
    CHECK_STR(json_scan_member(line, STR("hdr")), "[[\"a\", \"}]\"], {}]");
    CHECK_STR(json_scan_member(line, STR("n")), "-1.5e3");
    CHECK_STR(body, "{\"endpoint\":\"inner\",\"s\":\"\"}");
    CHECK_STR(json_scan_member(line, STR("e")), "[]");

    CHECK(json_scan_member(line, STR("absent")).ptr == NULL);
    CHECK_STR(json_scan_string(line, STR("n")), "");
    CHECK_STR(json_scan_string(body, STR("s")), "");

    /* Cut off: nothing beyond the end is read. */
    for (size_t len = 0; len < line.len; len++)
        (void)json_scan_member(str_take(line, len), STR("absent"));
    return 0;
}
