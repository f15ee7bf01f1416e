/* routes.h -- the pages of this office. */
#ifndef CITY_EMPLOYERS_ROUTES_H
#define CITY_EMPLOYERS_ROUTES_H
#include "web/web.h"

extern const struct route employers_routes[], employers_desk_routes[];
extern const struct flow *const employers_flows[];
#endif
