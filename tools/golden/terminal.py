"""Makes Tests/TerminalTests/Goldens with the Python package wcwidth 0.9.4.

widths.txt   runs of code points with one width: first, last, columns (runs of one column are left out)
strings.tsv  texts and how many columns a terminal shows them in
"""

import pathlib

import wcwidth

HERE = pathlib.Path("Tests/TerminalTests/Goldens")
STRINGS = ["", "abc", "é", "e\u0301", "漢字", "日本語 text", "😀", "👩\u200d👩\u200d👧", "🇩🇪", "🇩🇪🇫🇷", "❤", "❤\ufe0f", "1\ufe0f\u20e3",
           "가", "각", "\u1100\u1161\u11a8", "\u200b", "नमस्ते", "👍🏽", "ｱ", "Ａ", "สวัสดี", "שלום", "مرحبا", "ﾊﾟ", "①",
           "—", "…", "🏳\ufe0f\u200d🌈", "👨🏿\u200d🦰", "☃", "⌚", "🀄", "〈〉", "a\u20dd"]


def main():
    runs = []
    for point in range(0xA0, 0x110000):
        width = wcwidth.wcwidth(chr(point))
        if runs and runs[-1][1] == point - 1 and runs[-1][2] == width:
            runs[-1][1] = point
        else:
            runs.append([point, point, width])
    with open(HERE / "widths.txt", "w") as out:
        out.writelines(f"{first:X} {last:X} {width}\n" for first, last, width in runs if width != 1)
    with open(HERE / "strings.tsv", "w", encoding="utf-8") as out:
        out.writelines(f"{text}\t{wcwidth.wcswidth(text)}\n" for text in STRINGS)


main()
