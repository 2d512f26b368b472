#include "base/digest.h"

#include <stdint.h>

#include "base/snapshot.h"

void digest_init(struct digest *digest)
{
    sha256_init(&digest->state);
}

void digest_add(struct digest *digest, struct str bytes)
{
    if (bytes.len)
        sha256_update(&digest->state, bytes.len, (const uint8_t *)bytes.ptr);
}

void digest_end(struct digest *digest, char ret[DIGEST_HEX_BYTES + 1])
{
    static const char digits[] = "0123456789abcdef";
    uint8_t bytes[SHA256_DIGEST_SIZE];

    sha256_digest(&digest->state, sizeof bytes, bytes);
    for (size_t i = 0; i < sizeof bytes; i++) {
        ret[2 * i] = digits[bytes[i] >> 4];
        ret[2 * i + 1] = digits[bytes[i] & 15];
    }
    ret[DIGEST_HEX_BYTES] = '\0';
}

void digest_hex(struct str bytes, char ret[DIGEST_HEX_BYTES + 1])
{
    struct digest digest;

    digest_init(&digest);
    digest_add(&digest, bytes);
    digest_end(&digest, ret);
}

/* Its length goes first, so that no two lists of texts are one run of bytes. */
static void add_text(struct digest *digest, struct str text)
{
    unsigned char length[8];

    for (size_t i = 0; i < sizeof length; i++)
        length[i] = (unsigned char)((uint64_t)text.len >> (8 * i));
    digest_add(digest, (struct str){(const char *)length, sizeof length});
    digest_add(digest, text);
}

int digest_snapshot(int fd, char ret[DIGEST_HEX_BYTES + 1], struct err *err)
{
    struct snapshot snapshot = {0};
    struct digest digest;

    if (snapshot_open(fd, &snapshot, err) < 0)
        return -1;
    digest_init(&digest);
    for (size_t i = 0; i < snapshot.count; i++) {
        add_text(&digest, snapshot.files[i].name);
        add_text(&digest, snapshot.files[i].content);
    }
    digest_end(&digest, ret);
    snapshot_done(&snapshot);
    return 0;
}
