/* build.c -- from the ads as they are put to the forward form that becomes a part. */
#include "match/engine.h"

#include "match/both.h"
#include "match/mem.h"

#include <math.h>
#include <string.h>

#define MANY 256 /* ads put at once, from which on two threads read their texts */
#define USUAL_LENGTH 64.0F /* terms of an ad; a constant, so that an ad's impacts do not depend on the others */

static void hand_init(const struct match *m, struct hand *h)
{
    h->of_word = MEM_ARRAY(struct use, m->words.n_words + (size_t)1);
    h->n_slots = 1 << 12;
    h->slots = MEM_ARRAY(struct use_slot, h->n_slots);
    arena_init(&h->scratch, 0);
}

static void hand_free(struct hand *h)
{
    raw_free(&h->raw);
    mem_free(h->of_word);
    mem_free(h->slots);
    tokens_free(&h->tokens);
    arena_free(&h->scratch);
}

void builder_init(struct match *m)
{
    struct builder *b = &m->b;
    hand_init(m, &b->hands[0]);
    hand_init(m, &b->hands[1]);
    b->n_ids = 64;
    b->ids = MEM_ARRAY(struct id_slot, b->n_ids);
}

void builder_free(struct match *m)
{
    struct builder *b = &m->b;
    hand_free(&b->hands[0]);
    hand_free(&b->hands[1]);
    mem_free(b->ids);
    mem_free(b->gone);
}

bool builder_empty(const struct match *m) { return m->b.hands[0].raw.n == 0 && m->b.hands[1].raw.n == 0; }

/* ---- keys ---- */

static struct use *slot_of(const struct hand *h, uint64_t key)
{
    size_t i = hash_mix(key) & (h->n_slots - 1);
    while (h->slots[i].use.number != 0 && h->slots[i].key != key)
        i = (i + 1) & (h->n_slots - 1);
    h->slots[i].key = key;
    return &h->slots[i].use;
}

static void grow_slots(struct hand *h)
{
    struct use_slot *old = h->slots;
    size_t n = h->n_slots;
    h->n_slots *= 2;
    h->slots = MEM_ARRAY(struct use_slot, h->n_slots);
    for (size_t i = 0; i < n; i++)
        if (old[i].use.number != 0)
            *slot_of(h, old[i].key) = old[i].use;
    mem_free(old);
}

static uint32_t new_number(struct raw *r, uint64_t key)
{
    mem_room(&r->keys, &r->cap_keys, r->n_keys + 1, sizeof *r->keys);
    r->keys[r->n_keys] = key;
    return (uint32_t)++r->n_keys;
}

static struct use *use_of(struct hand *h, uint64_t key, uint32_t word)
{
    if (word == NO_WORD && h->used * 2 >= h->n_slots)
        grow_slots(h);
    struct use *u = word != NO_WORD ? &h->of_word[word] : slot_of(h, key);
    if (u->number == 0) {
        u->number = new_number(&h->raw, key);
        h->used += word == NO_WORD;
    }
    return u;
}

/* ---- the terms of an ad ---- */

struct terms { /* of the ad being put: weights stand in raw.impacts until the end */
    struct hand *h;
    uint32_t ad; /* its number + 1 */
    uint64_t first;
    unsigned length;
    uint16_t skills[PART_SKILLS];
    unsigned n_skills;
};

static void add_term(struct terms *t, uint64_t key, uint32_t word, unsigned weight)
{
    struct raw *r = &t->h->raw;
    struct use *u = use_of(t->h, key, word);
    if (u->ad != t->ad) {
        u->ad = t->ad;
        u->at = (uint32_t)(r->n_terms - t->first);
        mem_room(&r->terms, &r->cap_terms, r->n_terms + 1, sizeof *r->terms);
        mem_room(&r->impacts, &r->cap_impacts, r->n_terms + 1, 1);
        r->terms[r->n_terms] = u->number - 1;
        r->impacts[r->n_terms++] = 0;
    }
    uint8_t *sum = &r->impacts[t->first + u->at];
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
    struct tokens *tk = &t->h->tokens;
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
    uint64_t firm = firm_key(&t->h->scratch, ad->employer);
    if (firm != 0)
        add_term(t, firm, NO_WORD, 1);
    arena_reset(&t->h->scratch);
}

