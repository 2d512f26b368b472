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

/* The part at path, which lives as long as document; NULL, which all functions here take for an
 * empty one, when there is none. */
const struct document *document_at(const struct document *document, const char *path);

enum document_kind { DOCUMENT_NOTHING, DOCUMENT_SCALAR, DOCUMENT_LIST, DOCUMENT_OBJECT };
enum document_kind document_kind(const struct document *document, const char *path);
/* Members of an object or items of a list; 0 for all else. */
size_t document_count(const struct document *document, const char *path);

/* Calls take with each member of the object at path, or each item of the list there, in the order
 * in which they stand; an item has no name. An empty path is the document itself, so what take gets
 * can be walked in turn. */
void document_each(const struct document *document, const char *path,
                   void (*take)(void *context, struct str name, const struct document *value),
                   void *context);

enum { DOCUMENT_SCALAR_BYTES = 32 };

/* A text as it is; a number, true, false or null in words, which stand in text. */
struct str document_scalar(const struct document *document, const char *path,
                           char text[static DOCUMENT_SCALAR_BYTES]);

#endif
