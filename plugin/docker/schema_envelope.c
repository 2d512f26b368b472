#include "docker/schema_parts.h"

/* pkg/authorization.Request, as api.go there encodes it. Certificates are base64 of PEM text, and
 * stay so. The answer's fields come with AuthZRes only. */
static const struct field envelope[] = {
    FIELD("User", schema_string),
    FIELD("UserAuthNMethod", schema_string),
    FIELD("RequestMethod", schema_string),
    FIELD("RequestUri", schema_string),
    FIELD("RequestBody", schema_bytes),
    FIELD("RequestHeaders", schema_string_map),
    FIELD("RequestPeerCertificates", schema_strings),
    FIELD("ResponseStatusCode", schema_int),
    FIELD("ResponseBody", schema_bytes),
    FIELD("ResponseHeaders", schema_string_map),
    FIELD("Time", schema_string), /* of ours, not of the engine */
};
const struct type schema_envelope = STRUCT_OF(envelope);
