/* duplicate.c -- the same job twice: the same employer, place and nearly the same title. */
#include "match/best.h"
#include "match/engine.h"
#include "match/postings.h"

#include "base/text.h"
#include "base/view.h"

#include <string.h>

#define TITLE_MAX 64
#define SHORT_TITLE 3

struct bits { /* a title as the multiset of its pairs of characters, sorted */
    uint64_t v[TITLE_MAX + 1];
    size_t n;
};

static void pairs_of(const char *title, struct bits *b)
{
    uint32_t cps[TITLE_MAX];
    size_t n = chars_read(title, cps, TITLE_MAX), k = 0;
    for (size_t i = 0; i < n; i++) {
        if (chars_kind(cps[i]) != CHAR_GAP)
            cps[k++] = cps[i];
        if (k >= 2 && cps[k - 2] == 0x7814 && cps[k - 1] == 0x53D1) /* 研发 is 开发 */
            cps[k - 2] = 0x5F00;
    }
    if (k > 2 && cps[k - 1] == 0x5458) /* 调度员 is 调度, 保洁人员 is 保洁 */
        k -= k > 3 && cps[k - 2] == 0x4EBA ? 2 : 1;
    b->n = 0;
    for (size_t i = 0; i <= k; i++) { /* with the edges, so that one character has pairs too */
        uint64_t x = (uint64_t)(i == 0 ? 1 : cps[i - 1]) << 21 | (i == k ? 2 : cps[i]);
        size_t at = b->n++;
        for (; at > 0 && b->v[at - 1] > x; at--)
            b->v[at] = b->v[at - 1];
        b->v[at] = x;
    }
}

/* Dice: twice the common pairs in a thousand of all. */
static int32_t similarity(const struct bits *a, const struct bits *b)
{
    size_t i = 0, k = 0, common = 0;
    while (i < a->n && k < b->n) {
        common += a->v[i] == b->v[k];
        size_t i_on = a->v[i] <= b->v[k], k_on = b->v[k] <= a->v[i];
        i += i_on;
        k += k_on;
    }
    return a->n + b->n == 0 ? 0 : (int32_t)(2000 * common / (a->n + b->n));
}

/* ---- what a title says besides its words ---- */

/* Levels, codes and the like: two titles that differ in one are two jobs, however alike they are otherwise. */
static const struct level {
    const char *word;
    uint32_t bit;
} levels[] = {
    {"初级", 1 << 0},  {"中级", 1 << 1},  {"高级", 1 << 2},  {"资深", 1 << 3},   {"助理", 1 << 4},   {"主管", 1 << 5},  {"经理", 1 << 6},
    {"总监", 1 << 7},  {"组长", 1 << 8},  {"班长", 1 << 9},  {"店长", 1 << 10},  {"实习", 1 << 11},  {"储备", 1 << 12}, {"主任", 1 << 13},
    {"首席", 1 << 14}, {"专家", 1 << 15}, {"学徒", 1 << 16}, {"夜班", 1 << 17},  {"兼职", 1 << 18},  {"暑假", 1 << 19}, {"副", 1 << 20},
    {"校招", 1 << 21}, {"临时", 1 << 22}, {"中高级", 1 << 1 | 1 << 2},
};

#define LEVEL_SOFT (1u << 11 | 1u << 21) /* 实习, 校招: one source says it where the other does not */

struct sense {
    uint32_t levels;
    uint64_t bracket; /* hash of what stands in brackets but for benefits and wages, 0 = nothing */
    uint32_t tail;    /* a lone digit at its end ("数据分析师1"), 0 = none */
    size_t length;    /* characters of the cleaned title */
    uint64_t number; /* hash of its code ("J14598", "zy2356"), 0 = none */
};

static bool starts_with(const uint32_t *c, size_t n, const char *word)
{
    size_t k = 0;
    for (uint32_t x; (x = chars_next(&word)) != 0; k++)
        if (k == n || c[k] != x)
            return false;
    return true;
}

static bool is_digit(uint32_t c) { return c >= '0' && c <= '9'; }
static bool is_alnum(uint32_t c) { return is_digit(c) || (c >= 'a' && c <= 'z'); }

/* A run of letters and digits with at least four digits is a code, not a wage: wages come with a range or a unit. */
static size_t code_at(const uint32_t *c, size_t n, uint64_t *hash)
{
    size_t k = 0, digits = 0;
    while (k < n && is_alnum(c[k]))
        digits += is_digit(c[k++]);
    bool wage = digits == k && k < 6;
    if (digits >= 4 && !wage)
        *hash = hash_bytes(c, k * sizeof *c);
    return k > 0 ? k : 1;
}

/* What brackets say, cleaned like a title of its own. */
static uint64_t bracket_of(struct ctx *cx, const uint32_t *c, size_t n)
{
    struct buf b = {.a = cx->arena};
    bool inside = false;
    for (size_t i = 0; i < n; i++) {
        char one[5] = {0};
        inside = inside && c[i] != ')' && c[i] != 0x3011;
        (void)utf8_put(one, c[i]);
        if (inside)
            buf_str(&b, one);
        inside = inside || c[i] == '(' || c[i] == 0x3010;
    }
    const char *said = b.len == 0 ? "" : match_clean_title(cx, buf_text(&b));
    return *said == '\0' ? 0 : hash_bytes(said, strlen(said));
}

