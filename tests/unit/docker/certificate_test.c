#include "docker/certificate.h"

#include "check.h"

static struct arena arena;
static struct certificate certificate;

/* Made with openssl ca and -enddate: without a version, O=Example, OU=web, OU=ops, CN=alice. */
static const char last_short_time[] =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBZjCCAQwCAwobLDAKBggqhkjOPQQDAjA+MRAwDgYDVQQKDAdFeGFtcGxlMQww\n"
    "CgYDVQQLDAN3ZWIxDDAKBgNVBAsMA29wczEOMAwGA1UEAwwFYWxpY2UwHhcNMjAw\n"
    "MTAxMDAwMDAwWhcNNDkxMjMxMjM1OTU5WjA+MRAwDgYDVQQKDAdFeGFtcGxlMQww\n"
    "CgYDVQQLDAN3ZWIxDDAKBgNVBAsMA29wczEOMAwGA1UEAwwFYWxpY2UwWTATBgcq\n"
    "hkjOPQIBBggqhkjOPQMBBwNCAARkWlcn7tcHZ6fd1Gh+tlWTNidWgsKeXXeXyiKK\n"
    "965EAvbJzSzQfstRXJa9STNGc383zQSgZRWBr1OPDu5XM4uDMAoGCCqGSM49BAMC\n"
    "A0gAMEUCIQDpLR/5/pUK7QsB3hK8R/0MU4TLILHljFJfS+EfVddDiAIgJwGICBOe\n"
    "rWahmyVGYpJvc9Q54P+v6qgzFDADTN6W+wQ=\n"
    "-----END CERTIFICATE-----\n";

/* The same with CN=bob, and a serial whose first byte is 0. */
static const char first_long_time[] =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBBzCBrQICAIAwCgYIKoZIzj0EAwIwDjEMMAoGA1UEAwwDYm9iMCAXDTIwMDEw\n"
    "MTAwMDAwMFoYDzIwNTAwMTAxMDAwMDAwWjAOMQwwCgYDVQQDDANib2IwWTATBgcq\n"
    "hkjOPQIBBggqhkjOPQMBBwNCAAQmJTwmhNSkEyKnvbqUoXhIelj+MGcJ0rjMHRsR\n"
    "NQ520q+TtQ1eykgp9ejrQ8sueJtGOGBk7RUgaHyYhgcopsj1MAoGCCqGSM49BAMC\n"
    "A0kAMEYCIQD4atyx8kRpsdQuIX/AIgJhJH7peC9B8cMjOyo6csIFXwIhAOwojFP5\n"
    "nvwD88JaCeDN7L1S/wMohUs7kwveECVysAgP\n"
    "-----END CERTIFICATE-----\n";

/* Version 3 with extensions: O=Example, OU=web, CN=alice. */
static const char version_3[] = "-----BEGIN CERTIFICATE-----\n"
                                "MIIBYTCCAQegAwIBAgIDChssMAoGCCqGSM49BAMCMDAxEDAOBgNVBAoMB0V4YW1w\n"
                                "bGUxDDAKBgNVBAsMA3dlYjEOMAwGA1UEAwwFYWxpY2UwHhcNMjAwMTAxMDAwMDAw\n"
                                "WhcNMzAwMTAxMDAwMDAwWjAwMRAwDgYDVQQKDAdFeGFtcGxlMQwwCgYDVQQLDAN3\n"
                                "ZWIxDjAMBgNVBAMMBWFsaWNlMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE67Ua\n"
                                "RkkPmlG/MKZpobCPtb9vmr5SdD/vxbGuLrxgYyfgSzlnFgbIknPNOgpUebmuxHSR\n"
                                "RrXXlfCpmf3dasxYqaMQMA4wDAYDVR0TAQH/BAIwADAKBggqhkjOPQQDAgNIADBF\n"
                                "AiBey6g2uDVKy0E9KQha/0FXi9WY+CK1H5MG4Bn5I/WnhAIhAPeuEUhzLJhHS9Md\n"
                                "bOPfoDVxX2XCTrKNQoljbWjCoBu3\n"
                                "-----END CERTIFICATE-----\n";

/* OU=a to OU=p, then OU=guests: one more than there is room for. */
static const char many_units[] =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIB2jCCAX8CAwobLDAKBggqhkjOPQQDAjANMQswCQYDVQQDDAJjYTAeFw0yMDAx\n"
    "MDEwMDAwMDBaFw0zMDAxMDEwMDAwMDBaMIHhMQowCAYDVQQLDAFhMQowCAYDVQQL\n"
    "DAFiMQowCAYDVQQLDAFjMQowCAYDVQQLDAFkMQowCAYDVQQLDAFlMQowCAYDVQQL\n"
    "DAFmMQowCAYDVQQLDAFnMQowCAYDVQQLDAFoMQowCAYDVQQLDAFpMQowCAYDVQQL\n"
    "DAFqMQowCAYDVQQLDAFrMQowCAYDVQQLDAFsMQowCAYDVQQLDAFtMQowCAYDVQQL\n"
    "DAFuMQowCAYDVQQLDAFvMQowCAYDVQQLDAFwMQ8wDQYDVQQLDAZndWVzdHMxDjAM\n"
    "BgNVBAMMBWNhcm9sMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE27CLP+E621iL\n"
    "yHiT/G2qFpAgpQr5LlPKUK+kf9e97uw4MrI97qeKDXOWt4CtJb6z/F90ox7MzV32\n"
    "pdAVup+MyDAKBggqhkjOPQQDAgNJADBGAiEA4c5Oo5mEuKMBxfE8kN7vs/cUJcn9\n"
    "s5E/5XQe3DqIojoCIQDX4XH4jSiarQCu7yYCUO1ygmBQcxLQSaG03l2vz8f/jg==\n"
    "-----END CERTIFICATE-----\n";

