/* t_match_chunks.c -- many ads in one part: what a search counts and leaves out by bits and bounds is what it finds when asked one by one.
 *
 * The plain way of t_match is too slow for so many, so answers are held against each other: the best of a short list against a list so long that nothing is left
 * out, each number of a facet against the total of a search for it, each way out against the search that takes it.
 */
#include "match_world.h"
#include "tap.h"

#define ADS 70000u /* more than one run of postings, several chunks */
#define QUESTIONS 60

static bool put_many(struct at *h, struct world *w)
{
    bool good = true;
    for (uint32_t i = 0; i < ADS && good; i++) {
        struct match_ad ad = *world_make(w, i % WORLD_MAX);
        ad.id = (int64_t)i + 1;
        good = match_put(&h->cx, h->m, &ad, 1) == E_OK;
        arena_reset(&w->arena);
    }
    return good && at_look(h);
}

static bool find(struct at *h, const struct match_query *q, struct match_result *r)
{
    return match_search(&h->cx, h->v, q, r) == E_OK;
}

static uint32_t total(struct at *h, const struct match_query *q)
{
    struct match_result r;
    struct match_query plain = *q;
    plain.facets = false;
    plain.limit = 0;
    return find(h, &plain, &r) ? r.total : UINT32_MAX;
}

static bool best_are_first(struct at *h, const struct match_query *q, const struct match_result *r)
{
    struct match_query all = *q;
    struct match_result deep;
    all.limit = MATCH_DEEPEST - all.offset;
    all.facets = false;
    if (!find(h, &all, &deep) || deep.total != r->total || deep.n < r->n)
        return false;
    for (size_t i = 0; i < r->n; i++)
        if (deep.hits[i].id != r->hits[i].id || deep.hits[i].score != r->hits[i].score)
            return false;
    return true;
}

/* The question with this one value of the facet as its condition. */
static bool only(struct match_query *q, unsigned kind, int64_t *value)
{
    struct match_list one = {value, 1};
    switch (kind) {
    case MATCH_F_DISTRICT: q->districts = one; return true;
    case MATCH_F_STREET: q->streets = one; return true;
    case MATCH_F_OCCUPATION: q->occupations = one; return true;
    case MATCH_F_WAGE: q->wage_floor = 0; q->wage_bands = 1u << *value; return true;
    case MATCH_F_EDUCATION: q->educations = 1u << *value; return true;
    case MATCH_F_EXPERIENCE: q->experiences = 1u << *value; return true;
    case MATCH_F_TYPE: q->types = 1u << *value; return true;
    case MATCH_F_SHIFT: q->shifts = 1u << *value; return true;
    case MATCH_F_BENEFIT: q->benefits = UINT64_C(1) << *value; return true;
    default: return false; /* the age is asked for by a bound */
    }
}

static bool facets_are_totals(struct at *h, const struct match_query *q, const struct match_result *r)
{
    for (unsigned kind = 0; kind < MATCH_F_COUNT; kind++)
        for (size_t i = 0; i < r->facets[kind].n; i++) {
            struct match_query one = *q;
            int64_t value = r->facets[kind].counts[i].value;
            if (only(&one, kind, &value) && total(h, &one) != r->facets[kind].counts[i].n) {
                printf("# facet %u, value %lld: %u\n", kind, (long long)value, r->facets[kind].counts[i].n);
                return false;
            }
        }
    return true;
}

static struct match_query without(const struct match_query *q, int kind)
{
    static const struct match_list none = {NULL, 0};
    struct match_query x = *q;
    x.districts = kind == MATCH_F_DISTRICT ? none : x.districts;
    x.streets = kind == MATCH_F_STREET ? none : x.streets;
    x.occupations = kind == MATCH_F_OCCUPATION ? none : x.occupations;
    x.employers = kind == MATCH_F_EMPLOYER ? none : x.employers;
    x.wage_floor = kind == MATCH_F_WAGE ? 0 : x.wage_floor;
    x.wage_bands = kind == MATCH_F_WAGE ? 0 : x.wage_bands;
    x.educations = kind == MATCH_F_EDUCATION ? 0 : x.educations;
    x.experiences = kind == MATCH_F_EXPERIENCE ? 0 : x.experiences;
    x.types = kind == MATCH_F_TYPE ? 0 : x.types;
    x.shifts = kind == MATCH_F_SHIFT ? 0 : x.shifts;
    x.benefits = kind == MATCH_F_BENEFIT ? 0 : x.benefits;
    x.max_age = kind == MATCH_F_AGE ? 0 : x.max_age;
    x.radius = kind == MATCH_F_DISTANCE ? 0 : x.radius;
    return x;
}

static bool ways_out_lead_there(struct at *h, const struct match_query *q, const struct match_result *r)
{
    for (size_t i = 0; i < r->n_relax; i++) {
        struct match_query x = without(q, r->relax[i].kind);
        if (r->relax[i].kind >= 0 && total(h, &x) != r->relax[i].more)
            return false;
    }
    return true;
}

static void answers_agree(struct at *h, struct world *w)
{
    unsigned best = 0, counts = 0, ways = 0, empty = 0;
    for (int i = 0; i < QUESTIONS; i++) {
        struct match_query q = world_query(w);
        struct match_result r;
        q.facets = true;
        q.occupation_under = 0;
        q.occupation_level = 2;
        bool found = find(h, &q, &r);
        best += found && best_are_first(h, &q, &r);
        counts += found && facets_are_totals(h, &q, &r);
        ways += found && ways_out_lead_there(h, &q, &r);
        empty += found && r.n_relax > 0;
        arena_reset(&h->a);
    }
    is_int(best, QUESTIONS, "the best of many are those of a list that leaves nothing out");
    is_int(counts, QUESTIONS, "each number of a facet is the total of the search for it");
    is_int(ways, QUESTIONS, "each way out leads to as many ads as it says");
    ok(empty > 0, "some pages were empty");
}

int main(void)
{
    static struct world w;
    struct at h;
    world_begin(&w, 11);
    ok(at_open(&h) && put_many(&h, &w), "many ads are put");
    answers_agree(&h, &w);
    at_close(&h);
    world_end(&w);
    return done();
}
