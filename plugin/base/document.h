#ifndef BASE_DOCUMENT_H
#define BASE_DOCUMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/cleanup.h"
#include "base/err.h"
#include "base/str.h"

/* A JSON object that another program of ours wrote, to look things up in by path: names joined by
 * dots, "workers.idle". What is not there, or of another type, is empty, 0 or false. */
struct document;

/* Errors: ERR_INVALID. */
MUST_CHECK int document_parse(struct str text, struct document **ret, struct err *err);
/* Takes NULL too. */
void document_free(struct document *document);

/* Borrowed from document. */
struct str document_text(const struct document *document, const char *path);
uint64_t document_number(const struct document *document, const char *path);
bool document_truth(const struct document *document, const char *path);

/* Calls take with each number of the object at path, in the order in which they stand. */
void document_numbers(const struct document *document, const char *path,
                      void (*take)(void *context, const char *name, uint64_t number),
                      void *context);

#endif
