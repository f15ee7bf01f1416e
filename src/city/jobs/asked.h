/* asked.h -- a question to the ads: the parameters of the search page, read into the engine's query. Also what a saved search keeps. */
#ifndef JOBS_ASKED_H
#define JOBS_ASKED_H
#include "base/ctx.h"
#include "base/field.h"
#include "match/match.h"

enum { JOBS_PER_PAGE = 20, JOBS_PER_LIST = 50 };

struct find_in { /* as typed: several codes are joined by ',' */
    const char *q, *near, *lng, *lat, *district, *street, *occupation, *employer;
    const char *wage, *education, *experience, *type, *shift, *benefit, *fresh, *sort;
    const int64_t *pay, *within, *page;
};
extern const struct field job_find_fields[];

/* The place of a choice is the engine's value. */
extern const struct choice asked_wage[], asked_education[], asked_experience[], asked_type[], asked_shift[], asked_fresh[], asked_sort[];
extern const enum match_sort job_sorts[]; /* by asked_sort */

struct job_asked {
    struct match_query q;
    const char *place;     /* name of "near"; NULL = nowhere */
    const char *place_say; /* message id: why it is nowhere, NULL when nothing was asked or it is known */
    int64_t within;        /* kilometres, 0 = no limit */
};
void job_ask(struct ctx *cx, const struct find_in *in, struct job_asked *out);
bool list_has(const char *list, const char *code);
#endif
