/* build.c -- from the ads as they are put to the forward form that becomes a part. */
#include "match/engine.h"

#include "match/mem.h"

#include <math.h>
#include <string.h>


#define USUAL_LENGTH 64.0F /* terms of an ad; a constant, so that an ad's impacts do not depend on the others */

void builder_init(struct match *m)
{
    struct builder *b = &m->b;
    b->of_word = MEM_ARRAY(uint32_t, m->words.n_words + (size_t)1);
    b->n_slots = 1 << 12;
    b->slots = MEM_ARRAY(uint32_t, b->n_slots);
    b->n_ids = 64;
    b->ids = MEM_ARRAY(struct id_slot, b->n_ids);
    arena_init(&b->scratch, 0);
}

void builder_free(struct match *m)
{
    struct builder *b = &m->b;
    raw_free(&b->raw);
    mem_free(b->of_word);
    mem_free(b->slots);
    mem_free(b->ids);
    mem_free(b->gone);
    mem_free(b->seen);
    tokens_free(&b->tokens);
    arena_free(&b->scratch);
}

/* ---- keys ---- */

static void grow_slots(struct builder *b)
{
    mem_free(b->slots);
    b->n_slots *= 2;
    b->slots = MEM_ARRAY(uint32_t, b->n_slots);
    for (size_t k = 0; k < b->raw.n_keys; k++) {
        size_t i = hash_mix(b->raw.keys[k]) & (b->n_slots - 1);
        while (b->slots[i] != 0)
            i = (i + 1) & (b->n_slots - 1);
        b->slots[i] = (uint32_t)k + 1;
    }
}

static uint32_t new_key(struct builder *b, uint64_t key)
{
    struct raw *r = &b->raw;
    mem_room(&r->keys, &r->cap_keys, r->n_keys + 1, sizeof *r->keys);
    mem_room(&b->seen, &b->cap_seen, r->n_keys + 1, sizeof *b->seen);
    b->seen[r->n_keys] = (struct seen){0};
    r->keys[r->n_keys] = key;
    return (uint32_t)r->n_keys++;
}

static uint32_t key_number(struct builder *b, uint64_t key, uint32_t word)
{
    if (word != NO_WORD) {
        if (b->of_word[word] == 0)
            b->of_word[word] = new_key(b, key) + 1;
        return b->of_word[word] - 1;
    }
    size_t i = hash_mix(key) & (b->n_slots - 1);
    for (; b->slots[i] != 0; i = (i + 1) & (b->n_slots - 1))
        if (b->raw.keys[b->slots[i] - 1] == key)
            return b->slots[i] - 1;
    uint32_t k = new_key(b, key);
    b->slots[i] = k + 1;
    if (b->raw.n_keys * 2 > b->n_slots)
        grow_slots(b);
    return k;
}

/* ---- the terms of an ad ---- */

struct terms { /* of the ad being put: weights stand in raw.impacts until the end */
    struct builder *b;
    uint64_t first;
    unsigned length;
    uint16_t skills[PART_SKILLS];
    unsigned n_skills;
};

static void add_term(struct terms *t, uint64_t key, uint32_t word, unsigned weight)
{
    struct raw *r = &t->b->raw;
    uint32_t k = key_number(t->b, key, word);
    struct seen *s = &t->b->seen[k];
    if (s->ad != (uint32_t)r->n + 1) {
        *s = (struct seen){(uint32_t)r->n + 1, (uint32_t)(r->n_terms - t->first)};
        mem_room(&r->terms, &r->cap_terms, r->n_terms + 1, sizeof *r->terms);
        mem_room(&r->impacts, &r->cap_impacts, r->n_terms + 1, 1);
        r->terms[r->n_terms] = k;
        r->impacts[r->n_terms++] = 0;
    }
    uint8_t *sum = &r->impacts[t->first + s->at];
    *sum = (uint8_t)(*sum + weight > 255 ? 255 : *sum + weight);
}

static void add_skill(const struct words *w, struct terms *t, uint32_t word)
{
    uint16_t skill = word == NO_WORD ? 0 : w->skill[word];
    if (skill == 0 || t->n_skills == PART_SKILLS)
        return;
    for (unsigned i = 0; i < t->n_skills; i++)
        if (t->skills[i] == skill)
            return;
    t->skills[t->n_skills++] = skill;
}

struct adding {
    const struct words *words;
    struct terms *to;
};

static void add_text(void *arg, const char *text, unsigned flags, unsigned weight)
{
    const struct adding *a = arg;
    struct terms *t = a->to;
    uint32_t cps[AD_TEXT_MAX];
    struct tokens *tk = &t->b->tokens;
    tk->n = 0;
    segment(a->words, cps, chars_read(text, cps, AD_TEXT_MAX), flags, tk);
    for (size_t i = 0; i < tk->n; i++) {
        const struct token *k = &tk->v[i];
        add_term(t, k->key, k->word, k->inner ? (weight + 1) / 2 : weight);
        add_skill(a->words, t, k->word);
        t->length += !k->inner;
    }
}

