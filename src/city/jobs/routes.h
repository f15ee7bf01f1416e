/* routes.h -- the pages of jobs: searching, one ad, the employer's own, the desk's and the officers'. */
#ifndef CITY_JOBS_ROUTES_H
#define CITY_JOBS_ROUTES_H
#include "base/flow.h"
#include "web/web.h"

extern const struct route jobs_search_routes[], jobs_routes[], jobs_employer_routes[], jobs_desk_routes[], jobs_site_routes[];
extern const struct flow *const jobs_flows[];
#endif
