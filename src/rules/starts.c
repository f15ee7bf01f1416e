#include "rules/starts.h"

#include <string.h>

struct building {
    struct starts *t;
    uint64_t *item;
};

static void may_begin(struct building *b, unsigned c)
{
    if (c >= 4096)
        return;
    b->t->any[c / 64] |= 1ULL << (c % 64);
    *b->item |= 1ULL << ((c ^ c >> 6) % 64);
}

static void anything(struct building *b)
{
    memset(b->t->any, 0xff, sizeof b->t->any);
    *b->item = ~0ULL;
}

unsigned starts_class(const char *s)
{
    const unsigned char *p = (const unsigned char *)s;
    if ((p[0] & 0xC0) == 0x80)
        return 4096;
    if (p[0] < 0xC0 || p[1] == 0)
        return p[0];
    if (p[0] < 0xE0 || p[2] == 0)
        return ((p[0] & 0x3Fu) << 6 | (p[1] & 0x3Fu)) & 4095u;
    return ((p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu)) & 4095u;
}

static void first_of(struct building *b, const char *s)
{
    if (*s == '#') {
        for (char d = '0'; d <= '9'; d++)
            may_begin(b, (unsigned)d);
    } else {
        may_begin(b, starts_class(s));
    }
}

/* All ways in which `pat` can begin; an empty choice means what follows it. */
static void walk(struct building *b, const char *pat)
{
    while (*pat == '[') {
        const char *close = strchr(pat, ']');
        bool empty = false;
        if (close == NULL)
            return;
        for (const char *p = pat + 1; p <= close;) {
            size_t n = strcspn(p, "|]");
            if (n == 0)
                empty = true;
            else
                first_of(b, p);
            p += n + 1;
        }
        if (!empty)
            return;
        pat = close + 1;
    }
    if (*pat == '*')
        anything(b);
    else if (*pat != '\0')
        first_of(b, pat);
}

const struct starts *starts_of(struct arena *a, const char *const *items, size_t n)
{
    struct starts *t = ARENA_NEW(a, struct starts);
    uint64_t *item = ARENA_ARRAY(a, uint64_t, n + 1);
    for (size_t i = 0; i < n; i++)
        walk(&(struct building){t, &item[i]}, items[i]);
    t->item = item;
    return t;
}