/* OU=guests as a T61String, OU=web. */
static const char old_text[] = "-----BEGIN CERTIFICATE-----\n"
                               "MIIBJTCBzAIDChssMAoGCCqGSM49BAMCMA0xCzAJBgNVBAMMAmNhMB4XDTIwMDEw\n"
                               "MTAwMDAwMFoXDTMwMDEwMTAwMDAwMFowLzEPMA0GA1UECxQGZ3Vlc3RzMQwwCgYD\n"
                               "VQQLDAN3ZWIxDjAMBgNVBAMMBWNhcm9sMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcD\n"
                               "QgAE27CLP+E621iLyHiT/G2qFpAgpQr5LlPKUK+kf9e97uw4MrI97qeKDXOWt4Ct\n"
                               "Jb6z/F90ox7MzV32pdAVup+MyDAKBggqhkjOPQQDAgNIADBFAiEAouFqsahmETkU\n"
                               "aheLW3R2qNxzB3oLhhGyd2O1yavM1CgCIFpfZbIRi2LzBUPaWfXnKq+xtctWKHUO\n"
                               "nM/UvW+IgGvk\n"
                               "-----END CERTIFICATE-----\n";

static bool read_text(struct str pem)
{
    arena_reset(&arena, 0);
    return certificate_read(pem, &arena, &certificate);
}

static void reads_names_and_serial(void)
{
    CHECK(read_text(str_from(last_short_time)));
    CHECK_STR(certificate.serial, "A1B2C");
    CHECK(certificate.organizations.count == 1);
    CHECK_STR(certificate.organizations.items[0], "Example");
    CHECK(certificate.units.count == 2);
    CHECK_STR(certificate.units.items[0], "web");
    CHECK_STR(certificate.units.items[1], "ops");
    CHECK(read_text(str_from(first_long_time)));
    CHECK_STR(certificate.serial, "80");
    CHECK(certificate.organizations.count == 0 && certificate.units.count == 0);
}

static void reads_both_forms_of_time(void)
{
    CHECK(read_text(str_from(last_short_time)));
    CHECK(certificate.not_after_s == INT64_C(2524607999)); /* 2049-12-31T23:59:59Z */
    CHECK(read_text(str_from(first_long_time)));
    CHECK(certificate.not_after_s == INT64_C(2524608000));
}

static void reads_version_3(void)
{
    CHECK(read_text(str_from(version_3)));
    CHECK_STR(certificate.serial, "A1B2C");
    CHECK(certificate.not_after_s == INT64_C(1893456000)); /* 2030-01-01T00:00:00Z */
    CHECK(certificate.units.count == 1);
}

static void says_what_it_left_out(void)
{
    CHECK(read_text(str_from(many_units)));
    CHECK(certificate.units.count == CERTIFICATE_NAMES_MAX && !certificate.complete);
    CHECK(read_text(str_from(old_text)));
    CHECK(certificate.units.count == 1 && !certificate.complete);
    CHECK(read_text(str_from(version_3)));
    CHECK(certificate.complete);
}

/* Cut or changed anywhere it is unreadable or reads as something, but never beyond its end. */
static void survives_damage(void)
{
    char text[sizeof version_3];
    const size_t len = sizeof version_3 - 1;
    size_t refused = 0;

    for (size_t i = 0; i + 1 < len; i++)
        CHECK(!read_text((struct str){version_3, i}));
    for (size_t i = 28; i < len; i++) {
        memcpy(text, version_3, sizeof text);
        text[i] = text[i] == 'A' ? '/' : 'A';
        refused += !read_text((struct str){text, len});
    }
    CHECK(refused > 100);
}

static void refuses_what_is_none(void)
{
    CHECK(!read_text(STR("")));
    CHECK(!read_text(STR("MIIB")));
    CHECK(!read_text(STR("-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n")));
    CHECK(!read_text(STR("-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n")));
    CHECK(!read_text(STR("-----BEGIN PRIVATE KEY-----\nMAA=\n-----END PRIVATE KEY-----\n")));
}

static void says_when_the_arena_is_full(void)
{
    arena_reset(&arena, 0);
    CHECK(arena_alloc(&arena, arena.cap - 64) != NULL);
    CHECK(!certificate_read(str_from(version_3), &arena, &certificate));
}

int main(void)
{
    struct err err;

    CHECK(arena_init(&arena, 4096, &err) == 0);
    reads_names_and_serial();
    reads_both_forms_of_time();
    reads_version_3();
    says_what_it_left_out();
    survives_damage();
    refuses_what_is_none();
    says_when_the_arena_is_full();
    arena_done(&arena);
    return 0;
}
