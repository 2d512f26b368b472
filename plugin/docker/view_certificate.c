#include "docker/base64.h"
#include "docker/certificate.h"
#include "docker/view_topics.h"

enum { CERT_COMPLETE, CERT_NOT_AFTER, CERT_O, CERT_OU, CERT_SERIAL };

static const struct member cert_shape[] = {
    [CERT_COMPLETE] = VIEW_FIELD("complete", NODE_BOOL),
    [CERT_NOT_AFTER] = VIEW_FIELD("not_after", NODE_NULL),
    [CERT_O] = VIEW_FIELD("o", NODE_LIST),
    [CERT_OU] = VIEW_FIELD("ou", NODE_LIST),
    [CERT_SERIAL] = VIEW_FIELD("serial", NODE_NULL),
};

static void set_names(struct view *view, const struct certificate_names *names, struct node *ret)
{
    struct node *item = names->count ? view_list(view, names->count, ret) : NULL;

    for (size_t i = 0; item && i < names->count; i++)
        item[i] = view_string(names->items[i]);
}

/* The client's own certificate is the first; those of its issuers follow. One that cannot be read
 * is shown as one of which nothing is known: to rules it must not look like none. */
void view_request_certificate(struct view *view, struct node *ret)
{
    const struct node *chain = &view->request->envelope.certificates;
    struct certificate certificate;
    struct member *cert;
    struct str pem;

    if (node_count(chain) == 0)
        return;
    cert = VIEW_STRUCT(view, cert_shape, ret);
    if (base64_decode(node_string(node_item(chain, 0)), BASE64_CANONICAL, view->arena, &pem) !=
            BASE64_FINE ||
        !certificate_read(pem, view->arena, &certificate))
        return;
    cert[CERT_COMPLETE].value = view_bool(certificate.complete);
    cert[CERT_NOT_AFTER].value = view_int(certificate.not_after_s);
    cert[CERT_SERIAL].value = view_string(certificate.serial);
    set_names(view, &certificate.organizations, &cert[CERT_O].value);
    set_names(view, &certificate.units, &cert[CERT_OU].value);
}
