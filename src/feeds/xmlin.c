#include "feeds/xmlin.h"

#include <string.h>

static int end_of_io(void *from)
{
    (void)from;
    return 0;
}

static void quiet(void *arg, const char *msg, xmlParserSeverities severity, xmlTextReaderLocatorPtr at)
{
    (void)arg, (void)msg, (void)severity, (void)at;
}

static void end(void *arg) { xmlin_close(arg); }

void xmlin_close(struct xmlin *x)
{
    if (x->reader != NULL)
        xmlFreeTextReader(x->reader);
    x->reader = NULL;
}

err_t xmlin_open(struct ctx *cx, struct arena *a, xml_read_fn *read, void *from, const char *encoding, struct xmlin **out)
{
    int options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_COMPACT;
    struct xmlin *x = ARENA_NEW(a, struct xmlin);
    x->reader =
        xmlReaderForIO(read, end_of_io, from, NULL, encoding, encoding != NULL ? options | XML_PARSE_IGNORE_ENC : options);
    if (x->reader == NULL)
        return FAIL(cx, E_BUG, "file", "no XML reader");
    xmlTextReaderSetErrorHandler(x->reader, quiet, NULL);
    arena_defer(a, end, x);
    *out = x;
    return E_OK;
}

int xmlin_step(struct xmlin *x)
{
    int rc = xmlTextReaderRead(x->reader);
    int type = rc == 1 ? xmlTextReaderNodeType(x->reader) : 0;
    x->refused = type == XML_READER_TYPE_DOCUMENT_TYPE || type == XML_READER_TYPE_ENTITY_REFERENCE;
    return x->refused ? -1 : rc;
}

const char *xmlin_name(struct xmlin *x)
{
    const xmlChar *n = xmlTextReaderConstLocalName(x->reader);
    return n == NULL ? "" : (const char *)n;
}

bool xmlin_is(struct xmlin *x, const char *name) { return strcmp(xmlin_name(x), name) == 0; }

bool xmlin_attr(struct xmlin *x, const char *name, char *buf, size_t cap)
{
    bool found = false;
    for (int rc = xmlTextReaderMoveToFirstAttribute(x->reader); rc == 1 && !found;
         rc = xmlTextReaderMoveToNextAttribute(x->reader)) {
        const xmlChar *v = xmlTextReaderConstValue(x->reader);
        found = xmlin_is(x, name) && v != NULL;
        if (found) {
            size_t n = strlen((const char *)v);
            n = n < cap ? n : cap - 1;
            memcpy(buf, v, n);
            buf[n] = '\0';
        }
    }
    (void)xmlTextReaderMoveToElement(x->reader);
    return found;
}

bool xmlin_empty(struct xmlin *x) { return xmlTextReaderIsEmptyElement(x->reader) == 1; }
