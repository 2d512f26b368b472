#ifndef DOCKER_VIEW_TOPICS_H
#define DOCKER_VIEW_TOPICS_H

#include "docker/view_builder.h"

/* Top-level parts of `req`, one kind of object each. *ret becomes a struct. */

void view_request_api(struct view *view, struct node *ret);
void view_request_headers(struct view *view, struct node *ret);
void view_request_query(struct view *view, struct node *ret_first, struct node *ret_all);
void view_request_target(struct view *view, struct node *ret);
void view_request_user(struct view *view, struct node *ret);

#endif