static struct sense sense_of(struct ctx *cx, const char *title)
{
    uint32_t c[TITLE_MAX];
    size_t n = chars_read(title, c, TITLE_MAX);
    struct sense s = {.bracket = bracket_of(cx, c, n)};
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < sizeof levels / sizeof *levels; k++)
            if (starts_with(c + i, n - i, levels[k].word))
                s.levels |= levels[k].bit;
    for (size_t i = 0; i < n;)
        i += code_at(c + i, n - i, &s.number);
    s.tail = n >= 2 && is_digit(c[n - 1]) && chars_kind(c[n - 2]) == CHAR_HAN ? c[n - 1] : 0;
    s.length = chars_read(match_clean_title(cx, title), c, TITLE_MAX);
    return s;
}

/* Both say something in brackets, and not the same. */
static bool brackets_differ(const struct sense *a, const struct sense *b)
{
    return a->bracket != 0 && b->bracket != 0 && a->bracket != b->bracket;
}

/* ---- place and wage ---- */

/* Streets decide, else a kilometre, else the district; a whole city (…00) goes with each of its districts. */
static enum match_place place_of(const struct match *m, const struct row *r, const struct match_ad *ad)
{
    int64_t street = m->streets.v[r->street], district = m->districts.v[r->district];
    if (street != 0 && ad->street != 0)
        return street == ad->street ? MATCH_PLACE_SAME : MATCH_PLACE_OTHER;
    int32_t metres = match_distance(r->lat, r->lng, ad->lat, ad->lng);
    if (metres >= 0)
        return metres <= 1000 ? MATCH_PLACE_SAME : MATCH_PLACE_OTHER;
    if (district == 0 || ad->district == 0)
        return MATCH_PLACE_UNKNOWN;
    bool whole = district % 100 == 0 || ad->district % 100 == 0;
    return district == ad->district || (whole && district / 100 == ad->district / 100) ? MATCH_PLACE_SAME : MATCH_PLACE_OTHER;
}

static enum match_pay pay_of(const struct row *r, const struct side *s, const struct match_ad *ad)
{
    int64_t most = ad->wage_max > ad->wage_min ? ad->wage_max : ad->wage_min;
    uint32_t least = (uint32_t)(ad->wage_min / 100), top = (uint32_t)((most + 99) / 100);
    if (top == 0 || r->wage_max == 0)
        return top == r->wage_max ? MATCH_PAY_SAME : MATCH_PAY_UNKNOWN;
    if (s->wage_min == least && r->wage_max == top)
        return MATCH_PAY_SAME;
    return s->wage_min < top && least < r->wage_max ? MATCH_PAY_NEAR : MATCH_PAY_OTHER; /* ranges that share more than an end */
}

/* The title decides; what speaks against it is taken off. Weights were set on the judged pairs of docs/judging.md. */
static int32_t confidence(const struct match_duplicate *d)
{
    static const int32_t place[] = {[MATCH_PLACE_SAME] = 0, [MATCH_PLACE_UNKNOWN] = 150, [MATCH_PLACE_OTHER] = 500};
    static const int32_t wage[] = {[MATCH_PAY_SAME] = 0, [MATCH_PAY_NEAR] = 50, [MATCH_PAY_UNKNOWN] = 50, [MATCH_PAY_OTHER] = 250};
    int32_t c = d->similarity - place[d->place] - wage[d->pay];
    c -= d->same_level ? 0 : 300;
    c -= d->same_number ? 0 : 300;
    c -= d->same_demands ? 0 : 110;
    return c < 0 ? 0 : c;
}

struct read_title {
    struct bits pairs;
    struct sense sense;
    unsigned part;
    uint32_t title; /* its number in the part */
    bool known;
};

struct hunt {
    struct ctx *cx;
    const struct match *m;
    const struct snap *s;
    const struct match_ad *ad;
    struct read_title own, last;
    struct best best;
    int32_t least; /* confidence that is wanted */
};

static bool same_demands(const struct row *r, const struct match_ad *ad)
{
    unsigned education = r->education_band & 15, experience = ad->experience > 255 ? 255 : ad->experience;
    bool education_differs = education != MATCH_EDU_ANY && ad->education != MATCH_EDU_ANY && education != ad->education;
    unsigned apart = r->experience > experience ? r->experience - experience : experience - r->experience;
    return !education_differs && apart < 24;
}

/* All but the title, which costs most to read. */
static struct match_duplicate outside_title(const struct hunt *h, unsigned part, uint32_t ad)
{
    const struct part *p = h->s->parts[part];
    return (struct match_duplicate){
        .id = p->sides[ad].id,
        .same_employer = true,
        .similarity = 1000,
        .same_level = true,
        .same_number = true,
        .place = place_of(h->m, &p->rows[ad], h->ad),
        .pay = pay_of(&p->rows[ad], &p->sides[ad], h->ad),
        .same_demands = same_demands(&p->rows[ad], h->ad),
    };
}

