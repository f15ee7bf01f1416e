/* decorate.h -- what every page shows besides its own: the city, where the actor belongs, what waits at the desk. */
#ifndef CLI_DECORATE_H
#define CLI_DECORATE_H
#include "web/web.h"

void decorate(struct req *rq);
#endif
