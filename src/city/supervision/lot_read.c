/* lot_read.c -- an urn and a whole draw from JSON, and drawing again. */
#include "city/supervision/lot.h"

#include "base/text.h"

#include <jansson.h>
#include <string.h>

enum { MOST = 100000 };

static void forget(void *j)
{
    json_decref(j);
}

static json_t *parse(struct arena *a, const char *text, size_t n)
{
    json_t *j = json_loadb(text, n, JSON_REJECT_DUPLICATES, NULL);
    if (j != NULL)
        arena_defer(a, forget, j);
    return j;
}

/* Texts live as long as the parsed JSON: as long as the arena. */
static const char *text_at(const json_t *o, const char *key, const char **wrong)
{
    const char *s = json_string_value(json_object_get(o, key));
    if (s == NULL)
        *wrong = key;
    return s != NULL ? s : "";
}

static int64_t number_at(const json_t *o, const char *key, const char **wrong)
{
    const json_t *v = json_object_get(o, key);
    if (!json_is_integer(v) || json_integer_value(v) < 0 || json_integer_value(v) > 1000000000)
        *wrong = key;
    return json_is_integer(v) ? json_integer_value(v) : 0;
}

static size_t size_of(const json_t *list, const char *name, const char **wrong)
{
    if (!json_is_array(list) || json_array_size(list) > MOST)
        *wrong = name;
    return *wrong == NULL ? json_array_size(list) : 0;
}

static const char *urn_of(struct arena *a, const json_t *o, struct lot_urn *u)
{
    const char *wrong = NULL;
    const json_t *s = json_object_get(o, "strata"), *t = json_object_get(o, "tickets"), *p = json_object_get(o, "people"),
                 *r = json_object_get(o, "pairs");
    *u = (struct lot_urn){.n_strata = size_of(s, "strata", &wrong), .n_tickets = size_of(t, "tickets", &wrong),
                          .n_people = size_of(p, "people", &wrong), .n_pairs = size_of(r, "pairs", &wrong)};
    if (wrong != NULL || u->n_people > 1000)
        return wrong != NULL ? wrong : "people";
    struct lot_stratum *strata = ARENA_ARRAY(a, struct lot_stratum, u->n_strata + 1);
    struct lot_ticket *tickets = ARENA_ARRAY(a, struct lot_ticket, u->n_tickets + 1);
    struct lot_person *people = ARENA_ARRAY(a, struct lot_person, u->n_people + 1);
    struct lot_pair *pairs = ARENA_ARRAY(a, struct lot_pair, u->n_pairs + 1);
    for (size_t i = 0; i < u->n_strata; i++) {
        const json_t *x = json_array_get(s, i);
        strata[i] = (struct lot_stratum){text_at(x, "name", &wrong), number_at(x, "percent", &wrong), number_at(x, "least", &wrong)};
    }
    for (size_t i = 0; i < u->n_tickets; i++) {
        const json_t *x = json_array_get(t, i);
        tickets[i] = (struct lot_ticket){text_at(x, "label", &wrong), text_at(x, "stratum", &wrong), text_at(x, "group", &wrong),
                                         json_is_true(json_object_get(x, "must"))};
    }
    for (size_t i = 0; i < u->n_people; i++) {
        const json_t *x = json_array_get(p, i);
        people[i] = (struct lot_person){text_at(x, "label", &wrong), text_at(x, "name", &wrong), text_at(x, "conflicts", &wrong),
                                        number_at(x, "load", &wrong)};
    }
    for (size_t i = 0; i < u->n_pairs; i++) {
        const json_t *x = json_array_get(r, i);
        pairs[i] = (struct lot_pair){text_at(x, "a", &wrong), text_at(x, "b", &wrong), text_at(x, "group", &wrong), number_at(x, "n", &wrong)};
    }
    u->strata = strata, u->tickets = tickets, u->people = people, u->pairs = pairs;
    return wrong;
}

const char *lot_urn_read(struct arena *a, const char *text, size_t n, struct lot_urn *out)
{
    const json_t *j = parse(a, text, n);
    return j != NULL ? urn_of(a, j, out) : "no JSON";
}

const char *lot_verify(struct arena *a, const char *text, size_t n, size_t *count)
{
    const json_t *file = parse(a, text, n);
    const char *seed = json_string_value(json_object_get(file, "seed"));
    const json_t *given = json_object_get(file, "result");
    const struct lot_drawn *drawn;
    struct lot_urn urn;
    *count = 0;
    if (file == NULL)
        return N_("这不是 JSON 文件。");
    if (seed == NULL || given == NULL || urn_of(a, json_object_get(file, "input"), &urn) != NULL)
        return N_("文件里缺种子、名单或结果，或者名单写得不对。");
    lot_draw(a, seed, &urn, &drawn, count);
    const char *again = lot_result_json(a, drawn, *count);
    const json_t *computed = parse(a, again, strlen(again));
    return json_equal(computed, given) ? NULL : N_("按种子和名单重新抽出的结果和文件里的不一样。");
}
