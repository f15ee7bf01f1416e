#include "web/web_impl.h"

#include <string.h>
#include <strings.h>

static bool token(const char *s)
{
    static const char extra[] = "!#$%&'*+-.^_`|~";
    if (*s == '\0')
        return false;
    for (; *s != '\0'; s++)
        if (!((*s >= '0' && *s <= '9') || (*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z') || strchr(extra, *s) != NULL))
            return false;
    return true;
}

static bool value_clean(const char *s)
{
    for (; *s != '\0'; s++)
        if (((unsigned char)*s < 0x20 && *s != '\t') || *s == 0x7F)
            return false;
    return true;
}

const char *header_get(const struct pairs *headers, const char *name)
{
    for (size_t i = 0; i < headers->n; i++)
        if (strcasecmp(headers->p[i].name, name) == 0)
            return headers->p[i].value;
    return NULL;
}

/* A plain decimal number of at most 15 digits, or -1. */
static int64_t length_read(const char *s)
{
    int64_t n = 0;
    size_t len = strlen(s);
    if (len == 0 || len > 15)
        return -1;
    for (; *s != '\0'; s++) {
        if (*s < '0' || *s > '9')
            return -1;
        n = n * 10 + (*s - '0');
    }
    return n;
}

static bool host_clean(const char *s)
{
    if (*s == '\0' || strlen(s) > 255)
        return false;
    for (; *s != '\0'; s++)
        if (!((*s >= '0' && *s <= '9') || (*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z') || strchr("-._:[]", *s) != NULL))
            return false;
    return true;
}

const char *frame_fault(const struct head *h, int64_t *length)
{
    size_t bytes = strlen(h->target);
    int hosts = 0, lengths = 0, encodings = 0;
    *length = 0;
    bool one_one = strcmp(h->version, "HTTP/1.1") == 0;
    if (!one_one && strcmp(h->version, "HTTP/1.0") != 0)
        return "version";
    if (!token(h->method))
        return "method";
    if (bytes > URL_MAX)
        return "target too long";
    if (h->headers.n > HEADERS_MAX)
        return "too many headers";
    for (size_t i = 0; i < h->headers.n; i++) {
        const struct pair *p = &h->headers.p[i];
        bytes += strlen(p->name) + p->len + 4;
        if (!token(p->name))
            return "header name";
        if (!value_clean(p->value))
            return "header value";
        if (strcasecmp(p->name, "Host") == 0) {
            hosts++;
            if (!host_clean(p->value))
                return "host";
        } else if (strcasecmp(p->name, "Content-Length") == 0) {
            lengths++;
            if ((*length = length_read(p->value)) < 0)
                return "content-length";
        } else if (strcasecmp(p->name, "Transfer-Encoding") == 0) {
            encodings++;
            if (strcasecmp(p->value, "chunked") != 0 || !one_one)
                return "transfer-encoding";
        } else if (strcasecmp(p->name, "Content-Encoding") == 0) {
            return "content-encoding";
        }
    }
    if (bytes > HEADER_BYTES_MAX)
        return "headers too large";
    if (hosts > 1 || (hosts == 0 && one_one))
        return "host";
    if (lengths > 1 || encodings > 1 || (lengths > 0 && encodings > 0))
        return "content-length and transfer-encoding";
    if (encodings > 0)
        *length = -1;
    return NULL;
}