static void weights_to_impacts(struct terms *t)
{
    struct raw *r = &t->h->raw;
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

/* What needs no text, and what all hands write to; `hand` is to read its texts. */
static err_t place_ad(struct ctx *cx, struct match *m, const struct match_ad *ad, unsigned hand)
{
    struct builder *b = &m->b;
    struct raw *r = &b->hands[hand].raw;
    struct row row;
    TRY(make_row(cx, m, ad, &row));
    builder_remove(m, ad->id);
    room_for_ad(r);
    r->rows[r->n] = row;
    r->sides[r->n] = (struct side){.id = ad->id, .employer = ad->employer_id, .benefits = ad->benefits, .openings = ad->openings,
                                   .wage_min = yuan(ad->wage_min, false)};
    r->exposure[r->n] = (uint16_t)(ad->exposure > UINT16_MAX ? UINT16_MAX : ad->exposure);
    r->dead[r->n] = 0;
    if ((b->used_ids + 1) * 2 > b->n_ids)
        grow_ids(b);
    struct id_slot *s = id_slot(b, ad->id);
    b->used_ids += s->ad == 0;
    *s = (struct id_slot){ad->id, (uint32_t)++r->n, hand};
    return E_OK;
}

static void read_ad(const struct match *m, struct hand *h, const struct match_ad *ad, uint32_t number)
{
    struct raw *r = &h->raw;
    struct terms t = {.h = h, .ad = number + 1, .first = r->n_terms};
    add_texts(m, &t, ad);
    weights_to_impacts(&t);
    r->sides[number].title = keep_title(r, ad->title);
    memcpy(r->sides[number].skills, t.skills, sizeof t.skills);
    r->from[number] = t.first;
    r->from[number + 1] = r->n_terms;
}

struct batch {
    struct match *m;
    const struct match_ad *ads;
    size_t n, cut;       /* those before `cut` are the first hand's */
    uint32_t numbers[2]; /* of the first one of each hand */
};

static void read_ads(void *arg, unsigned hand)
{
    const struct batch *b = arg;
    uint32_t number = b->numbers[hand];
    for (size_t i = hand == 0 ? 0 : b->cut; i < (hand == 0 ? b->cut : b->n); i++)
        read_ad(b->m, &b->m->b.hands[hand], &b->ads[i], number++);
}

err_t builder_put(struct ctx *cx, struct match *m, const struct match_ad *ads, size_t n)
{
    struct hand *h = m->b.hands;
    struct batch b = {m, ads, 0, n < MANY ? n : n / 2, {(uint32_t)h[0].raw.n, (uint32_t)h[1].raw.n}};
    err_t e = E_OK;
    while (b.n < n && (e = place_ad(cx, m, &ads[b.n], b.n >= b.cut)) == E_OK)
        b.n++;
    b.cut = b.cut < b.n ? b.cut : b.n;
    both(b.n > b.cut, read_ads, &b);
    return e;
}

void builder_remove(struct match *m, int64_t id)
{
    struct id_slot *s = id_slot(&m->b, id);
    if (s->ad != 0)
        m->b.hands[s->hand].raw.dead[s->ad - 1] = 1;
    note_gone(&m->b, id);
}

enum { FEW = 1 << 12, FEW_ENOUGH = 1 << 16 /* slots that are kept from one refresh to the next */ };

static void *slots_clear(void *slots, size_t *n, size_t size)
{
    if (*n <= FEW_ENOUGH)
        return memset(slots, 0, *n * size);
    mem_free(slots);
    *n = FEW;
    return mem_alloc(FEW * size);
}

static void hand_clear(struct hand *h)
{
    for (size_t k = 0; k < h->raw.n_keys; k++)
        if (h->raw.keys[k] >> 60 == TERM_WORD)
            h->of_word[h->raw.keys[k] & UINT32_MAX] = (struct use){0};
    h->slots = slots_clear(h->slots, &h->n_slots, sizeof *h->slots);
    h->used = 0;
}

struct part *builder_take(struct match *m)
{
    struct builder *b = &m->b;
    struct raw all = {0};
    for (unsigned i = 0; i < 2; i++) {
        hand_clear(&b->hands[i]);
        raw_take(&all, &b->hands[i].raw);
    }
    struct part *p = all.n > 0 ? part_freeze(&all, m->occupations.v) : NULL;
    raw_free(&all);
    if (p != NULL && p->n == 0) { /* all of it was removed again */
        part_free(p);
        p = NULL;
    }
    b->ids = slots_clear(b->ids, &b->n_ids, sizeof *b->ids);
    b->used_ids = b->n_gone = 0;
    return p;
}