/* A title of few words says more with each of them. */
static unsigned title_weight(const char *title)
{
    uint32_t cps[32];
    size_t n = chars_read(title, cps, 32);
    return n <= 4 ? 12 : n <= 8 ? 10 : n <= 16 ? 8 : 6;
}

void ad_texts(const struct match *m, const struct match_ad *ad, void (*each)(void *arg, const char *text, unsigned flags, unsigned weight),
              void *arg)
{
    each(arg, ad->title, SEG_INNER | SEG_PAIRS | SEG_CHARS, title_weight(ad->title));
    each(arg, ad->tags, SEG_INNER | SEG_PAIRS, 4);
    each(arg, occ_name(m, ad->occupation), SEG_INNER, 3);
    each(arg, ad->employer, SEG_INNER | SEG_PAIRS, 3);
    each(arg, ad->place, SEG_INNER | SEG_PAIRS, 3);
    each(arg, ad->description, SEG_INNER, 1);
}

static void add_texts(const struct match *m, struct terms *t, const struct match_ad *ad)
{
    ad_texts(m, ad, add_text, &(struct adding){&m->words, t});
    if (ad->employer_id != 0)
        add_term(t, TERM(TERM_EMPLOYER, ad->employer_id), NO_WORD, 1);
    uint64_t firm = firm_key(&t->b->scratch, ad->employer);
    if (firm != 0)
        add_term(t, firm, NO_WORD, 1);
    arena_reset(&t->b->scratch);
}

static void weights_to_impacts(struct terms *t)
{
    struct raw *r = &t->b->raw;
    float norm = 1.2F * (0.25F + 0.75F * (float)t->length / USUAL_LENGTH);
    for (uint64_t i = t->first; i < r->n_terms; i++) {
        float x = r->impacts[i];
        int impact = (int)(255 * x / (x + norm));
        r->impacts[i] = (uint8_t)(impact < 1 ? 1 : impact);
    }
}

/* ---- ids ---- */

static struct id_slot *id_slot(const struct builder *b, int64_t id)
{
    size_t i = hash_mix((uint64_t)id) & (b->n_ids - 1);
    while (b->ids[i].ad != 0 && b->ids[i].id != id)
        i = (i + 1) & (b->n_ids - 1);
    return &b->ids[i];
}

static void grow_ids(struct builder *b)
{
    struct id_slot *old = b->ids;
    size_t n = b->n_ids;
    b->n_ids *= 2;
    b->ids = MEM_ARRAY(struct id_slot, b->n_ids);
    for (size_t i = 0; i < n; i++)
        if (old[i].ad != 0)
            *id_slot(b, old[i].id) = old[i];
    mem_free(old);
}

static void note_gone(struct builder *b, int64_t id)
{
    mem_room(&b->gone, &b->cap_gone, b->n_gone + 1, sizeof *b->gone);
    b->gone[b->n_gone++] = id;
}

/* ---- putting ---- */

static int by_cert(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return x < y ? -1 : x > y;
}

uint32_t certs_number(struct cert_sets *sets, const int32_t *codes, size_t n)
{
    struct cert_set s = {.n = 0};
    size_t mask = 2 * (CODES_MAX + 1) - 1;
    for (size_t i = 0; i < n && s.n < MATCH_CERTS_MAX; i++) {
        bool again = codes[i] == 0;
        for (uint32_t k = 0; k < s.n; k++)
            again = again || s.code[k] == codes[i];
        if (!again)
            s.code[s.n++] = codes[i];
    }
    if (s.n == 0)
        return 0;
    for (uint32_t i = 1; i < s.n; i++) /* a handful: insertion sort */
        for (uint32_t k = i; k > 0 && by_cert(&s.code[k - 1], &s.code[k]) > 0; k--) {
            int32_t x = s.code[k];
            s.code[k] = s.code[k - 1];
            s.code[k - 1] = x;
        }
    size_t at = hash_bytes(&s, sizeof s) & mask;
    for (; sets->slots[at] != 0; at = (at + 1) & mask)
        if (memcmp(&sets->v[sets->slots[at] - 1], &s, sizeof s) == 0)
            return sets->slots[at] - 1;
    if (sets->n == CODES_MAX)
        return CODES_MAX;
    sets->v[sets->n] = s;
    sets->slots[at] = sets->n + 1;
    return sets->n++;
}

uint32_t yuan(int64_t fen, bool up)
{
    if (fen <= 0)
        return 0;
    int64_t y = up ? (fen + 99) / 100 : fen / 100;
    return y > UINT32_MAX / 4 ? UINT32_MAX / 4 : (uint32_t)y;
}

static uint16_t day16(int32_t day)
{
    return (uint16_t)(day < 0 ? 0 : day > UINT16_MAX - 1 ? UINT16_MAX - 1 : day);
}

