/* t_table.c -- CSV, JSON and XML as people send them, broken ones included. */
#include "tables.h"

#include <iconv.h>
#include <zlib.h>

struct sample {
    const char *name, *text, *want;
};

static const struct sample csv[] = {
    {"comma", "岗位,工资\n焊工,6000\n", "岗位|工资\n2:焊工|6000\n"},
    {"semicolon", "岗位;工资\n焊工;6,5千\n电工;1,2\n", "岗位|工资\n2:焊工|6,5千\n3:电工|1,2\n"},
    {"tab", "岗位\t工资\n焊工\t6000\n", "岗位|工资\n2:焊工|6000\n"},
    {"announced delimiter", "sep=;\r\n岗位;工资\r\n焊工;6000\r\n", "岗位|工资\n3:焊工|6000\n"},
    {"UTF-8 with BOM", "\xef\xbb\xbf岗位,工资\r\n焊工,6000\r\n", "岗位|工资\n2:焊工|6000\n"},
    {"CR only", "岗位,工资\r焊工,6000\r电工,5000", "岗位|工资\n2:焊工|6000\n3:电工|5000\n"},
    {"no line end at the end", "a,b\n1,2", "a|b\n2:1|2\n"},
    {"quotes", "a,b\n\"x,\"\"y\"\"\",\"line1\r\nline2\"\n", "a|b\n2:x,\"y\"|line1\nline2\n"},
    {"row numbers count records, as Excel does", "a,b\n\"x\ny\",1\n\n2,2\n", "a|b\n2:x\ny|1\n4:2|2\n"},
    {"text after a closing quote", "a,b\n\"x\"y,1\n", "a|b\n2:xy|1\n"},
    {"quote inside a cell", "a,b\n5\" pipe,1\n", "a|b\n2:5\" pipe|1\n"},
    {"short and long rows", "a,b,c\n1\n1,2,3,4\n", "a|b|c\n2:1||\n3:1|2|3|4\n"},
    {"empty rows are passed over", "a,b\n,\n , \n1,\n", "a|b\n4:1|\n"},
    {"a title above the head", "某某公司招聘信息表,,\n岗位,工资,人数\n焊工,6000,2\n", "岗位|工资|人数\n3:焊工|6000|2\n"},
    {"one column", "岗位\n焊工\n电工\n", "岗位\n2:焊工\n3:电工\n"},
    {"head alone", "a,b\n", "a|b\n"},
    {"spaces and controls", "a,b\n \xe3\x80\x80 x\ty \xc2\xa0,\x01z\x7f\xe2\x80\xae\xe2\x80\x8b\n", "a|b\n2:x y|z\n"},
    {"guarded formulas are text", "a,b\n'=1+1,''=2\n'x,-5\n", "a|b\n2:=1+1|'=2\n3:'x|-5\n"},
    {"full-width digits stay", "a,b\n１２,x\n", "a|b\n2:１２|x\n"},
    {"columns of an error sheet are left out", "岗位,工资,出错的列,原因,怎么改\n焊工,6000,工资,太低,改\n",
     "岗位|工资\n2:焊工|6000\n"},
    {"a broken byte", "岗位,工资\n焊工焊工焊工焊工焊工焊工焊工焊工焊工焊工焊工\xff,1\n",
     "岗位|工资\n2:焊工焊工焊工焊工焊工焊工焊工焊工焊工焊工焊工\xef\xbf\xbd|1\n"},
    {"UTF-8 read as Latin-1", "å²—ä½\xc2\x8d,å·¥èµ„\nç„Šå·¥,6000\n", "岗位|工资\n2:焊工|6000\n"},
    {"GBK read as Latin-1", "¸ÚÎ»,¹¤×Ê\nº¸¹¤,6000\n", "岗位|工资\n2:焊工|6000\n"},
    {"French is no mojibake", "été,déjà\nnoël,çà\n", "été|déjà\n2:noël|çà\n"},
};

