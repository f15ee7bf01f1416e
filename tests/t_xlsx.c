/* t_xlsx.c -- reading XLSX: what cells mean, and packages that are broken or mean harm. */
#include "tables.h"

#define NS \
    "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" " \
    "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\""
#define WORKBOOK \
    "<workbook " NS \
    "><sheets><sheet name=\"隐藏\" sheetId=\"1\" state=\"hidden\" r:id=\"rId9\"/>" \
    "<sheet name=\"岗位\" sheetId=\"2\" r:id=\"rId1\"/>" \
    "<sheet name=\"说明\" sheetId=\"3\" r:id=\"rId2\"/></sheets></workbook>"
#define REL(id, type, target) \
    "<Relationship Id=\"" id "\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/" type \
    "\" Target=\"" target "\"/>"
#define RELS \
    "<Relationships>" REL("rId1", "worksheet", "worksheets/sheet1.xml") REL("rId2", "worksheet", "/xl/worksheets/sheet2.xml") \
        REL("rId3", "sharedStrings", "sharedStrings.xml") REL("rId4", "styles", "styles.xml") "</Relationships>"
#define STRINGS \
    "<sst " NS \
    "><si><t>岗位</t></si><si><r><t>工</t></r><r><t xml:space=\"preserve\">资</t></r><rPh><t>gz</t></rPh></si><si/></sst>"
#define STYLES \
    "<styleSheet " NS "><numFmts>" \
    "<numFmt numFmtId=\"164\" formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;\"/>" \
    "<numFmt numFmtId=\"165\" formatCode=\"[$-804]#,##0.00&quot;days&quot;\"/></numFmts><cellStyleXfs>" \
    "<xf numFmtId=\"14\"/></cellStyleXfs>" \
    "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/>" \
    "<xf numFmtId=\"22\"/><xf numFmtId=\"20\"/></cellXfs></styleSheet>"
#define SHEET(rows, after) \
    "<worksheet " NS "><dimension ref=\"A1:XFD1048576\"/><sheetData>" rows "</sheetData>" after "</worksheet>"
#define HEAD "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c></row>"
#define TEXT(ref, s) "<c r=\"" ref "\" t=\"inlineStr\"><is><t>" s "</t></is></c>"

static const char *book(const char *sheet)
{
    struct zipped z[] = {{"xl/workbook.xml", WORKBOOK, 0},
                         {"xl/_rels/workbook.xml.rels", RELS, 0},
                         {"xl/sharedStrings.xml", STRINGS, 0},
                         {"xl/styles.xml", STYLES, 0},
                         {"xl/worksheets/sheet1.xml", sheet, 0},
                         {"xl/worksheets/sheet2.xml", SHEET(HEAD "<row r=\"2\">" TEXT("A2", "第二张") "</row>", ""), 0},
                         {0}};
    return zip_make("book.xlsx", z);
}

