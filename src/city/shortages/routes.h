/* routes.h -- the pages of this office. */
#ifndef SHORTAGES_ROUTES_H
#define SHORTAGES_ROUTES_H
#include "web/web.h"

extern const struct route shortages_routes[], shortages_desk_routes[];
extern const struct flow *const shortages_flows[];
#endif
