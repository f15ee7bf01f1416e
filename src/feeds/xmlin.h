/* xmlin.h -- private to feeds: XML read node by node, with nothing fetched, no DTD, no entities, bounded depth and text. */
#ifndef FEEDS_XMLIN_H
#define FEEDS_XMLIN_H
#include "base/ctx.h"

#include <libxml/xmlreader.h>

/* Gives up to `cap` bytes of UTF-8 (or what the document declares) to `to`; 0 = end, -1 = failed. */
typedef int xml_read_fn(void *from, char *to, int cap);

struct xmlin {
    xmlTextReaderPtr reader;
    bool refused; /* it has a DTD */
};

/* Opens; the reader ends with arena `a`. `encoding` NULL: as the document says. */
err_t xmlin_open(struct ctx *cx, struct arena *a, xml_read_fn *read, void *from, const char *encoding,
                 struct xmlin **out) MUST_USE;
void xmlin_close(struct xmlin *x); /* earlier than the arena */
/* Steps to the next node: 1, 0 at the end, -1 when it is broken (or has a DTD: x->refused). */
int xmlin_step(struct xmlin *x);
/* Name without prefix of the current element. */
const char *xmlin_name(struct xmlin *x);
bool xmlin_is(struct xmlin *x, const char *name);
/* Value of an attribute by its name without prefix, copied to `buf`, cut at `cap`; false when it is not there. */
bool xmlin_attr(struct xmlin *x, const char *name, char *buf, size_t cap);
bool xmlin_empty(struct xmlin *x); /* <a/>: no end will come */
#endif
