#include "docker/image_reference.h"
#include "docker/view_parts.h"

enum {
    IMAGE_ALL_TAGS,
    IMAGE_DIGEST,
    IMAGE_IS_ID,
    IMAGE_MAY_BE_ID,
    IMAGE_NAME,
    IMAGE_OFFICIAL,
    IMAGE_RAW,
    IMAGE_REGISTRY,
    IMAGE_REPOSITORY,
    IMAGE_TAG,
    IMAGE_VALID,
    IMAGE_VIA
};

static const struct member image_shape[] = {
    [IMAGE_ALL_TAGS] = VIEW_FIELD("all_tags", NODE_BOOL),
    [IMAGE_DIGEST] = VIEW_FIELD("digest", NODE_NULL),
    [IMAGE_IS_ID] = VIEW_FIELD("is_id", NODE_BOOL),
    [IMAGE_MAY_BE_ID] = VIEW_FIELD("may_be_id", NODE_BOOL),
    [IMAGE_NAME] = VIEW_FIELD("name", NODE_NULL),
    [IMAGE_OFFICIAL] = VIEW_FIELD("official", NODE_BOOL),
    [IMAGE_RAW] = VIEW_FIELD("raw", NODE_NULL),
    [IMAGE_REGISTRY] = VIEW_FIELD("registry", NODE_NULL),
    [IMAGE_REPOSITORY] = VIEW_FIELD("repository", NODE_NULL),
    [IMAGE_TAG] = VIEW_FIELD("tag", NODE_NULL),
    [IMAGE_VALID] = VIEW_FIELD("valid", NODE_BOOL),
    [IMAGE_VIA] = VIEW_FIELD("via", NODE_NULL),
};

static struct image_reference parse(struct view *view, struct str text)
{
    struct image_reference ref = {.valid = false};

    if (image_reference_parse(view->arena, text, &ref) < 0)
        view->failed = true;
    return ref;
}

/* "docker.io/library/busybox" */
static struct str full_name(struct view *view, const struct image_reference *ref)
{
    if (ref->is_id)
        return STR("");
    return view_join(view, view_join(view, ref->registry, STR("/")), ref->repository);
}

static struct member *fill(struct view *view, const struct image_reference *ref, struct str raw,
                           struct str via, struct node *ret)
{
    struct member *image = VIEW_STRUCT(view, image_shape, ret);

    image[IMAGE_DIGEST].value = view_text(ref->digest);
    image[IMAGE_IS_ID].value = view_bool(ref->is_id);
    image[IMAGE_MAY_BE_ID].value = view_bool(ref->may_be_id);
    image[IMAGE_NAME].value = view_string(full_name(view, ref));
    image[IMAGE_OFFICIAL].value = view_bool(ref->official);
    image[IMAGE_RAW].value = view_string(raw);
    image[IMAGE_REGISTRY].value = view_string(ref->is_id ? STR("") : ref->registry);
    image[IMAGE_REPOSITORY].value = view_string(ref->is_id ? STR("") : ref->repository);
    image[IMAGE_TAG].value = view_text(ref->tag);
    image[IMAGE_VALID].value = view_bool(ref->valid);
    image[IMAGE_VIA].value = view_string(via);
    return image;
}

void view_parts_image(struct view *view, struct str text, struct str via, struct node *ret)
{
    struct image_reference ref = parse(view, text);

    if (!ref.is_id && ref.tag.len == 0 && ref.digest.len == 0)
        ref.tag = STR("latest");
    (void)fill(view, &ref, text, via, ret);
}

/* Source: moby daemon/images/image_pull.go, PullImage. */
void view_parts_image_tag(struct view *view, struct str name, struct str tag,
                          enum view_parts_tag without_tag, struct str via, struct node *ret)
{
    struct image_reference ref;
    struct member *image;
    bool none;

    if (str_ends(name, STR(":")))
        name.len--;
    ref = parse(view, name);
    if (tag.len > 0) {
        bool digest = image_reference_is_digest(tag);

        ref.valid = ref.valid && !ref.is_id && (digest || image_reference_is_tag(tag));
        ref.digest = digest ? tag : STR("");
        ref.tag = digest ? STR("") : tag;
    }
    none = !ref.is_id && ref.tag.len == 0 && ref.digest.len == 0;
    if (none && without_tag == VIEW_PARTS_TAG_LATEST)
        ref.tag = STR("latest");
    image = fill(view, &ref, name, via, ret);
    image[IMAGE_ALL_TAGS].value = view_bool(none && without_tag == VIEW_PARTS_TAG_ALL);
}
