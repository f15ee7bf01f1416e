/* pages_impl.h -- private to the office's pages. */
#ifndef CITY_EMPLOYERS_PAGES_IMPL_H
#define CITY_EMPLOYERS_PAGES_IMPL_H
#include "city/employers/employers.h"
#include "web/web.h"

extern const struct choice employer_kinds[], employer_sizes[];
/* code, name, status, status_label, verified, about, place, checked (day of the check, or NULL). */
void employer_view(struct req *rq, struct view *v, const struct q_employer_get_row *e);
#endif
