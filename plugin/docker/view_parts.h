#ifndef DOCKER_VIEW_PARTS_H
#define DOCKER_VIEW_PARTS_H

#include "docker/view_builder.h"

/* Parts of the view that several kinds of requests have. */

/* {gid, group, name, numeric, raw, root, uid} */
void view_parts_user(struct view *view, struct str text, struct node *ret);

/* Env as a map of values by name (the last one counts), and as it was sent: a list of {name, value,
 * via}; a variable without "=" has no value. */
void view_parts_env(struct view *view, const struct node *env, struct str base,
                    struct node *ret_map, struct node *ret_list);

/* {all_tags, digest, is_id, may_be_id, name, official, raw, registry, repository, tag, valid, via}
 */
void view_parts_image(struct view *view, struct str text, struct str via, struct node *ret);

/* An image whose name and tag come apart, as in image.pull and image.tag: a tag that is a digest
 * takes the place of both tag and digest of the name. without_tag: what no tag at all means. */
enum view_parts_tag { VIEW_PARTS_TAG_LATEST, VIEW_PARTS_TAG_ALL };

void view_parts_image_tag(struct view *view, struct str name, struct str tag,
                          enum view_parts_tag without_tag, struct str via, struct node *ret);

/* A set (name to true) of the capabilities of a list, in plain spelling. */
void view_parts_capabilities(struct view *view, const struct node *list, struct node *ret);

/* All values of a query parameter, as a list of strings. */
void view_parts_values(struct view *view, struct str name, struct node *ret);

/* {driver, options}: LogConfig of a container, LogDriver of a task. */
void view_parts_log(struct view *view, const struct node *config, struct str driver_key,
                    struct str options_key, struct node *ret);

#endif
