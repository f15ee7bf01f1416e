/* fuzz_csv.c -- any bytes as a file: detection, encodings, CSV, gzip. */
#include "feeds_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_table(data, size);
    return 0;
}
