#include "base/text.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

static bool named(const char *tag, size_t n, const char *words) /* each ends with NUL, the list with an empty one */
{
    for (; *words != '\0'; words += strlen(words) + 1)
        if (strlen(words) == n && strncasecmp(tag, words, n) == 0)
            return true;
    return false;
}

/* Decodes "&amp;", "&#20013;", "&#x4E2D;" at `s` (which begins with '&'): its length, or 0 when it is none. */
static size_t entity(const char *s, size_t n, uint32_t *cp)
{
    static const struct {
        const char *name;
        uint16_t cp;
    } known[] = {
        {"amp;", '&'}, {"lt;", '<'}, {"gt;", '>'}, {"quot;", '"'},
        {"apos;", '\''}, {"nbsp;", ' '}, {"ldquo;", 0x201C}, {"rdquo;", 0x201D},
        {"lsquo;", 0x2018}, {"rsquo;", 0x2019}, {"middot;", 0xB7}, {"bull;", 0x2022},
        {"hellip;", 0x2026}, {"mdash;", 0x2014}, {"ndash;", 0x2013}, {"times;", 0xD7},
        {"yen;", 0xA5}, {"emsp;", ' '}, {"ensp;", ' '}, {"copy;", 0xA9},
        {"deg;", 0xB0}, {"permil;", 0x2030}, {"le;", 0x2264}, {"ge;", 0x2265},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (n > strlen(known[i].name) && memcmp(s + 1, known[i].name, strlen(known[i].name)) == 0) {
            *cp = known[i].cp;
            return strlen(known[i].name) + 1;
        }
    if (n < 4 || s[1] != '#')
        return 0;
    bool hex = s[2] == 'x' || s[2] == 'X';
    size_t from = hex ? 3 : 2, len = strspn(s + from, hex ? "0123456789abcdefABCDEF" : "0123456789");
    if (len == 0 || len > 7 || s[from + len] != ';')
        return 0;
    *cp = (uint32_t)strtoul(s + from, NULL, hex ? 16 : 10);
    if (*cp < 0x20 || *cp > 0x10FFFF || (*cp >= 0xD800 && *cp <= 0xDFFF))
        *cp = ' ';
    return from + len + 1;
}

struct words {
    char *out;
    size_t len;
    int lines; /* line ends and a blank that are due before the next word */
    bool gap;
};

static void put(struct words *w, uint32_t cp)
{
    if (cp == '\n' || cp == '\r' || text_is_space(cp)) {
        w->gap = true;
        return;
    }
    if (text_is_control(cp) || text_is_invisible(cp))
        return;
    if (w->len > 0 && w->lines > 0)
        w->out[w->len++] = '\n';
    else if (w->len > 0 && w->gap)
        w->out[w->len++] = ' ';
    w->lines = 0;
    w->gap = false;
    w->len += utf8_put(w->out + w->len, cp);
}

/* Skips the tag or comment at `s`: its length, or 0 when '<' is only a sign. */
static size_t skip_tag(const char *s, struct words *w)
{
    static const char blocks[] = "br\0p\0div\0li\0ul\0ol\0tr\0table\0h1\0h2\0h3\0h4\0h5\0h6\0section\0article\0dd\0dt\0dl\0";
    if (strncmp(s, "<!--", 4) == 0) {
        const char *end = strstr(s, "-->");
        return end == NULL ? strlen(s) : (size_t)(end - s) + 3;
    }
    const char *name = s + 1 + (s[1] == '/');
    const char *close = strchr(s, '>');
    if (close == NULL || (!is_letter(*name) && s[1] != '!' && s[1] != '?'))
        return 0;
    size_t n = strcspn(name, " \t\r\n/>");
    if (named(name, n, blocks))
        w->lines = 1;
    if (s[1] == '/' || !named(name, n, "script\0style\0"))
        return (size_t)(close - s) + 1;
    for (const char *p = close; (p = strstr(p, "</")) != NULL; p += 2) /* their text is not for people */
        if (strncasecmp(p + 2, name, n) == 0) {
            const char *end = strchr(p, '>');
            return end == NULL ? strlen(s) : (size_t)(end - s) + 1;
        }
    return strlen(s);
}

const char *text_strip_markup(struct arena *a, const char *text, size_t text_n)
{
    const char *s = arena_strndup(a, text, strnlen(text, text_n));
    size_t n = strlen(s);
    struct words w = {.out = arena_alloc(a, 4 * n + 1)}; /* a malformed byte becomes three, and a blank may stand before it */
    for (size_t i = 0; i < n;) {
        uint32_t cp;
        size_t step = s[i] == '<' ? skip_tag(s + i, &w) : 0;
        if (step == 0) {
            step = s[i] == '&' ? entity(s + i, n - i, &cp) : 0;
            if (step == 0)
                step = utf8_next(s + i, n - i, &cp, NULL);
            put(&w, cp);
        }
        i += step;
    }
    w.out[w.len] = '\0';
    return w.out;
}
