/* tmpl.h -- logic-less templates: a mustache subset that cannot write unescaped text.
 *
 *   {{name}} {{actor.name}}  a value of the view, always escaped (unless code made it V_HTML)
 *   {{#x}}..{{/x}}           each element, or once when true      {{^x}}..{{/x}}  when empty, false or absent
 *   {{_ 共 {total} 个岗位}}   translated text; {name} inside is filled from the view, escaped
 *   {{> form}}               a part: src/web/parts/form.html; {{> jobs/card}}: src/city/jobs/card.html
 *   {{i map-pin}}            an icon of the sprite (decorative)
 *   {{@ app.css}}            the URL of an asset, with its hash
 *   {{! a note}}             nothing
 *
 * Inside {{#list}} names are looked up in the element first, then outwards. There is no raw tag.
 * Values stand only in text and inside double-quoted attributes.
 */
#ifndef WEB_TMPL_H
#define WEB_TMPL_H
#include "base/view.h"

struct tmpl;
struct tmpl_env { /* how a page reaches what is outside its text */
    const char *(*text)(void *arg, const char *msgid, size_t len); /* NUL-terminated translation; NULL = use the id */
    const struct tmpl *(*part)(void *arg, const char *name, size_t len);
    const char *(*asset)(void *arg, const char *name, size_t len); /* NULL = unknown */
    void *arg;
};

/* Compiles src (which must outlive it). NULL on error, with *err_at set to the offset. */
struct tmpl *tmpl_compile(struct arena *a, const char *src, size_t n, size_t *err_at);
void tmpl_render(struct buf *out, const struct tmpl *t, const struct view *v, const struct tmpl_env *env);
/* Calls fn for every {{> part}}, {{@ asset}}, {{i icon}} and {{_ text}}: kind is '>', '@', 'i' or '_'. */
void tmpl_uses(const struct tmpl *t, void (*fn)(void *arg, char kind, const char *name, size_t len), void *arg);
#endif
