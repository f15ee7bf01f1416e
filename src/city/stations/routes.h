/* routes.h -- the pages of this office. */
#ifndef STATIONS_ROUTES_H
#define STATIONS_ROUTES_H
#include "web/web.h"

extern const struct route stations_routes[], stations_office_routes[], stations_own_routes[];
extern const struct flow *const stations_flows[];
#endif
