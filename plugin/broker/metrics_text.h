#ifndef BROKER_METRICS_TEXT_H
#define BROKER_METRICS_TEXT_H

#include "base/buffer.h"
#include "broker/overview.h"

#define METRICS_TEXT_TYPE "text/plain; version=0.0.4; charset=utf-8"

/* Append everything that is counted, in the text format of Prometheus
 * (https://prometheus.io/docs/instrumenting/exposition_formats/). Returns 0, or -1: the buffer
 * failed. */
int metrics_text(const struct overview *overview, struct buffer *buffer);

#endif
