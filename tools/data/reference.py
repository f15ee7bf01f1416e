#!/usr/bin/env python3
"""reference.py SOURCE OUT -- makes data/reference/{occupations,industries,calendar}.csv and pinyin*.tsv.

SOURCE holds the files named in docs/data.md: occupations/csco2022.csv, occupations/gbt4754_2017.csv,
calendar/holiday-cn-YYYY.json, calendar/chinese-days.json, pinyin/kMandarin_8105.txt, pinyin/pinyin-data.txt,
pinyin/pinyin-pro-modern-words.json.  The shipped files hold no comma and no quote inside a field.
"""
import csv
import json
import re
import sys
import unicodedata
from pathlib import Path

SRC, OUT = Path(sys.argv[1]), Path(sys.argv[2])
YEARS = range(2024, 2028)
# Classes of level 3 that the source lacks; the first two as in the 2015 edition, the others after their occupations.
CLASSES = {"1-06-01-00": "企业负责人", "5-02-03-00": "森林经营和管护人员",
           "2-01-04-00": "教育学、心理学和体育学研究人员", "2-02-32-00": "制药和生物工程技术人员"}
# Places and surnames that the word list lacks.
WORDS = {"重庆": "chong qing", "厦门": "xia men", "长沙": "chang sha", "长春": "chang chun", "长治": "chang zhi", "长安": "chang an",
         "长虹": "chang hong", "长青": "chang qing", "沈阳": "shen yang", "洛阳": "luo yang", "蚌埠": "beng bu", "六安": "lu an",
         "台州": "tai zhou", "大城": "dai cheng", "乐亭": "lao ting", "番禺": "pan yu", "东莞": "dong guan", "中山": "zhong shan",
         "朝阳": "chao yang", "朝霞": "zhao xia", "和平": "he ping", "红桥": "hong qiao", "天津": "tian jin", "都江堰": "du jiang yan",
         "单县": "shan xian", "解州": "xie zhou", "宜兴埠": "yi xing bu", "西堤头": "xi di tou", "咸阳": "xian yang",
         "江都": "jiang du", "宝坻": "bao di", "西翟庄": "xi zhai zhuang", "马圈": "ma juan", "王卜庄": "wang bu zhuang",
         "调解": "tiao jie", "调度": "diao du", "保健": "bao jian", "美发": "mei fa", "理发": "li fa", "重型": "zhong xing"}


def write(name, header, rows):
    with open(OUT / name, "w", encoding="utf-8", newline="\n") as f:
        for row in [header, *rows]:
            cells = [str(c) for c in row]
            assert not any(ch in c for c in cells for ch in ',"\n'), row
            f.write(",".join(cells) + "\n")


def occupations():
    """A class is its code filled up with 00. A class of level 3 with a single occupation of the same code is that
    occupation; the parent is the nearest class above that exists."""
    flags = {"L": (1, 0), "S": (0, 1), "L/S": (1, 1), "S/L": (1, 1)}
    found = {code: (3, name, 0, 0) for code, name in CLASSES.items()}
    for r in csv.DictReader(open(SRC / "occupations/csco2022.csv", encoding="utf-8-sig")):
        name, level = r["name"].replace(" ", ""), int(r["level"])
        m = re.search(r"(L/S|S/L|L|S)$", name)
        green, digital = flags[m.group(1)] if m else (0, 0)
        name = name[: m.start()] if m else name
        if r["code"] not in found or level > found[r["code"]][0]:
            found[r["code"]] = (level, name, green, digital)
    for code, (level, name, green, digital) in found.items():
        if level == 4 and code.endswith("-00") and code[:-2] + "01" in found:  # the source calls a class an occupation
            found[code] = (3, name, 0, 0)
    rows = []
    for code in sorted(found):
        level, name, green, digital = found[code]
        above = (code[:7] + "-00", code[:4] + "-00-00", code[:1] + "-00-00-00")
        parent = next((c for c in above if c != code and c in found), "")
        rows.append((code, name, level, parent, green, digital))
    write("occupations.csv", ("code", "name", "level", "parent", "green", "digital"), rows)


def industries():
    levels = {"门类": 1, "大类": 2, "中类": 3, "小类": 4}
    rows = []
    for r in csv.DictReader(open(SRC / "occupations/gbt4754_2017.csv", encoding="utf-8-sig")):
        level, code = levels[r["level"]], r["code"]
        parent = "" if level == 1 else code[:1] if level == 2 else code[:-1]
        rows.append((code, level, parent, r["name"].strip()))
    write("industries.csv", ("code", "level", "parent", "name"), sorted(rows))


def calendar():
    """holiday-cn wins: it names the State Council's paper for each year. A difference is printed."""
    first, second = {}, {}
    for y in YEARS:
        for d in json.load(open(SRC / f"calendar/holiday-cn-{y}.json"))["days"]:
            first[d["date"]] = (1 if d["isOffDay"] else 0, d["name"])
    both = json.load(open(SRC / "calendar/chinese-days.json"))
    for off, key in ((1, "holidays"), (0, "workdays")):
        for date, text in both[key].items():
            if int(date[:4]) in YEARS:
                second[date] = (off, text.split(",")[1])
    for date in sorted(set(first) | set(second)):
        if first.get(date, (None,))[0] != second.get(date, (None,))[0]:
            print("differs:", date, first.get(date), second.get(date))
    rows = [(d.replace("-", ""), *first[d]) for d in sorted(first)]
    write("calendar.csv", ("date", "is_off", "name"), rows)


def plain(syllable):
    s = unicodedata.normalize("NFD", re.sub("[üǖǘǚǜ]", "v", syllable))
    s = "".join(c for c in s if not unicodedata.combining(c)).lower()
    return {"ê": "e", "hm": "hm", "m": "m"}.get(s, s)


def pinyin():
    """The readings without tone of the characters in common use, the most common first, and the words that read otherwise
    than their characters' first readings."""
    readings = {}
    for line in open(SRC / "pinyin/pinyin-data.txt", encoding="utf-8"):
        m = re.match(r"U\+([0-9A-F]+): (\S+)", line)
        if m:
            readings[chr(int(m.group(1), 16))] = [plain(r) for r in m.group(2).split(",")]
    common = {}
    for line in open(SRC / "pinyin/kMandarin_8105.txt", encoding="utf-8"):
        m = re.match(r"U\+([0-9A-F]+): ([^,\s]+)", line)
        if m and 0x4E00 <= int(m.group(1), 16) <= 0x9FFF:
            ch = chr(int(m.group(1), 16))
            common[ch] = list(dict.fromkeys([plain(m.group(2)), *readings.get(ch, [])]))
    words = {w: r for w, r in WORDS.items() if r.split() != [common[c][0] for c in w]}
    for word, (reading, _) in json.load(open(SRC / "pinyin/pinyin-pro-modern-words.json")).items():
        got = [plain(s) for s in reading.split()]
        if not 2 <= len(word) <= 4 or len(got) != len(word) or any(c not in common for c in word):
            continue
        if got != [common[c][0] for c in word]:
            words.setdefault(word, " ".join(got))
    with open(OUT / "pinyin.tsv", "w", encoding="utf-8", newline="\n") as f:
        f.writelines(f"{ch}\t{','.join(common[ch])}\n" for ch in sorted(common))
    with open(OUT / "pinyin_words.tsv", "w", encoding="utf-8", newline="\n") as f:
        f.writelines(f"{word}\t{words[word]}\n" for word in sorted(words))


OUT.mkdir(parents=True, exist_ok=True)
occupations()
industries()
calendar()
pinyin()