static const struct sample json[] = {
    {"JSON Lines", "{\"title\":\"焊工\",\"salary\":6000}\n{\"title\":\"电工\",\"city\":\"天津\"}\n",
     "title|salary|city\n1:焊工|6000|\n2:电工||天津\n"},
    {"array", "[{\"a\":1.5,\"b\":true},\n {\"a\":null,\"b\":\"x\"}]", "a|b\n1:1.5|1\n2:|x\n"},
    {"inner objects and lists", "[{\"a\":{\"b\":{\"c\":1}},\"t\":[\"x\",\"y\"]}]", "a.b.c|t\n1:1|x、y\n"},
    {"wrapper", "{\"code\":0,\"data\":{\"list\":[{\"a\":1},{\"a\":2}]}}", "a\n1:1\n2:2\n"},
    {"one object", "{\"a\":1,\"b\":2}", "a|b\n1:1|2\n"},
    {"JSON-LD",
     "{\"@context\":\"https://schema.org\",\"@graph\":[{\"@type\":\"JobPosting\",\"title\":\"焊工\","
     "\"hiringOrganization\":{\"name\":\"示例公司\"},"
     "\"baseSalary\":{\"value\":{\"minValue\":5000}}}]}",
     "@type|title|hiringOrganization.name|baseSalary.value.minValue\n1:JobPosting|焊工|示例公司|5000\n"},
};

static const struct sample xml[] = {
    {"job list",
     "<?xml version='1.0' encoding='UTF-8'?><source><publisher>x</publisher><job id='7'><title><![CDATA[焊工]]>"
     "</title><company><name>"
     "示例</name></company></job><job id='8'><title>电工 &amp; 焊工</title></job></source>",
     "@id|title|company.name\n1:7|焊工|示例\n2:8|电工 & 焊工|\n"},
    {"unknown names", "<数据><行><岗位>焊工</岗位><标签>a</标签><标签>b</标签></行><行><岗位>电工</岗位></行></数据>",
     "岗位|标签\n1:焊工|a、b\n2:电工|\n"},
    {"RSS", "<rss><channel><title>t</title><item><title>焊工</title><link>http://x</link></item></channel></rss>",
     "title|link\n1:焊工|http://x\n"},
};

static void run(const struct sample *s, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (s[i].want != NULL)
            reads(s[i].name, text_make(name, s[i].text), s[i].want);
}

static const char *converted(const char *name, const char *to, const char *bom, size_t n_bom, const char *text)
{
    static char out[1 << 16];
    iconv_t cd = iconv_open(to, "UTF-8");
    char *in = arena_fmt(&test_arena, "%s", text), *o = out + n_bom;
    size_t left = strlen(text), room = sizeof out - n_bom;
    memcpy(out, bom, n_bom);
    if (iconv(cd, &in, &left, &o, &room) == (size_t)-1)
        abort();
    (void)iconv_close(cd);
    return file_make(name, out, (size_t)(o - out));
}

static void encodings(void)
{
    static const char text[] = "岗位,工资,地点\n焊工,6000,滨海新区\n电工（高级）,8千,蓟州㛃镕\n";
    static const char want[] = "岗位|工资|地点\n2:焊工|6000|滨海新区\n3:电工（高级）|8千|蓟州㛃镕\n";
    static const char plain[] = "岗位,工资\n焊工,6000\n招聘岗位名称很多,面议\n";
    reads("GB18030", converted("gb.csv", "GB18030", "", 0, text), want);
    reads("UTF-16LE with BOM", converted("u16.csv", "UTF-16LE", "\xff\xfe", 2, text), want);
    reads("UTF-16BE with BOM", converted("u16.csv", "UTF-16BE", "\xfe\xff", 2, text), want);
    /* the bytes of UTF-8 taken for GBK: what comes out when a careless program "converts" the file */
    char spoiled[4096], *in = arena_fmt(&test_arena, "%s", plain), *o = spoiled;
    size_t left = strlen(plain), room = sizeof spoiled;
    iconv_t cd = iconv_open("UTF-8", "GB18030");
    while (iconv(cd, &in, &left, &o, &room) == (size_t)-1) {
        in++, left--;
        memcpy(o, "?", 1);
        o++, room--;
    }
    (void)iconv_close(cd);
    const char *got = table_string(file_make("spoiled.csv", spoiled, (size_t)(o - spoiled)), NULL);
    ok(strstr(got, "岗") != NULL && strstr(got, "焊工") != NULL, "UTF-8 taken for GBK is mended");
    struct buf late = {.a = &test_arena};
    buf_str(&late, "id,name\n");
    for (int i = 0; i < 20000; i++)
        buf_fmt(&late, "%d,plain\n", i);
    buf_add(&late, "x,\xba\xb8\xb9\xa4\n", 7);
    got = table_string(file_make("late.csv", late.p, late.len), NULL);
    ok(strstr(got, "20002:x|焊工\n") != NULL, "GBK that begins after 200 KB of ASCII");
}

