"""Writes currencies.tsv and percents.tsv from a package of PyPI.

    python3 -m venv venv && venv/bin/pip install babel==2.19.0
    venv/bin/python generate.py

A line of currencies.tsv has a locale, its pattern of an amount with a currency (UTS 35, without what is for negative amounts),
and the signs of currencies in it that are not their codes; one of percents.tsv has a locale and its pattern of a percentage,
with the locale's own sign. A locale whose language writes all of it alike is left out.
"""

import os

from babel import Locale
from babel.localedata import locale_identifiers

HERE = os.path.dirname(os.path.abspath(__file__))
LANGUAGES = set(
    "en ar bg bn ca cs da de el es et fa fi fr he hi hr hu id is it ja ko lt lv ms nb nl pl pt ro ru sk sl sq sr sv "
    "th tr uk ur vi zh zh_Hant".split()
)


def amount(locale):
    pattern = locale.currency_formats["standard"].pattern.split(";")[0]
    signs = {code: sign for code, sign in locale.currency_symbols.items() if sign and sign != code}
    return pattern, " ".join(f"{code}={sign.replace(' ', chr(0xA0))}" for code, sign in sorted(signs.items()))


def percent(locale):
    pattern = locale.percent_formats[None].pattern.split(";")[0]
    symbols = locale.number_symbols
    symbols = symbols.get(locale.default_numbering_system, symbols["latn"])
    return (pattern.replace("%", symbols.get("percentSign", "%")),)


def language(name):
    return next((head for head in (name.rpartition("_")[0], name.split("_")[0]) if head in LANGUAGES), None)


def write(file_name, of):
    rows = {name: of(Locale.parse(name)) for name in LANGUAGES}
    for name in locale_identifiers():
        if name in LANGUAGES or language(name) is None or name.count("_") > (2 if name.startswith("zh_Hant") else 1):
            continue
        row = of(Locale.parse(name))
        if row != rows[language(name)]:
            rows[name] = row
    with open(os.path.join(HERE, file_name), "w", encoding="utf-8") as file:
        for name in sorted(rows):
            file.write("\t".join([name.replace("_", "-"), *rows[name]]) + "\n")


write("currencies.tsv", amount)
write("percents.tsv", percent)
