#include "web/tmpl.h"

#include "tap.h"

#include <string.h>

static const char *text(void *arg, const char *id, size_t n)
{
    (void)arg;
    return n == strlen("你好") && memcmp(id, "你好", n) == 0 ? "Hello" : n == strlen("共 {n} 个") && memcmp(id, "共 {n} 个", n) == 0 ? "{n} in <all>" : NULL;
}
static struct arena a;
static const struct tmpl *part(void *arg, const char *name, size_t n)
{
    size_t at;
    (void)arg;
    if (n == 4 && memcmp(name, "self", 4) == 0)
        return tmpl_compile(&a, "x{{> self}}", 11, &at);
    return n == 4 && memcmp(name, "card", 4) == 0 ? tmpl_compile(&a, "[{{name}}]", 10, &at) : NULL;
}
static const char *asset(void *arg, const char *name, size_t n)
{
    (void)arg;
    return n == 7 && memcmp(name, "app.css", 7) == 0 ? "/assets/app-1.css" : n == 9 ? "/i.svg" : NULL;
}

static struct view *sample(void)
{
    struct view *v = view_obj(&a);
    view_str(&a, v, "name", "<张&'\">");
    view_html(&a, v, "html", "<b>x</b>");
    view_i64(&a, v, "n", -12);
    view_i64(&a, v, "zero", 0);
    view_bool(&a, v, "yes", true);
    view_bool(&a, v, "no", false);
    view_str(&a, v, "empty", "");
    view_str(&a, v, "null", NULL);
    struct view *actor = view_sub(&a, v, "actor"), *list = view_list(&a, v, "list");
    view_str(&a, actor, "name", "李");
    view_str(&a, view_sub(&a, actor, "station"), "name", "河西");
    for (int i = 0; i < 2; i++)
        view_i64(&a, view_item(&a, list), "id", i);
    (void)view_list(&a, v, "none");
    return v;
}

static const struct { const char *src, *want; } good[] = {
    {"plain { } text", "plain { } text"},
    {"{{name}}", "&lt;张&amp;&#39;&quot;&gt;"},
    {"{{ name }}|{{html}}|{{n}}|{{zero}}|{{missing}}|{{null}}", "&lt;张&amp;&#39;&quot;&gt;|<b>x</b>|-12|0||"},
    {"{{actor.name}} {{actor.station.name}} {{actor.nobody.name}} {{name.name}}", "李 河西  "},
    {"{{#list}}{{id}}{{name}},{{/list}}", "0&lt;张&amp;&#39;&quot;&gt;,1&lt;张&amp;&#39;&quot;&gt;,"},
    {"{{#none}}a{{/none}}{{^none}}b{{/none}}", "b"},
    {"{{#zero}}a{{/zero}}{{^zero}}b{{/zero}}{{#empty}}c{{/empty}}{{#no}}d{{/no}}{{#null}}e{{/null}}", "b"},
    {"{{#yes}}{{^no}}both{{/no}}{{/yes}}", "both"},
    {"{{#actor}}{{name}}{{#station}}{{name}}{{/station}}{{/actor}}{{name}}", "李河西&lt;张&amp;&#39;&quot;&gt;"},
    {"{{#actor.station}}{{name}}{{/actor.station}}", "河西"},
    {"{{_ 你好}} {{_ 再见}}", "Hello 再见"},
    {"{{_ 共 {n} 个}} {{_ 没有 {x!} 和 {}}}", "-12 in &lt;all&gt; 没有 {x!} 和 {}"},
    {"{{_ {name}}}", "&lt;张&amp;&#39;&quot;&gt;"},
    {"{{! not shown }}x", "x"},
    {"{{> card}}{{#actor}}{{> card}}{{/actor}}{{> gone}}", "[&lt;张&amp;&#39;&quot;&gt;][李]"},
    {"{{@ app.css}}{{@ gone.css}}", "/assets/app-1.css"},
    {"{{i map-pin}}", "<svg class=\"i\" aria-hidden=\"true\" focusable=\"false\"><use href=\"/i.svg#map-pin\"/></svg>"},
    {"<a href=\"{{name}}\"{{#yes}} hidden{{/yes}}>", "<a href=\"&lt;张&amp;&#39;&quot;&gt;\" hidden>"},
    {"<input {{> card}}>", "<input [&lt;张&amp;&#39;&quot;&gt;]>"},
};
static const char *const bad[] = {
    "{{", "{{name", "{{}}", "{{ }}", "{{{name}}}", "{{#a}}", "{{/a}}", "{{#a}}{{/b}}", "{{Name}}", "{{a b}}", "{{&name}}", "{{.a}}", "{{a.}}",
    "{{#a}}{{#b}}{{/a}}{{/b}}", "<a href={{name}}>", "<a href='{{name}}'>", "<a {{name}}>", "<{{name}}>", "<a title=\"{{i x}}\">",
    "{{#a}}<a title=\"{{/a}}", "{{> a b}}", "{{_ }}",
    "{{#a}}{{#a}}{{#a}}{{#a}}{{#a}}{{#a}}{{#a}}{{#a}}{{#a}}{{#a}}{{#a}}{{#a}}{{#a}}{{#a}}{{#a}}{{#a}}{{#a}}",
};

static void count(void *arg, char kind, const char *name, size_t n)
{
    char *to = arg;
    size_t len = strlen(to);
    to[len] = kind;
    memcpy(to + len + 1, name, n);
}

int main(void)
{
    arena_init(&a, 0);
    struct tmpl_env env = {text, part, asset, NULL};
    struct view *v = sample();
    size_t at;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        struct buf b = {.a = &a};
        struct tmpl *t = tmpl_compile(&a, good[i].src, strlen(good[i].src), &at);
        if (t != NULL)
            tmpl_render(&b, t, v, &env);
        is_str(t == NULL ? "(malformed)" : buf_text(&b), good[i].want, good[i].src);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ok(tmpl_compile(&a, bad[i], strlen(bad[i]), &at) == NULL, bad[i]);
    ok(tmpl_compile(&a, "ab{{c d}}", 9, &at) == NULL && at == 2, "the place of the mistake");
    struct tmpl *t = tmpl_compile(&a, "x{{> self}}", 11, &at);
    struct buf b = {.a = &a};
    tmpl_render(&b, t, v, &env);
    ok(b.len > 0 && b.len < 40, "a part that contains itself ends");
    char uses[100] = "";
    tmpl_uses(tmpl_compile(&a, "{{> p}}{{@ a.b}}{{i c}}{{_ d}}{{e}}", 35, &at), count, uses);
    is_str(uses, ">p@a.bic_d", "what a page uses");
    arena_free(&a);
    return done();
}
