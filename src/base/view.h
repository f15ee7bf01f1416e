/* view.h -- the view model: what a handler hands to a page or to a JSON client.
 *
 * Arena-allocated, write-once, no reference counts.  A handler builds one view;
 * view_json() and tmpl_render() both walk it, so the page and the API cannot
 * disagree.  V_HTML is the only kind that is emitted unescaped: rawness belongs
 * to the value, never to the template.
 */
#ifndef BASE_VIEW_H
#define BASE_VIEW_H
#include "base/arena.h"
#include "base/member.h"
#include <stdint.h>

enum view_kind { V_NULL, V_BOOL, V_I64, V_STR, V_HTML, V_LIST, V_OBJ };

struct view {
    enum view_kind kind;
    const char *key; /* when member of an object */
    struct view *next, *head, *tail;
    int64_t i; /* V_BOOL, V_I64; element count of V_LIST */
    const char *s;
    size_t len; /* of V_STR and V_HTML; of V_I64: 1 = a count */
};

struct buf { /* growing output, in an arena */
    struct arena *a;
    char *p;
    size_t len, cap;
};

struct view *view_obj(struct arena *a);
struct view *view_list(struct arena *a, struct view *obj, const char *key); /* appends an empty list */
struct view *view_item(struct arena *a, struct view *list);                 /* appends an object */
struct view *view_sub(struct arena *a, struct view *obj, const char *key);  /* appends an empty object */
void view_fmt(struct arena *a, struct view *obj, const char *key, const char *fmt, ...) __attribute__((format(printf, 4, 5)));
void view_str(struct arena *a, struct view *obj, const char *key, const char *s);
void view_html(struct arena *a, struct view *obj, const char *key, const char *trusted);
void view_i64(struct arena *a, struct view *obj, const char *key, int64_t i);
/* A number of things: pages write it in groups of three ("30,000"), JSON as it is. */
void view_count(struct arena *a, struct view *obj, const char *key, int64_t i);
void view_opt(struct arena *a, struct view *obj, const char *key, const int64_t *i);
void view_bool(struct arena *a, struct view *obj, const char *key, bool b);
void view_row(struct arena *a, struct view *obj, const struct member *fields, const void *row); /* every non-blob member */
/* Appends list `key`, an object a row. */
#define VIEW_ROWS(a, obj, key, fields, rows, n) view_rows(a, obj, key, fields, rows, n, sizeof *(rows))
void view_rows(struct arena *a, struct view *obj, const char *key, const struct member *fields, const void *rows, size_t n, size_t size);
const struct view *view_get(const struct view *obj, const char *key, size_t len);

void buf_add(struct buf *b, const char *s, size_t n);
void buf_str(struct buf *b, const char *s);
void buf_fmt(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
const char *buf_text(struct buf *b); /* the bytes so far, NUL-terminated, in the arena */
void buf_html(struct buf *b, const char *s, size_t n); /* escapes & < > " ' */
void view_json(struct buf *b, const struct view *v);
#endif
