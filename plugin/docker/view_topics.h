#ifndef DOCKER_VIEW_TOPICS_H
#define DOCKER_VIEW_TOPICS_H

#include "docker/view_builder.h"

/* Top-level parts of `req`, one kind of object each. *ret becomes a struct. */

void view_request_api(struct view *view, struct node *ret);
void view_request_certificate(struct view *view, struct node *ret); /* req.user.cert */
void view_request_headers(struct view *view, struct node *ret);
void view_request_query(struct view *view, struct node *ret_first, struct node *ret_all);
void view_request_target(struct view *view, struct node *ret);
void view_request_user(struct view *view, struct node *ret);

void view_build_run(struct view *view, struct node *ret); /* req.build */
void view_exec(struct view *view, struct node *ret);
/* req.filters: left alone without any, nil when they cannot be read. */
void view_filters(struct view *view, struct node *ret);

/* req.image, by where a call names it. */
void view_image_named(struct view *view, struct node *ret);  /* in repo and tag */
void view_image_pull(struct view *view, struct node *ret);   /* in fromImage and tag */
void view_image_push(struct view *view, struct node *ret);   /* in the path and in tag */
void view_image_target(struct view *view, struct node *ret); /* in the path */
void view_image_commit(struct view *view, struct node *ret); /* req.commit */
void view_image_import(struct view *view, struct node *ret); /* req.import */

void view_network_create(struct view *view, struct node *ret);
void view_network_attach(struct view *view, struct node *ret); /* connect and disconnect */
void view_plugin(struct view *view, struct node *ret);
void view_service(struct view *view, struct node *ret);
void view_swarm(struct view *view, struct node *ret);
void view_swarm_data(struct view *view, struct node *ret); /* req.secret and req.config */
void view_swarm_node(struct view *view, struct node *ret);
void view_volume_create(struct view *view, struct node *ret);
void view_volume_update(struct view *view, struct node *ret);

#endif
