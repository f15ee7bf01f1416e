/* routes.h -- the pages of this office. */
#ifndef CERTIFICATES_ROUTES_H
#define CERTIFICATES_ROUTES_H
#include "web/web.h"

extern const struct route certificates_routes[];
extern const struct flow *const certificates_flows[];
#endif
