/* routes.h -- the pages of this office. */
#ifndef CITY_PROVIDERS_ROUTES_H
#define CITY_PROVIDERS_ROUTES_H
#include "web/web.h"

extern const struct route providers_routes[], providers_own_routes[], providers_desk_routes[];
extern const struct flow *const providers_flows[];
#endif
