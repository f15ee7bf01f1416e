/* grams.c -- characters of a title and their pairs. */
#include "match/grams.h"

#include "match/mem.h"

#include <string.h>

static void add(struct grams *g, uint64_t key)
{
    for (size_t i = 0; i < g->n; i++)
        if (g->key[i] == key)
            return;
    g->key[g->n++] = key;
}

void grams_of(const uint32_t *c, size_t n, struct grams *g)
{
    uint32_t before = GRAM_BEGIN;
    g->n = 0;
    for (size_t i = 0; i < n && i < TITLE_CHARS; i++) {
        if (chars_kind(c[i]) == CHAR_GAP) {
            before = GRAM_BEGIN;
            continue;
        }
        add(g, c[i]);
        add(g, (uint64_t)before << 21 | c[i]);
        if (i + 1 == n || chars_kind(c[i + 1]) == CHAR_GAP)
            add(g, (uint64_t)c[i] << 21 | GRAM_END);
        before = c[i];
    }
    g->key[g->n++] = GRAM_ALWAYS;
}

static uint64_t key_at(const struct gram_index *x, uint32_t i)
{
    uint64_t key;
    memcpy(&key, (const char *)x->v + i * x->size, sizeof key);
    return key;
}

void gram_index_make(struct gram_index *x, const void *v, size_t n, size_t size)
{
    size_t slots = 64;
    while (slots < 2 * n)
        slots *= 2;
    *x = (struct gram_index){v, size, MEM_ARRAY(uint32_t, slots), (uint32_t)slots - 1};
    for (uint32_t i = 0; i < n; i++) {
        uint32_t at = (uint32_t)hash_mix(key_at(x, i)) & x->mask;
        while (x->slots[at] != 0)
            at = (at + 1) & x->mask;
        x->slots[at] = i + 1;
    }
}

void gram_index_free(struct gram_index *x)
{
    mem_free(x->slots);
}

size_t gram_index_bytes(const struct gram_index *x)
{
    return x->slots == NULL ? 0 : (x->mask + (size_t)1) * sizeof *x->slots;
}

uint32_t gram_index_find(const struct gram_index *x, uint64_t key)
{
    for (uint32_t at = (uint32_t)hash_mix(key) & x->mask; x->slots[at] != 0; at = (at + 1) & x->mask)
        if (key_at(x, x->slots[at] - 1) == key)
            return x->slots[at] - 1;
    return NO_GRAM;
}
