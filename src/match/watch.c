#include "match/engine.h"
const struct kind watch_kind = {0};