static err_t make_row(struct ctx *cx, struct match *m, const struct match_ad *ad, struct row *row)
{
    uint32_t occ = codes_number(&m->occupations, ad->occupation), street = codes_number(&m->streets, ad->street);
    uint32_t district = codes_number(&m->districts, ad->district);
    uint32_t set = certs_number(&m->sets, ad->certificates, ad->n_certificates);
    if (occ == CODES_MAX || street == CODES_MAX || district == CODES_MAX || set == CODES_MAX)
        return FAIL(cx, E_LIMIT, NULL, "a code table of the match engine is full (%u)", CODES_MAX);
    bool place = ad->lat >= -90000000 && ad->lat <= 90000000 && ad->lng >= -180000000 && ad->lng <= 180000000;
    unsigned edu = ad->education < MATCH_EDU_COUNT ? ad->education : 0;
    *row = (struct row){
        .lat = place ? ad->lat : 0,
        .lng = place ? ad->lng : 0,
        .wage_max = yuan(ad->wage_max > ad->wage_min ? ad->wage_max : ad->wage_min, true),
        .occupation = (uint16_t)occ,
        .street = (uint16_t)street,
        .district = (uint16_t)district,
        .fresh = day16(ad->verified > ad->posted ? ad->verified : ad->posted),
        .expires = ad->expires == 0 ? UINT16_MAX : day16(ad->expires),
        .certificates = (uint16_t)set,
        .experience = (uint8_t)(ad->experience > 255 ? 255 : ad->experience),
        .types = ad->types,
        .shifts = ad->shifts,
    };
    uint32_t more = (ad->benefits & ~(uint64_t)ROW_BENEFITS) != 0 ? ROW_MORE : 0;
    row->mixed = (uint32_t)(ad->benefits & ROW_BENEFITS) | more | (uint32_t)ad->source_rank << ROW_SOURCE;
    row->education_band = (uint8_t)(edu | wage_band((int64_t)yuan(ad->wage_min, false) * 100, (int64_t)row->wage_max * 100) << 4);
    return E_OK;
}

static uint32_t keep_title(struct raw *r, const char *title)
{
    size_t len = title == NULL ? 0 : strnlen(title, 400), at = r->titles_len;
    mem_room(&r->titles, &r->titles_cap, at + len + 1, 1);
    if (len > 0)
        memcpy(r->titles + at, title, len);
    r->titles[at + len] = '\0';
    r->titles_len += len + 1;
    return (uint32_t)at;
}

static void room_for_ad(struct raw *r)
{
    mem_room(&r->rows, &r->cap_rows, r->n + 1, sizeof *r->rows);
    mem_room(&r->sides, &r->cap_sides, r->n + 1, sizeof *r->sides);
    mem_room(&r->exposure, &r->cap_exposure, r->n + 1, sizeof *r->exposure);
    mem_room(&r->dead, &r->cap_dead, r->n + 1, 1);
    mem_room(&r->from, &r->cap_from, r->n + 2, sizeof *r->from);
}

err_t builder_put(struct ctx *cx, struct match *m, const struct match_ad *ad)
{
    struct builder *b = &m->b;
    struct raw *r = &b->raw;
    struct row row;
    TRY(make_row(cx, m, ad, &row));
    builder_remove(m, ad->id);
    room_for_ad(r);
    struct terms t = {.b = b, .first = r->n_terms};
    add_texts(m, &t, ad);
    weights_to_impacts(&t);
    r->rows[r->n] = row;
    r->sides[r->n] = (struct side){.id = ad->id, .employer = ad->employer_id, .benefits = ad->benefits, .openings = ad->openings,
                                   .wage_min = yuan(ad->wage_min, false), .title = keep_title(r, ad->title)};
    memcpy(r->sides[r->n].skills, t.skills, sizeof t.skills);
    r->exposure[r->n] = (uint16_t)(ad->exposure > UINT16_MAX ? UINT16_MAX : ad->exposure);
    r->dead[r->n] = 0;
    r->from[r->n] = t.first;
    r->from[r->n + 1] = r->n_terms;
    if ((b->used_ids + 1) * 2 > b->n_ids)
        grow_ids(b);
    struct id_slot *s = id_slot(b, ad->id);
    b->used_ids += s->ad == 0;
    *s = (struct id_slot){ad->id, (uint32_t)++r->n};
    return E_OK;
}

void builder_remove(struct match *m, int64_t id)
{
    struct id_slot *s = id_slot(&m->b, id);
    if (s->ad != 0)
        m->b.raw.dead[s->ad - 1] = 1;
    note_gone(&m->b, id);
}

struct part *builder_take(struct match *m)
{
    struct builder *b = &m->b;
    struct part *p = b->raw.n > 0 ? part_freeze(&b->raw, m->occupations.v) : NULL;
    for (size_t k = 0; k < b->raw.n_keys; k++)
        if (b->raw.keys[k] >> 60 == TERM_WORD)
            b->of_word[b->raw.keys[k] & UINT32_MAX] = 0;
    if (p != NULL && p->n == 0) { /* all of it was removed again */
        part_free(p);
        p = NULL;
    }
    raw_free(&b->raw);
    memset(b->slots, 0, b->n_slots * sizeof *b->slots);
    memset(b->ids, 0, b->n_ids * sizeof *b->ids);
    b->used_ids = b->n_gone = 0;
    return p;
}
