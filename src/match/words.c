#include "match/words.h"

#include "base/text.h"
#include "match/mem.h"

#include <math.h>
#include <string.h>

/* A slot is node (22 bits) << 42 | code point (21 bits) << 21 | child (21 bits); 0 = empty. */
#define CHILD_BITS 21
#define CHILD_MASK ((UINT64_C(1) << CHILD_BITS) - 1)

static uint64_t key_of(uint32_t node, uint32_t c)
{
    return ((uint64_t)node << 21 | c) << CHILD_BITS;
}

static size_t place_of(const struct words *w, uint64_t key)
{
    return (size_t)(key >> CHILD_BITS) * UINT64_C(0x9E3779B97F4A7C15) >> 20 & (w->n_slots - 1);
}

static uint64_t *slot_of(const struct words *w, uint64_t key)
{
    size_t i = place_of(w, key);
    while (w->slots[i] != 0 && (w->slots[i] & ~CHILD_MASK) != key)
        i = (i + 1) & (w->n_slots - 1);
    return &w->slots[i];
}

void words_init(struct words *w)
{
    *w = (struct words){.n_slots = 1024, .cap_nodes = 1024, .cap_words = 1024, .text_cap = 1 << 14};
    w->slots = MEM_ARRAY(uint64_t, w->n_slots);
    w->first = MEM_ARRAY(uint32_t, 65536);
    w->word_at = MEM_ARRAY(uint32_t, w->cap_nodes);
    w->text = mem_alloc(w->text_cap);
    w->text_at = MEM_ARRAY(uint32_t, w->cap_words);
    w->weight = MEM_ARRAY(float, w->cap_words);
    w->flags = MEM_ARRAY(uint8_t, w->cap_words);
    w->word_at[0] = NO_WORD;
    w->n_nodes = 1;
}

void words_free(struct words *w)
{
    mem_free(w->slots);
    mem_free(w->first);
    mem_free(w->word_at);
    mem_free(w->text);
    mem_free(w->text_at);
    mem_free(w->weight);
    mem_free(w->flags);
    mem_free(w->cost);
    mem_free(w->skill);
}

static void grow_slots(struct words *w)
{
    uint64_t *old = w->slots;
    size_t n = w->n_slots;
    w->n_slots *= 2;
    w->slots = MEM_ARRAY(uint64_t, w->n_slots);
    for (size_t i = 0; i < n; i++)
        if (old[i] != 0)
            *slot_of(w, old[i] & ~CHILD_MASK) = old[i];
    mem_free(old);
}

static uint32_t new_node(struct words *w)
{
    if (w->n_nodes == w->cap_nodes) {
        w->word_at = mem_resize(w->word_at, w->cap_nodes * sizeof *w->word_at, w->cap_nodes * 2 * sizeof *w->word_at);
        w->cap_nodes *= 2;
    }
    w->word_at[w->n_nodes] = NO_WORD;
    return w->n_nodes++;
}

static uint32_t grow_child(struct words *w, uint32_t node, uint32_t c)
{
    if (node == 0 && c < 65536) {
        if (w->first[c] == 0)
            w->first[c] = new_node(w);
        return w->first[c];
    }
    uint64_t *s = slot_of(w, key_of(node, c));
    if (*s == 0) {
        *s = key_of(node, c) | new_node(w);
        if (++w->used * 2 > w->n_slots)
            grow_slots(w);
        return w->n_nodes - 1;
    }
    return (uint32_t)(*s & CHILD_MASK);
}

static uint32_t new_word(struct words *w, const uint32_t *cps, size_t n)
{
    if (w->n_words == w->cap_words) {
        size_t old = w->cap_words;
        w->cap_words *= 2;
        w->text_at = mem_resize(w->text_at, old * sizeof *w->text_at, w->cap_words * sizeof *w->text_at);
        w->weight = mem_resize(w->weight, old * sizeof *w->weight, w->cap_words * sizeof *w->weight);
        w->flags = mem_resize(w->flags, old, w->cap_words);
    }
    if (w->text_len + 4 * n + 1 > w->text_cap) {
        w->text = mem_resize(w->text, w->text_cap, w->text_cap * 2);
        w->text_cap *= 2;
    }
    w->text_at[w->n_words] = (uint32_t)w->text_len;
    for (size_t i = 0; i < n; i++)
        w->text_len += utf8_put(w->text + w->text_len, cps[i]);
    w->text[w->text_len++] = '\0';
    return w->n_words++;
}

uint32_t words_add(struct words *w, const uint32_t *cps, size_t n, double weight, unsigned flags)
{
    uint32_t node = 0;
    if (n == 0 || n > WORD_LONGEST || w->n_nodes + n >= CHILD_MASK)
        return NO_WORD;
    for (size_t i = 0; i < n; i++)
        node = grow_child(w, node, cps[i]);
    uint32_t word = w->word_at[node];
    if (word == NO_WORD)
        w->word_at[node] = word = new_word(w, cps, n);
    if (weight > w->weight[word])
        w->weight[word] = (float)weight;
    w->flags[word] |= (uint8_t)flags;
    return word;
}

uint32_t words_add_text(struct words *w, const char *s, size_t n, double weight, unsigned flags)
{
    uint32_t cps[WORD_LONGEST + 1];
    char copy[4 * WORD_LONGEST + 8];
    if (n >= sizeof copy)
        return NO_WORD;
    memcpy(copy, s, n);
    copy[n] = '\0';
    return words_add(w, cps, chars_read(copy, cps, WORD_LONGEST + 1), weight, flags);
}

void words_finish(struct words *w)
{
    double total = 1;
    for (uint32_t i = 0; i < w->n_words; i++)
        total += w->weight[i] + 1;
    w->cost = MEM_ARRAY(uint16_t, w->n_words + 1);
    w->skill = MEM_ARRAY(uint16_t, w->n_words + 1);
    for (uint32_t i = 0; i < w->n_words; i++) {
        w->cost[i] = (uint16_t)lround(64 * log(total / (w->weight[i] + 1)));
        if ((w->flags[i] & WORD_SKILL) && w->n_skills < UINT16_MAX - 1)
            w->skill[i] = (uint16_t)++w->n_skills;
    }
}

uint32_t words_step(const struct words *w, uint32_t node, uint32_t c)
{
    if (node == 0 && c < 65536)
        return w->first[c];
    return (uint32_t)(*slot_of(w, key_of(node, c)) & CHILD_MASK);
}

uint32_t words_find(const struct words *w, const uint32_t *cps, size_t n)
{
    uint32_t node = 0;
    if (n == 0)
        return NO_WORD;
    for (size_t i = 0; i < n; i++)
        if ((node = words_step(w, node, cps[i])) == 0)
            return NO_WORD;
    return w->word_at[node];
}

const char *words_text(const struct words *w, uint32_t word)
{
    return w->text + w->text_at[word];
}

size_t words_bytes(const struct words *w)
{
    return w->n_slots * sizeof *w->slots + 65536 * sizeof *w->first + w->cap_nodes * sizeof *w->word_at + w->text_cap +
           w->cap_words * (sizeof *w->text_at + sizeof *w->weight + 1) + w->n_words * 4;
}