static void hostile_csv(void)
{
    struct table_limits small = {.bytes = 1 << 20, .rows = 3, .cols = 3, .cell = 1000};
    char *big = calloc(1, 3 << 20);
    refuses("empty file", text_make("e.csv", ""), NULL, "空文件");
    refuses("only empty rows", text_make("e.csv", ",,\n\n ,\n"), NULL, "是空的");
    refuses("NUL byte, with its row", file_make("nul.csv", "a,b\n1,2\n3,\0\n", 12), NULL, "第 3 行第 2 列");
    refuses("NUL in quotes", file_make("nul.csv", "a,b\n1,\"\0\"\n", 10), NULL, "第 2 行第 2 列");
    refuses("unbalanced quotes, with their row", text_make("q.csv", "a,b\n1,2\n\"3,4\n5,6\n"), NULL,
            "第 3 行第 1 列的引号没有成对");
    refuses("too many rows", text_make("r.csv", "a,b\n1,1\n2,2\n3,3\n4,4\n"), &small, "超过 3 行");
    refuses("too many columns", text_make("c.csv", "a,b\n1,2,3,4\n"), &small, "最多可以有 3 列");
    refuses("file too big, naming the limit", file_make("b.csv", big, 3 << 20), &small, "最多 1 MB");
    refuses("binary junk", file_make("j.csv", "a\xff\xfe\xfd\xf9\x80\x81\n\x90\xff\xff", 11), NULL, "文字编码");
    refuses("lost text", text_make("l.csv", "锟斤拷锟斤拷,锟斤拷\n锟斤拷,1\n"), NULL, "乱码");
    memset(big, 'x', 3 << 20);
    memcpy(big, "a,b\n", 4);
    refuses("one cell of megabytes", file_make("b.csv", big, 3 << 20), NULL, "第 2 行第 1 列的内容太长");
    big[4] = '"';
    refuses("one quoted cell of megabytes", file_make("b.csv", big, 3 << 20), NULL, "引号没有成对");
    memset(big + 4, ',', 16384);
    big[16388] = 'x';
    refuses("16k columns", file_make("b.csv", big, 16389), NULL, "最多可以有 200 列");
    free(big);
    const char *sparse = text_make("huge.csv", "a,b\n");
    if (truncate(sparse, 200ll << 20) == 0)
        refuses("200 MB, before anything is read", sparse, NULL, "文件有 200 MB，最多 100 MB");
    refuses("XML of Excel 2003",
            text_make("x.xls", "<?xml version=\"1.0\"?>\n<?mso-application progid=\"Excel.Sheet\"?><Workbook/>"), NULL, "2003 年");
    refuses("PDF", text_make("x.csv", "%PDF-1.7"), NULL, "PDF");
    refuses("old xls", file_make("x.xls", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 BIFF", 13), NULL, "旧的 .xls");
    refuses("xlsx with a password",
            file_make("x.xlsx", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0", 41), NULL,
            "密码");
    refuses("HTML called xls", text_make("x.xls", "<html><table><tr><td>1</td></tr></table></html>"), NULL, "网页");
}

static const char *gz_make(const char *name, const char *p, size_t n, size_t cut)
{
    const char *path = in_dir(name);
    gzFile gz = gzopen(path, "wb");
    if (gz == NULL || gzwrite(gz, p, (unsigned)n) != (int)n || gzclose(gz) != Z_OK)
        abort();
    if (cut > 0) {
        char *all = arena_alloc(&test_arena, 1 << 20);
        FILE *f = fopen(path, "rb");
        size_t len = fread(all, 1, 1 << 20, f);
        (void)fclose(f);
        file_make(name, all, len - cut);
    }
    return path;
}

static void packed(void)
{
    static const char text[] = "岗位,工资\n焊工,6000\n";
    struct table_limits small = {.unpacked = 1 << 20};
    char *zeros = malloc(8 << 20);
    memset(zeros, 'x', 8 << 20);
    for (size_t i = 0; i < 8 << 20; i += 100)
        zeros[i] = '\n';
    reads("gz", gz_make("a.csv.gz", text, sizeof text - 1, 0), "岗位|工资\n2:焊工|6000\n");
    refuses("gz cut off", gz_make("a.csv.gz", text, sizeof text - 1, 9), NULL, "压缩文件不完整");
    refuses("gz bomb", gz_make("b.csv.gz", zeros, 8 << 20, 0), &small, "展开后超过 1 MB");
    free(zeros);
}

static void hostile_json_xml(void)
{
    char *deep = calloc(1, 200001);
    memset(deep, '[', 200000);
    memcpy(deep, "{\"a\":", 5);
    refuses("deep JSON", text_make("d.json", deep), NULL, "层数太多");
    free(deep);
    refuses("JSON cut off", text_make("c.json", "[{\"a\":1},{\"a\":"), NULL, "没有成对");
    refuses("JSON with a wrong comma", text_make("c.json", "{\"a\":1}\n{\"a\":1,}\n"), NULL, "第 2 条");
    refuses("JSON list of numbers", text_make("c.json", "[{\"a\":1},2]"), NULL, "第 2 条");
    refuses("no record", text_make("c.json", "[]"), NULL, "没有找到");
    refuses("external entity",
            text_make(
                "x.xml",
                "<?xml version='1.0'?><!DOCTYPE j [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><jobs><job><t>"
                "&x;</t></job></jobs>"),
            NULL, "DTD");
    refuses(
        "entities that multiply",
        text_make("x.xml", "<!DOCTYPE j [<!ENTITY a 'xxxxxxxxxx'><!ENTITY b '&a;&a;&a;&a;'>]><jobs><job><t>"
        "&b;</t></job></jobs>"),
        NULL, "DTD");
    refuses("XML cut off", text_make("x.xml", "<jobs><job><t>1</t></job><job><t>2"), NULL, "写得不对");
    refuses("XML without records", text_make("x.xml", "<jobs/>"), NULL, "没有找到");
    struct buf b = {.a = &test_arena};
    for (int i = 0; i < 100; i++)
        buf_str(&b, "<a>");
    refuses("deep XML", text_make("x.xml", buf_text(&b)), NULL, "写得不对");
}

static void rewinding(void)
{
    struct ctx cx = {.arena = &test_arena};
    struct table_limits none = {0}, third = {.head_row = 3};
    struct table *t;
    const struct row *row;
    ok(table_open(&cx, text_make("w.csv", "标题\n岗位,工资\n焊工,1\n电工,2\n"), "w", &none, &t) == E_OK, "opens");
    ok(table_next(&cx, t, &row) == E_OK && table_next(&cx, t, &row) == E_OK, "reads");
    ok(table_rewind(&cx, t) == E_OK && table_next(&cx, t, &row) == E_OK, "rewinds");
    is_str(row->cells[0], "焊工", "to the first row under the head");
    is_int(table_head(t)->number, 2, "the head's own row");
    is_str(table_about(t)->encoding, "UTF-8", "encoding");
    is_str(table_string(in_dir("w.csv"), &third), "焊工|1\n4:电工|2\n", "a head row that the person chose");
}

int main(void)
{
    dir_make();
    run(csv, sizeof csv / sizeof *csv, "s.csv");
    run(json, sizeof json / sizeof *json, "s.json");
    run(xml, sizeof xml / sizeof *xml, "s.xml");
    encodings();
    hostile_csv();
    packed();
    hostile_json_xml();
    rewinding();
    dir_remove();
    return done();
}