static void read_words(struct ctx *cx, const char *title, struct read_title *t)
{
    pairs_of(match_clean_title(cx, title), &t->pairs);
    t->sense = sense_of(cx, title);
    t->known = true;
}

/* A chain has one title in a thousand shops: the last one read is kept. */
static const struct read_title *read_title(struct hunt *h, unsigned part, uint32_t ad)
{
    const struct part *p = h->s->parts[part];
    struct read_title *t = &h->last;
    if (!t->known || t->part != part || t->title != p->sides[ad].title) {
        read_words(h->cx, part_title(p, ad), t);
        t->part = part;
        t->title = p->sides[ad].title;
    }
    return t;
}

/* What makes two nearly equal titles doubtful where wage or demands are not the same either. */
static int32_t small_doubts(const struct sense *a, const struct sense *b, const struct match_duplicate *d)
{
    if (d->pay == MATCH_PAY_SAME && d->same_demands)
        return 0;
    int32_t doubt = a->tail == b->tail ? 0 : 60;
    doubt += (a->bracket == 0) == (b->bracket == 0) ? 0 : 50;
    return doubt + (a->length <= SHORT_TITLE ? 150 : 0); /* 工程师, 司机: that is little to go by */
}

static void compare_titles(struct hunt *h, unsigned part, uint32_t ad, struct match_duplicate *d)
{
    const struct read_title *t = read_title(h, part, ad);
    if (!h->own.known) /* most ads have none to be held against */
        read_words(h->cx, h->ad->title, &h->own);
    d->similarity = similarity(&h->own.pairs, &t->pairs);
    bool soft = d->pay == MATCH_PAY_SAME && d->same_demands;
    d->same_level = ((t->sense.levels ^ h->own.sense.levels) & (soft ? ~LEVEL_SOFT : ~0u)) == 0;
    d->same_number = t->sense.number == h->own.sense.number || t->sense.number == 0 || h->own.sense.number == 0;
    d->same_number = d->same_number && !brackets_differ(&t->sense, &h->own.sense);
    d->confidence = confidence(d) - small_doubts(&h->own.sense, &t->sense, d);
    d->confidence = d->confidence < 0 ? 0 : d->confidence;
}

/* Place and wage tell most ads of a large employer apart; what is read further away comes later. */
static void look_at(struct hunt *h, unsigned part, uint32_t ad)
{
    const struct part *p = h->s->parts[part];
    struct match_duplicate d = {.similarity = 1000, .same_level = true, .same_number = true, .same_demands = true,
                                .place = place_of(h->m, &p->rows[ad], h->ad), .pay = MATCH_PAY_SAME};
    if (confidence(&d) < h->least || !is_live(h->s->live[part], ad) || p->sides[ad].id == h->ad->id)
        return;
    d = outside_title(h, part, ad);
    int32_t most = confidence(&d); /* with the same title */
    if (most < h->least || (h->best.n == h->best.k && most <= h->best.v[0].key))
        return;
    compare_titles(h, part, ad, &d);
    if (d.confidence >= h->least && best_hopeful(&h->best, d.confidence))
        best_add(h->cx->arena, &h->best, &(struct best_one){d.confidence, ad, d.id, part, 0});
}

static void look_at_all(struct hunt *h, unsigned part, struct postings list)
{
    struct walk k = walk_open(list);
    for (uint32_t w = walk_next(&k, 0); w != WALK_END; w = walk_next(&k, w + 1))
        for (uint64_t bits = walk_bits(&k, w); bits != 0; bits &= bits - 1)
            look_at(h, part, w * 64 + (uint32_t)__builtin_ctzll(bits));
}

err_t match_duplicates(struct ctx *cx, const struct match_view *v, const struct match_ad *ad, int32_t least, size_t k,
                       const struct match_duplicate **out, size_t *n)
{
    struct hunt h = {.cx = cx, .m = v->m, .s = view_snap(v), .ad = ad, .best = {.k = k > 100 ? 100 : k}, .least = least > 1 ? least : 1};
    uint64_t key = firm_key(cx->arena, ad->employer);
    for (unsigned i = 0; i < h.s->n_parts && k > 0; i++) {
        struct postings list = {0};
        if (key != 0)
            list = part_postings(h.s->parts[i], key);
        if (list.n == 0 && ad->employer_id != 0)
            list = part_postings(h.s->parts[i], TERM(TERM_EMPLOYER, ad->employer_id));
        look_at_all(&h, i, list);
    }
    best_sort(&h.best);
    struct match_duplicate *d = ARENA_ARRAY(cx->arena, struct match_duplicate, h.best.n);
    for (size_t i = 0; i < h.best.n; i++) {
        d[i] = outside_title(&h, h.best.v[i].part, h.best.v[i].ad);
        compare_titles(&h, h.best.v[i].part, h.best.v[i].ad, &d[i]);
    }
    *out = d;
    *n = h.best.n;
    return E_OK;
}
