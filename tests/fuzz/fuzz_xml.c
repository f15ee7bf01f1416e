/* fuzz_xml.c -- lists of records in XML. */
#include "feeds_fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 1 && data[0] == '<')
        fuzz_table(data, size);
    return 0;
}
