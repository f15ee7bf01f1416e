/* syndicate.c -- lists of news for readers and other sites: Atom 1.0 and JSON Feed 1.1 (declared in jobposting.h). */
#include "feeds/jobposting.h"

#include "feeds/instant.h"

#include <string.h>

/* XML 1.0 knows no control characters but tab and line ends, not even escaped. */
static void xml_text(struct buf *b, const char *s)
{
    const char *from = s;
    for (; *s != '\0'; s++) {
        unsigned char c = (unsigned char)*s;
        if (c >= 0x20 || c == '\t' || c == '\n' || c == '\r')
            continue;
        buf_html(b, from, (size_t)(s - from));
        from = s + 1;
    }
    buf_html(b, from, (size_t)(s - from));
}

static void element(struct buf *b, const char *name, const char *s)
{
    buf_fmt(b, "<%s>", name);
    xml_text(b, s);
    buf_fmt(b, "</%s>\n", name);
}

static void link_to(struct buf *b, const char *rel, const char *type, const char *url)
{
    buf_fmt(b, "<link rel=\"%s\" type=\"%s\" href=\"", rel, type);
    xml_text(b, url);
    buf_str(b, "\"/>\n");
}

static void atom_entry(struct buf *b, const struct feed_entry *e)
{
    buf_str(b, "<entry>\n");
    element(b, "id", e->id);
    element(b, "title", e->title);
    link_to(b, "alternate", "text/html", e->url);
    element(b, "published", rfc3339(b->a, e->published));
    element(b, "updated", rfc3339(b->a, e->updated));
    if (e->category != NULL) {
        buf_str(b, "<category term=\"");
        xml_text(b, e->category);
        buf_str(b, "\"/>\n");
    }
    if (e->summary != NULL)
        element(b, "summary", e->summary);
    buf_str(b, "</entry>\n");
}

void feed_atom(struct buf *out, const struct feed *feed, const struct feed_entry *entries, size_t n)
{
    buf_str(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"");
    xml_text(out, feed->language);
    buf_str(out, "\">\n");
    element(out, "id", feed->id);
    element(out, "title", feed->title);
    if (feed->subtitle != NULL)
        element(out, "subtitle", feed->subtitle);
    element(out, "updated", rfc3339(out->a, feed->updated));
    buf_str(out, "<author>\n");
    element(out, "name", feed->author);
    buf_str(out, "</author>\n");
    link_to(out, "alternate", "text/html", feed->url);
    link_to(out, "self", "application/atom+xml", feed->self_url);
    for (size_t i = 0; i < n; i++)
        atom_entry(out, &entries[i]);
    buf_str(out, "</feed>\n");
}

void feed_json(struct buf *out, const struct feed *feed, const struct feed_entry *entries, size_t n)
{
    struct arena *a = out->a;
    struct view *v = view_obj(a);
    view_str(a, v, "version", "https://jsonfeed.org/version/1.1");
    view_str(a, v, "title", feed->title);
    if (feed->subtitle != NULL)
        view_str(a, v, "description", feed->subtitle);
    view_str(a, v, "home_page_url", feed->url);
    view_str(a, v, "feed_url", feed->self_url);
    view_str(a, v, "language", feed->language);
    view_str(a, view_item(a, view_list(a, v, "authors")), "name", feed->author);
    struct view *items = view_list(a, v, "items");
    for (size_t i = 0; i < n; i++) {
        const struct feed_entry *e = &entries[i];
        struct view *item = view_item(a, items);
        view_str(a, item, "id", e->id);
        view_str(a, item, "url", e->url);
        view_str(a, item, "title", e->title);
        view_str(a, item, "content_text", e->summary != NULL ? e->summary : e->title);
        view_str(a, item, "date_published", rfc3339(a, e->published));
        view_str(a, item, "date_modified", rfc3339(a, e->updated));
    }
    view_json(out, v);
}