static const struct {
    const char *name, *sheet, *want;
} good[] = {
    {"shared and rich text, and a declared million rows",
     SHEET(HEAD "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>0</v></c><c r=\"B2\"><v>6000</v></c></row>", ""),
     "岗位|工资\n2:岗位|6000\n"},
    {"inline text, gaps, rows that are not there",
     SHEET(HEAD "<row r=\"5\">" TEXT("B5", " 面议 ") "</row><row r=\"6\"/><row r=\"9\">" TEXT("A9", "焊工") "</row>", ""),
     "岗位|工资\n5:|面议\n9:焊工|\n"},
    {"cells and rows without a reference",
     SHEET("<row><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c></row><row><c><v>1</v></c><c><v>2</v></c></row>", ""),
     "岗位|工资\n2:1|2\n"},
    {"numbers",
     SHEET(HEAD "<row r=\"2\"><c r=\"A2\"><v>13812345678</v></c><c r=\"B2\"><v>0.10000000000000001</v></c></row>"
                "<row r=\"3\"><c r=\"A3\"><v>1.2E+3</v></c><c r=\"B3\" s=\"3\"><v>-4.5</v></c></row>",
           ""),
     "岗位|工资\n2:13812345678|0.1\n3:1200|-4.5\n"},
    {"dates",
     SHEET(HEAD "<row r=\"2\"><c r=\"A2\" s=\"1\"><v>46082</v></c><c r=\"B2\" s=\"2\"><v>59</v></c></row>"
                "<row r=\"3\"><c r=\"A3\" s=\"4\"><v>46082.395833333336</v></c><c r=\"B3\" s=\"5\"><v>0.75</v>"
                "</c></row>",
           ""),
     "岗位|工资\n2:2026-03-01|1900-02-28\n3:2026-03-01 09:30|18:00\n"},
    {"formula, boolean, error",
     SHEET(HEAD "<row r=\"2\"><c r=\"A2\" t=\"str\"><f>A1&amp;B1</f><v>岗位工资</v></c><c r=\"B2\"><f>1+1</f><v>"
     "2</v></c></row>"
                "<row r=\"3\"><c r=\"A3\" t=\"b\"><v>1</v></c><c r=\"B3\" t=\"e\"><v>#N/A</v></c></row>",
           ""),
     "岗位|工资\n2:岗位工资|2\n3:是|#N/A\n"},
    {"merged downwards is given to each row; sideways it stays",
     SHEET("<row r=\"1\">" TEXT(
               "A1", "招聘表") "</row><row r=\"2\"><c r=\"A2\" t=\"s\"><v>0</v></c><c r=\"B2\" t=\"s\"><v>1</v></c>"
               "</row>"
                               "<row r=\"3\">" TEXT("A3", "焊工") TEXT("B3", "1") "</row><row r=\"4\">"
                               "<c r=\"A4\"/>" TEXT(
                                   "B4", "2") "</row><row r=\"5\">" TEXT("B5", "3") "</row>"
                                                                                    "<row r=\"6\"><c r=\"A6\"/>"
                                                                                    "</row>",
           "<mergeCells><mergeCell ref=\"A1:B1\"/><mergeCell ref=\"A3:A4\"/></mergeCells>"),
     "岗位|工资\n3:焊工|1\n4:焊工|2\n5:|3\n"},
    {"other prefix",
     "<x:worksheet xmlns:x=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><x:sheetData>"
     "<x:row r=\"1\"><x:c r=\"A1\" t=\"s\"><x:v>0</x:v></x:c></x:row>"
     "<x:row r=\"2\"><x:c r=\"A2\" t=\"s\"><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>",
     "岗位\n2:工资\n"},
};

static const struct {
    const char *name, *sheet, *part;
} bad[] = {
    {"no rows", SHEET("", ""), "是空的"},
    {"column beyond the limit", SHEET(HEAD "<row r=\"2\"><c r=\"XFD2\"><v>1</v></c></row>", ""), "最多可以有 200 列"},
    {"column that does not exist", SHEET(HEAD "<row r=\"2\"><c r=\"ZZZZZZ2\"><v>1</v></c></row>", ""), "最多可以有 200 列"},
    {"row numbers backwards",
     SHEET(HEAD "<row r=\"5\"><c r=\"A5\"><v>1</v></c></row><row r=\"2\"><c r=\"A2\"><v>1</v></c>"
     "</row>", ""), "行号乱了"},
    {"a row beyond the last", SHEET(HEAD "<row r=\"1048577\"><c><v>1</v></c></row>", ""), "行号乱了"},
    {"a text that is not there", SHEET(HEAD "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>99</v></c></row>", ""), "不在文件里"},
    {"a negative index", SHEET(HEAD "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>-1</v></c></row>", ""), "不在文件里"},
    {"cut off", "<worksheet " NS "><sheetData>" HEAD "<row r=\"2\"><c r=\"A2\"><v>1", "不完整或已损坏"},
    {"external entity",
     "<!DOCTYPE w [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>" SHEET(
         HEAD "<row r=\"2\"><c r=\"A2\" t=\"str\"><v>&x;</v></c></row>", ""),
     "DTD"},
};

