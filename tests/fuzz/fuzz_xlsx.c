/* fuzz_xlsx.c -- the first byte says what the rest is: a whole file, or one part of an otherwise good package. */
#include "feeds_fuzz.h"

#include <zlib.h>

static const struct {
    const char *name, *text;
} parts[] = {
    {"xl/worksheets/sheet1.xml",
     "<worksheet><sheetData><row><c t=\"s\"><v>0</v></c></row><row><c s=\"1\"><v>46082</v></c></row></sheetData></worksheet>"},
    {"xl/sharedStrings.xml", "<sst><si><t>a</t></si></sst>"},
    {"xl/styles.xml", "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"},
    {"xl/workbook.xml", "<workbook xmlns:r=\"r\"><sheets><sheet name=\"s\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"},
    {"xl/_rels/workbook.xml.rels",
     "<Relationships><Relationship Id=\"rId1\" Type=\"/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
     "<Relationship Id=\"rId2\" Type=\"/sharedStrings\" Target=\"sharedStrings.xml\"/>"
     "<Relationship Id=\"rId3\" Type=\"/styles\" Target=\"styles.xml\"/></Relationships>"},
};
enum { PARTS = sizeof parts / sizeof *parts, CAP = 1 << 16 };

static unsigned char zip[2 * CAP];
static size_t len;

static void put(uint32_t v, int bytes)
{
    for (int i = 0; i < bytes; i++)
        zip[len++] = (unsigned char)(v >> 8 * i);
}

static void put_bytes(const void *p, size_t n)
{
    memcpy(zip + len, p, n);
    len += n;
}

/* The fields that the local and the central header share; stored, not compressed. */
static void put_common(const char *name, const void *p, size_t n)
{
    put(20, 2), put(0, 2), put(0, 2), put(0, 4);
    put((uint32_t)crc32(0, p, (unsigned)n), 4), put((uint32_t)n, 4), put((uint32_t)n, 4);
    put((uint32_t)strlen(name), 2), put(0, 2);
}

static void make_package(size_t changed, const uint8_t *data, size_t size)
{
    uint32_t at[PARTS];
    len = 0;
    for (size_t i = 0; i < PARTS; i++) {
        const void *p = i == changed ? (const void *)data : parts[i].text;
        size_t n = i == changed ? size : strlen(parts[i].text);
        at[i] = (uint32_t)len;
        put(0x04034b50, 4);
        put_common(parts[i].name, p, n);
        put_bytes(parts[i].name, strlen(parts[i].name));
        put_bytes(p, n);
    }
    uint32_t central = (uint32_t)len;
    for (size_t i = 0; i < PARTS; i++) {
        const void *p = i == changed ? (const void *)data : parts[i].text;
        put(0x02014b50, 4), put(20, 2);
        put_common(parts[i].name, p, i == changed ? size : strlen(parts[i].text));
        put(0, 2), put(0, 2), put(0, 2), put(0, 4), put(at[i], 4);
        put_bytes(parts[i].name, strlen(parts[i].name));
    }
    uint32_t end = (uint32_t)len;
    put(0x06054b50, 4), put(0, 4), put(PARTS, 2), put(PARTS, 2), put(end - central, 4), put(central, 4), put(0, 2);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2 || size > CAP)
        return 0;
    if (data[0] % (PARTS + 1) == PARTS) {
        fuzz_table(data + 1, size - 1);
        return 0;
    }
    make_package(data[0] % (PARTS + 1), data + 1, size - 1);
    fuzz_table(zip, len);
    return 0;
}
