#include "rules/starts.h"

#include <string.h>

enum { NONE = 4096, ANY = 4097 }; /* no first character yet; any second one */

struct building {
    struct starts *t;
    struct starts_item *item;
};

/* Of a byte that begins a character, 0..4095: what starts_at() says of it. */
static unsigned class_of(const char *s)
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

static size_t char_len(const char *s)
{
    size_t n = 1;
    while (((unsigned char)s[n] & 0xC0) == 0x80)
        n++;
    return n;
}

static unsigned second_of(unsigned c) { return (c ^ c >> 5 ^ c >> 10) & 31; }

struct start starts_at(const char *s)
{
    unsigned first = class_of(s);
    return (struct start){(uint16_t)first, (uint16_t)(first < 4096 && *s != '\0' ? second_of(class_of(s + char_len(s))) : 0)};
}

static void may_begin(struct building *b, unsigned first, unsigned second)
{
    if (first >= 4096)
        return;
    b->item->first |= starts_first(first);
    for (unsigned k = 0; k < 32; k++)
        if (second == ANY || second_of(second) == k) {
            b->t->second[first] |= 1u << k;
            b->item->both |= starts_both(first, k);
        }
}

static void anything(struct building *b)
{
    memset(b->t->second, 0xff, sizeof b->t->second);
    *b->item = (struct starts_item){UINT64_MAX, UINT64_MAX};
}

static void walk(struct building *b, const char *pat, unsigned first);

static void walk_plain(struct building *b, const char *p, unsigned first, const char *rest);

/* What stands at `p` behind the first character; `rest`: what follows the choice that `p` lies in, NULL: in none. */
static void walk_on(struct building *b, const char *p, unsigned first, const char *rest)
{
    if (rest != NULL && (*p == '|' || *p == ']'))
        walk(b, rest, first);
    else if (*p == '\0' || *p == '[' || *p == '*')
        walk(b, p, first);
    else
        walk_plain(b, p, first, rest);
}

static void may_be_digit(struct building *b, unsigned first)
{
    for (unsigned d = '0'; d <= '9'; d++)
        may_begin(b, first, d);
}

/* A letter or # at `p`. */
static void walk_plain(struct building *b, const char *p, unsigned first, const char *rest)
{
    if (first != NONE && *p == '#') {
        may_be_digit(b, first);
    } else if (first != NONE) {
        may_begin(b, first, class_of(p));
    } else if (*p != '#') {
        walk_on(b, p + char_len(p), class_of(p), rest);
    } else {
        for (unsigned d = '0'; d <= '9'; d++) { /* it stands for one digit or more */
            may_be_digit(b, d);
            walk_on(b, p + 1, d, rest);
        }
    }
}

/* All ways in which `pat` can go on behind the character `first`; an empty choice means what follows it. */
static void walk(struct building *b, const char *pat, unsigned first)
{
    const char *close = *pat == '[' ? strchr(pat, ']') : NULL;
    if (*pat == '[' && close == NULL)
        return;
    if (close != NULL) {
        bool empty = false;
        for (const char *p = pat + 1; p <= close;) {
            size_t n = strcspn(p, "|]");
            empty |= n == 0;
            if (n > 0)
                walk_plain(b, p, first, close + 1);
            p += n + 1;
        }
        if (empty)
            walk(b, close + 1, first);
    } else if (*pat != '\0' && *pat != '*') {
        walk_plain(b, pat, first, NULL);
    } else if (first != NONE) {
        may_begin(b, first, ANY);
    } else if (*pat == '*') {
        anything(b);
    }
}

const struct starts *starts_of(struct arena *a, const char *const *items, size_t n)
{
    struct starts *t = ARENA_NEW(a, struct starts);
    struct starts_item *item = ARENA_ARRAY(a, struct starts_item, n + 1);
    for (size_t i = 0; i < n; i++)
        walk(&(struct building){t, &item[i]}, items[i], NONE);
    t->item = item;
    return t;
}

void starts_add(struct starts *all, const struct starts *t)
{
    for (size_t i = 0; i < sizeof all->second / sizeof *all->second; i++)
        all->second[i] |= t->second[i];
}