static void packages(void)
{
    struct table_limits second = {.sheet = "说明"}, none_such = {.sheet = "没有"};
    const char *path = book(SHEET(HEAD "<row r=\"2\">" TEXT("A2", "第一张") "</row>", ""));
    is_str(table_string(path, &second), "岗位|工资\n2:第二张|\n", "a sheet by its name");
    refuses("no such sheet", path, &none_such, "没有叫“没有”的工作表");
    char *all = arena_alloc(&test_arena, 1 << 16);
    FILE *f = fopen(path, "rb");
    size_t n = fread(all, 1, 1 << 16, f);
    (void)fclose(f);
    refuses("truncated", file_make("cut.xlsx", all, n / 2), NULL, "不完整或已损坏");
    for (size_t i = 200; i < 260; i++)
        all[i] = (char)~all[i];
    refuses("bytes changed", file_make("changed.xlsx", all, n), NULL, "不完整或已损坏");
    struct zipped no_sheet[] = {{"xl/workbook.xml", WORKBOOK, 0}, {"xl/_rels/workbook.xml.rels", RELS, 0}, {0}};
    refuses("sheet not in the package", zip_make("n.xlsx", no_sheet), NULL, "缺了工作表“岗位”");
    struct zipped other[] = {{"a.txt", "x", 0}, {0}};
    refuses("some other ZIP", zip_make("o.zip", other), NULL, "不是 Excel 表格");
    struct zipped word[] = {{"word/document.xml", "<x/>", 0}, {0}};
    refuses("Word", zip_make("w.docx", word), NULL, "Word");
    struct zipped *many = ARENA_ARRAY(&test_arena, struct zipped, 5002);
    for (size_t i = 0; i < 5001; i++)
        many[i] = (struct zipped){arena_fmt(&test_arena, "f%zu", i), "x", 0};
    refuses("thousands of entries", zip_make("m.xlsx", many), NULL, "大得不正常");
}

static void bombs(void)
{
    size_t n = 64 << 20;
    char *zeros = malloc(n);
    memset(zeros, ' ', n);
    memcpy(zeros, "<worksheet><sheetData>", 22);
    struct zipped z[] = {
        {"xl/workbook.xml", WORKBOOK, 0}, {"xl/_rels/workbook.xml.rels", RELS, 0}, {"xl/worksheets/sheet1.xml", zeros, n}, {0}};
    refuses("zip bomb", zip_make("bomb.xlsx", z), NULL, "大得不正常");
    memcpy(zeros, "<sst><si><t>x", 13);
    struct zipped s[] = {{"xl/workbook.xml", WORKBOOK, 0},
                         {"xl/_rels/workbook.xml.rels", RELS, 0},
                         {"xl/sharedStrings.xml", zeros, n},
                         {"xl/worksheets/sheet1.xml", SHEET(HEAD, ""), 0},
                         {0}};
    refuses("bomb in the shared strings", zip_make("bomb2.xlsx", s), NULL, "大得不正常");
    free(zeros);
    struct buf b = {.a = &test_arena};
    buf_str(&b, "<worksheet><sheetData>" HEAD "<row r=\"2\"><c r=\"A2\" t=\"str\"><v>");
    for (int i = 0; i < 40000; i++)
        buf_str(&b, "很长很长很长很长");
    buf_str(&b, "</v></c></row></sheetData></worksheet>");
    refuses("one huge cell", book(buf_text(&b)), NULL, "第 2 行第 1 列的内容太长");
}

int main(void)
{
    dir_make();
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        reads(good[i].name, book(good[i].sheet), good[i].want);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        refuses(bad[i].name, book(bad[i].sheet), NULL, bad[i].part);
    packages();
    bombs();
    dir_remove();
    return done();
}
