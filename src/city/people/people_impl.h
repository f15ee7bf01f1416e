/* people_impl.h -- what the files of this office share. */
#ifndef PEOPLE_IMPL_H
#define PEOPLE_IMPL_H
#include "city/people/people.h"
#include "store/store.h"

/* The row as it is stored. E_NOTFOUND when there is none or it was erased. */
err_t person_row(struct ctx *cx, int64_t id, struct q_person_row *out) MUST_USE;
err_t person_of_row(struct ctx *cx, const struct q_person_row *r, struct person *out) MUST_USE;
#endif
